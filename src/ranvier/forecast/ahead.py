"""What comes next: levels over months under the present regimen, another one, or none, with their bands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import floor
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ranvier.forecast.band import Band, band
from ranvier.forecast.fitted import Fitted
from ranvier.forecast.model import IGG
from ranvier.patient.when import DAYS_PER_MONTH
from ranvier.treatment.drug import drug
from ranvier.treatment.given import Given
from ranvier.treatment.regimen import Regimen
from ranvier.treatment.schedule import given_by

Array = NDArray[np.float64]
OFTEN_DAYS = 3.5
"""Doses that never lie further apart than this are given one by one, not in courses."""
LATELY = 4
LONG_TIMES, LONG_DAYS = 3.0, 365.25


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
    A regimen that names its own first day begins then. Raises ValueError for 'as before' with no dose.
    """
    first = floor(begin if begin is not None else max([fitted.last, *(one.day for one in fitted.given)]))
    last = first + months * DAYS_PER_MONTH
    past = tuple(each for each in fitted.given if each.day <= first)
    doses = past + to_come(fitted, past, regimen, float(first), last)
    days = np.arange(float(first), last)
    levels = together(fitted, days, doses)
    bands = {name: band(days, level) for name, level in levels.items()}
    return Ahead(days, bands, doses, tuple(far(fitted, float(first), last)))


def together(fitted: Fitted, days: Array, doses: tuple[Given, ...]) -> dict[str, Array]:
    """The level (P, N) of every measure on the same days, the attack followed once."""
    line, person = fitted.course(days, doses), fitted.treated
    attack = line.attack(person)
    strength = {
        name: person.measured(name, attack, line.days)[:, line.at] * fitted.drift(name, days)
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
        return given_by(regimen, fitted.weight_kg, first, last)
    return continued(past, last)


def continued(past: tuple[Given, ...], last: float) -> tuple[Given, ...]:
    """The last course of immunoglobulin again and again, as far apart as courses lately were, up to a day.

    Doses with a gap of more than half the longest one between them belong to different courses; doses that
    always follow within days are courses of one. Raises ValueError where fewer than two courses were given.
    """
    courses = in_courses([each for each in past if drug(each.drug).is_immunoglobulin])
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


def in_courses(doses: list[Given]) -> list[list[Given]]:
    """Doses, oldest first, in courses."""
    gaps = np.diff([each.day for each in doses])
    apart = OFTEN_DAYS if len(gaps) and gaps.max() > OFTEN_DAYS else 0.0
    limit = max(apart, float(gaps.max()) / 2 if apart else 0.0)
    courses: list[list[Given]] = []
    for n, each in enumerate(doses):
        if n == 0 or gaps[n - 1] > limit:
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
