"""When, in the cycle that runs, strength will have fallen by what matters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
BAND = (0.05, 0.5, 0.95)
TOP_WITHIN = 14
"""Days after an infusion in which strength comes to the top of its cycle."""


@dataclass(frozen=True)
class WearOff:
    """The expected day of wear-off without another infusion, with its 90 % band.

    Day numbers; None where the fall is not expected within the days ahead, and where strength did not come
    back to the plateau after the infusion (`came_back` false), so that there is nothing to wear off.
    `infusion`: the last one. `probability`: that wear-off comes within the days ahead. `by`: the measure that
    shows it most.
    """

    infusion: float
    earliest: float | None
    expected: float | None
    latest: float | None
    probability: float
    by: str
    came_back: bool = True


def wear_off(likely: Array, names: tuple[str, ...], first: float, infusion: float) -> WearOff:
    """The wear-off day from the probability of a fall that matters by day and measure (T, M).

    Up to today the probability is what was known each day, from then on what is expected without another
    infusion. From the top of the cycle on, its running maximum is taken as the probability that wear-off has
    come: the fading only deepens.
    """
    since = max(int(np.floor(infusion - first)), 0)
    most = likely.max(axis=1)
    top = since + int(np.argmin(most[since : since + TOP_WITHIN + 1]))
    by = names[int(np.argmax(likely[-1]))]
    if most[top] >= BAND[1]:
        return WearOff(infusion, None, None, None, float(most[top]), by, came_back=False)
    come = np.maximum.accumulate(most[top:])
    days = [first + top + int(np.argmax(come >= share)) if come[-1] >= share else None for share in BAND]
    return WearOff(infusion, days[0], days[1], days[2], float(come[-1]), by)
