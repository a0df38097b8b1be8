"""Where spikes stand out of the noise."""

import numpy as np

from ranvier.findings.needle.filters import Array, Places, band, peaks
from ranvier.findings.needle.rules import rules

MAD_TO_SD = 1.4826
"""Median absolute deviation of a normal distribution to its standard deviation."""


def spiky(samples: Array, step_ms: float) -> Array:
    """The recording with the sharp spikes of nearby muscle fibres left in, and little else."""
    rule = rules("detection")
    return band(samples, step_ms, rule["low"], rule["high"])


def noise_mv(spikes: Array, step_ms: float) -> float:
    """The standard deviation of the noise: that of the quietest windows, so that activity does not count."""
    rule = rules("detection")
    width = max(round(rule["noise_window"] / step_ms), 2)
    windows = spikes[: len(spikes) // width * width].reshape(-1, width)
    return float(np.quantile(np.std(windows, axis=1), rule["noise_quantile"]))


def threshold_mv(noise: float) -> float:
    """The height a spike must reach to be looked at."""
    rule = rules("detection")
    return max(rule["threshold_sd"] * noise, rule["least_peak"])


def spikes_in(spikes: Array, step_ms: float, least_mv: float) -> Places:
    """The samples at which a spike of either direction peaks."""
    return peaks(np.abs(spikes), least_mv, round(rules("detection")["apart"] / step_ms))
