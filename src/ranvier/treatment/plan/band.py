"""A quantity with what is not known of it: the middle and a range over the draws of a person."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95


@dataclass(frozen=True)
class Band:
    """Median over the draws (`typical`) and the range that holds 90 % of them, from `low` to `high`."""

    low: float
    typical: float
    high: float

    @property
    def half_width(self) -> float:
        """Half of the range, as a share of the median; 0 where both are 0."""
        half = (self.high - self.low) / 2
        return half / self.typical if self.typical else (0.0 if half == 0 else float("inf"))


def band(draws: Array) -> Band:
    """The band of one quantity over the draws (P,)."""
    return Band(*(float(each) for each in np.quantile(draws, (LOW, MIDDLE, HIGH))))
