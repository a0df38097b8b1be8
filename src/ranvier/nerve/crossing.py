"""How long an impulse takes through a window, followed with the cable once and then remembered.

Severities are rounded and most foci stay as they are, so from visit to visit nearly all windows are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.apart import crossings
from ranvier.nerve.bundle import nerve_numbers
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.geometry import geometry
from ranvier.nerve.stimulus import Pulse
from ranvier.nerve.window import LEAD, ONSET_MS, STEP_US, Warmth, Window, patience_ms

Array = NDArray[np.float64]
PULSE_MS = 0.1
KEPT = 50_000
"""Crossings that are remembered: twice what ten years of one patient ask for, some 40 MB."""


@dataclass(frozen=True)
class Crossing:
    """An impulse begun at one node of a window, on its way to one end: all that decides how long it takes."""

    window: Window
    diameter_um: float
    warmth: Warmth
    membrane_name: str
    node: int
    up: bool

    @property
    def fibre(self) -> Fibre:
        """The stretch of axon."""
        spacing_mm = geometry(self.diameter_um).node_spacing / 1000
        return self.window.fibre(self.diameter_um, spacing_mm, self.warmth, self.membrane_name)

    @property
    def begin(self) -> int:
        """Where its time begins: at the pulse, or where the impulse of a pulse at the very end has formed."""
        return min(max(self.node, LEAD), self.window.nodes - 1 - LEAD)

    @property
    def end(self) -> int:
        """Where its time ends."""
        return LEAD if self.up else self.window.nodes - 1 - LEAD


class Memory:
    """How long crossings were found to take; of more than `most` the oldest are forgotten.

    A copy sent to another process begins with nothing.
    """

    def __init__(self, most: int = KEPT) -> None:
        self.most = most
        self.known: dict[Crossing, float] = {}

    def __reduce__(self) -> "tuple[type[Memory], tuple[int]]":
        return Memory, (self.most,)

    def taken_ms(self, asked: Sequence[Crossing]) -> Array:
        """Time from `begin` to `end` of each crossing (N,); not a number where it is blocked."""
        new = [each for each in dict.fromkeys(asked) if each not in self.known]
        self.known.update(zip(new, map(float, followed_ms(new)), strict=True))
        found = np.array([self.known[each] for each in asked])
        for oldest in list(self.known)[: max(0, len(self.known) - self.most)]:
            del self.known[oldest]
        return found


def followed_ms(ways: Sequence[Crossing]) -> Array:
    """`Memory.taken_ms` by the cable."""
    if not ways:
        return np.empty(0)
    fibres = [way.fibre for way in ways]
    strong, rows = nerve_numbers()["pulse_na"], np.arange(len(ways))
    shocks = [(Pulse(ONSET_MS, PULSE_MS, strong * way.diameter_um, way.node),) for way in ways]
    until = ONSET_MS + np.array([patience_ms(fibre) for fibre in fibres])
    ends = [way.end for way in ways]
    seen = crossings(
        fibres, shocks, float(until.max()), ends, keep_crossings=1, precision="float32", step_us=STEP_US
    )[:, :, 0]
    begun = [ONSET_MS if way.begin == way.node else seen[n, way.begin] for n, way in enumerate(ways)]
    arrived = seen[rows, ends]
    return np.where(arrived <= until, arrived - np.array(begun), np.nan)
