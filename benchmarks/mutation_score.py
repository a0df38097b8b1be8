"""The mutation score that `mutmut run` left behind: killed over all mutants that the tests reach."""

import json
import sys
from pathlib import Path

SURVIVED = 0
LEAST = 0.90


def main() -> int:
    """Print the score and say by the exit code whether it reaches 90 %."""
    codes = [
        code
        for meta in Path("mutants").rglob("*.meta")
        for code in json.loads(meta.read_text())["exit_code_by_key"].values()
        if code is not None
    ]
    killed = sum(code != SURVIVED for code in codes)
    score = killed / len(codes)
    print(f"diagnosis/: {killed} of {len(codes)} mutants killed, mutation score {score:.1%}")
    return 0 if score >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
