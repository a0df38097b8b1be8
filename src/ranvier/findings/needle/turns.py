"""Turns: where a trace changes direction by more than noise does."""

import numpy as np
from numpy.typing import NDArray

from ranvier.findings.needle.filters import Array


def turns(samples: Array, least_mv: float) -> NDArray[np.int64]:
    """The samples at which the trace turns, with at least `least_mv` from each turn to the next.

    Willison's rule: a change of direction counts once the trace has moved back by the least voltage; the
    turn is the extreme before it. Neither the first sample nor the last is a turn.
    """
    found: list[int] = []
    low = high = 0
    direction = 0
    for k in map(int, extremes(samples)):
        if direction <= 0:
            low = k if samples[k] < samples[low] else low
            if samples[k] - samples[low] >= least_mv:
                found += [low] if direction else []
                direction, high = 1, k
                continue
        if direction >= 0:
            high = k if samples[k] > samples[high] else high
            if samples[high] - samples[k] >= least_mv:
                found += [high] if direction else []
                direction, low = -1, k
    return np.array(found, np.int64)


def extremes(samples: Array) -> NDArray[np.int64]:
    """The first and last sample and every local extreme between them."""
    if samples.size == 0:
        return np.empty(0, np.int64)
    slope = np.sign(np.diff(samples))
    moving = np.flatnonzero(slope)
    bend = np.flatnonzero(slope[moving][1:] != slope[moving][:-1])
    return np.unique(np.concatenate([[0], moving[bend] + 1, [len(samples) - 1]]))
