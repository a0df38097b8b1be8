"""What is asked of scipy: a smoothing that shifts nothing in time, and a sliding largest value."""

from functools import lru_cache
from typing import Any, cast

import numpy as np
from scipy import ndimage as scipy_ndimage  # pyright: ignore[reportMissingTypeStubs]
from scipy import signal as scipy_signal  # pyright: ignore[reportMissingTypeStubs]

from ranvier.findings.measure.trace import Array, Trace

signal, ndimage = cast(Any, scipy_signal), cast(Any, scipy_ndimage)
CUBIC = 3


def smoothed(trace: Trace, width_ms: float) -> Trace:
    """The trace with each sample replaced by a cubic fitted over `width_ms` around it (Savitzky-Golay).

    The filter is symmetrical: its phase is zero and no onset or peak moves; the fit keeps the height of a
    peak wider than itself. A width of fewer than five samples changes nothing.
    """
    half = half_of(trace, width_ms)
    if 2 * half + 1 <= CUBIC + 1:
        return trace
    return trace.holding(np.asarray(signal.savgol_filter(trace.mv, 2 * half + 1, CUBIC), np.float64))


def gain(trace: Trace, width_ms: float) -> float:
    """By which factor the smoothing lowers white noise."""
    return float(np.sqrt(np.sum(weights(half_of(trace, width_ms)) ** 2)))


def half_of(trace: Trace, width_ms: float) -> int:
    """How many samples to each side a width reaches."""
    return min(round(width_ms / trace.step_ms / 2), (len(trace.mv) - 1) // 2)


@lru_cache(maxsize=64)
def weights(half: int) -> Array:
    """What each sample about the middle counts in the smoothing; fewer than five samples change nothing."""
    if 2 * half + 1 <= CUBIC + 1:
        return np.ones(1)
    return np.asarray(signal.savgol_coeffs(2 * half + 1, CUBIC), np.float64)


def largest_around(values: Array, count: int) -> Array:
    """The largest of `count` values around each."""
    return np.asarray(ndimage.maximum_filter1d(values, max(count, 1)), np.float64)
