"""`make trials-check`: every published trial of treatment in MMN beside a thousand virtual ones of its size.

One set of parameters, fitted on three trials (`make trials-fit`); the others are predicted unseen. Writes
docs/trials-check.txt unless `--quick`, which takes fewer persons and replicates.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ranvier.cohort.trials import design as file
from ranvier.cohort.trials.band import PERSONS, REPLICATES, Predicted, predicted
from ranvier.cohort.trials.design import Use, design, designs
from ranvier.evidence import read_toml

DOCS = Path(__file__).parents[1] / "docs" / "trials-check.txt"
NOT_COMPARED = Path(file.__file__).with_name("not_compared.toml")
QUICK = (600, 200)


def line(found: Predicted) -> str:
    """One figure: published, bands, verdict."""
    low, ten, _, ninety, high = found.quantiles
    figure = found.figure
    seen = "in words" if figure.compare == "words" else f"{figure.observed.number:g} {figure.observed.unit}"
    recalled = " (recalled)" if figure.observed.mark == "recalled" else ""
    return (
        f"  {figure.says + recalled:66} n {figure.n:3} {seen:>16}  mean {found.mean:7.1f}"
        f"  80 % {ten:7.1f} to {ninety:7.1f}  90 % {low:7.1f} to {high:7.1f}  {found.verdict}"
    )


def told(use: Use, persons: int, replicates: int) -> tuple[list[str], list[Predicted]]:
    """The trials that were fitted, or those that were not."""
    lines: list[str] = []
    every: list[Predicted] = []
    for trial in (design(name) for name in designs()):
        if trial.use == use:
            found = predicted(trial, persons, replicates)
            lines += [trial.title, *map(line, found)]
            if trial.known:
                lines.append(f"    not blind: {trial.known}")
            every += found
    return lines, every


def counted(found: Iterable[Predicted]) -> str:
    """How many figures have each verdict."""
    return ", ".join(
        f"{number} {verdict}" for verdict, number in Counter(each.verdict for each in found).items()
    )


def not_compared() -> list[str]:
    """Studies that no virtual trial repeats."""
    return [f"  {each['who']}: {each['why']}" for each in read_toml(NOT_COMPARED)["study"]]


def main() -> int:
    """Print everything; 1 if a fitted figure lies outside its bands."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--quick", action="store_true", help="fewer persons and replicates, nothing written")
    given = ask.parse_args()
    persons, replicates = QUICK if given.quick else (PERSONS, REPLICATES)
    begun = time.process_time()
    fitted, one = told("fitted", persons, replicates)
    unseen, other = told("unseen", persons, replicates)
    blind = [each for each in other if not each.trial.known]
    text = "\n".join(
        [
            f"Virtual trials beside published ones: make trials-check, {date.today():%-d %B %Y}.",
            "Simulated data. One set of parameters; "
            f"{replicates} replicates of the real size, from {persons} virtual persons.",
            "",
            "FITTED ON THESE THREE",
            *fitted,
            "",
            "PREDICTED UNSEEN",
            *unseen,
            "",
            "NOT COMPARED",
            *not_compared(),
            "",
            f"fitted: {counted(one)}",
            f"unseen: {counted(other)}",
            f"of these blind, without any number set with the result in mind: {counted(blind)}",
        ]
    )
    print(text)
    print(f"{time.process_time() - begun:.0f} s of processor time")
    if not given.quick:
        DOCS.write_text(text + "\n")
    return int(any(each.verdict == "outside" for each in one))


if __name__ == "__main__":
    sys.exit(main())
