"""What a figure of measures over days shows, before it is drawn. Days are day numbers (`date.toordinal`)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Points:
    """Readings: days and values (N,). `name`: whose, such as one hand; `look`: `right`, `left`, or grey."""

    days: Array
    values: Array
    name: str = ""
    look: str = ""


@dataclass(frozen=True, eq=False)
class Ribbon:
    """A course with its band on days (N,): `low` and `high` None for a line alone; `name`: in the key.

    It is interrupted where it is not a number. `look`: a name of `look.LOOKS`, or the next that is free.
    """

    name: str
    days: Array
    middle: Array
    low: Array | None = None
    high: Array | None = None
    look: str = ""


@dataclass(frozen=True, eq=False)
class Panel:
    """One measure: its readings, its courses, and the level wanted, if there is one.

    `within`: values that the scale holds besides those drawn. `low`: context, drawn lower. `told`: a few
    words beside the title.
    """

    title: str
    unit: str
    points: tuple[Points, ...] = ()
    ribbons: tuple[Ribbon, ...] = ()
    target: float | None = None
    within: tuple[float, ...] = ()
    low: bool = False
    told: str = ""


@dataclass(frozen=True)
class Mark:
    """Something given on a day, in words; `label`: what stands beside it where there is room."""

    day: float
    words: str
    label: str = ""


@dataclass(frozen=True)
class Event:
    """Something that began on a day and lasted to another: its name, more words, a place in `look.EVENTS`."""

    first: float
    last: float
    name: str
    words: str
    look: int = 0


@dataclass(frozen=True, eq=False)
class Series:
    """The whole figure. `today`: where what was becomes what may come."""

    title: str
    about: str
    simulated: bool
    first: float
    last: float
    panels: tuple[Panel, ...]
    doses: Sequence[Mark] = ()
    events: Sequence[Event] = ()
    today: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def doses_shown(self) -> list[Mark]:
        """The doses within the days of the figure."""
        return [each for each in self.doses if self.first <= each.day <= self.last]
