"""The interference pattern: turns per second and their amplitude, over the epochs with activity."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.findings.needle.filters import Array, Places
from ranvier.findings.needle.rules import rules
from ranvier.findings.needle.turns import turns


@dataclass(frozen=True, eq=False)
class Interference:
    """Turns of at least 0.1 mV in epochs of half a second; only epochs with activity are kept.

    `turns_per_s` and `amplitude_mv` (mean per turn, 0 without any) have one number for each such epoch;
    `active_share` is the share of windows of 100 ms in which a spike stands out of the noise.
    """

    active_share: float
    start_s: Array
    turns_per_s: Array
    amplitude_mv: Array

    @property
    def mean_turns_per_s(self) -> float | None:
        """Turns per second of active recording; None without activity."""
        return float(np.mean(self.turns_per_s)) if self.turns_per_s.size else None

    @property
    def mean_amplitude_mv(self) -> float | None:
        """Mean amplitude of all turns in active epochs; None where there is no turn."""
        total = float(np.sum(self.turns_per_s))
        return float(np.sum(self.amplitude_mv * self.turns_per_s)) / total if total > 0 else None


def interference(samples: Array, spikes: Places, step_ms: float) -> Interference:
    """The interference pattern of a recording whose spikes above the noise are known."""
    rule = rules("interference")
    length = round(1000 * rule["epoch"] / step_ms)
    active = np.flatnonzero(holding(spikes, length, len(samples)))
    found = turns(samples, rule["turn"])
    voltage = np.abs(np.diff(samples[found])) if found.size else np.empty(0)
    epoch, most = found[1:] // length, len(samples) // length + 1
    count = np.bincount(epoch, minlength=most)[active]
    total = np.bincount(epoch, weights=voltage, minlength=most)[active]
    return Interference(
        float(np.mean(holding(spikes, round(rule["window"] / step_ms), len(samples)))),
        active.astype(np.float64) * rule["epoch"],
        count / rule["epoch"],
        total / np.maximum(count, 1),
    )


def holding(spikes: Places, length: int, samples: int) -> NDArray[np.bool_]:
    """Which of the whole stretches of this length hold a spike."""
    counts = np.bincount(spikes // length, minlength=samples // length)
    return counts[: samples // length] > 0
