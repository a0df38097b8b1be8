"""The few filters a needle recording needs; every call of scipy stands here, so that the rest is typed."""

from fractions import Fraction
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy import signal as scipy_signal  # pyright: ignore[reportMissingTypeStubs]

Array = NDArray[np.float64]
Places = NDArray[np.int64]

signal = cast(Any, scipy_signal)
ORDER = 2
LARGEST_FACTOR = 500
"""Of up- or downsampling: any rate is met to within a thousandth, and the step is corrected for the rest."""


def band(samples: Array, step_ms: float, low_hz: float, high_hz: float | None = None) -> Array:
    """Zero-phase Butterworth filter, applied forwards and backwards: nothing is shifted in time.

    Band-pass, or high-pass where `high_hz` is not given or lies beyond what the rate can hold.
    """
    rate_hz = 1000 / step_ms
    if high_hz is None or high_hz >= 0.45 * rate_hz:
        sections = signal.butter(ORDER, low_hz, "highpass", fs=rate_hz, output="sos")
    else:
        sections = signal.butter(ORDER, (low_hz, high_hz), "bandpass", fs=rate_hz, output="sos")
    padding = min(len(samples) - 1, round(rate_hz / low_hz))
    return np.asarray(signal.sosfiltfilt(sections, samples, padlen=padding), np.float64)


def resampled(samples: Array, step_ms: float, wanted_ms: float) -> tuple[Array, float]:
    """The same signal at another rate, without aliasing, and the step it then really has (ms)."""
    ratio = Fraction(step_ms / wanted_ms).limit_denominator(LARGEST_FACTOR)
    if ratio == 1:
        return samples, step_ms
    out = signal.resample_poly(samples, ratio.numerator, ratio.denominator, padtype="line")
    return np.asarray(out, np.float64), step_ms * ratio.denominator / ratio.numerator


def peaks(samples: Array, height: float, apart: int) -> Places:
    """Where a signal peaks above a height; of peaks closer than `apart` samples only the highest."""
    found, _ = signal.find_peaks(samples, height=height, distance=max(apart, 1))
    return np.asarray(found, np.int64)


def times(places: Places, step_ms: float) -> Array:
    """When the samples stand, ms from the first."""
    return places.astype(np.float64) * step_ms


def correlated(samples: Array, template: Array) -> Array:
    """The sum of products of a template with the stretch that begins at every sample."""
    return np.asarray(signal.oaconvolve(samples, template[::-1], mode="valid"), np.float64)
