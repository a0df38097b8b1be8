"""Simulated patients who come to a plan: on a fixed regimen, with a few readings, their truth beside them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path as File

import numpy as np
from numpy.typing import NDArray

from ranvier.evidence.value import numbers_of
from ranvier.treatment.effect.population import numbers, people
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.given import Given, immunoglobulin
from ranvier.treatment.plan.candidate import Candidate, whole_vials
from ranvier.treatment.plan.course import Path, path
from ranvier.treatment.plan.target import Target, below
from ranvier.treatment.readings import Readings

Array = NDArray[np.float64]
IVIG, IGG = "ivig", "IgG"
IGG_DAYS = (-0.1, 1.0, 10.0)
"""Days from an infusion at which IgG is taken: before it, the day after, and when half is gone."""


@dataclass(frozen=True, eq=False)
class PlanCase:
    """A simulated patient at a plan: what was given and measured, the target in kg, and the truth (P = 1)."""

    weight_kg: float
    current: Candidate
    given: tuple[Given, ...]
    readings: tuple[Readings, ...]
    targets: tuple[Target, ...]
    truth: Treated


Fit = Callable[[PlanCase], Treated]
"""Draws of one patient from what was given and measured."""


@cache
def plan_rules() -> dict[str, dict[str, float]]:
    """The numbers of `plans.toml`."""
    return numbers_of(File(__file__).with_name("plans.toml"))


def plan_cases(count: int, seed: int) -> Iterator[PlanCase]:
    """Simulated patients, each the same for the same seed whatever their number."""
    for one in np.random.SeedSequence(seed).spawn(count):
        yield plan_case(np.random.default_rng(one))


def plan_case(random: np.random.Generator) -> PlanCase:
    """One patient on the fixed regimen, with 3 values of IgG and 60 readings of grip, both hands together."""
    rule = plan_rules()["patient"]
    weight = max(rule["weight"] + rule["weight_between"] * random.standard_normal(), rule["weight_least"])
    person = people(random, 1, weight)
    current = fixed(weight)
    given = infusions(random, current)
    course = lived(person, given)
    readings = (igg(random, person, given), *grips(random, course))
    return PlanCase(weight, current, given, readings, own_targets(readings, given), today(person, course))


def fixed(weight_kg: float) -> Candidate:
    """The regimen that plans are compared with."""
    rule = plan_rules()["regimen"]
    return Candidate(IVIG, whole_vials(IVIG, rule["dose"] * weight_kg), rule["every"])


def infusions(random: np.random.Generator, current: Candidate) -> tuple[Given, ...]:
    """The infusions so far, each some days early or late, the last at day 0."""
    rule, doses = plan_rules()["regimen"], current.doses
    count = int(rule["infusions"]) - 1
    gaps = current.every_days + np.round(rule["late"] * random.standard_normal(count))
    days = np.concatenate([-np.cumsum(gaps)[::-1], [0.0]])
    return tuple(Given(IVIG, float(day), current.grams, float(doses.days_long[0])) for day in days)


def igg(random: np.random.Generator, truth: Treated, given: tuple[Given, ...]) -> Readings:
    """IgG about the last infusion."""
    days = np.array(IGG_DAYS)
    level = truth.igg(immunoglobulin(given), days)[0]
    noise = plan_rules()["readings"]["igg_noise"]
    return Readings(IGG, "g/L", days, level * (1 + noise * random.standard_normal(len(days))))


def lived(person: Treated, given: tuple[Given, ...]) -> Path:
    """The course from before the first infusion to as long after the last as the regimen's interval."""
    doses = immunoglobulin(given)
    return path(person, doses, plan_rules()["regimen"]["every"], doses.day[0] - 1)


def grips(random: np.random.Generator, course: Path) -> Iterator[Readings]:
    """Grip of every hand on days that are evenly apart, the last of them the last of the course."""
    rule, grip = plan_rules()["readings"], numbers()["grip"]
    asked = course.days[-1] - rule["apart"] * np.arange(rule["grips"])[::-1]
    noise = grip["noise"] * np.exp(grip["noise_between"] * random.standard_normal())
    for name, lines in course.measures.items():
        level = np.interp(asked, course.days, lines[0])
        yield Readings(name, "kg", asked, level * (1 + noise * random.standard_normal(len(asked))))


def today(person: Treated, course: Path) -> Treated:
    """The person at the end of the course, what the natural decline took gone from every hand."""
    hands = {}
    for name, hand in person.hands.items():
        left = course.measures[name][:, -1] / hand.strength(course.attack)[:, -1]
        hands[name] = replace(hand, whole=hand.whole * left)
    return replace(person, hands=hands)


def own_targets(readings: tuple[Readings, ...], given: tuple[Given, ...]) -> tuple[Target, ...]:
    """What patient and physician would write down: no clear fall below the mean in the good days."""
    rule, doses = plan_rules()["readings"], np.array([each.day for each in given])
    found = []
    for each in readings:
        if each.measure == IGG:
            continue
        since = each.day - doses[np.searchsorted(doses, each.day, side="right") - 1]
        good = (since >= rule["best_from"]) & (since <= rule["best_until"])
        found.append(below(each.measure, float(each.value[good].mean()), each.unit))
    return tuple(found)
