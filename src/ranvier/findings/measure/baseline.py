"""The trace as it would be without artefact, drift and mains hum: what is quiet tells what must go.

Nothing is filtered out of the response. Offset, drift, the artefact's exponential tail and 50 or 60 Hz are
fitted by least squares to the quiet parts before and after the response and subtracted everywhere, so that
no onset moves and neither area nor duration is cut. A sweep holds one or two periods of the mains: a notch
or a low-cut filter on so short a trace would change the response more than the hum does.
"""

from dataclasses import dataclass

import numpy as np

from ranvier.findings.measure.ground import Ground, best_ground, least_squares
from ranvier.findings.measure.rules import Rules, rules
from ranvier.findings.measure.smooth import largest_around
from ranvier.findings.measure.trace import Array, Mask, Trace

NORMAL = 1.4826
"""Standard deviation of normal noise over its median absolute deviation."""
ROUGH_TAILS_MS = (0.7, 2.5)
TRIES = 3
ROUGH_RIDGE = 1e-3
FEWEST_SAMPLES = 8


@dataclass(frozen=True, eq=False)
class Prepared:
    """A trace ready to be marked: what was taken off, the noise that is left, and what was done."""

    trace: Trace
    noise_mv: float
    remarks: tuple[str, ...]


def prepared(trace: Trace, artefact_until_ms: float | None = None) -> Prepared:
    """The trace without artefact, offset, drift and hum; as it is where none is worth a correction."""
    rule = rules("baseline")
    until = rule["artefact_until_ms"] if artefact_until_ms is None else artefact_until_ms
    usable = (trace.time_ms < rule["artefact_from_ms"]) | (trace.time_ms > until)
    if np.count_nonzero(usable) < FEWEST_SAMPLES:
        return Prepared(trace, 0.0, ("too short to find its baseline",))
    noise = white_noise(trace.mv[usable])
    bins = binned(trace.where(usable), trace.step_ms, rule["bin_ms"])
    ground = ground_of(bins, noise * np.sqrt(trace.step_ms / bins.step_ms), rule)
    base, remarks, worth = ground.at(trace.time_ms), ground.remarks, rule["worth"] * float(np.ptp(bins.mv))
    if np.max(np.abs(base)) <= worth:
        base, remarks = np.zeros_like(trace.mv), ()
    if np.any(np.abs(trace.mv - base)[~usable] > worth):
        after = np.flatnonzero(usable & (trace.time_ms > until))
        held = trace.mv[after[0]] - base[after[0]] if len(after) else 0.0
        base, remarks = (
            np.where(usable, base, trace.mv - held),
            ("stimulus artefact left out", *remarks),
        )
    return Prepared(trace.holding(trace.mv - base), noise, remarks)


def flattened(trace: Trace) -> Trace:
    """Part of a trace without offset, drift, hum and the tail of what came before it, for late waves."""
    rule = rules("baseline")
    part = Trace(trace.time_ms - trace.time_ms[0] + trace.step_ms, trace.mv)
    bins = binned(part, part.step_ms, rule["bin_ms"])
    noise = white_noise(part.mv) * np.sqrt(part.step_ms / bins.step_ms)
    return trace.holding(trace.mv - ground_of(bins, noise, rule).at(part.time_ms))


def ground_of(bins: Trace, noise_mv: float, rule: Rules) -> Ground:
    """What the trace lies on, found from the bins that hold no response."""
    around = round(2 * rule["margin_ms"] / bins.step_ms)
    hums = (rule["mains_a_hz"], rule["mains_b_hz"])
    quiet = max((quiet_bins(bins, hz, noise_mv, around, rule) for hz in hums), key=np.count_nonzero)
    ground = Ground((), np.empty(0))
    if level_before(bins, rule):
        return ground
    for _ in range(TRIES):
        ground = best_ground(bins, quiet, noise_mv, rule)
        rest = np.abs(bins.mv - ground.at(bins.time_ms))
        found = largest_around(rest, around) <= loudest(bins, noise_mv, rule)
        if np.count_nonzero(found) < rule["fewest_bins"] or np.array_equal(found, quiet):
            break
        quiet = found
    return ground


def level_before(bins: Trace, rule: Rules) -> bool:
    """Whether the trace lies on zero as it is, from before the stimulus to well after the artefact."""
    count = int(rule["fewest_early"])
    begins = np.concatenate([bins.mv[bins.time_ms < 0], bins.mv[bins.time_ms > 0][:count]])
    return len(begins) >= count and bool(np.all(np.abs(begins) <= rule["share_before"] * np.ptp(bins.mv)))


def binned(trace: Trace, step_ms: float, width_ms: float) -> Trace:
    """Means over bins of this width; samples that fill no bin are left out."""
    each = max(min(round(width_ms / step_ms), len(trace.mv) // 2), 1)
    whole = len(trace.mv) // each * each
    return Trace(*(values[:whole].reshape(-1, each).mean(axis=1) for values in (trace.time_ms, trace.mv)))


def white_noise(mv: Array) -> float:
    """Standard deviation of the noise from one sample to the next, whatever slower lies beneath."""
    if len(mv) < 4:
        return 0.0
    rough = np.diff(mv, 2) / np.sqrt(6)
    return float(NORMAL * np.median(np.abs(rough - np.median(rough))))


def quiet_bins(bins: Trace, mains_hz: float, noise_mv: float, around: int, rule: Rules) -> Mask:
    """Which bins hold no response: those that one slow course fits, ever less being allowed for."""
    quiet = np.ones(len(bins.mv), bool)
    courses = rough_courses(bins.time_ms, mains_hz)
    floor, limit = loudest(bins, noise_mv, rule), float(np.ptp(bins.mv)) / 2
    while limit > floor:
        limit = max(limit * rule["narrowing"], floor)
        for _ in range(TRIES):
            rest = bins.mv - courses @ least_squares(courses[quiet], bins.mv[quiet], ROUGH_RIDGE)
            found = largest_around(np.abs(rest), around) <= limit
            if np.count_nonzero(found) < rule["fewest_bins"]:
                return quiet
            if np.array_equal(found, quiet):
                break
            quiet = found
    return quiet


def rough_courses(time_ms: Array, mains_hz: float) -> Array:
    """Offset, drift, mains and two tails: enough to tell a response from its ground."""
    after = np.maximum(time_ms, 0)
    turn = 2e-3 * np.pi * mains_hz * time_ms
    tails = [np.where(time_ms < 0, 0, np.exp(-after / tail)) for tail in ROUGH_TAILS_MS]
    ones = np.ones_like(time_ms)
    return np.stack([ones, time_ms / np.ptp(time_ms), np.cos(turn), np.sin(turn), *tails], axis=1)


def loudest(bins: Trace, noise_mv: float, rule: Rules) -> float:
    """How far a quiet bin may lie from its ground."""
    return max(rule["loud"] * noise_mv, rule["loud_share"] * float(np.ptp(bins.mv)))
