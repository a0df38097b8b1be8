"""The sheet: where a moment, a node and a potential lie on it."""

from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve import Lesion
from ranvier.nerve.course import Course
from ranvier.nerve.places import last_node

Array = NDArray[np.float64]

WIDTH = 800
LEFT, RIGHT, HEAD = 138, 606, 96
TALLEST, WIDEST_ROW = 520.0, 40.0
IMPULSE_MV = 110.0
LOWEST, HIGHEST = 34.0, 60.0
"""Units of height that an impulse of IMPULSE_MV takes at least and at most."""

OVERLAP = 4.5
"""How many rows an impulse may cover."""

ARTEFACT = 1.45
"""How much higher than an impulse the electrode drives its own node."""


@dataclass(frozen=True)
class Sheet:
    """Scales of one figure: `step` between rows, `gain` in units per mV, times in ms after the pulse."""

    nodes: tuple[int, ...]
    spacing_mm: float
    times_ms: tuple[float, float]
    rest_mv: float
    step: float
    gain: float
    onset_ms: float

    @classmethod
    def of(cls, course: Course, onset_ms: float) -> "Sheet":
        """The sheet on which a course fits."""
        step = min(WIDEST_ROW, TALLEST / max(len(course.nodes) - 1, 1))
        gain = min(HIGHEST, max(LOWEST, OVERLAP * step)) / IMPULSE_MV
        times = float(course.times_ms[0]) - onset_ms, float(course.times_ms[-1]) - onset_ms
        rest = float(np.median(course.potential_mv[0]))
        return cls(course.nodes, course.fibre.spacing_mm, times, rest, step, gain, onset_ms)

    @property
    def stride(self) -> int:
        """From one shown node to the next."""
        return 1 if len(self.nodes) < 2 else (self.nodes[-1] - self.nodes[0]) // (len(self.nodes) - 1)

    @property
    def top(self) -> float:
        """The baseline of the first row."""
        return HEAD + ARTEFACT * self.gain * IMPULSE_MV

    @property
    def bottom(self) -> float:
        """The baseline of the last row."""
        return self.top + self.step * (len(self.nodes) - 1)

    @overload
    def across(self, times_ms: float) -> float: ...
    @overload
    def across(self, times_ms: Array) -> Array: ...
    def across(self, times_ms: float | Array) -> float | Array:
        """Where a time of the run lies."""
        start, end = self.times_ms
        return LEFT + (RIGHT - LEFT) * (times_ms - self.onset_ms - start) / (end - start)

    def down(self, node: float) -> float:
        """The baseline of a node, also between two rows or beyond them."""
        return self.top + self.step * (node - self.nodes[0]) / self.stride

    def height(self, node: float, potential_mv: Array) -> Array:
        """Where the potentials of a node lie."""
        return self.down(node) - self.gain * (potential_mv - self.rest_mv)

    def zero(self, node: float) -> float:
        """Where 0 mV of a node lies."""
        return self.down(node) + self.gain * self.rest_mv

    def stretch(self, lesion: Lesion) -> tuple[float, float] | None:
        """From where to where a lesion reaches on the sheet, None where it is not shown."""
        first, last = max(lesion.first, self.nodes[0]), min(last_node(lesion), self.nodes[-1])
        if first > last:
            return None
        return self.down(first) - self.step / 2, self.down(last) + self.step / 2
