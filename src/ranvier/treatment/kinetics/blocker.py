"""Blockers of the receptor FcRn: from doses to the share of it that they hold, `Blocked`.

Nipocalimab binds faster than anything else happens (quasi-steady state, Valenzuela 2025): with total drug A,
total receptor R and half = Kss in nmol/L,

    free = ((A - R - half) + sqrt((A - R - half)² + 4 half A)) / 2,    complex = R free / (half + free),
    A' = -(CL + Q) free / V + Q Ap / (Vp V) - taken_in complex,    Ap' = Q free - Q Ap / Vp,
    R' = renewed (R0 - R) - (taken_in - renewed) complex,    blocked = 1 - (R - complex) / R0.

R0 is the part of the receptor that drug reaches; recycling counts it as all, as the publication does.
Efgartigimod: one compartment, blocked = C / (half + C).
"""

from functools import cache
from math import ceil, log, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.evidence.value import numbers_of
from ranvier.treatment.kinetics.disposition import Disposition
from ranvier.treatment.kinetics.doses import Doses
from ranvier.treatment.kinetics.linear import concentration
from ranvier.treatment.kinetics.saturable import Blocked
from ranvier.treatment.kinetics.steps import compiled

Array = NDArray[np.float64]
LONGEST_STEP_DAYS = 1 / 256  # the complex is gone within minutes; explicit steps must be shorter


def nipocalimab(day: Array, mg: Array, until: float, weight_kg: float = 75.0, per_day: int = 8) -> Blocked:
    """What doses (N,) given into a vein at once block, from the first to day `until`."""
    rule = numbers()["nipocalimab"]
    slow, wide = (
        (weight_kg / rule["at"]) ** rule["power_clearance"],
        (weight_kg / rule["at"]) ** rule["power_volume"],
    )
    days, gains = line(day, until, per_day)
    nmol_l = 1e3 / rule["kda"] / (rule["central"] * wide)
    for when, grams in zip(day, mg, strict=True):
        gains[np.searchsorted(days, when)] += grams * nmol_l
    constants = (
        rule["clearance"] * slow / (rule["central"] * wide),
        rule["exchange"] * slow / (rule["central"] * wide),
        rule["exchange"] * slow / (rule["peripheral"] * wide),
        rule["receptor"] * rule["reachable"],
        rule["half"] * 1e3 / rule["kda"],
        rule["taken_in"],
        rule["renewed"],
    )
    return Blocked(days, held_by(days, gains, constants, LONGEST_STEP_DAYS))


def efgartigimod(day: Array, mg: Array, until: float, weight_kg: float = 75.0, per_day: int = 8) -> Blocked:
    """What doses (N,) given into a vein at once block, from the first to day `until`."""
    rule, many = numbers()["efgartigimod"], len(day)
    volume = rule["volume_per_kg"] * weight_kg
    values = (volume * log(2) / rule["half_life"], volume, 0.0, 0.0, float("nan"), float("nan"))
    own = Disposition(*(np.array([each]) for each in values))
    doses = Doses(
        np.asarray(day, float), np.asarray(mg, float), np.zeros(many), np.zeros(many, bool), np.ones(many)
    )
    days, _ = line(day, until, per_day)
    mg_l = concentration(own, doses, days)[0]
    return Blocked(days, mg_l / (rule["half"] + mg_l))


def line(day: Array, until: float, per_day: int) -> tuple[Array, Array]:
    """Days on a grid with every dose on it, and nothing given yet on each."""
    first = float(np.min(day))
    count = max(int(np.ceil((until - first) * per_day)), 1)
    days = np.unique(np.concatenate((np.linspace(first, until, count + 1), np.asarray(day, float))))
    return days, np.zeros(len(days))


@compiled
def changes(drug, there, receptor, constants):  # pragma: no cover  compiled
    """Rates of total drug and receptor, nmol/L, and of drug in the periphery, and the complex."""
    lost, out, back, whole, half, taken_in, renewed = constants
    apart = drug - receptor - half
    free = 0.5 * (apart + sqrt(apart * apart + 4 * half * drug))
    bound = receptor * free / (half + free)
    return (
        -(lost + out) * free + back * there - taken_in * bound,
        out * free - back * there,
        renewed * (whole - receptor) - (taken_in - renewed) * bound,
        bound,
    )


@compiled
def held_by(days, gains, constants, longest):  # pragma: no cover  compiled
    """The blocked share at each day (T,), doses raising total drug by `gains` nmol/L."""
    whole = constants[3]
    drug, there, receptor = 0.0, 0.0, whole
    found = days.copy()
    for t in range(days.size):
        gap = days[t] - days[t - 1] if t > 0 else 0.0
        count = ceil(gap / longest)
        span = gap / max(count, 1)
        for _ in range(count):
            a1, b1, c1, _1 = changes(drug, there, receptor, constants)
            a2, b2, c2, _2 = changes(
                drug + span / 2 * a1, there + span / 2 * b1, receptor + span / 2 * c1, constants
            )
            a3, b3, c3, _3 = changes(
                drug + span / 2 * a2, there + span / 2 * b2, receptor + span / 2 * c2, constants
            )
            a4, b4, c4, _4 = changes(drug + span * a3, there + span * b3, receptor + span * c3, constants)
            drug = max(drug + span / 6 * (a1 + 2 * a2 + 2 * a3 + a4), 0.0)
            there = max(there + span / 6 * (b1 + 2 * b2 + 2 * b3 + b4), 0.0)
            receptor = receptor + span / 6 * (c1 + 2 * c2 + 2 * c3 + c4)
        drug += gains[t]
        bound = changes(drug, there, receptor, constants)[3]
        found[t] = min(max(1 - (receptor - bound) / whole, 0.0), 1.0)
    return found


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `blocker.toml`."""
    return numbers_of(Path(__file__).with_name("blocker.toml"))
