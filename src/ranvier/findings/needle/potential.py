"""The potential of a motor unit: averaged over its discharges, and measured."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.findings.needle.detect import MAD_TO_SD
from ranvier.findings.needle.filters import Array, Places
from ranvier.findings.needle.rules import rules
from ranvier.findings.needle.templates import stretches, without
from ranvier.findings.needle.turns import turns


@dataclass(frozen=True, eq=False)
class Potential:
    """An averaged potential, mV about its baseline, with the markers set on it.

    `begin` and `end` are the samples at which it leaves the baseline and returns to it; `margin_mv` is how
    far it must be from the baseline to have left it.
    """

    samples_mv: Array
    step_ms: float
    begin: int
    end: int
    margin_mv: float

    @property
    def inside(self) -> Array:
        """The potential from its beginning to its end."""
        return self.samples_mv[self.begin : self.end + 1]

    @property
    def amplitude_mv(self) -> float:
        """From the most negative to the most positive peak."""
        return float(np.ptp(self.inside))

    @property
    def duration_ms(self) -> float:
        """From the first departure from the baseline to the final return."""
        return (self.end - self.begin) * self.step_ms

    @property
    def phases(self) -> int:
        """Baseline crossings + 1; an excursion counts when it leaves the baseline by the margin."""
        signs = np.sign(self.inside[np.abs(self.inside) > self.margin_mv])
        return 1 + int(np.sum(signs[1:] != signs[:-1])) if signs.size else 0

    @property
    def turns(self) -> int:
        """Changes of direction with at least 0.05 mV (or the margin, where larger) to the next."""
        return len(turns(self.inside, max(rules("potential")["turn"], self.margin_mv)))

    @property
    def polyphasic(self) -> bool:
        """More than four phases."""
        return self.phases > rules("potential")["polyphasic"]

    @property
    def measurable(self) -> bool:
        """Whether it stands clear of what noise is left, and ends before the average does."""
        edge = round(rules("potential")["edge"] / self.step_ms)
        return edge < self.begin < self.end < len(self.samples_mv) - edge


def averaged(samples: Array, trains: list[Places], step_ms: float) -> list[Array]:
    """The potential of each train: the median over its discharges, what the other trains add taken away."""
    rule = rules("potential")
    before, after = round(rule["before"] / step_ms), round(rule["after"] / step_ms)
    taper = fade(before + after + 1, round(rule["edge"] / step_ms))
    shapes, left = [np.zeros(before + after + 1) for _ in trains], samples
    for _ in range(int(rule["rounds"])):
        for n, places in enumerate(trains):
            more = middle(left, places, before, after)
            left = without(left, places, more * taper, before)
            shapes[n] = shapes[n] + more * taper
    return [shape + middle(left, places, before, after) for shape, places in zip(shapes, trains, strict=True)]


def middle(samples: Array, places: Places, before: int, after: int) -> Array:
    """The median of the recording about the places, sample by sample."""
    return np.asarray(np.median(stretches(samples, places, before, after), axis=0), np.float64)


def fade(length: int, edge: int) -> Array:
    """1 with both ends brought to 0, so that taking a potential away leaves no step."""
    ramp = np.linspace(0, 1, edge)
    return np.concatenate([ramp, np.ones(length - 2 * edge), ramp[::-1]])


def measured(average: Array, step_ms: float) -> Potential:
    """An averaged potential with its markers.

    It has left the baseline where it is further from it than the margin: three standard deviations of what
    noise is left at the ends of the average, 2 % of the amplitude or 0.01 mV, whichever is largest. From
    the largest peak outwards it begins and ends at the last sample beyond the margin before 2.5 ms within
    it.
    """
    rule = rules("potential")
    edge = round(rule["edge"] / step_ms)
    ends = np.concatenate([average[:edge], average[-edge:]])
    level = average - float(np.median(ends))
    noise = MAD_TO_SD * float(np.median(np.abs(ends - np.median(ends))))
    margin = max(
        rule["departure_noise"] * noise,
        rule["departure_share"] * float(np.ptp(level)),
        rule["departure_least"],
    )
    away, peak = np.abs(level) > margin, int(np.argmax(np.abs(level)))
    quiet = round(rule["quiet"] / step_ms)
    begin = peak - extent(away[peak::-1], quiet)
    return Potential(level, step_ms, begin, peak + extent(away[peak:], quiet), margin)


def extent(away: NDArray[np.bool_], quiet: int) -> int:
    """How many samples from the first until the last one away from the baseline before a quiet stretch."""
    out = np.flatnonzero(away)
    gaps = np.flatnonzero(np.diff(out) > quiet)
    return int(out[gaps[0]] if gaps.size else out[-1]) if out.size else 0
