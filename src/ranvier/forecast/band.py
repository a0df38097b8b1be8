"""A forecast is a band: the middle of the draws and the limits between which 90 % of them lie."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LOW_PERCENT, HIGH_PERCENT = 5.0, 95.0


@dataclass(frozen=True, eq=False)
class Band:
    """Median and 90 % limits (N,) of a level, or of a reading of it, on days (N,)."""

    days: Array
    median: Array
    low: Array
    high: Array

    def holds(self, values: Array) -> NDArray[np.bool_]:
        """Whether each of some values (N,) lies within the limits."""
        return (self.low <= values) & (values <= self.high)


def band(days: Array, draws: Array) -> Band:
    """The band of draws (P, N) on days (N,)."""
    low, median, high = np.percentile(draws, (LOW_PERCENT, 50.0, HIGH_PERCENT), axis=0)
    return Band(days, median, low, high)
