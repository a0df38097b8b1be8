"""Stopping as a test, and a first course: what is expected, when it would be seen, and when it is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.plan.band import Band, band
from ranvier.treatment.plan.candidate import Candidate, whole_vials
from ranvier.treatment.plan.course import Course, path
from ranvier.treatment.plan.cycle import cycle
from ranvier.treatment.plan.fall import KG, Units, clear_fall
from ranvier.treatment.plan.rules import rules

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Change:
    """A clear change of one measure. `chance`: that it comes. `day`: when, among the draws in which it comes;
    None if in none. `most`: by how much the level changes at the most, in its unit."""

    chance: float
    day: Band | None
    most: Band


@dataclass(frozen=True, eq=False)
class Withdrawal:
    """The course after the last dose (day 0). `falls`: of each measure below its usual lowest level.

    `over_by`: the day by which a fall that the model expects has come in 95 % of the draws that fall; if no
    measure has fallen by then, the test is over and the attack needs no drug, or less of it.
    """

    course: Course
    falls: Mapping[str, Change]
    over_by: float
    basis: str


@dataclass(frozen=True, eq=False)
class Induction:
    """A first course in a person without treatment, from its first day (day 0). `rises`: of each measure."""

    given: str
    course: Course
    rises: Mapping[str, Change]
    basis: str


def withdrawal(treated: Treated, current: Candidate, units: Units | None = None) -> Withdrawal:
    """What stopping the present regimen would do, in every draw of one person."""
    rule = rules()["test"]
    cycles = ceil(rule["before"] / current.every_days)
    doses = current.repeated(cycles, -(cycles - 1) * current.every_days)
    found = path(treated, doses, rule["followed"])
    usual = cycle(treated, current).attack
    falls = {}
    for name, hand in treated.hands.items():
        lowest = hand.strength(usual).min(axis=1)
        clear = clear_fall(lowest, (units or {}).get(name, KG))
        falls[name] = change(found.days, lowest[:, None] - found.measures[name], clear)
    days = [each.day.high for each in falls.values() if each.day]
    return Withdrawal(found.course, falls, ceil(max(days, default=rule["followed"])), WITHDRAWN)


def induction(
    treated: Treated, weight_kg: float, drug: str = "ivig", units: Units | None = None
) -> Induction:
    """What a first course would do in a person not yet treated, in every draw."""
    rule = rules()["test"]
    grams, over = whole_vials(drug, rule["grams_per_kg"] * weight_kg), int(rule["over"])
    given = Candidate(drug, grams, rule["followed"], over)
    found = path(treated, given.doses, rule["followed"])
    rises = {}
    for name, level in found.measures.items():
        before = treated.hands[name].strength(np.ones((len(level), 1)))
        clear = clear_fall(before[:, 0], (units or {}).get(name, KG))
        rises[name] = change(found.days, level - before, clear)
    return Induction(f"{drug} {grams:g} g over {over} d", found.course, rises, INDUCED)


def change(days: Array, by: Array, clear: Array) -> Change:
    """A change `by` (P, T) beyond what is clear (P,): how likely, when first, and how large."""
    seen = by >= clear[:, None]
    comes = seen.any(axis=1)
    first = days[seen.argmax(axis=1)][comes]
    return Change(float(np.mean(comes)), band(first) if comes.any() else None, band(by.max(axis=1)))


WITHDRAWN = (
    "after the last dose IgG falls to the own level and the attack returns; the natural decline is in it, "
    "a remission without treatment is not"
)
INDUCED = "of the population of people with MMN, unless readings under treatment have already narrowed it"
