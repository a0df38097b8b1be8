"""Doses as arrays: when each began, how much, for how long and by which way; and the events they make."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Doses:
    """N doses of immunoglobulin.

    `day` (N,): when each began, in days on any clock that the times asked for share. `grams` (N,).
    `days_long` (N,): how long it ran, 0 for a dose given at once. `depot` (N,): whether it went under the
    skin. `gain` (N,): bioavailability relative to plain SC, such as with hyaluronidase; 1 for IV.
    """

    day: Array
    grams: Array
    days_long: Array
    depot: NDArray[np.bool_]
    gain: Array

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, eq=False)
class Events:
    """Beginnings and ends of doses and the times asked for, E in order of time.

    `gaps` (E,): days before each. `vein`, `skin` (2, E): grams given at once at the event, and grams a day
    that run in during its gap; `skin` (2, 0) if nothing goes there. `shown` (E,): which time, or -1.
    """

    gaps: Array
    vein: Array
    skin: Array
    shown: NDArray[np.int64]


def events(doses: Doses, days: Array, begin: float | None = None) -> Events:
    """Doses and times asked for on one line; at the same moment a dose comes before the time.

    The line begins at `begin`, or with the first event.
    """
    ends = doses.day + doses.days_long
    ran = np.flatnonzero(ends > doses.day)
    when = np.concatenate((ends[ran], doses.day, days))
    order = np.argsort(when, kind="stable")
    when = when[order]
    first = when[:1] if begin is None else np.array([begin])
    gaps = np.diff(when, prepend=first) if when.size else when
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    ended, begun = place[: len(ran)], place[len(ran) : len(ran) + len(doses)]
    shown = np.maximum(order - (len(order) - len(days)), -1)
    lengths = np.where(ends > doses.day, ends - doses.day, 0.0)
    at = (begun, ran, ended)
    vein = given(doses, ~doses.depot, lengths, at, len(order))
    skin = given(doses, doses.depot, lengths, at, len(order)) if doses.depot.any() else np.zeros((2, 0))
    return Events(gaps, vein, skin, shown)


def given(
    doses: Doses, here: NDArray[np.bool_], lengths: Array, places: tuple[NDArray[np.int64], ...], count: int
) -> Array:
    """Grams at once at each event and grams a day during the gap before it (2, E), for one way in.

    A rate is grams over the time between the two events, so that no rounding of a clock loses any of them.
    """
    begun, ran, ended = places
    grams = np.where(here, doses.grams * np.where(doses.depot, doses.gain, 1.0), 0.0)
    found = np.zeros((2, count))
    found[0, begun] = np.where(lengths > 0, 0.0, grams)
    for n, end in zip(ran, ended, strict=True):
        if here[n]:
            found[1, begun[n] + 1 : end + 1] += grams[n] / lengths[n]
    return found
