"""When a virtual patient comes to the laboratory for the first time, in years after the first symptom."""

from functools import cache
from math import exp
from pathlib import Path

import numpy as np

from ranvier.anatomy import UnknownNameError
from ranvier.body.healthy import stream
from ranvier.evidence.value import numbers_of

LIMIT = "limit"


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `first_visit.toml`."""
    return numbers_of(Path(__file__).with_name("first_visit.toml"))


def first_visit_years(disease: str, seed: int) -> float:
    """The time from the first symptom to the first visit, years: median times exp(between z), within limits.

    z is a standard normal variable of the seed's own. Raises UnknownNameError for a disease without times.
    """
    known = {name: times for name, times in numbers().items() if name != LIMIT}
    if disease not in known:
        raise UnknownNameError("disease with a time of the first visit", disease, sorted(known))
    own = float(stream(seed, "first visit").standard_normal())
    years = known[disease]["median"] * exp(known[disease]["between"] * own)
    limit = numbers()[LIMIT]
    return float(np.clip(years, limit["earliest"], limit["latest"]))
