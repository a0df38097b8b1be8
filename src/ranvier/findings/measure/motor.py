"""Markers on a motor response (CMAP), found by rule or set by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from ranvier.findings.measure.baseline import prepared
from ranvier.findings.measure.negative import (
    Ground,
    NegativeWave,
    first_rise,
    ground,
    level_of,
    others,
    peak_index,
    wave_at,
)
from ranvier.findings.measure.rules import Rules, rules
from ranvier.findings.measure.trace import Trace
from ranvier.findings.study import Waveform

How = Literal["automatic", "by hand"]
MARKERS = (
    "latency_ms",
    "peak_latency_ms",
    "amplitude_mv",
    "peak_to_peak_mv",
    "area_mv_ms",
    "duration_ms",
    "total_duration_ms",
)
"""Every marker of a motor response; any of them can be set by hand."""


@dataclass(frozen=True)
class Markers:
    """The markers of one motor response. Amplitude 0: no response above the noise, the others None."""

    latency_ms: float | None = None
    """When the main negative wave leaves the baseline."""
    peak_latency_ms: float | None = None
    amplitude_mv: float | None = None
    """Baseline to negative peak."""
    peak_to_peak_mv: float | None = None
    area_mv_ms: float | None = None
    """Of the negative wave, from onset to its first return to the baseline."""
    duration_ms: float | None = None
    """From onset to the first return to the baseline."""
    total_duration_ms: float | None = None
    """From the first departure, either way, to the last return to the baseline."""
    noise_mv: float = 0.0
    """Standard deviation of the noise between samples."""
    initial_positive_mv: float = 0.0
    """Depth of a positive deflection before the onset: the electrode is off the end-plates."""
    others: tuple[NegativeWave, ...] = ()
    """Other negative waves before or after the main one."""
    how: Mapping[str, How] = field(default_factory=dict[str, How])
    remarks: tuple[str, ...] = ()

    @property
    def absent(self) -> bool:
        """Whether no response was found."""
        return self.amplitude_mv == 0

    @property
    def late(self) -> tuple[NegativeWave, ...]:
        """Negative waves after the main one has returned to the baseline."""
        return tuple(wave for wave in self.others if wave.onset_ms > (self.latency_ms or 0))


def measured(
    wave: Waveform,
    by_hand: Mapping[str, float] | None = None,
    *,
    artefact_until_ms: float | None = None,
) -> Markers:
    """The markers of a motor response.

    A marker given in `by_hand` stands as given, and what depends on it follows: an onset set by hand moves
    duration and area, a duration the area, a peak the amplitude. `artefact_until_ms` says where the
    stimulus artefact ends.

    Raises ValueError for an unknown marker, or one that lies outside the trace.
    """
    hand = dict(by_hand or {})
    trace = Trace.of(wave)
    check_by_hand(hand, trace, MARKERS)
    rule = rules("motor")
    ready = prepared(trace, artefact_until_ms)
    base = ground(ready.trace, ready.noise_mv, rule)
    main = marked(main_wave(base, rule), hand, base, rule)
    if hand.get("amplitude_mv") == 0:
        main, hand = None, {"amplitude_mv": 0.0}
    how: dict[str, How] = {name: "by hand" if name in hand else "automatic" for name in MARKERS}
    found = Markers(amplitude_mv=0.0) if main is None else told(main, base, rule)
    return replace(found, noise_mv=ready.noise_mv, how=how, remarks=ready.remarks, **hand)


def check_by_hand(hand: Mapping[str, float], trace: Trace, known: tuple[str, ...]) -> None:
    """Refuse markers that nobody knows or that lie off the trace."""
    for name, number in hand.items():
        if name not in known:
            raise ValueError(f"'{name}' is not a marker of this response; known: {', '.join(known)}.")
        if not np.isfinite(number) or (number < 0):
            raise ValueError(f"{name} is {number:g}; give a number of at least 0.")
        if name.endswith("latency_ms") and not trace.time_ms[0] <= number <= trace.time_ms[-1]:
            span = f"{trace.time_ms[0]:g} to {trace.time_ms[-1]:g} ms"
            raise ValueError(f"{name} is {number:g} ms, outside the trace ({span}).")


def main_wave(base: Ground, rule: Rules) -> NegativeWave | None:
    """The largest negative wave, None where nothing rises above the noise."""
    rise = first_rise(base, rule)
    from_ms = np.inf if rise is None else float(base.trace.time_ms[rise])
    peak = peak_index(base.trace, from_ms)
    if peak is None:
        return None
    height = float(base.trace.mv[peak])
    if height < max(rule["smallest_mv"], rule["present"] * base.noise_mv):
        return None
    return wave_at(base, peak, level_of(height, base, rule), rule["onset_share"] * height, from_ms)


def marked(
    found: NegativeWave | None, hand: Mapping[str, float], base: Ground, rule: Rules
) -> NegativeWave | None:
    """The main wave with onset, peak and end where a hand put them, and what follows from that."""
    if not {"latency_ms", "peak_latency_ms", "duration_ms"} & set(hand):
        return found
    trace = base.trace
    near = hand.get("peak_latency_ms", hand.get("latency_ms"))
    if near is not None and (found is None or not found.onset_ms <= near <= found.end_ms):
        peak = peak_index(trace, near, near if "peak_latency_ms" in hand else np.inf)
        peak = trace.index(near) if peak is None else peak
        height = max(float(trace.mv[peak]), 0.0)
        found = wave_at(base, peak, level_of(height, base, rule), rule["onset_share"] * height)
    if found is None:
        return None
    onset = hand.get("latency_ms", found.onset_ms)
    end = onset + hand["duration_ms"] if "duration_ms" in hand else max(found.end_ms, onset)
    peak_ms = hand.get("peak_latency_ms", found.peak_ms)
    height = trace.at(peak_ms) if "peak_latency_ms" in hand else found.amplitude_mv
    return NegativeWave(onset, peak_ms, end, height, trace.area(onset, end))


def told(main: NegativeWave, base: Ground, rule: Rules) -> Markers:
    """The markers of a response with this main wave."""
    trace = base.trace
    level = level_of(main.amplitude_mv, base, rule)
    after = trace.between(main.peak_ms, np.inf)
    before = trace.between(rule["earliest_ms"], main.onset_ms)
    trough = max(-float(np.min(after.mv, initial=0)), -float(np.min(before.mv, initial=0)))
    depth = -float(np.min(before.mv, initial=0))
    is_positive = depth >= max(rule["positive_share"] * main.amplitude_mv, rule["present"] * base.noise_mv)
    away = np.flatnonzero((np.abs(trace.mv) >= level) & (trace.time_ms >= rule["earliest_ms"]))
    first = min(float(trace.time_ms[away[0]]), main.onset_ms) if len(away) else main.onset_ms
    last = max(float(trace.time_ms[away[-1]]), main.end_ms) if len(away) else main.end_ms
    return Markers(
        latency_ms=main.onset_ms,
        peak_latency_ms=main.peak_ms,
        amplitude_mv=main.amplitude_mv,
        peak_to_peak_mv=main.amplitude_mv + trough,
        area_mv_ms=main.area_mv_ms,
        duration_ms=main.end_ms - main.onset_ms,
        total_duration_ms=last - first,
        initial_positive_mv=depth if is_positive else 0.0,
        others=others(base, main, rule),
    )
