"""How a unit fires: its usual interval, and whether one unit alone can have fired like that."""

from dataclasses import dataclass

import numpy as np

from ranvier.findings.needle.filters import Array
from ranvier.findings.needle.rules import rules


@dataclass(frozen=True)
class Firing:
    """The rhythm of a train of discharges.

    `interval_ms` is the usual interval, `regular` the share of intervals near it and `variation` the
    standard deviation of those over their mean. `silence` is how often two discharges stand closer than
    half the usual interval, and `rhythm` how often at it, both in shares of what they would be without any
    rhythm: 0 and well above 1 in a single unit, however many of its discharges were missed; 1 and 1 in a
    mixture of many.
    """

    interval_ms: float
    regular: float
    variation: float
    silence: float
    rhythm: float

    @property
    def rate_hz(self) -> float:
        """Discharges per second while the unit fires."""
        return 1000 / self.interval_ms

    @property
    def single(self) -> bool:
        """Whether one unit alone fires: it is silent after each discharge, and then keeps its interval.

        And it is followed: where fewer than 0.3 of the intervals are near the usual one, too much is missed.
        """
        rule = rules("firing")
        silent = self.silence <= rule["most_silence"]
        return silent and self.rhythm >= rule["least_rhythm"] and self.regular >= rule["least_regular"]


def firing(times_ms: Array) -> Firing | None:
    """The rhythm of a train; None where no interval comes again.

    The usual interval is that at which pairs of discharges stand most often, compared with pairs closer
    than half of it; then the median of the intervals 0.65 to 1.4 times as long. Longer ones span a missed
    discharge or a pause, and say nothing about the rate.
    """
    rule = rules("firing")
    intervals = np.diff(np.sort(times_ms))
    if intervals.size < rule["least_intervals"]:
        return None
    usual = usual_interval(times_ms)
    near = intervals[(intervals >= rule["near_low"] * usual) & (intervals <= rule["near_high"] * usual)]
    if near.size < 2:
        return None
    interval = float(np.median(near))
    delays = delays_up_to(times_ms, rule["far"] * interval)
    expected = density(delays, rule["far_from"] * interval, rule["far"] * interval)
    return Firing(
        interval,
        near.size / intervals.size,
        float(np.std(near) / np.mean(near)),
        ratio(density(delays, shortest_ms(), rule["silent"] * interval), expected),
        ratio(density(delays, (1 - rule["about"]) * interval, (1 + rule["about"]) * interval), expected),
    )


def usual_interval(times_ms: Array) -> float:
    """The interval (ms) that stands out most among all pairs of discharges, within what units can do."""
    rule = rules("firing")
    tried = np.geomspace(1000 / rule["fastest"], 1000 / rule["slowest"], int(rule["tried"]))
    delays = delays_up_to(times_ms, float(tried[-1]) * (1 + rule["about"]))
    inside = np.searchsorted(delays, (1 + rule["about"]) * tried) - np.searchsorted(
        delays, (1 - rule["about"]) * tried
    )
    early = np.searchsorted(delays, rule["silent"] * tried) - np.searchsorted(delays, shortest_ms())
    width = 2 * rule["about"] * tried / np.maximum(rule["silent"] * tried - shortest_ms(), 1.0)
    excess = (inside - early * width) / np.sqrt(inside + early * width + 1)
    return float(tried[int(np.argmax(excess))])


def delays_up_to(times_ms: Array, most_ms: float) -> Array:
    """The delays from each discharge to every later one within so many ms, sorted."""
    times = np.sort(times_ms)
    last = np.searchsorted(times, times + most_ms, "right")
    found = [times[n + 1 : end] - times[n] for n, end in enumerate(last)]
    return np.sort(np.concatenate(found))


def density(delays: Array, low_ms: float, high_ms: float) -> float:
    """How many delays lie in a range, per ms of it; 0 for an empty range."""
    count = float(np.searchsorted(delays, high_ms) - np.searchsorted(delays, low_ms))
    return count / (high_ms - low_ms) if high_ms > low_ms else 0.0


def ratio(found: float, expected: float) -> float:
    """A density as a share of the expected one; infinite where nothing was expected."""
    if expected > 0:
        return found / expected
    return float("inf") if found > 0 else 0.0


def shortest_ms() -> float:
    """The shortest interval at which a unit is looked for again."""
    return rules("unit")["refractory"]
