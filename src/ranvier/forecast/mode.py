"""The most likely values of what is unknown, and how sharply the density falls off around them.

A log density over K unknowns, asked for many sets of values at once, is climbed to its mode with differences
taken in one batch; its curvature there is the inverse of the Laplace covariance.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Array = NDArray[np.float64]
LogDensity = Callable[[Array], Array]
"""The log density (B,) of B sets of values (B, K), up to a constant."""
STEP = 1e-4
WIDE_STEP = 2e-3
CLOSE = 1e-7
FLATTEST = 0.05
WORST = 1e12
"""Stands for a density of 0 while climbing."""


def peak(density: LogDensity, start: Array) -> tuple[Array, Array]:
    """The mode (K,) and minus the second derivatives there (K, K), to 1e-6 in every unknown."""
    if not np.isfinite(density(start[None])).all():
        raise ValueError("the density is not finite where the search begins; check readings and doses.")
    found = minimize(lambda at: downhill(density, at), start, jac=True, method="BFGS", options={"gtol": 1e-3})
    at, curvature = found.x, bend(density, found.x)
    for _ in range(20):
        move = inverse(curvature) @ -downhill(density, at)[1]
        at = at + stride(density, at, move)
        if np.abs(move).max() < CLOSE:
            break
        if np.abs(move).max() > 1e-2:
            curvature = bend(density, at)
    return at, bend(density, at)


def stride(density: LogDensity, at: Array, move: Array) -> Array:
    """As much of a Newton step as climbs: the whole, or the best of its halves."""
    steps = move * 0.5 ** np.arange(8)[:, None]
    return steps[int(np.argmax(density(at + steps)))] if np.abs(move).max() > 1e-4 else move


def downhill(density: LogDensity, at: Array) -> tuple[float, Array]:
    """Minus the log density and its slope, by central differences in one batch."""
    steps = STEP * np.eye(len(at))
    values = np.minimum(-density(np.concatenate([at[None], at + steps, at - steps])), WORST)
    up, down = values[1 : len(at) + 1], values[len(at) + 1 :]
    return float(values[0]), (up - down) / (2 * STEP)


def bend(density: LogDensity, at: Array) -> Array:
    """Minus the second derivatives of the log density, by central differences in one batch."""
    count = len(at)
    steps = WIDE_STEP * np.eye(count)
    one, other = np.triu_indices(count, 1)
    pairs = steps[one] + steps[other]
    values = -density(at + np.concatenate([np.zeros((1, count)), steps, -steps, pairs, -pairs]))
    middle, single = values[0], values[1 : 2 * count + 1].reshape(2, count).sum(axis=0)
    both = values[2 * count + 1 :].reshape(2, -1).sum(axis=0)
    found = np.diag(single - 2 * middle)
    found[one, other] = (both - single[one] - single[other] + 2 * middle) / 2
    found[other, one] = found[one, other]
    return found / WIDE_STEP**2


def inverse(curvature: Array) -> Array:
    """The covariance of a curvature; directions flatter than the prior by far count as that flat."""
    values, vectors = np.linalg.eigh(curvature)
    return (vectors / np.maximum(values, FLATTEST)) @ vectors.T
