"""Markers on a sensory response (SNAP), found by rule or set by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ranvier.findings.measure.baseline import prepared
from ranvier.findings.measure.motor import How, check_by_hand, main_wave
from ranvier.findings.measure.negative import Ground, NegativeWave, ground, peak_index, summit
from ranvier.findings.measure.rules import Rules, rules
from ranvier.findings.measure.trace import Trace
from ranvier.findings.study import Waveform

MARKERS = ("onset_latency_ms", "peak_latency_ms", "amplitude_uv", "peak_to_peak_uv")
"""Every marker of a sensory response; any of them can be set by hand."""


@dataclass(frozen=True)
class SensoryMarkers:
    """The markers of one sensory response. Amplitude 0: nothing above the noise, the others None."""

    onset_latency_ms: float | None = None
    """The positive peak that comes before the negative one; without it, the departure from the baseline."""
    peak_latency_ms: float | None = None
    """The negative peak."""
    amplitude_uv: float | None = None
    """From the onset to the negative peak."""
    peak_to_peak_uv: float | None = None
    """From the negative peak to the deepest point after it."""
    noise_uv: float = 0.0
    how: Mapping[str, How] = field(default_factory=dict[str, How])
    remarks: tuple[str, ...] = ()

    @property
    def absent(self) -> bool:
        """Whether no response was found."""
        return self.amplitude_uv == 0


def measured_snap(
    wave: Waveform,
    by_hand: Mapping[str, float] | None = None,
    *,
    artefact_until_ms: float | None = None,
) -> SensoryMarkers:
    """The markers of a sensory response; what a hand sets stands, and the amplitude follows it.

    Raises ValueError for an unknown marker, or one that lies outside the trace.
    """
    hand = dict(by_hand or {})
    trace = Trace.of(wave)
    check_by_hand(hand, trace, MARKERS)
    rule = rules("sensory")
    ready = prepared(trace, artefact_until_ms)
    base = ground(ready.trace, ready.noise_mv, rule)
    main = main_wave(base, rule)
    if hand.get("amplitude_uv") == 0:
        main, hand = None, {"amplitude_uv": 0.0}
    elif "peak_latency_ms" in hand:
        at = hand["peak_latency_ms"]
        main = NegativeWave(at, at, at, base.trace.at(at), 0.0) if main is None else replace(main, peak_ms=at)
    if main is not None and "peak_latency_ms" not in hand and not quick(main, base, rule):
        main = None
    how: dict[str, How] = {name: "by hand" if name in hand else "automatic" for name in MARKERS}
    found = SensoryMarkers(amplitude_uv=0.0) if main is None else told(main, hand, base, rule)
    return replace(found, noise_uv=1000 * ready.noise_mv, how=how, remarks=ready.remarks, **hand)


def quick(main: NegativeWave, base: Ground, rule: Rules) -> bool:
    """Whether a wave rises as fast as a nerve's, and has come down again before the trace ends."""
    rises = main.peak_ms - take_off(main, base, rule) <= rule["longest_rise_ms"]
    return rises and main.end_ms < float(base.trace.time_ms[-1])


def told(main: NegativeWave, hand: Mapping[str, float], base: Ground, rule: Rules) -> SensoryMarkers:
    """The markers of a response with this main wave."""
    trace = base.trace
    peak_ms = main.peak_ms
    height = trace.at(peak_ms) if "peak_latency_ms" in hand else main.amplitude_mv
    onset_ms = hand.get("onset_latency_ms", take_off(main, base, rule))
    foot = min(trace.at(onset_ms), 0.0) if "onset_latency_ms" not in hand else trace.at(onset_ms)
    after = trace.between(peak_ms, np.inf).mv
    return SensoryMarkers(
        onset_latency_ms=onset_ms,
        peak_latency_ms=peak_ms,
        amplitude_uv=max(1000 * (height - foot), 0.0),
        peak_to_peak_uv=1000 * (height - float(np.min(after, initial=0.0))),
    )


def take_off(main: NegativeWave, base: Ground, rule: Rules) -> float:
    """The onset: the positive peak just before the negative one, or where the trace leaves the baseline."""
    trace = base.trace
    upside_down = trace.holding(-trace.mv)
    trough = peak_index(upside_down, max(main.onset_ms - rule["positive_within_ms"], 0.0), main.peak_ms)
    if trough is None:
        return main.onset_ms
    at_ms, depth = summit(upside_down, trough)
    least = max(rule["positive_share"] * main.amplitude_mv, rule["present"] * base.noise_mv)
    return at_ms if depth >= least else main.onset_ms
