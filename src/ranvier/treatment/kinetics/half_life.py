"""Half-lives as a trial measures them: from levels at given days, not from the constants of a model."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def half_life_days(days: Array, igg_g_l: Array, first: float, last: float, own_g_l: float = 0.0) -> float:
    """Days in which IgG above `own_g_l` halves, from the straight line through its logarithm.

    Least squares over the levels (T,) measured from day `first` to day `last`. Trials of replacement in
    immunodeficiency take total IgG, so that `own_g_l` is 0; models of neuropathy take IgG above the level
    before treatment. Raises ValueError if fewer than two levels, or one not above the own, are there.
    """
    used = (days >= first) & (days <= last)
    above = igg_g_l[used] - own_g_l
    if used.sum() < 2 or not np.all(above > 0):
        raise ValueError("igg_g_l: at least two levels above own_g_l are needed between first and last.")
    falls = -np.polyfit(days[used] - first, np.log(above), 1)[0]
    return float(np.log(2) / falls)
