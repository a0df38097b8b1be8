"""What lasts of doses, and what is missing after sessions: first-order courses."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]


@njit(cache=True)
def at_work(day: Array, grams: Array, days: Array, rate: Array) -> Array:  # pragma: no cover  compiled
    """Grams still at work (P, T) at ascending times (T,): a dose is there at once and leaves at `rate` (P,).

    `day` (N,), ascending, and `grams` (N,): the doses, those before the first time too.
    """
    found = np.zeros((len(rate), len(days)))
    for p in range(len(rate)):
        there, last, n = 0.0, days[0], 0
        for t in range(len(days)):
            while n < len(day) and day[n] <= days[t]:
                there = there * np.exp(-rate[p] * max(day[n] - last, 0.0)) if there > 0 else 0.0
                there, last, n = there + grams[n], day[n], n + 1
            found[p, t] = there * np.exp(-rate[p] * (days[t] - last)) if there > 0 else 0.0
    return found


@njit(cache=True)
def missing(day: Array, days: Array, share: Array, rate: Array) -> Array:  # pragma: no cover  compiled
    """The share (P, T) that is missing after sessions at `day` (N,), each of which takes `share` (P,).

    What is missing comes back at `rate` (P,) per day.
    """
    found = np.zeros((len(rate), len(days)))
    for p in range(len(rate)):
        gone, last, n = 0.0, days[0], 0
        for t in range(len(days)):
            while n < len(day) and day[n] <= days[t]:
                gone = gone * np.exp(-rate[p] * max(day[n] - last, 0.0)) if gone > 0 else 0.0
                gone, last, n = gone + share[p] * (1 - gone), day[n], n + 1
            found[p, t] = gone * np.exp(-rate[p] * (days[t] - last)) if gone > 0 else 0.0
    return found
