"""How sure a figure is: 95 % intervals of shares, means and medians, published and virtual."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from scipy.special import ndtri, stdtrit

LEVEL = 0.975
Z = float(ndtri(LEVEL))
NORMAL_IQR = 2 * float(ndtri(0.75))
"""The interquartile range of a normal variable, in standard deviations."""
MEDIAN_SE = sqrt(np.pi / 2)
"""The standard error of the median of normal variables, in those of the mean."""


@dataclass(frozen=True)
class Interval:
    """From low to high, and how it was made."""

    low: float
    high: float
    how: str = ""

    def holds(self, value: float) -> bool:
        """Whether a value lies in it."""
        return self.low <= value <= self.high


def wilson(count: float, n: float) -> Interval:
    """The interval of a share, 0 to 1, of `count` among n (Wilson's score)."""
    p, spread = count / n, Z**2 / n
    middle = (p + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(p * (1 - p) / n + spread / (4 * n))
    return Interval(middle - half if count > 0 else 0.0, middle + half if count < n else 1.0, "Wilson")


def of_mean(mean: float, sd: float, n: float) -> Interval:
    """The interval of a mean: t(n - 1) sd / sqrt(n) to both sides. Needs n of 2 or more."""
    half = float(stdtrit(n - 1, LEVEL)) * sd / sqrt(n)
    return Interval(mean - half, mean + half, "t")


def of_median(median: float, iqr: float, n: float) -> Interval:
    """The interval of a median from the width of its quartiles, as if values were normal."""
    half = Z * MEDIAN_SE * iqr / NORMAL_IQR / sqrt(n)
    return Interval(median - half, median + half, "from quartiles")


def of_ratio(ratio: float, n: float) -> Interval:
    """The interval of a ratio of two groups that are n together: that of the share, as a ratio again."""
    share = wilson(n * ratio / (1 + ratio), n)
    return Interval(odds(share.low), odds(share.high), "Wilson")


def odds(share: float) -> float:
    """A share of the whole as a ratio to the rest."""
    return share / (1 - share) if share < 1 else float("inf")


def around(value: float, by: float) -> Interval:
    """So much to both sides of a value, as a share of it, for want of anything better."""
    return Interval(value * (1 - by), value * (1 + by), f"±{by:.0%}, for want of a spread")


def clustered(groups: Sequence[Sequence[float]]) -> tuple[float, Interval]:
    """The mean of values that come several from each patient, and its interval.

    Patients are drawn, not values: SE^2 = k / (k - 1) sum (y_i - mean m_i)^2 / (sum m_i)^2, with y_i the sum
    of the m_i values of patient i of k, and t(k - 1). With one value each this is the interval of a mean.
    """
    size = np.array([len(group) for group in groups], float)
    total = np.array([sum(group) for group in groups], float)
    mean, k = float(total.sum() / size.sum()), len(groups)
    if k < 2:
        return mean, Interval(-np.inf, np.inf, "one patient")
    se = sqrt(k / (k - 1) * float(((total - mean * size) ** 2).sum())) / float(size.sum())
    half = float(stdtrit(k - 1, LEVEL)) * se
    return mean, Interval(mean - half, mean + half, "t, by patients")


def share(groups: Sequence[Sequence[float]]) -> tuple[float, Interval]:
    """A share, 0 to 1, of values that come several from each patient, and its interval.

    Wilson's, with the number of independent values that would be as sure: n = p (1 - p) / SE^2, SE as above;
    with the number of patients where each gives one value, or where all values are the same.
    """
    p, near = clustered(groups)
    n = float(len(groups))
    if 0 < p < 1 and near.high < np.inf and any(len(group) > 1 for group in groups):
        se = (near.high - p) / float(stdtrit(n - 1, LEVEL))
        n = p * (1 - p) / se**2 if se else n
    return p, replace(wilson(p * n, n), how="Wilson, by patients")


def ranked(values: Sequence[float]) -> tuple[float, Interval]:
    """The median of values and its interval by their ranks: those n/2 -+ Z sqrt(n)/2 from the lowest."""
    ordered, n = np.sort(np.asarray(values, float)), len(values)
    half = Z * sqrt(n) / 2
    low, high = max(int(n / 2 - half), 0), min(int(np.ceil(n / 2 + half)), n - 1)
    return float(np.median(ordered)), Interval(float(ordered[low]), float(ordered[high]), "ranks")
