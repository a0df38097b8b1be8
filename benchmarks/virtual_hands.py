"""`make virtual-hands`: virtual patients against every attack a drug could leave, from the full mechanism.

About five minutes of one core for 400 patients. The result replaces `src/ranvier/cohort/virtual_hands.npz`.
`--fit` leaves it as it is and prints the hands of the population; `--write` puts those into `effect.toml`.
"""

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from ranvier.cohort.hand_moments import moments
from ranvier.cohort.renumbered import renumbered
from ranvier.cohort.virtual_hands import (
    ATTACK,
    EARLIEST_YEARS,
    FILE,
    LATEST_YEARS,
    LIVED,
    gathered,
    patient,
    save,
    shipped,
)
from ranvier.treatment.effect import population

EFFECT = Path(population.__file__).with_name("effect.toml")
DIGITS = 3


def main() -> None:
    """Make the library, or fit it."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--patients", type=int, default=400)
    ask.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    ask.add_argument("--file", type=Path, default=FILE)
    ask.add_argument("--fit", action="store_true")
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    if not (given.fit or given.write):
        make(given.patients, given.workers, given.file)
    fit(given.file, given.write)


def make(count: int, workers: int, file: Path) -> None:
    """The library from the full mechanism."""
    seeds = range(1, count + 1)
    with ProcessPoolExecutor(workers) as pool:
        patients = list(pool.map(patient, seeds, chunksize=5))
    about = {
        "what": "simulated patients with MMN, no real person",
        "made by": "make virtual-hands",
        "disease": "mmn",
        "seeds": [seeds[0], seeds[-1]],
        "years after the first symptom": [EARLIEST_YEARS, LATEST_YEARS],
        "factors on the attack": list(ATTACK),
        "a year lived at": list(LIVED),
    }
    save(gathered(patients, list(seeds), about), file)
    print(f"{len(patients)} patients, {file.stat().st_size / 1000:.0f} kB")


def fit(file: Path, write: bool) -> None:
    """What the hands are like."""
    for (table, key), number in moments(shipped(file)).items():
        rounded = float(f"{number:.{DIGITS}g}")
        print(f"{table:8} {key:15} {rounded:g}")
        if write:
            EFFECT.write_text(renumbered(EFFECT.read_text(), table, key, rounded))


if __name__ == "__main__":
    main()
