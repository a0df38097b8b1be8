"""How well a person with certain numbers explains the readings: the log density that a fit climbs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ranvier.forecast.course import Course, course, years_of
from ranvier.forecast.model import IGG, Model, Person
from ranvier.forecast.places import columns, shape, unfolded
from ranvier.forecast.unknowns import tables
from ranvier.treatment.effect.hand import Hand
from ranvier.treatment.given import Given
from ranvier.treatment.readings import Readings

Array = NDArray[np.float64]
SMALLEST = 1e-300


@dataclass(frozen=True, eq=False)
class Evidence:
    """What was given to and measured of one patient from a day (`origin`) on, and the model for it."""

    model: Model
    given: tuple[Given, ...]
    readings: tuple[Readings, ...]
    origin: float

    folded: bool = True
    """Whether least and depth of a hand are looked for by share and part (`places`); a mode is of steps."""

    def __call__(self, places: Array) -> Array:
        """The log density (B,) at places (B, K): what patients are like, and how the readings fit."""
        return self.told(places)[1]

    def steps(self, places: Array) -> Array:
        """How many SDs from typical (B, K) the numbers at some places (B, K) are."""
        return self.told(places)[0]

    def told(self, places: Array) -> tuple[Array, Array]:
        """Steps (B, K) and log density (B,) at places (B, K); -inf where no number can be."""
        steps, person = places.copy(), self.model.person(places)
        fits = np.zeros(len(places))
        with np.errstate(all="ignore"):
            for each, level in zip(self.readings, self.levels(person, steps, fits), strict=True):
                fits += (self.counts(each) * fit(person, each, level)).sum(axis=1)
            found = fits + self.believed(steps)
        return steps, np.where(np.isfinite(found), found, -np.inf)

    def believed(self, steps: Array) -> Array:
        """The log density (B,) of steps before any reading: each normal, the wholes of both hands together.

        With correlation r between n of them the sum of squares is that of all less r / (1 + (n - 1) r) times
        the square of their sum, over 1 - r.
        """
        squares = (steps**2).sum(axis=1)
        for group, r in self.model.together:
            own = steps[:, group]
            alone, sum_squared = (own**2).sum(axis=1), own.sum(axis=1) ** 2
            squares += (alone - r / (1 + (len(group) - 1) * r) * sum_squared) / (1 - r) - alone
        return -0.5 * squares

    def levels(self, person: Person, steps: Array, volume: Array) -> Iterator[Array]:
        """The true level (B, N) of each measure at its readings.

        On the way places in `steps` become steps, and what that does to the volume is added to `volume`.
        """
        treated, days = person.treated, self.strength.days if self.strength else None
        attack = self.strength.attack(treated) if self.strength else np.zeros((0, 0))
        kept = treated.kept(attack, days) if days is not None else attack
        for each, line, at in zip(self.readings, self.lines, self.places, strict=True):
            if each.measure == IGG:
                yield line.igg(treated)
            else:
                left = kept[:, at] * person.drift(each.measure, years_of(each.day, each.day))
                hand = treated.hands[each.measure]
                yield self.level(hand, each.measure, np.log(attack[:, at]), left, steps, volume)

    def level(self, hand: Hand, measure: str, logs: Array, left: Array, steps: Array, volume: Array) -> Array:
        """The level (B, N) of one measure whose mean is what its column of whole says.

        `logs`: of the attack at the readings; `left`: what decline and trend have left of the whole.
        """
        at, known = columns(self.model, measure), self.model.unknowns
        least, depth = hand.least, hand.depth
        if self.folded and at.least is not None and at.depth is not None:
            middle = logs.mean(axis=1)
            least, depth, more = unfolded(steps[:, at.least], steps[:, at.depth], hand.width, middle)
            volume += more
            steps[:, at.least], steps[:, at.depth] = (
                known[at.least].steps(least),
                known[at.depth].steps(depth),
            )
        found = shape(least, depth, hand.width, logs) * left
        if at.whole is None:
            return hand.whole[:, None] * found
        whole = hand.whole / found.mean(axis=1)
        steps[:, at.whole] = known[at.whole].steps(whole)
        return whole[:, None] * found

    @cached_property
    def lines(self) -> list[Course]:
        """The course through the readings of each measure."""
        return [course(self.given, each.day, self.origin) for each in self.readings]

    @cached_property
    def places(self) -> list[NDArray[np.intp]]:
        """Where on the course of strength the readings of each measure are."""
        days = self.strength.days if self.strength else np.zeros(0)
        return [np.searchsorted(days, each.day) for each in self.readings]

    @cached_property
    def strength(self) -> Course | None:
        """The course through all readings of strength; None where there are none."""
        days = [each.day for each in self.readings if each.measure != IGG]
        return course(self.given, np.unique(np.concatenate(days)), self.origin) if days else None

    def counts(self, each: Readings) -> Array:
        """How much each reading counts (N,): those of one day have something in common.

        With the share r of the variance in common, n readings of a day count n / (1 + (n - 1) r) together.
        """
        _, place, number = np.unique(np.floor(each.day), return_inverse=True, return_counts=True)
        return 1 / (1 + (number[place] - 1) * tables()["reading"]["shared"])


def fit(person: Person, each: Readings, level: Array) -> Array:
    """The log density (B, N) of readings: normal about what is shown, a few of them far wider."""
    shown = level * person.practice(each.measure, np.arange(len(each.day), dtype=float))
    spread = person.scatter(each.measure, shown)
    rule = tables()["reading"]
    away = ((each.value - shown) / spread) ** 2
    usual = (1 - rule["stray"]) * np.exp(-0.5 * away)
    wide = rule["stray"] / rule["stray_times"] * np.exp(-0.5 * away / rule["stray_times"] ** 2)
    return np.log(np.maximum(usual + wide, SMALLEST)) - np.log(spread)


def evidence(model: Model, given: Sequence[Given], readings: Sequence[Readings], origin: float) -> Evidence:
    """The evidence of one patient; measures that the model does not hold are left out."""
    kept = tuple(each for each in readings if each.measure == IGG or each.measure in model.measures)
    return Evidence(model, tuple(given), kept, origin)
