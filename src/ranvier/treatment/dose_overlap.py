"""Doses of one drug that meet: two at the same time, and more in a day than the label gives."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from ranvier.patient.problem import Problem
from ranvier.treatment.drug import ROUNDING, drug
from ranvier.treatment.given import Given

Weight = Callable[[float], float | None]
"""The weight in kg on a day; None where it is not known."""


@dataclass(frozen=True)
class Placed:
    """A dose and the entry of the timeline that tells of it."""

    position: int
    given: Given

    @property
    def date(self) -> date:
        """The day on which it began."""
        return date.fromordinal(int(self.given.day))

    @property
    def end(self) -> float:
        """When it ended, as a day number."""
        return self.given.day + self.given.days_long


def overlaps(doses: Sequence[Placed], weight: Weight, first: int) -> Iterator[Problem]:
    """What doses have together that none has alone, if one of them stands at entry `first` or later."""
    order = sorted(doses, key=lambda one: (one.given.drug, one.given.day, one.position))
    for name, group in groupby(order, lambda one: one.given.drug):
        same = list(group)
        yield from at_once(same, name, first)
        yield from in_a_day(same, name, weight, first)


def at_once(doses: Sequence[Placed], name: str, first: int) -> Iterator[Problem]:
    """Doses that begin while another of the drug still runs, or at the same moment; each entry told once."""
    told: set[int] = set()
    running = doses[0]
    for one, other in pairwise(doses):
        running = max(running, one, key=lambda each: each.end)
        newer = max(running.position, other.position)
        meets = other.given.day < running.end or other.given.day == one.given.day
        if meets and newer >= first and newer not in told:
            told.add(newer)
            before = f"{name} of {running.date}" + (
                " that still runs" if running.end > other.given.day else ""
            )
            remedy = "take out what stands twice, or give the times of day at which they began"
            text = f"is {other.date}, and meets the dose of {before}; {remedy}"
            yield Problem(("timeline", newer, "when"), text)


def in_a_day(doses: Sequence[Placed], name: str, weight: Weight, first: int) -> Iterator[Problem]:
    """More in one day than the label gives, where no dose alone is beyond it."""
    label = drug(name).label
    most = label.most_g_per_kg_day
    if most is None:
        return
    for day, group in groupby(doses, lambda one: one.date):
        same = list(group)
        newer = max(each.position for each in same)
        grams, weight_kg = sum(each.given.grams for each in same), weight(same[0].given.day)
        if weight_kg is None:
            continue
        alone = len(same) == 1 and grams > (label.most_g_per_kg_dose or grams) * weight_kg
        if newer >= first and not alone and grams > most * weight_kg * ROUNDING:
            text = (
                f"makes {grams:g} g of {name} on {day}, {grams / weight_kg:.3g} g/kg; its label gives "
                f"{most:g} g/kg a day at most; check the amounts and the dates"
            )
            yield Problem(("timeline", newer, "amount"), text)
