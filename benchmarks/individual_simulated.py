"""An individual fit beside the full simulation, which it does not know: `make individual-check`.

Virtual patients (`treatment.simulate`, nerve by nerve) get immunoglobulin and write a diary. Grip of 90 days
is fitted by the light model; the band is held against the true grip within those days and 30 days ahead.
"""

import argparse
import os
from dataclasses import replace

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from ranvier.forecast.individual import fit
from ranvier.patient import Patient, Scale, When
from ranvier.treatment.home import true_grip_kg, with_diary
from ranvier.treatment.simulate import SimulatedTreatment, simulate_treated

REGIMENS = ("ivig 1 g/kg every 21 d", "ivig 1 g/kg every 28 d", "ivig 2 g/kg over 2 d every 42 d")
YEARS, WINDOW, AHEAD = 1.2, 90, 30


def cut(patient: Patient, first: float, last: float) -> Patient:
    """The patient with only the grips of some days; doses and blood stay."""
    kept = tuple(
        each
        for each in patient.timeline
        if not isinstance(each, Scale) or (each.name == "grip" and first <= day_of(each) < last)
    )
    return replace(patient, timeline=kept)


def day_of(each: Scale) -> float:
    """The day number of a reading, long ago where it has none."""
    return When(each.when).day_number or 0.0


def held(found: SimulatedTreatment) -> list[tuple[float, float, float]]:
    """Of each hand the share of days held within and ahead, and the largest miss ahead, kg."""
    patient = with_diary(found).simulated.patient
    last = float(int(found.given[-1].day)) - AHEAD
    one = fit(cut(patient, last - WINDOW, last), until=last)
    rows = []
    for side in ("right", "left"):
        shares, miss = [], 0.0
        for days in (last - WINDOW + np.arange(4.0, WINDOW), last + np.arange(float(AHEAD))):
            truth = true_grip_kg(found, np.concatenate([[found.given[0].day], days]))[side][1:]
            band = one.predict(f"grip {side}", days, tuple(found.given))
            shares.append(float(band.holds(truth).mean()))
            miss = float(np.abs(band.median - truth).max())
        rows.append((shares[0], shares[1], miss))
    return rows


def main() -> None:
    """Coverage over virtual patients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=24)
    arguments = parser.parse_args()
    rows: list[tuple[float, float, float]] = []
    for seed in range(arguments.patients):
        regimen = REGIMENS[seed % len(REGIMENS)]
        found = simulate_treated(
            "mmn", 100 + seed, [regimen], YEARS, visits=(0.4, YEARS), brief=True, by="surface"
        )
        rows += held(found)
    within, ahead, miss = np.array(rows).T
    print(f"{arguments.patients} virtual patients of the full simulation, {len(rows)} hands (SIMULATED)")
    print(f"true grip held within the data {100 * within.mean():.1f} %, ahead {100 * ahead.mean():.1f} %")
    print(f"largest miss of the median ahead: median {np.median(miss):.2f} kg, ", end="")
    print(f"90th percentile {np.percentile(miss, 90):.2f} kg")


if __name__ == "__main__":
    main()
