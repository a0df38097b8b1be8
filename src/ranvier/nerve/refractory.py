"""How soon a second impulse may follow and still arrive: the refractory period of transmission."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.fibre import Fibre
from ranvier.nerve.solver import Solver
from ranvier.nerve.stimulus import Pulse

Array = NDArray[np.float64]

SPANS = ((0.5, 12.0), (12.0, 60.0), (60.0, 240.0))
"""Half-widths of the impulse between two pulses: first the likely intervals, then the long ones."""

SIDE_BY_SIDE = 16
REFINED = 2
"""Intervals tried at once; how often the gap between failing and arriving is then divided."""

LATE, SLOWER = 4.0, 0.25
"""Half-widths, and share of the first impulse's travel, by which a second impulse may be later than the first
was and still be its pulse's own."""

APART = 0.5
"""Half-widths by which it must come before an impulse that would have come without a second pulse."""


@dataclass(frozen=True)
class Pair:
    """Two pulses on a fibre: where and when the first impulse arrives, and how long it lasts."""

    fibre: Fibre
    pulse: Pulse
    landing: int
    arrival_ms: float
    half_width_ms: float
    again_ms: float | None
    """When one pulse alone gives a second impulse at the landing."""
    solver: Solver

    def second_arrives(self, intervals_ms: Array) -> NDArray[np.bool_]:
        """For each interval, whether both impulses cross the landing."""
        pulses = [(self.pulse, self.after(interval)) for interval in intervals_ms]
        travel = self.arrival_ms - self.pulse.onset_ms
        until = self.arrival_ms + intervals_ms + LATE * self.half_width_ms + SLOWER * travel
        seen = self.solver.run([self.fibre] * len(pulses), pulses, float(until.max()))
        second = seen.crossing_ms[:, self.landing, 1]
        if self.again_ms is not None:
            until = np.minimum(until, self.again_ms - APART * self.half_width_ms)
        return second <= until

    def after(self, interval_ms: float) -> Pulse:
        """The second pulse."""
        return replace(self.pulse, onset_ms=self.pulse.onset_ms + float(interval_ms))


def refractory_ms(pair: Pair) -> float | None:
    """The shortest interval of two pulses at which both impulses arrive; None when none tried will do."""
    gap = coarse(pair)
    if gap is None:
        return None
    low, high = gap
    for _ in range(REFINED):
        intervals = np.linspace(low, high, SIDE_BY_SIDE + 2)[1:]
        arrived = pair.second_arrives(intervals[:-1])
        first = int(np.argmax(arrived)) if arrived.any() else SIDE_BY_SIDE
        low, high = float(intervals[first - 1]) if first else low, float(intervals[first])
    return high


def coarse(pair: Pair) -> tuple[float, float] | None:
    """An interval at which the second impulse is lost, and the next longer one at which it arrives."""
    low = 0.0
    for span in SPANS:
        intervals = np.geomspace(*span, SIDE_BY_SIDE) * pair.half_width_ms
        arrived = pair.second_arrives(intervals)
        if arrived.any():
            first = int(np.argmax(arrived))
            return (float(intervals[first - 1]) if first else low), float(intervals[first])
        low = float(intervals[-1])
    return None
