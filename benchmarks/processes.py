"""Whole-process times of the command line: median of eleven runs after one that is not counted."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RANVIER = Path(sys.executable).with_name("ranvier")
CASE = ROOT / "examples" / "cases" / "synthetic-definite-block.json"
RUNS = 11
COMMANDS = {
    "ranvier --help": ["--help"],
    "ranvier examine, text": ["examine", str(CASE)],
    "ranvier examine, json": ["examine", str(CASE), "--format", "json"],
    "ranvier examine, html": [
        "examine",
        str(CASE),
        "--output",
        str(Path(tempfile.gettempdir()) / "bench.html"),
    ],
    "python -c pass, for comparison": None,
}


def seconds(arguments: list[str] | None) -> float:
    """The wall time of one run of the command."""
    command = [sys.executable, "-c", "pass"] if arguments is None else [str(RANVIER), *arguments]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print the median, fastest and slowest run of each command."""
    print(f"{'whole process':34} {'median s':>9} {'min':>7} {'max':>7}")
    for name, arguments in COMMANDS.items():
        times = [seconds(arguments) for _ in range(RUNS + 1)][1:]
        print(f"{name:34} {statistics.median(times):9.3f} {min(times):7.3f} {max(times):7.3f}")


if __name__ == "__main__":
    main()
