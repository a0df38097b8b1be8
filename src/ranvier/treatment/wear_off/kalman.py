"""The filter and the smoother of a linear Gaussian state that moves from day to day.

A state of n parts moves as

    s'_i = keep_i s_i + s_(lead_i) + N(0, noise_i)      (no second term where lead_i is -1)

and readings are y = row s + N(0, var), none, one or many on a day, taken in one after the other. A reading
that lies more than `cut` SD from what was expected is given the noise with which it lies at `cut` SD: the
wilder it is, the less it moves the state, and a single bad reading moves it little.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Path(NamedTuple):
    """The state by day: means (T, n), covariances (T, n, n), and the day's log likelihood (T,)."""

    mean: Array
    cov: Array
    likelihood: Array


class Moves(NamedTuple):
    """How the state begins and moves: `mean` (n,) and `cov` (n, n) on the first day; the rest (n,)."""

    mean: Array
    cov: Array
    keep: Array
    lead: NDArray[np.int64]
    noise: Array


class Seen(NamedTuple):
    """N readings in order of time: day number from 0, row (N, n), value and variance (N,)."""

    day: NDArray[np.int64]
    row: Array
    value: Array
    var: Array


@njit(cache=True)
def moved(mean, cov, keep, lead, noise):  # pragma: no cover  compiled
    """The state a day later, in place."""
    n = len(mean)
    after = keep * mean
    half = np.empty((n, n))
    for i in range(n):
        if lead[i] >= 0:
            after[i] += mean[lead[i]]
        for j in range(n):
            half[i, j] = keep[i] * cov[i, j] + (cov[lead[i], j] if lead[i] >= 0 else 0.0)
    for j in range(n):
        for i in range(n):
            cov[i, j] = keep[j] * half[i, j] + (half[i, lead[j]] if lead[j] >= 0 else 0.0)
        cov[j, j] += noise[j]
    mean[:] = after


@njit(cache=True)
def learnt(mean, cov, row, value, var, cut):  # pragma: no cover  compiled
    """One reading taken in, in place; its log likelihood."""
    n = len(mean)
    gain = np.zeros(n)
    for j in range(n):
        if row[j] != 0.0:
            for i in range(n):
                gain[i] += cov[i, j] * row[j]
    off, spread = value, var
    for j in range(n):
        off -= row[j] * mean[j]
        spread += row[j] * gain[j]
    spread = max(spread, off * off / (cut * cut))
    for i in range(n):
        mean[i] += gain[i] * off / spread
        for j in range(n):
            cov[i, j] -= gain[i] * gain[j] / spread
    return -0.5 * (np.log(2 * np.pi * spread) + off * off / spread)


@njit(cache=True)
def known(first, moves_cov, keep, lead, noise, day, row, value, var, days, cut):  # pragma: no cover  compiled
    """The filter: means, covariances and log likelihood by day."""
    n = len(first)
    means, covs, told = np.empty((days, n)), np.empty((days, n, n)), np.zeros(days)
    mean, cov, at = first.copy(), moves_cov.copy(), 0
    for t in range(days):
        if t > 0:
            moved(mean, cov, keep, lead, noise)
        while at < len(day) and day[at] == t:
            told[t] += learnt(mean, cov, row[at], value[at], var[at], cut)
            at += 1
        means[t], covs[t] = mean, cov
    return means, covs, told


@njit(cache=True)
def looked_back(means, covs, keep, lead, noise):  # pragma: no cover  compiled
    """The smoother (Rauch, Tung, Striebel): means and covariances by day given all readings."""
    days, n = means.shape
    out, spread = means.copy(), covs.copy()
    step = np.zeros((n, n))
    for i in range(n):
        step[i, i] = keep[i]
        if lead[i] >= 0:
            step[i, lead[i]] += 1.0
    for t in range(days - 2, -1, -1):
        mean, cov = means[t].copy(), covs[t].copy()
        moved(mean, cov, keep, lead, noise)
        back = np.linalg.solve(cov, step @ covs[t]).T
        out[t] = means[t] + back @ (out[t + 1] - mean)
        spread[t] = covs[t] + back @ (spread[t + 1] - cov) @ back.T
    return out, spread


@njit(cache=True)
def read_off(means, covs, rows):  # pragma: no cover  compiled
    """Means and variances (T, R) of sums of the state's parts, rows (T, R, n)."""
    days, count, n = rows.shape
    out, spread = np.zeros((days, count)), np.zeros((days, count))
    for t in range(days):
        for r in range(count):
            for i in range(n):
                if rows[t, r, i] != 0.0:
                    out[t, r] += rows[t, r, i] * means[t, i]
                    for j in range(n):
                        spread[t, r] += rows[t, r, i] * covs[t, i, j] * rows[t, r, j]
    return out, spread


def followed(moves: Moves, seen: Seen, days: int, cut: float = np.inf) -> Path:
    """What was known each day, from the readings up to it."""
    return Path(*known(*moves, *seen, days, cut))


def smoothed(moves: Moves, path: Path, past: int | None = None) -> Path:
    """What is known of each day from all readings; none lies on the day `past` or later."""
    end = len(path.mean) if past is None else past
    mean, cov = looked_back(path.mean[:end], path.cov[:end], moves.keep, moves.lead, moves.noise)
    after = slice(end, None)
    return Path(
        np.concatenate([mean, path.mean[after]]), np.concatenate([cov, path.cov[after]]), path.likelihood
    )
