"""What comes next: levels over months under the present regimen, another one, or none, with their bands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import floor
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ranvier.forecast.band import Band, band
from ranvier.forecast.fitted import Fitted
from ranvier.forecast.model import IGG
from ranvier.patient.when import DAYS_PER_MONTH, DAYS_PER_YEAR
from ranvier.treatment.drug import drug
from ranvier.treatment.given import Given
from ranvier.treatment.regimen import Regimen
from ranvier.treatment.schedule import given_by

Array = NDArray[np.float64]
OFTEN_DAYS = 3.5
"""Infusions into a vein no further apart than this are one course."""
SAME_DAY = 0.5
LATELY = 4
LONG_TIMES, LONG_DAYS = 3.0, DAYS_PER_YEAR
EMPTY = "no dose of this regimen falls into these months: it is the course without treatment."


@dataclass(frozen=True, eq=False)
class Ahead:
    """Levels to come: days (N,), the band of each measure's true level, and what is given by then."""

    days: Array
    bands: Mapping[str, Band]
    given: tuple[Given, ...]
    remarks: tuple[str, ...]


def ahead(
    fitted: Fitted,
    regimen: Regimen | Literal["as before"] | None = "as before",
    *,
    months: float = 6.0,
    begin: float | None = None,
) -> Ahead:
    """Bands day by day for some months from a day on (`begin`; None: the day of the last reading or dose).

    `regimen`: what is given from then on; "as before": the last course again and again; None: nothing.
    A regimen that names its own first day begins then, but never before `begin`. Raises ValueError for 'as
    before' with no dose, and for months past the end of the calendar.
    """
    first = floor(begin if begin is not None else max([fitted.last, *(one.day for one in fitted.given)]))
    last = first + months * DAYS_PER_MONTH
    if last >= date.max.toordinal():
        raise ValueError("the record ends too near to the end of the calendar; check the years of its dates.")
    past = tuple(each for each in fitted.given if each.day <= first)
    doses = past + to_come(fitted, past, regimen, float(first), last)
    days = np.arange(float(first), last)
    levels = together(fitted, days, doses)
    bands = {name: band(days, level) for name, level in levels.items()}
    empty = () if regimen is None or len(doses) > len(past) else (EMPTY,)
    return Ahead(days, bands, doses, (*empty, *far(fitted, float(first), last)))


def together(fitted: Fitted, days: Array, doses: tuple[Given, ...]) -> dict[str, Array]:
    """The level (P, N) of every measure on the same days, the attack followed once."""
    line, person = fitted.course(days, doses), fitted.treated
    attack = line.attack(person)
    strength = {
        name: person.measured(name, attack, line.days)[:, line.at] * fitted.own_way(name, days)
        for name in person.hands
    }
    return {IGG: line.igg(person), **strength}


def to_come(
    fitted: Fitted,
    past: tuple[Given, ...],
    regimen: Regimen | Literal["as before"] | None,
    first: float,
    last: float,
) -> tuple[Given, ...]:
    """The doses after a day, up to another."""
    if regimen is None:
        return ()
    if isinstance(regimen, Regimen):
        return tuple(each for each in given_by(regimen, fitted.weight_kg, first, last) if each.day >= first)
    return tuple(each for each in continued(past, last) if each.day >= first)


def continued(past: tuple[Given, ...], last: float) -> tuple[Given, ...]:
    """The last course of immunoglobulin again and again, as far apart as courses lately were, up to a day.

    Raises ValueError where fewer than two courses of the immunoglobulin last given are there.
    """
    courses = in_courses(given_last(past))
    if len(courses) < 2:
        raise ValueError(
            "fewer than two courses of immunoglobulin on the record: there is no interval to go on with; "
            "name a regimen, such as 'ivig 1 g/kg every 21 d'."
        )
    starts = np.array([course[0].day for course in courses])
    every = float(np.median(np.diff(starts)[-LATELY:]))
    return tuple(
        replace(each, day=each.day + number * every)
        for number in range(1, floor((last - starts[-1]) / every) + 1)
        for each in courses[-1]
        if each.day + number * every < last
    )


def given_last(past: Sequence[Given]) -> list[Given]:
    """All doses of the immunoglobulin that was given last."""
    doses = [each for each in past if drug(each.drug).is_immunoglobulin]
    return [each for each in doses if each.drug == doses[-1].drug]


def in_courses(doses: Sequence[Given]) -> list[list[Given]]:
    """Doses of one drug, oldest first, in courses: infusions into a vein within days of each other are one.

    What goes under the skin is given dose by dose; two doses of one day are one.
    """
    courses: list[list[Given]] = []
    for each in doses:
        apart = SAME_DAY if drug(each.drug).is_subcutaneous else OFTEN_DAYS
        if not courses or each.day - courses[-1][-1].day > apart:
            courses.append([])
        courses[-1].append(each)
    return courses


def far(fitted: Fitted, first: float, last: float) -> list[str]:
    """Where a forecast goes beyond what was seen."""
    seen = max(fitted.last - fitted.origin, 1.0)
    said: list[str] = []
    if not fitted.readings:
        said.append("no readings: this is the band of the population, not of the patient.")
    elif last - fitted.last > LONG_DAYS or last - fitted.last > LONG_TIMES * seen:
        said.append(f"{last - fitted.last:.0f} days past the last reading: the decline is what is usual.")
    return said
