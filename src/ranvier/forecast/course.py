"""The course of a person, or of many draws of one, on one clock: levels of every measure at any times."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.forecast.model import IGG
from ranvier.forecast.unknowns import tables
from ranvier.patient.when import DAYS_PER_YEAR
from ranvier.treatment.effect.course import attack_under
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.given import Given, immunoglobulin

Array = NDArray[np.float64]
LEAD_DAYS = 60.0
"""So long before the first reading the attack is taken to have settled: the node is renewed in days."""
AROUND = (-1e-3, 0.0, 0.5, 1.5, 2.5)
"""Days about a dose at which IgG changes too fast for a step of a day."""


@dataclass(frozen=True, eq=False)
class Course:
    """The times (T,) on which persons are followed, and where on them each of the times asked for is."""

    given: tuple[Given, ...]
    days: Array
    asked: Array

    @property
    def at(self) -> NDArray[np.intp]:
        """The places of the times asked for."""
        return np.searchsorted(self.days, self.asked)

    def igg(self, person: Treated) -> Array:
        """IgG (P, N), g/L, at the times asked for, which must ascend."""
        return person.igg(immunoglobulin(self.given), self.asked)

    def attack(self, person: Treated) -> Array:
        """The attack factor (P, T) on the whole grid."""
        return attack_under(person, self.given, self.days)

    def level(self, person: Treated, measure: str) -> Array:
        """The true level (P, N) of one measure at the times asked for."""
        if measure == IGG:
            return self.igg(person)
        return person.measured(measure, self.attack(person), self.days)[:, self.at]


def years_of(days: Array, seen: Array) -> Array:
    """Years (N,) for which a trend has run on some days, from the middle of the days on which it was seen.

    Before the first and past the last of those it dies away.
    """
    lasts = tables()["reading"]["trend_lasts"]
    inside = np.clip(days, seen[0], seen[-1])
    past = days - inside
    return (inside - seen.mean() + np.sign(past) * lasts * -np.expm1(-np.abs(past) / lasts)) / DAYS_PER_YEAR


def begin(given: Sequence[Given], first: float) -> float:
    """The day from which a person is followed: before the first dose, or well before the first reading."""
    dosed = min((each.day for each in given), default=first)
    return float(np.floor(min(max(dosed, first - LEAD_DAYS), first))) - 1.0


def course(given: Sequence[Given], asked: Array, origin: float) -> Course:
    """The course of doses from a day on at times asked for (ascending): daily, and closer about each dose."""
    last = float(max(asked[-1], origin + 1))
    starts = np.array([each.day for each in given])
    ends = np.array([each.day + each.days_long for each in given])
    close = (starts[:, None] + np.array(AROUND)).ravel() if len(starts) else starts
    grid = np.unique(np.concatenate([np.arange(origin, last, 1.0), [last], asked, close, ends]))
    return Course(tuple(given), grid[(grid >= origin) & (grid <= last)], asked)
