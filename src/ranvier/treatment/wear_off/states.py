"""The states behind a self-monitored series, and how readings show them.

On the scale on which it is followed (logarithm for strengths, points for scores), measure m is

    reading = plateau_m + per_log_m (sum_k amplitude_mk shape_k(day) + level + sunk + own_m)
              - gain_m exp(-n / readings) + noise,

`n` the readings of it so far. Plateaus drift slowly; the amplitudes of the fading too. What moves all
measures is the disease: its `level` changes by leaps, `sunk` by a slope that itself changes slowly. `own`
moves one measure alone. Disease and own begin at 0: the plateau is that of the first weeks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.readings import Readings
from ranvier.treatment.wear_off.kalman import Moves, Seen
from ranvier.treatment.wear_off.measures import Measure, numbers
from ranvier.treatment.wear_off.shapes import Shapes

Array = NDArray[np.float64]
SHARED = 3
"""Level, sunk and slope, after the parts of each measure."""

PARTS = ("level", "fall", "fading", "disease", "plateau")
"""What is read off the states for each measure; a fall, a fading and the disease's part count downwards."""


@dataclass(frozen=True)
class Setting:
    """How noisy a person's readings are, as a factor on the usual, and how restless the disease is."""

    noise: float
    unrest: str


def settings() -> tuple[Setting, ...]:
    """Those that are run side by side."""
    of = numbers()["noise_factor"]
    factors = np.geomspace(of["low"], of["high"], int(of["count"]))
    return tuple(
        Setting(float(each), unrest) for unrest in ("quiet", "sinking", "sudden") for each in factors
    )


@dataclass(frozen=True, eq=False)
class Frame:
    """The series as the filter sees it: its measures, the shapes of fading and the readings as rows."""

    measures: tuple[Measure, ...]
    shapes: Shapes
    series: tuple[Readings, ...]
    first: int

    @property
    def width(self) -> int:
        """States of one measure: plateau, amplitudes, gain and own."""
        return len(self.shapes.mean) + 3

    @property
    def count(self) -> int:
        """All states."""
        return len(self.measures) * self.width + SHARED

    def rows(self, m: int, part: str) -> Array:
        """How a part of measure m is made of the states, by day (T, n)."""
        days = self.shapes.by_day.shape[1]
        row, at, each = np.zeros((days, self.count)), m * self.width, self.measures[m].per_log
        if part in ("level", "plateau"):
            row[:, at] = 1.0
        sign = each if part == "level" else -each
        if part in ("level", "fall", "fading"):
            row[:, at + 1 : at + self.width - 2] = sign * self.shapes.by_day.T
        if part in ("level", "fall", "disease"):
            row[:, at + self.width - 1] = sign
            row[:, -SHARED:-1] = sign
        return row

    def seen(self) -> Seen:
        """Every reading, in order of time; the noise is that of the usual person."""
        parts = [self.of_measure(m) for m in range(len(self.measures))]
        day, row, value, var, time = (np.concatenate(each) for each in zip(*parts, strict=True))
        order = np.argsort(time, kind="stable")
        return Seen(day[order], np.ascontiguousarray(row[order]), value[order], var[order])

    def of_measure(self, m: int) -> tuple[NDArray[np.int64], Array, Array, Array, Array]:
        """The readings of one measure."""
        told, kind = self.series[m], self.measures[m]
        day = np.floor(told.day).astype(np.int64) - self.first
        row = self.rows(m, "level")[day]
        row[:, m * self.width + self.width - 2] = -np.exp(
            -np.arange(len(day)) / numbers()["learning"]["readings"]
        )
        return day, row, kind.scaled(told.value), np.full(len(day), kind.noise**2), told.day

    def begin(self) -> tuple[Array, Array]:
        """Mean and covariance of the states on the first day."""
        mean, cov = np.zeros(self.count), np.zeros((self.count, self.count))
        for m, (kind, told) in enumerate(zip(self.measures, self.series, strict=True)):
            at = m * self.width
            mean[at] = kind.scaled(told.value[0])
            cov[at, at] = WIDE**2 * kind.per_log**2
            fade = slice(at + 1, at + self.width - 2)
            mean[fade], cov[fade, fade] = self.shapes.mean, self.shapes.cov
            gain = at + self.width - 2
            cov[gain, gain] = (numbers()["learning"]["gain"] * kind.per_log) ** 2
        return mean, cov + np.diag(np.full(self.count, TINY))

    def moves(self, setting: Setting) -> Moves:
        """How the states begin and move under a setting."""
        told, unrest = numbers(), numbers()[setting.unrest]
        keep, lead, noise = np.ones(self.count), np.full(self.count, -1, np.int64), np.zeros(self.count)
        keep[-1], lead[-2] = told["disease"]["slope_kept"], self.count - 1
        noise[-SHARED:] = unrest["level"] ** 2, 0.0, unrest["slope"] ** 2
        for m, kind in enumerate(self.measures):
            at = m * self.width
            noise[at] = (told["plateau"]["drift"] * kind.per_log) ** 2
            noise[at + 1 : at + self.width - 2] = told["fading"]["drift"] ** 2
            noise[at + self.width - 1] = (told["own"]["share"] * unrest["level"]) ** 2
        return Moves(*self.begin(), keep, lead, noise)


WIDE, TINY = 0.5, 1e-12
"""SD of the first plateau about the first reading, on the logarithm; and what keeps a covariance regular."""


def under(seen: Seen, setting: Setting) -> Seen:
    """The readings with the noise of a setting."""
    return seen._replace(var=seen.var * setting.noise**2)


def frame(series: Sequence[Readings], measures: Sequence[Measure], found: Shapes, first: int) -> Frame:
    """The series of some measures on a clock of days."""
    return Frame(tuple(measures), found, tuple(series), first)
