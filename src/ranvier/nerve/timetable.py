"""When impulses pass every place of their axons, and where two of them meet and put each other out.

An impulse leaves refractory axon behind it, so two that run towards each other both end where they meet
(collision). Places are mm from the cord; arrays hold axons and places.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.transit import Pathway

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def places_mm(path: Pathway, grid_mm: float, also_mm: Sequence[float]) -> Array:
    """The places at which impulses are followed, from the cord to the end of the nerve and at some more."""
    grid = np.linspace(0, path.length_mm, round(path.length_mm / grid_mm) + 1)
    return np.unique(np.concatenate([grid, np.asarray(also_mm, float)]))


def timetable(path: Pathway, begin_mm: float, up: bool, places: Array) -> Array:
    """When the impulse of each axon passes each place (N, K), begun at `begin_mm` at time 0.

    Not a number behind its start and beyond a block; a blocked impulse dies in the middle of the lesion.
    """
    clocks = np.stack([path.healthy_ms(float(place)) for place in places], axis=1)
    start = path.healthy_ms(begin_mm)[:, None]
    times = start - clocks if up else clocks - start
    times[:, places > begin_mm if up else places < begin_mm] = np.nan
    for each in path.met(begin_mm, -np.inf if up else np.inf):
        times[each.axon] += along(each.low_mm, each.high_mm, places, up, each.extra_ms)
    for axon, cut_mm in zip(*path.cuts, strict=True):
        if cut_mm <= begin_mm if up else begin_mm <= cut_mm:
            times[axon, places < cut_mm if up else places > cut_mm] = np.nan
    return times


def along(low_mm: float, high_mm: float, places: Array, up: bool, extra_ms: float) -> Array:
    """The extra time of a stretch as it gathers from place to place; a block ends it in the middle."""
    share = np.clip((places - low_mm) / (high_mm - low_mm), 0, 1)
    share = 1 - share if up else share
    return np.where(share > 0.5, np.nan, 0.0) if np.isnan(extra_ms) else extra_ms * share


@dataclass(frozen=True, eq=False)
class Impulses:
    """One impulse in each of N axons, all in one direction: when they pass each place (N, K)."""

    up: bool
    passing_ms: Array
    ended_ms: Array
    """When each was put out by another; infinite where it was not."""

    def meeting_ms(self, other: "Impulses") -> Array:
        """When each meets the impulse that comes towards it (N,); infinite where they do not meet."""
        if self.up == other.up:
            return np.full(len(self.passing_ms), np.inf)
        down, upward = (other, self) if self.up else (self, other)
        with np.errstate(invalid="ignore"):
            gap = down.passing_ms - upward.passing_ms
            crossed = (gap[:, :-1] <= 0) & (gap[:, 1:] >= 0)
        first = np.argmax(crossed, axis=1)
        axon = np.arange(len(first))
        return np.where(crossed.any(axis=1), down.passing_ms[axon, first], np.inf)
