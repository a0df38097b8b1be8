"""Negative waves of a prepared trace: where each begins, peaks and ends, and which is the main one."""

from dataclasses import dataclass

import numpy as np

from ranvier.findings.measure.rules import Rules
from ranvier.findings.measure.smooth import gain, smoothed
from ranvier.findings.measure.trace import Trace


@dataclass(frozen=True)
class NegativeWave:
    """One stretch above the baseline, from the level it rises through to the level it falls through."""

    onset_ms: float
    peak_ms: float
    end_ms: float
    amplitude_mv: float
    area_mv_ms: float


@dataclass(frozen=True, eq=False)
class Ground:
    """A trace smoothed as far as its noise asks, and the noise left in it."""

    trace: Trace
    noise_mv: float


def ground(trace: Trace, noise_mv: float, rule: Rules) -> Ground:
    """The trace to mark: smoothed where noise would move a marker, as it is where it would not."""
    after = trace.between(rule["earliest_ms"], np.inf)
    if len(after.mv) < 3 or noise_mv < rule["smoothing_from"] * np.max(np.abs(after.mv)):
        return Ground(trace, noise_mv)
    return Ground(smoothed(trace, rule["smoothing_ms"]), noise_mv * gain(trace, rule["smoothing_ms"]))


def level_of(amplitude_mv: float, base: Ground, rule: Rules) -> float:
    """The level at which a wave of this size is taken to begin and end."""
    return max(rule["onset_share"] * amplitude_mv, rule["above_noise"] * base.noise_mv)


def first_rise(base: Ground, rule: Rules) -> int | None:
    """The lowest sample before the trace first rises out of its noise; None where it never does.

    What only falls from the end of the artefact on is the artefact's tail, however high it begins.
    """
    usable = np.flatnonzero(base.trace.time_ms >= rule["earliest_ms"])
    if not len(usable):
        return None
    mv = base.trace.mv[usable]
    lowest = np.minimum.accumulate(mv)
    risen = np.flatnonzero(mv - lowest >= max(rule["present"] * base.noise_mv, rule["smallest_mv"]))
    if not len(risen):
        return None
    return int(usable[int(np.argmin(mv[: risen[0]]))])


def peak_index(trace: Trace, from_ms: float, until_ms: float = np.inf) -> int | None:
    """The sample of the largest negativity between two times."""
    inside = np.flatnonzero((trace.time_ms >= from_ms) & (trace.time_ms <= until_ms))
    return int(inside[np.argmax(trace.mv[inside])]) if len(inside) else None


def wave_at(
    base: Ground, peak: int, level_mv: float, share_mv: float, from_ms: float = -np.inf
) -> NegativeWave:
    """The wave that holds this peak, from its rise through the level, not before `from_ms`, to its fall."""
    trace = base.trace
    below = np.flatnonzero(trace.mv < level_mv)
    first = below[(below < peak) & (trace.time_ms[below] >= from_ms)]
    last = below[below > peak]
    begins = max(from_ms, float(trace.time_ms[0]))
    onset = max(foot(trace, int(first[-1]), peak, level_mv, share_mv), begins) if len(first) else begins
    end = trace.crossing(int(last[0]) - 1, level_mv) if len(last) else float(trace.time_ms[-1])
    peak_ms, amplitude = summit(trace, peak)
    return NegativeWave(onset, peak_ms, end, amplitude, trace.area(onset, end))


def foot(trace: Trace, before: int, peak: int, level_mv: float, share_mv: float) -> float:
    """When the rise begins: where it crosses the level, carried back along it where noise lifts the level."""
    at_level = trace.crossing(before, level_mv)
    higher = np.flatnonzero(trace.mv[before : peak + 1] >= 2 * level_mv - share_mv)
    if level_mv <= share_mv or not len(higher):
        return at_level
    at_higher = trace.crossing(before + int(higher[0]) - 1, 2 * level_mv - share_mv)
    return max(2 * at_level - at_higher, float(trace.time_ms[0]))


def summit(trace: Trace, peak: int) -> tuple[float, float]:
    """Time and height of a peak, between samples (the parabola through three of them)."""
    if not 0 < peak < len(trace.mv) - 1:
        return float(trace.time_ms[peak]), float(trace.mv[peak])
    before, top, after = trace.mv[peak - 1 : peak + 2]
    bend = before - 2 * top + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    height = top - 0.25 * (before - after) * shift
    return float(trace.time_ms[peak] + shift * trace.step_ms), float(height)


def others(base: Ground, main: NegativeWave, rule: Rules) -> tuple[NegativeWave, ...]:
    """The other negative waves, before and after the main one, that are large enough to tell."""
    trace, share = base.trace, rule["onset_share"] * main.amplitude_mv
    least = max(rule["component_share"] * main.amplitude_mv, rule["present"] * base.noise_mv)
    level = level_of(main.amplitude_mv, base, rule)
    above = np.concatenate([[False], trace.mv >= level, [False]])
    edges = np.flatnonzero(np.diff(above.astype(int)))
    found: list[NegativeWave] = []
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        peak = int(start + np.argmax(trace.mv[start:stop]))
        outside = trace.time_ms[stop - 1] <= main.onset_ms or trace.time_ms[start] >= main.end_ms
        if outside and trace.mv[peak] >= least and trace.time_ms[start] >= rule["earliest_ms"]:
            found.append(wave_at(base, peak, level, share))
    return tuple(found)
