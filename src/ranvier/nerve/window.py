"""Windows: the stretches of an axon around its lesions that are followed node by node.

Nodes are numbered from the cord; places are mm from the cord.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.bundle import Focus, pumped
from ranvier.nerve.fibre import Fibre

Array = NDArray[np.float64]

MARGIN, LEAD = 14, 4
"""Healthy nodes on each side of a lesion, and how many of them are left out at the ends."""
SLOWEST_M_S, SPARE_MS = 4.0, 4.0
SLOW_NODES, LINGER_MS = 10, 0.3
"""A lesion of more nodes than this may take so much longer for each of them."""
STEP_US = 5.0
ONSET_MS = 3.0
"""The membrane comes to rest before the pulse; right at the edge of block this decides."""


@dataclass(frozen=True)
class Warmth:
    """The temperature along a nerve: straight lines between places, mm from the cord and degC."""

    place_mm: tuple[float, ...]
    celsius: tuple[float, ...]

    def at(self, place_mm: Array) -> Array:
        """The temperature at these places."""
        return np.interp(place_mm, self.place_mm, self.celsius)


@dataclass(frozen=True)
class Window:
    """Nodes `first` to `last` of one axon around its lesions; nodes are numbered from the cord.

    `foci`: as this axon has them, an injury with the axon's own severity.
    """

    axon: int
    first: int
    last: int
    foci: tuple[Focus, ...]

    @property
    def nodes(self) -> int:
        """How many nodes it has."""
        return self.last - self.first + 1

    def fibre(self, diameter_um: float, spacing_mm: float, warmth: Warmth, membrane_name: str) -> Fibre:
        """The stretch of axon; its ends are as warm as the places beyond the nerve's own ends would be."""
        places = spacing_mm * np.arange(self.first, self.last + 1, dtype=float)
        runs = ((focus, *nodes_of(focus, spacing_mm)) for focus in self.foci)
        lesions = tuple(
            lesion
            for focus, first, last in runs
            for lesion in focus.lesions(first - self.first, last - self.first)
        )
        return Fibre(
            diameter_um,
            self.nodes,
            tuple(warmth.at(places)),
            lesions,
            membrane_name=membrane_name,
            pump=pumped(self.foci),
        )


def nodes_of(focus: Focus, spacing_mm: float) -> tuple[int, int]:
    """The first and last node of a focus in an axon of this spacing, numbered from the cord."""
    first = round(focus.centre_mm / spacing_mm - (focus.count - 1) / 2)
    return first, first + focus.count - 1


def patience_ms(fibre: Fibre) -> float:
    """How long an impulse may take along a stretch before it counts as blocked."""
    spare = LINGER_MS * max(fibre.nodes - 2 * MARGIN - SLOW_NODES, 0)
    return fibre.length_mm / SLOWEST_M_S + SPARE_MS + spare
