"""A trace as numbers to reckon with: times, millivolts, and where a level is crossed."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ranvier.findings.study import Waveform

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Trace:
    """Samples (mV, negative up) at times after the stimulus (ms), a constant step apart."""

    time_ms: Array
    mv: Array

    @classmethod
    def of(cls, wave: Waveform) -> "Trace":
        """The trace of a waveform.

        Raises ValueError for one without a time axis or with samples that are no numbers.
        """
        mv = np.asarray(wave.samples_mv, np.float64)
        if not (wave.step_ms > 0 and len(mv) > 1 and np.isfinite(wave.start_ms) and np.all(np.isfinite(mv))):
            raise ValueError("a waveform needs a step above 0 ms and at least two finite samples.")
        return cls(wave.start_ms + wave.step_ms * np.arange(len(mv), dtype=np.float64), mv)

    @property
    def step_ms(self) -> float:
        """Time from one sample to the next."""
        return float(self.time_ms[1] - self.time_ms[0])

    def holding(self, mv: Array) -> "Trace":
        """Other samples at the same times."""
        return replace(self, mv=mv)

    def where(self, chosen: Mask) -> "Trace":
        """Only the samples chosen; they may no longer lie a constant step apart."""
        return Trace(self.time_ms[chosen], self.mv[chosen])

    def between(self, from_ms: float, until_ms: float) -> "Trace":
        """The part of the trace within these times."""
        return self.where((self.time_ms >= from_ms) & (self.time_ms <= until_ms))

    def at(self, time_ms: float) -> float:
        """The voltage at a time, between samples on the line that joins them."""
        return float(np.interp(time_ms, self.time_ms, self.mv))

    def index(self, time_ms: float) -> int:
        """The sample nearest to a time."""
        return int(np.argmin(np.abs(self.time_ms - time_ms)))

    def crossing(self, before: int, level_mv: float) -> float:
        """When the trace crosses a level between one sample and the next."""
        first, second = self.mv[before], self.mv[before + 1]
        part = 0.5 if first == second else (level_mv - first) / (second - first)
        return float(self.time_ms[before] + np.clip(part, 0, 1) * self.step_ms)

    def area(self, from_ms: float, until_ms: float) -> float:
        """What lies above the baseline between two times, mV ms (trapezoids, ends between samples)."""
        inside = self.between(from_ms, until_ms)
        times = np.concatenate([[from_ms], inside.time_ms, [until_ms]])
        values = np.interp(times, self.time_ms, self.mv)
        return float(np.sum(np.diff(times) * (values[1:] + values[:-1]) / 2))
