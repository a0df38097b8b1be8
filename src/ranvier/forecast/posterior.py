"""Draws of what is unknown, equally likely, around the most likely values.

Draws from a multivariate t around the mode are weighted by the density itself and resampled, so that a skewed
or bounded density keeps its shape. Where few draws would carry most of the weight, the weights are flattened,
and what that costs is made good by moves that leave the density as it is. Unknowns are best given in units in
which what was believed before has mean 0 and SD 1.
"""

from dataclasses import dataclass
from math import lgamma, log, pi

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from ranvier.forecast.mode import LogDensity, inverse, peak

Array = NDArray[np.float64]
FREEDOM = 6.0
POWERS = (0.3, 0.3, 0.6, 0.6, 1.0, 1.0)
"""Draws are first made for the density to a power below 1, which is wider and less bent."""
PER_ROUND = 750
AT_LEAST = 100.0
MOVES = (0.4, 0.7) * 4
"""How far each move goes: 0 stays, 1 forgets where it was."""
FEW_MOVES = 0.15
WIDER = 1.2


@dataclass(frozen=True, eq=False)
class Posterior:
    """The mode (K,), the Laplace covariance (K, K) and equally weighted draws (N, K).

    `effective`: how many independent draws the weighted ones were worth before weights were flattened.
    `moved`: the share of moves that were accepted afterwards.
    """

    mode: Array
    covariance: Array
    draws: Array
    effective: float
    moved: float

    @property
    def poor(self) -> bool:
        """Whether so few moves were accepted that bands from the draws are rough."""
        return self.moved < FEW_MOVES


def posterior(density: LogDensity, start: Array, random: np.random.Generator, count: int = 500) -> Posterior:
    """Mode, curvature and `count` draws of a density, climbing from `start` (K,).

    Raises ValueError where the density is not finite at the start.
    """
    best, curvature = peak(density, start)
    spread = inverse(curvature)
    tries, level = weighted(density, best, spread, random)
    near = flattened(level)
    centre, found = moments(tries, near)
    chosen = tries[resampled(near, random, count)]
    draws, moved = stirred(density, chosen, centre, WIDER * found, random)
    return Posterior(best, spread, draws, worth(shares(level)), moved)


def weighted(
    density: LogDensity, centre: Array, spread: Array, random: np.random.Generator
) -> tuple[Array, Array]:
    """Draws (N, K) with the logarithms of their weights (N,); each round goes where the ones before led."""
    places: list[tuple[Array, Array]] = []
    tries: list[Array] = []
    levels: list[Array] = []
    every, heights, asked = np.zeros((0, len(centre))), np.zeros(0), np.zeros(0)
    for power in POWERS:
        places.append((centre, spread / power))
        tries.append(proposed(centre, spread / power, random, PER_ROUND))
        levels.append(density(tries[-1]))
        every, heights = np.concatenate(tries), np.concatenate(levels)
        asked = np.asarray(logsumexp([likely(every, *place) for place in places], axis=0))
        centre, found = moments(every, flattened(power * heights - asked))
        spread = power * found
    return every, heights - asked


def flattened(level: Array) -> Array:
    """Weights (N,) from their logarithms, drawn together until they are worth a least number of draws."""
    power = 1.0
    while worth(shares(power * level)) < AT_LEAST and power > 0.01:
        power *= 0.8
    return shares(power * level)


def worth(weight: Array) -> float:
    """How many independent draws weighted ones are worth."""
    return float(1 / (weight**2).sum())


def moments(tries: Array, weight: Array) -> tuple[Array, Array]:
    """The mean (K,) and covariance (K, K) of weighted draws."""
    centre = weight @ tries
    away = tries - centre
    return centre, (away * weight[:, None]).T @ away + 1e-9 * np.eye(len(centre))


def stirred(
    density: LogDensity, draws: Array, centre: Array, spread: Array, random: np.random.Generator
) -> tuple[Array, float]:
    """Draws (N, K) after Metropolis moves, and the share accepted.

    Each move keeps a normal density in place (preconditioned Crank-Nicolson), so that it is accepted by how
    the density departs from that normal one alone, in however many unknowns.
    """
    root = np.linalg.cholesky(spread)

    def above(at: Array) -> Array:
        return density(at) + 0.5 * (np.linalg.solve(root, (at - centre).T) ** 2).sum(axis=0)

    level, accepted = above(draws), 0.0
    for far in MOVES:
        step = far * random.standard_normal(draws.shape) @ root.T
        tried = centre + np.sqrt(1 - far**2) * (draws - centre) + step
        there = above(tried)
        goes = np.log(random.random(len(draws))) < there - level
        draws, level = np.where(goes[:, None], tried, draws), np.where(goes, there, level)
        accepted += float(goes.mean()) / len(MOVES)
    return draws, accepted


def proposed(centre: Array, spread: Array, random: np.random.Generator, count: int) -> Array:
    """Draws of a multivariate t."""
    normal = random.standard_normal((count, len(centre))) @ np.linalg.cholesky(spread).T
    return centre + normal / np.sqrt(random.chisquare(FREEDOM, count) / FREEDOM)[:, None]


def likely(tries: Array, centre: Array, spread: Array) -> Array:
    """The log density of that multivariate t."""
    root, size = np.linalg.cholesky(spread), len(centre)
    away = (np.linalg.solve(root, (tries - centre).T) ** 2).sum(axis=0)
    constant = lgamma((FREEDOM + size) / 2) - lgamma(FREEDOM / 2) - size / 2 * log(FREEDOM * pi)
    return constant - np.log(np.diag(root)).sum() - (FREEDOM + size) / 2 * np.log1p(away / FREEDOM)


def shares(level: Array) -> Array:
    """Weights that sum to 1 from their logarithms; what is not finite weighs nothing."""
    safe = np.where(np.isfinite(level), level, -np.inf)
    return np.exp(safe - logsumexp(safe))


def resampled(weight: Array, random: np.random.Generator, count: int) -> NDArray[np.intp]:
    """Which draws to keep so that each counts the same, by systematic resampling."""
    at = (np.arange(count) + random.random()) / count
    return np.minimum(np.searchsorted(np.cumsum(weight), at), len(weight) - 1)
