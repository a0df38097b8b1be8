"""What a figure of measures over days shows, before it is drawn. Days are day numbers (`date.toordinal`)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Points:
    """Readings: days and values (N,)."""

    days: Array
    values: Array


@dataclass(frozen=True, eq=False)
class Ribbon:
    """A course with its band on days (N,): `low` and `high` None for a line alone; `name`: in the key."""

    name: str
    days: Array
    middle: Array
    low: Array | None = None
    high: Array | None = None


@dataclass(frozen=True, eq=False)
class Panel:
    """One measure: its readings, its courses, and the level wanted, if there is one."""

    title: str
    unit: str
    points: Points | None = None
    ribbons: tuple[Ribbon, ...] = ()
    target: float | None = None


@dataclass(frozen=True, eq=False)
class Series:
    """The whole figure. `today`: where what was becomes what may come. `doses`: days on which drug was given,
    with words; `marks`: days that deserve a word, such as an event."""

    title: str
    about: str
    simulated: bool
    first: float
    last: float
    panels: tuple[Panel, ...]
    doses: Sequence[tuple[float, str]] = ()
    marks: Sequence[tuple[float, str]] = ()
    today: float | None = None
    notes: tuple[str, ...] = ()
