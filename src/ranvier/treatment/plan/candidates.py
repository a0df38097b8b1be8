"""About fifty regimens to compare: the present one, and others inside the limits of the label."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from ranvier.patient.when import DAYS_PER_MONTH
from ranvier.treatment.drug import drug
from ranvier.treatment.plan.candidate import ALL, FACILITATED, Candidate, days_needed, whole_vials
from ranvier.treatment.plan.rules import rules

WEEK = 7.0
ROUNDING = 1.05
"""Whole vials may pass a limit by this much."""


def candidates(
    current: Candidate | None,
    weight_kg: float,
    drugs: tuple[str, ...] = ALL,
) -> tuple[Candidate, ...]:
    """The present regimen first, then every other of `drugs` inside the label's limits, fewest grams first.

    Raises ValueError for a weight that is not positive.
    """
    if not weight_kg > 0:
        raise ValueError(f"weight_kg {weight_kg:g} must be above 0; enter the patient's weight.")
    first = (current, *split(current)) if current else ()
    known = dict.fromkeys((*first, *(each for name in drugs for each in proposed(name, weight_kg))))
    rest = [each for each in known if each != current and outside(each, weight_kg) is None]
    return (*([current] if current else []), *sorted(rest, key=lambda each: each.grams_a_year))


def split(current: Candidate) -> tuple[Candidate, ...]:
    """The grams of the present regimen in halves twice as often, where that is a week or more."""
    half = whole_vials(current.drug, current.grams / 2)
    if current.every_days / 2 < WEEK or half >= current.grams:
        return ()
    return (Candidate(current.drug, half, current.every_days / 2, max(current.over_days // 2, 1)),)


def proposed(name: str, weight_kg: float) -> Iterator[Candidate]:
    """Doses and intervals of a drug, in whole vials."""
    if drug(name).is_subcutaneous:
        for every in intervals(name):
            for month in steps("month"):
                yield Candidate(name, whole_vials(name, month * weight_kg * every / DAYS_PER_MONTH), every)
        return
    for every in steps("interval"):
        for dose in steps("dose"):
            grams = whole_vials(name, dose * weight_kg)
            yield Candidate(name, grams, every, days_needed(name, grams, weight_kg))


def intervals(name: str) -> tuple[float, ...]:
    """Intervals of a subcutaneous drug: twice weekly and weekly, or with hyaluronidase longer."""
    rule = rules()["grid"]
    if name == FACILITATED:
        return tuple(np.arange(rule["fsc_interval_first"], rule["fsc_interval_last"] + 1, WEEK).tolist())
    return (rule["sc_interval_last"] / 2, rule["sc_interval_last"])


def steps(what: str) -> tuple[float, ...]:
    """The steps of the grid over a dose, an interval or a month's amount."""
    rule = rules()["grid"]
    first, last, step = (rule[f"{what}_{end}"] for end in ("first", "last", "step"))
    return tuple(np.round(np.arange(first, last + step / 2, step), 6).tolist())


def trimmed(each: Candidate, weight_kg: float, keeps: Callable[[Candidate], bool]) -> Candidate:
    """The same regimen with as few grams, vial by vial, as still keep what must be kept and the label."""
    vial = whole_vials(each.drug, 0.0)
    while each.grams > vial:
        less = replace(each, grams=each.grams - vial)
        if outside(less, weight_kg) or not keeps(less):
            break
        each = less
    return each


def outside(candidate: Candidate, weight_kg: float) -> str | None:
    """Which limit of the label a regimen breaks, in words; None if none, or none is known."""
    limit, a_month = drug(candidate.drug).label, candidate.grams_per_kg_month(weight_kg)
    dose = candidate.grams / weight_kg
    if limit.least_g_per_kg_month and a_month * ROUNDING < limit.least_g_per_kg_month:
        return f"{a_month:.2f} g/kg a month is below the label's {limit.least_g_per_kg_month:g}"
    if limit.most_g_per_kg_month and a_month > limit.most_g_per_kg_month * ROUNDING:
        return f"{a_month:.2f} g/kg a month is above the label's {limit.most_g_per_kg_month:g}"
    if limit.most_g_per_kg_dose and dose > limit.most_g_per_kg_dose * ROUNDING:
        return f"{dose:.2f} g/kg a dose is above the label's {limit.most_g_per_kg_dose:g}"
    a_day = dose / candidate.over_days
    if limit.most_g_per_kg_day and a_day > limit.most_g_per_kg_day * ROUNDING:
        return f"{a_day:.2f} g/kg a day is above the label's {limit.most_g_per_kg_day:g}"
    return None
