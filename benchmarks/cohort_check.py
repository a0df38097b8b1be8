"""Virtual cohorts beside published figures: `make cohort-check`.

1000 patients with each disease are followed for ten years without treatment (--patients, --years). A second
call goes on where the first was stopped; a cohort of another state of the program is made anew beside it.
"""

import argparse
import sys
import time
from pathlib import Path

from ranvier.cli.cohort import progress
from ranvier.cohort import CohortError, read, run
from ranvier.cohort.check import Checked, check, lines, reasons, summary
from ranvier.cohort.follow import follow
from ranvier.cohort.question import program
from ranvier.cohort.targets import unspoken

DISEASES = ("mmn", "cidp", "lewis-sumner", "als", "pma")
OUT = Path("out/cohorts")


def checked(disease: str, asked: argparse.Namespace) -> list[Checked]:
    """The cohort of a disease, made or found, and every figure that it speaks of."""
    folder = asked.output / f"{program()}-{asked.years:g}-years" / disease
    seeds = range(asked.seed, asked.seed + asked.patients)
    tell, begun = progress(sys.stderr.isatty()), time.perf_counter()
    try:
        run(
            follow(disease, asked.years), seeds, folder,
            workers=asked.workers, scheduler=asked.scheduler, progress=tell,
        )  # fmt: skip
    except CohortError as error:
        print(error)
    table = read(folder)
    patients = len(table["seed"].unique())
    print(f"\n{disease}: {patients} patients, {table.num_rows} visits, {time.perf_counter() - begun:.0f} s")
    found = check(table)
    print("\n".join(lines(found)) if found else "No published figure speaks of it.")
    return found


def main() -> int:
    """Make the cohorts and print every figure."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("diseases", nargs="*", default=DISEASES)
    ask.add_argument("--patients", type=int, default=1000)
    ask.add_argument("--years", type=float, default=10.0)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--workers", type=int)
    ask.add_argument("--scheduler")
    ask.add_argument("--output", type=Path, default=OUT)
    ask.add_argument("--unspoken", action="store_true", help="list what no cohort speaks of, with reasons")
    asked = ask.parse_args()
    found = [each for disease in asked.diseases for each in checked(disease, asked)]
    print("\n" + "\n".join(summary(found)))
    print(f"{len(unspoken())} published figures are not spoken of by any cohort (--unspoken lists them)")
    if asked.unspoken:
        print("\n".join(reasons(unspoken())))
    print("simulated data")
    return 0


if __name__ == "__main__":
    sys.exit(main())
