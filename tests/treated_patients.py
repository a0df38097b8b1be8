"""Simulated patients under treatment that several tests look at, made once."""

from functools import cache

from ranvier.treatment.home import with_diary
from ranvier.treatment.simulate import simulate_treated

BRIEF = {"brief": True, "by": "surface"}
IVIG = "ivig 1 g/kg every 21 d from 2017-01 until 2018-12"


@cache
def stopped():
    """Two years of immunoglobulin, then none; with a diary at home."""
    found = simulate_treated("mmn", 3, [IVIG], visits=(0.5, 1.8, 2.5, 3.8, 4.5), **BRIEF)
    return with_diary(found)
