"""The truth of a treatment as a file that no examination reads: the person, IgG and the attack day by day."""

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.schedule import clock
from ranvier.treatment.simulate import SimulatedTreatment

SCHEMA = "ranvier.treated/1"
DIGITS = 4


def treated_text(found: SimulatedTreatment) -> str:
    """How this person handles and answers to drugs, every dose, and the course day by day."""
    person, own = found.treated, found.treated.disposition
    data = {
        "schema": SCHEMA,
        "simulated": True,
        "disease": found.simulated.disease,
        "seed": found.simulated.seed,
        "weight_kg": rounded(found.weight_kg),
        "kinetics": {name: rounded(getattr(own, name)[0]) for name in own.__dataclass_fields__},
        "effect": {
            name: rounded(getattr(person, name)[0])
            for name in ("own_g_l", "most", "half_g_l", "turnover_per_day")
        },
        "tolerance_per_year": rounded(found.answers.tolerance_per_year[0]),
        "drugs": answers(found),
        "doses": [{"drug": x.drug, "when": clock(x.day), "grams": rounded(x.grams)} for x in found.given],
        "course": course(found),
    }
    return json.dumps(data, indent=1, allow_nan=False) + "\n"


def answers(found: SimulatedTreatment) -> dict[str, dict[str, float]]:
    """How this person answers to the drugs that were given."""
    given = dict.fromkeys(each.drug for each in found.given)
    return {name: {key: rounded(x[0]) for key, x in found.answers.drugs[name].items()} for name in given}


def course(found: SimulatedTreatment) -> dict[str, Any]:
    """IgG, antibody and the attack once a day, at the time of day that the first of them has."""
    days = found.course.days
    daily = np.flatnonzero(days == np.floor(days))
    return {
        "from": clock(float(days[daily[0]])),
        "every_days": 1,
        "igg_g_l": listed(found.course.igg_g_l[0][daily]),
        "antibody": listed(found.course.antibody[0][daily]),
        "attack": listed(found.course.attack[0][daily]),
    }


def listed(values: NDArray[np.float64]) -> list[float]:
    """Numbers as they are written."""
    return [rounded(each) for each in values]


def rounded(value: float) -> float:
    """A number with the digits that are written."""
    return float(round(float(value), DIGITS))
