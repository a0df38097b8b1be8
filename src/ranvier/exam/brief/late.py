"""F waves without traces: which motor neurons fire back, and when what they send would be seen."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ranvier.exam.brief.errors import misread_f, seen_noise_mv
from ranvier.exam.brief.errors import numbers as errors
from ranvier.exam.brief.motor import BriefRecording
from ranvier.exam.laboratory import Amplifier
from ranvier.exam.late import EVERY, SPARE_MS, SWEEP_MS, chances, numbers, return_ms
from ranvier.findings.measure.late import beginning
from ranvier.findings.measure.rows import rounded
from ranvier.findings.measure.rules import Rules, rules
from ranvier.findings.measure.smooth import gain, largest_around
from ranvier.findings.measure.trace import Trace
from ranvier.findings.study import FWave
from ranvier.muscle.potential import STEP_MS

Array = NDArray[np.float64]


def brief_f(recording: BriefRecording, site: str) -> FWave:
    """The numbers of the usual count of stimuli at one site."""
    stimuli = round(numbers()["stimuli"])
    back, random = return_ms(recording, site), recording.random("f wave", site)
    chance = chances(random, len(back))
    fired = random.random((stimuli, len(back))) < chance
    latencies = np.full(stimuli, np.nan)
    if np.isfinite(np.where(fired, back, np.nan)).any():
        latencies = latencies_ms(recording, site, back, fired)
    latencies = misread_f(latencies, recording.random("f reading", site), recording.session.quiet)
    return told(recording, latencies)


def told(recording: BriefRecording, latencies_ms: Array) -> FWave:
    """A row with these latencies, one for each stimulus; not a number where nothing came back."""
    found = latencies_ms[np.isfinite(latencies_ms)]
    share = 100 * len(found) / len(latencies_ms)
    row = FWave(recording.side, recording.nerve, recording.muscle, stimuli=len(latencies_ms))
    if not len(found):
        return replace(row, persistence_percent=0.0)
    return replace(
        row,
        minimal_latency_ms=rounded(float(found.min())),
        mean_latency_ms=rounded(float(found.mean())),
        chronodispersion_ms=rounded(float(np.ptp(found))),
        persistence_percent=rounded(share),
    )


def latencies_ms(recording: BriefRecording, site: str, back: Array, fired: NDArray[np.bool_]) -> Array:
    """When the F wave of each stimulus begins."""
    usual = SWEEP_MS[recording.body.limb(recording.nerve)]
    sweep_ms = max(usual, SPARE_MS + float(np.nanmax(back, initial=0.0)))
    direct = recording.arrival_ms(recording.electrode(site))
    arrivals = np.vstack([direct, np.where(fired, back, np.nan)])
    amplifier = Amplifier.of("motor", recording.amplifier.quiet)
    every = recording.quick.responses(arrivals, sweep_ms, amplifier.low_cut_hz, amplifier.high_cut_hz)
    mv = every[:, ::EVERY]
    time = STEP_MS * EVERY * np.arange(mv.shape[1], dtype=np.float64)
    begins = after_m(recording, Trace(time, mv[0]))
    rule = rules("f_wave")
    noise = seen_noise_mv(amplifier, "f_wave") * gain(Trace(time, mv[0]), rule["smoothing_ms"])
    first = int(np.searchsorted(time, begins))
    if sweep_ms - begins < rule["rest_ms"]:
        return np.full(len(fired), np.nan)
    return np.array([onset_ms(Trace(time[first:], each[first:]), noise, rule) for each in mv[1:]])


def after_m(recording: BriefRecording, trace: Trace) -> float:
    """When the M response has come to rest: no F wave is looked for before."""
    rule, found = rules("f_wave"), recording.marked(trace)
    ends = (found.get("latency_ms") or 0.0) + (found.get("duration_ms") or 0.0)
    late = trace.between(max(ends, rule["earliest_ms"]), np.inf)
    if not len(late.mv):
        return ends
    loudest = largest_around(np.abs(late.mv - np.median(late.mv)), round(rule["rest_ms"] / trace.step_ms))
    calm = max(rule["smallest_mv"], rule["rest_share"] * (found["amplitude_mv"] or 0.0))
    rest = np.flatnonzero(loudest < calm)
    return float(late.time_ms[rest[0] if len(rest) else 0])


def onset_ms(trace: Trace, noise_mv: float, rule: Rules) -> float:
    """When a clean F wave begins, by the rule for traces; not a number where noise would hide it.

    The noise that is not there would have made it a little larger, upwards and downwards.
    """
    size = np.abs(trace.mv)
    peak, more = int(size.argmax()), errors()["f_wave"]["added"] * noise_mv
    highest = float(size[peak])
    if np.ptp(trace.mv) + 2 * more < rule["smallest_mv"] or highest + more < rule["present"] * noise_mv:
        return np.nan
    level = max(rule["onset_share"] * highest, rule["above_noise"] * noise_mv)
    first = beginning(size >= min(level, highest), peak, round(rule["gap_ms"] / trace.step_ms))
    return trace.holding(size).crossing(first - 1, level) if first else float(trace.time_ms[0])
