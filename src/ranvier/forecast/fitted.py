"""What is known of a patient after the fit: draws of the person, their bands, and what they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ranvier.forecast.band import Band, band
from ranvier.forecast.course import Course, course, years_of
from ranvier.forecast.model import IGG, Person
from ranvier.forecast.unknowns import tables
from ranvier.patient.when import DAYS_PER_YEAR
from ranvier.treatment.effect.hand import Hand
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.given import Given
from ranvier.treatment.readings import Readings

Array = NDArray[np.float64]
SEED = 7
HANDS = ("grip", "pinch")
MOST_BLOCKS = 8
"""So many new blocks of one hand are followed: at one in ten years, enough for any forecast."""


@dataclass(frozen=True)
class Learned:
    """One number of the patient: what is typical, the most likely value with its 90 % limits, and its source.

    `from_readings`: 1 - (SD after / SD before), on the scale on which it is normal between patients; 0 where
    the readings said nothing about it and the number is the population's.
    """

    name: str
    unit: str
    typical: float
    best: float
    low: float
    high: float
    from_readings: float


@dataclass(frozen=True, eq=False)
class Fitted:
    """A patient as fitted to the readings.

    `origin`: the day from which levels are followed and decline counts. `draws`: of the person, equally
    likely; `mode`: the most likely one. `effective`: how many independent draws they were weighted from.
    """

    origin: float
    last: float
    weight_kg: float
    given: tuple[Given, ...]
    readings: tuple[Readings, ...]
    draws: Person
    mode: Person
    learned: tuple[Learned, ...]
    remarks: tuple[str, ...]
    effective: float

    @property
    def treated(self) -> Treated:
        """The draws, each as a person under treatment whose `whole` is that of the first day (`origin`)."""
        return self.draws.treated

    @property
    def best(self) -> Treated:
        """The most likely person."""
        return self.mode.treated

    @property
    def measures(self) -> tuple[str, ...]:
        """What can be predicted."""
        return (IGG, *self.draws.model.measures)

    def predict(
        self, measure: str, days: Array, given: Sequence[Given] | None = None, *, reading: bool = False
    ) -> Band:
        """The band of the true level of a measure on ascending days, or of a reading of it.

        `given`: all that was given and will be; None: what is on the record. Raises ValueError for a measure
        that was not fitted, and for days before `origin` or out of order.
        """
        asked = np.asarray(days, float)
        shown = self.levels(measure, asked, given)
        return band(asked, self.read(measure, asked, shown) if reading else shown)

    def levels(self, measure: str, days: Array, given: Sequence[Given] | None = None) -> Array:
        """The true level (P, N) of every draw; raises as `predict` does."""
        if measure not in self.measures:
            raise ValueError(f"'{measure}' was not fitted; there are {', '.join(self.measures)}.")
        level = self.course(days, given).level(self.treated, measure)
        return level if measure == IGG else level * self.own_way(measure, np.asarray(days, float))

    def own_way(self, measure: str, days: Array) -> Array:
        """What a measure does whatever is given (P, N), as a factor: its trend, and new blocks to come."""
        return self.drift(measure, days) * self.struck(measure, days)

    def struck(self, measure: str, days: Array) -> Array:
        """The factor (P, N) by which new blocks have lowered a hand since the last reading.

        They come as a Poisson process with losses of their own; every regimen meets the same ones.
        """
        if not measure.startswith(HANDS):
            return np.ones((1, len(days)))
        random, rule = np.random.default_rng([SEED, crc32(measure.encode())]), tables()["reading"]
        shape = (len(self.treated.most), MOST_BLOCKS)
        begins = self.last + np.cumsum(random.exponential(DAYS_PER_YEAR / rule["new_block"], shape), axis=1)
        losses = rule["new_block_least"] + random.exponential(rule["new_block_more"], shape)
        come = days[None, :, None] >= begins[:, None, :]
        return np.exp(-(come * losses[:, None, :]).sum(axis=2))

    def drift(self, measure: str, days: Array) -> Array:
        """What a measure has changed by of its own (P, N), as a factor; see `Learned` of its trend."""
        seen = [each.day for each in self.readings if each.measure == measure]
        return self.draws.drift(measure, years_of(days, seen[0] if seen else np.array([self.last])))

    def course(self, days: Array, given: Sequence[Given] | None = None) -> Course:
        """The course from `origin` through some days; raises ValueError where they do not ascend."""
        asked = np.asarray(days, float)
        if not len(asked) or asked[0] < self.origin or np.any(np.diff(asked) < 0):
            raise ValueError(f"days: give at least one, ascending, none before day {self.origin:g}.")
        return course(self.given if given is None else given, asked, self.origin)

    def read(self, measure: str, days: Array, level: Array) -> Array:
        """Readings (P, N) of true levels (P, N), each with its own scatter, some of them gone wrong."""
        random, rule = np.random.default_rng(SEED), tables()["reading"]
        before = [np.searchsorted(each.day, days) for each in self.readings if each.measure == measure]
        number = np.asarray(before[0] if before else np.zeros(len(days)), float)
        shown = level * self.draws.practice(measure, number)
        stray = np.where(random.random(level.shape) < rule["stray"], rule["stray_times"], 1.0)
        return shown + stray * self.draws.scatter(measure, shown) * random.standard_normal(level.shape)

    def on(self, day: float) -> Treated:
        """The draws as they are on a day: what was lost or won by then is in `whole`."""
        line = self.course(np.array([day]))
        kept = self.treated.kept(line.attack(self.treated), line.days)[:, -1]
        hands = {
            name: shrunk(hand, kept * self.drift(name, np.array([day]))[:, 0])
            for name, hand in self.treated.hands.items()
        }
        return replace(self.treated, hands=hands)

    @cached_property
    def outside(self) -> dict[str, float]:
        """The share of the readings of each measure outside the 90 % band of a reading; 0.1 is right."""
        return {
            each.measure: float(
                1 - self.predict(each.measure, each.day, reading=True).holds(each.value).mean()
            )
            for each in self.readings
        }


def shrunk(hand: Hand, by: Array) -> Hand:
    """A hand of which only a share is left."""
    return replace(hand, whole=hand.whole * by)
