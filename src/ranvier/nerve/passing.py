"""Impulses across injuries as the response surface has them: what carries populations.

No cable is followed, so a nerve of 250 axons costs a fraction of a millisecond. Only injuries are known, no
plain qualities, and injuries that overlap add their delays; whatever needs windows (trains, collisions) still
follows the cable.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.bundle import Focus
from ranvier.nerve.injury import injuries
from ranvier.nerve.response import surface
from ranvier.nerve.transit import Pathway

Array = NDArray[np.float64]


class SurfacePathway(Pathway):
    """Axons that cross their injuries as the response surface says."""

    @cached_property
    def crossed_ms(self) -> dict[int, Array]:
        """What each focus costs each axon (N,), not a number where it blocks; by the focus's number."""
        return {}

    def delay_ms(self, begin_mm: float, end_mm: float) -> Array:
        """Extra time of all injuries on each axon's way (N,), not a number where one blocks.

        Raises ValueError for a focus that is no injury.
        """
        extra = np.zeros(len(self.diameter_um))
        low, high = min(begin_mm, end_mm), max(begin_mm, end_mm)
        for n, focus in enumerate(self.foci):
            if low <= focus.centre_mm <= high and focus.centre_mm != end_mm:
                extra = extra + self.cost_ms(n)
        return extra

    def cost_ms(self, n: int) -> Array:
        """`crossed_ms` of one focus, worked out when it is first met."""
        if n not in self.crossed_ms:
            self.crossed_ms[n] = cost_ms(self, self.foci[n], np.asarray(self.affected[:, n], float))
        return self.crossed_ms[n]


def cost_ms(path: Pathway, focus: Focus, degree: Array) -> Array:
    """What a focus costs axons that have it to a degree."""
    cost = np.zeros(len(degree))
    ill = np.flatnonzero(degree)
    if focus.injury is None:
        raise ValueError(
            f"foci: {focus.quality} is not on the response surface, which knows the injuries "
            f"{', '.join(injuries())}; take one of them, or a body by='cable'."
        )
    if focus.severs:
        cost[ill] = np.nan
    elif ill.size:
        warm = float(path.warmth.at(np.array(focus.centre_mm)))
        cost[ill] = surface(path.membrane_name).delay_ms(
            focus.quality, focus.value * degree[ill], focus.count, warm, path.diameter_um[ill]
        )
    return cost
