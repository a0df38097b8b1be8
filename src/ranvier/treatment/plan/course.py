"""The predicted course on days that do not repeat: a first course, fewer grams step by step, none at all."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.kinetics import Doses
from ranvier.treatment.plan.band import HIGH, LOW, MIDDLE

Array = NDArray[np.float64]
STEP_DAYS = 0.5


@dataclass(frozen=True, eq=False)
class Line:
    """A quantity on each day (T,): median over the draws and the range that holds 90 % of them."""

    low: Array
    typical: Array
    high: Array


@dataclass(frozen=True, eq=False)
class Course:
    """Days (T,) from the start of what is tried; total IgG in g/L, and every measure in its unit."""

    days: Array
    igg_g_l: Line
    measures: Mapping[str, Line]


@dataclass(frozen=True, eq=False)
class Path:
    """A course in every draw: attack factor (P, T), measures (P, T) by name."""

    days: Array
    igg_g_l: Array
    attack: Array
    measures: Mapping[str, Array]

    def from_day(self, first: float) -> "Path":
        """The part from a day on."""
        kept = self.days >= first
        cut = {name: level[:, kept] for name, level in self.measures.items()}
        return Path(self.days[kept], self.igg_g_l[:, kept], self.attack[:, kept], cut)

    @property
    def course(self) -> Course:
        """Its bands."""
        return Course(
            self.days, line(self.igg_g_l), {name: line(level) for name, level in self.measures.items()}
        )


def path(treated: Treated, doses: Doses, last: float, first: float = 0.0) -> Path:
    """Every draw under these doses, shown from `first` to `last`; before the first dose it is untreated.

    The natural decline counts from `first`.
    """
    begin = min(first, *(doses.day[:1] - STEP_DAYS)) if len(doses) else first
    days = np.union1d(times(doses, begin, last), [first])
    attack, shown = treated.attack(doses, days), days >= first
    cut = attack[:, shown]
    measures = {name: treated.measured(name, cut, days[shown]) for name in treated.hands}
    return Path(days[shown], treated.igg(doses, days)[:, shown], cut, measures)


def times(doses: Doses, first: float, last: float) -> Array:
    """Times (T,) from first to last, close enough for the attack to be followed, with every dose's ends."""
    ends = np.concatenate([doses.day, doses.day + doses.days_long, [first, last]])
    grid = np.unique(np.concatenate([ends, np.arange(first, last, STEP_DAYS)]))
    return grid[(grid >= first) & (grid <= last)]


def line(draws: Array) -> Line:
    """The bands of a quantity (P, T)."""
    return Line(*np.quantile(draws, (LOW, MIDDLE, HIGH), axis=0))


def joined(parts: list[Doses]) -> Doses:
    """Doses one after the other."""
    return Doses(
        *(
            np.concatenate([getattr(each, name) for each in parts])
            for name in ("day", "grams", "days_long", "depot", "gain")
        )
    )
