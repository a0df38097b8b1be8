"""Impulses followed with the cable at the edge of block, and read off the response surface far from it.

Where the severity lies well below or well above the one that blocks, the surface knows the answer; near it
the cable decides. Injuries that share a window, plain qualities and pulses within a window are the cable's.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.bundle import Focus
from ranvier.nerve.response import mapped, surface
from ranvier.nerve.transit import Pathway
from ranvier.nerve.window import Window

Array = NDArray[np.float64]
MILD, GRAVE = 0.5, 1.4
"""Shares of the severity that blocks, below and above which the surface is read."""


class EdgePathway(Pathway):
    """Axons that cross mild and grave injuries as the surface says, and the others with the cable."""

    def extra_ms(self, starts: Sequence[tuple[Window, int]], up: bool) -> Array:
        """As of `Pathway`; from the surface where a single injury lies far from the edge of block."""
        found, near = np.full(len(starts), np.nan), np.ones(len(starts), bool)
        for name in mapped():
            own = [n for n, start in enumerate(starts) if alone(*start) == name]
            if own:
                share, delay = self.read([starts[n][0] for n in own], name)
                found[own], near[own] = delay, (share >= MILD) & (share <= GRAVE)
        found[near] = super().extra_ms([starts[n] for n in np.flatnonzero(near).tolist()], up)
        return found

    def read(self, windows: Sequence[Window], injury: str) -> tuple[Array, Array]:
        """Severity over the one that blocks, and the delay, of windows with one focus of an injury each."""
        foci: list[Focus] = [window.foci[0] for window in windows]
        warm = self.warmth.at(np.array([focus.centre_mm for focus in foci]))
        count, severity = (np.array([getattr(focus, of) for focus in foci]) for of in ("count", "value"))
        where = count, warm, self.diameter_um[[window.axon for window in windows]]
        known = surface(self.membrane_name)
        return severity / known.critical(injury, *where), known.delay_ms(injury, severity, *where)


def alone(window: Window, node: int) -> str | None:
    """What the only focus of a window is, where the pulse enters at its end."""
    return window.foci[0].quality if len(window.foci) == 1 and node in (0, window.nodes - 1) else None
