"""How long a virtual standard study takes: `make bench-exam`.

Warm: the second examination within one process. Process: `ranvier simulate healthy` from start to end, the
caches of the compiler warm, with the peak of its memory. `--profile` prints where the time goes.
"""

import argparse
import cProfile
import os
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
TOP = 15


def examine(seed: int) -> None:
    """One person, one standard study."""
    from ranvier.body import healthy
    from ranvier.exam.examination import Visit, patient
    from ranvier.exam.protocol import protocol

    patient(healthy("female", 45, 168, seed), Visit(protocol("standard")), "simulated")


def timed(work: object, *given: object) -> float:
    """Seconds that a piece of work takes."""
    begun = time.perf_counter()
    work(*given)  # type: ignore[operator]
    return time.perf_counter() - begun


def process(folder: Path) -> None:
    """The command as a user runs it."""
    code = "from ranvier.cli import main; main()"
    command = [sys.executable, "-c", code, "simulate", "healthy", "--output", str(folder / "patient.json")]
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Print the figures."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--profile", action="store_true")
    asked = ask.parse_args()
    first = timed(examine, 100)
    warm = [timed(examine, seed) for seed in range(RUNS)]
    with tempfile.TemporaryDirectory() as folder:
        whole = [timed(process, Path(folder)) for _ in range(RUNS)]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"Standard study on {os.cpu_count()} cores, median of {RUNS} (least-most):")
    print(f"  first in a process {first:.1f} s")
    print(f"  warm {statistics.median(warm):.1f} s ({min(warm):.1f}-{max(warm):.1f}); aim 5 s")
    print(f"  whole process {statistics.median(whole):.1f} s ({min(whole):.1f}-{max(whole):.1f}); aim 10 s")
    print(f"  peak memory {memory:.0f} MB; aim 1000 MB")
    if asked.profile:
        profile = cProfile.Profile()
        profile.runcall(examine, 200)
        pstats.Stats(profile).sort_stats("tottime").print_stats(TOP)


if __name__ == "__main__":
    main()
