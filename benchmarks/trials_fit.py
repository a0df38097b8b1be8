"""`make trials-fit`: the effect of immunoglobulin fitted to Hahn 2013, Federico 2000 and Leger 2001.

About two minutes. Prints what was fitted and how far each published figure is missed, in standard errors;
`--write` puts the values into `effect.toml` and into the designs of the three trials.
"""

import argparse
from pathlib import Path

from ranvier.cohort.renumbered import renumbered
from ranvier.cohort.trials import design
from ranvier.cohort.trials.fit import FREE, TRIALS, fitted
from ranvier.treatment.effect import population

EFFECT = Path(population.__file__).with_name("effect.toml")
DIGITS = 3


def main() -> None:
    """Fit, print and, if asked, write."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--persons", type=int, default=3000)
    ask.add_argument("--steps", type=int, default=1200)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    values, missed = fitted(given.persons, given.seed, given.steps)
    for free, value in zip(FREE, values, strict=True):
        number = float(f"{free.number(value):.{DIGITS}g}")
        print(f"{free.where:14} {free.key:12} {number:8g}")
        if given.write:
            table = "design" if free.where in TRIALS else free.where
            file = design.FOLDER / f"{free.where}.toml" if free.where in TRIALS else EFFECT
            file.write_text(renumbered(file.read_text(), table, free.key, number))
    print("\nmissed by, in standard errors (priors: in SDs of the prior)")
    for name, each in missed.items():
        print(f"{name:34} {each:+.2f}")
    print(f"{'sum of squares':34} {sum(each**2 for each in missed.values()):.2f}")


if __name__ == "__main__":
    main()
