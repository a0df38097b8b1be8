"""What the hands of the library's patients are like, in the numbers of `treatment.effect.population`."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.special import expit, ndtr

from ranvier.cohort.virtual_hands import ATTACK, Library

Array = NDArray[np.float64]
BLOCKS_FROM = 0.15
"""A hand that loses less than this share of its grip to block does not count as blocking."""
STRICT = 50.0
"""One over the error of a curve, as a share of healthy, beside the weak priors."""
START = np.array([-2.0, -0.3, -1.0])
NOW, FULL = 0, 1
UNTREATED = int(np.flatnonzero(ATTACK == 1.0)[0])


def curve(values: Array) -> Array:
    """The hand of `effect.hand` at every factor: ln whole, logit least, depth and ln width (4,) to (A,)."""
    whole, least, depth, width = np.exp(values[0]), expit(values[1]), values[2], np.exp(values[3])
    return whole * (least + (1 - least) * ndtr((depth - np.log(ATTACK)) / width))


def hand(grip: Array) -> Array:
    """The four numbers of one grip curve (A,), by least squares with weak priors on `least` and `width`."""

    def missed(values: Array) -> Array:
        return np.concatenate([STRICT * (curve(values) - grip), [(values[1] + 2) / 3, values[3] + 1]])

    return least_squares(missed, np.array([np.log(grip[0]), *START])).x


def hands(library: Library) -> tuple[Array, Array]:
    """The four numbers of every hand that blocks (N, side, 4), whole in kg, now and a year on at a = 1.

    Not a number for the others.
    """
    grip = library.measures["grip"]
    count, sides = len(library), grip.shape[-1]
    found = np.full((2, count, sides, 4), np.nan)
    for n in range(count):
        for side in range(sides):
            now = grip[n, NOW, :, side]
            if now[0] - now[UNTREATED] < BLOCKS_FROM * now[0] or now[0] < 0.1:
                continue
            for look in (NOW, FULL):
                own = hand(np.maximum(grip[n, look, :, side], 1e-3))
                found[look, n, side] = own + np.array([np.log(library.healthy_kg[n, side]), 0, 0, 0])
    return found[NOW], found[FULL]


def moments(library: Library) -> dict[tuple[str, str], float]:
    """The numbers of [grip] and [decline] of `effect.toml`, by table and key."""
    now, later = hands(library)
    every: Array = now.reshape(-1, 4)
    every = every[np.isfinite(every[:, 0])]
    mean: Array = every.mean(axis=0)
    sd: Array = every.std(axis=0)
    both = now[np.isfinite(now[..., 0]).all(axis=1), :, 0]
    together: Array = np.asarray(np.corrcoef(both.T))
    fall = now[..., 0] - later[..., 0]
    lost = fall[np.isfinite(fall) & (np.abs(fall) < 1)]
    middle = float(np.median(lost))
    return {
        ("grip", "whole"): float(np.exp(mean[0])),
        ("grip", "whole_between"): float(sd[0]),
        ("grip", "whole_together"): float(together[0, 1]),
        ("grip", "least"): float(expit(mean[1])),
        ("grip", "least_between"): float(sd[1]),
        ("grip", "depth"): float(mean[2]),
        ("grip", "depth_between"): float(sd[2]),
        ("grip", "width"): float(np.exp(mean[3])),
        ("grip", "width_between"): float(sd[3]),
        ("decline", "typical"): middle,
        ("decline", "between"): float(np.sqrt(2 * np.log(max(float(lost.mean()), middle) / middle))),
    }
