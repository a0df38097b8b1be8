"""A clean trace as it is marked: smoothed where the noise that is not there would ask for it."""

import numpy as np

from ranvier.findings.measure.negative import Ground
from ranvier.findings.measure.rules import Rules
from ranvier.findings.measure.smooth import gain, half_of, weights
from ranvier.findings.measure.trace import Trace


def clean_ground(trace: Trace, noise_mv: float, rule: Rules) -> Ground:
    """`findings.measure.negative.ground` for a trace that begins and ends at rest."""
    first = int(np.searchsorted(trace.time_ms, rule["earliest_ms"]))
    if noise_mv < rule["smoothing_from"] * np.max(np.abs(trace.mv[first:])):
        return Ground(trace, noise_mv)
    shape = weights(half_of(trace, rule["smoothing_ms"]))
    smooth = np.convolve(trace.mv, shape, "same")
    return Ground(trace.holding(smooth), noise_mv * gain(trace, rule["smoothing_ms"]))
