"""Fewer grams step by step: what each step is expected to do, and when to look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil, log

import numpy as np

from ranvier.treatment.effect.hand import Hand
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.plan.band import Band, band
from ranvier.treatment.plan.candidate import Candidate, whole_vials
from ranvier.treatment.plan.candidates import outside
from ranvier.treatment.plan.course import Course, joined, path
from ranvier.treatment.plan.cycle import Cycle, cycle
from ranvier.treatment.plan.fall import KG, Units, clear_fall
from ranvier.treatment.plan.rules import rules


@dataclass(frozen=True)
class Expected:
    """One measure once a step has settled: its lowest level in a cycle, and how likely that is a clear fall
    from the lowest level of the present regimen. `stop_below`: the level that would be such a fall."""

    trough: Band
    fall_chance: float
    stop_below: float


@dataclass(frozen=True)
class Step:
    """A step of a taper: what is given from a day on, the day on which to look, and what is expected then."""

    candidate: Candidate
    from_day: float
    look_day: float
    expected: Mapping[str, Expected]
    label: str | None


@dataclass(frozen=True, eq=False)
class Taper:
    """The steps, and the course if none had to be taken back."""

    steps: tuple[Step, ...]
    course: Course


def taper(
    treated: Treated, current: Candidate, weight_kg: float, how: str = "dose", units: Units | None = None
) -> Taper:
    """A taper of the present regimen by a smaller `dose` or a longer `interval`, step by step.

    Raises ValueError for another `how`.
    """
    if how not in ("dose", "interval"):
        raise ValueError(f"'{how}' is no way to taper; choose dose or interval.")
    usual, day, steps = cycle(treated, current), 0.0, []
    for each in lowered(current, how):
        look = day + until_settled(treated, each)
        now = cycle(treated, each)
        expected = {
            name: expectation(hand, usual, now, (units or {}).get(name, KG))
            for name, hand in treated.hands.items()
        }
        steps.append(Step(each, day, look, expected, outside(each, weight_kg)))
        day = look
    return Taper(tuple(steps), course_of(treated, current, tuple(steps)))


def lowered(current: Candidate, how: str) -> Iterator[Candidate]:
    """The steps, each with a share fewer grams a month than the one before, by dose or by interval."""
    rule, last = rules()["test"], current
    for step in range(1, int(rule["steps"]) + 1):
        left = (1 - rule["fewer"]) ** step
        if how == "dose":
            now = replace(current, grams=whole_vials(current.drug, current.grams * left))
        else:
            now = replace(current, every_days=float(round(current.every_days / left)))
        if now != last:
            yield now
        last = now


def until_settled(treated: Treated, each: Candidate) -> float:
    """Days on a step until most of its change is there, in whole cycles: the slower of IgG and the attack."""
    rule = rules()["test"]
    slower = np.minimum(treated.disposition.modes()[0][:, 1], treated.turnover_per_day)
    days = -log(1 - rule["settled"]) / float(np.median(slower))
    return max(ceil(days / each.every_days), int(rule["cycles_least"])) * each.every_days


def expectation(hand: Hand, usual: Cycle, now: Cycle, unit: str) -> Expected:
    """What a settled step does to one measure."""
    before, after = (hand.strength(one.attack).min(axis=1) for one in (usual, now))
    stop = before - clear_fall(before, unit)
    return Expected(band(after), float(np.mean(after < stop)), float(np.median(stop)))


def course_of(treated: Treated, current: Candidate, steps: tuple[Step, ...]) -> Course:
    """The course over all steps, after long on the present regimen."""
    cycles = ceil(rules()["test"]["before"] / current.every_days)
    parts = [current.repeated(cycles, -cycles * current.every_days)]
    for step in steps:
        count = round((step.look_day - step.from_day) / step.candidate.every_days)
        parts.append(step.candidate.repeated(count, step.from_day))
    return path(treated, joined(parts), steps[-1].look_day).course
