"""The attack on the node under immunoglobulin, as a factor on the attack without treatment.

IgG above the own level, C, holds back the share most C / (half + C) of what is laid on the node; what lies
there is renewed at a rate `turnover`, so that the attack follows with a lag,

    a' = turnover (1 - most C / (half + C) - a),     a = 1 without treatment.

The disease multiplies the dose of every focus by a (`disease.attack`).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]


def held_back(igg_g_l: Array, most: Array, half_g_l: Array) -> Array:
    """The attack factor (P, T) at which the node would settle under IgG above the own level (P, T)."""
    return 1 - most[:, None] * igg_g_l / (half_g_l[:, None] + igg_g_l)


@njit(cache=True)
def followed(target: Array, days: Array, turnover: Array) -> Array:  # pragma: no cover  compiled
    """The attack factor (P, T) that follows a target (P, T), linear between times (T,); it starts there.

    Exact for a target linear between times, at a rate `turnover` (P,) per day.
    """
    found = np.empty_like(target)
    for p in range(target.shape[0]):
        rate = turnover[p]
        now = target[p, 0]
        found[p, 0] = now
        for t in range(1, target.shape[1]):
            step = days[t] - days[t - 1]
            kept = np.exp(-rate * step)
            slope = (target[p, t] - target[p, t - 1]) / step if step > 0 else 0.0
            aim = target[p, t - 1] - slope / rate
            now = aim + slope * step + (now - aim) * kept
            found[p, t] = now
    return found
