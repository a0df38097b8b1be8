"""Settings run side by side: what each knew of the state by day, weighed by how it foresaw the readings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from ranvier.treatment.wear_off.kalman import Path, followed, read_off, smoothed
from ranvier.treatment.wear_off.measures import numbers
from ranvier.treatment.wear_off.states import PARTS, Frame, Setting, settings, under

Array = NDArray[np.float64]
NEGLIGIBLE = 0.2
"""A setting whose weight never came to this is not looked back with."""


@dataclass(frozen=True, eq=False)
class Known:
    """Parts of each measure by day under G settings: `mean`, `var` (G, T, M, parts), `weight` (G, T).

    The parts are those of `states.PARTS`, on the scale on which the measure is followed.
    """

    settings: tuple[Setting, ...]
    mean: Array
    var: Array
    weight: Array

    def part(self, name: str) -> tuple[Array, Array]:
        """Mean and SD (T, M) of a part, over the settings."""
        at, w = PARTS.index(name), self.weight[:, :, None]
        mean = (w * self.mean[..., at]).sum(axis=0)
        var = (w * (self.var[..., at] + (self.mean[..., at] - mean) ** 2)).sum(axis=0)
        return mean, np.sqrt(np.maximum(var, 0.0))

    def beyond(self, name: str, least: Array) -> Array:
        """The probability (T, M) that a part lies beyond `least` (T, M)."""
        at = PARTS.index(name)
        each = ndtr((self.mean[..., at] - least) / np.sqrt(np.maximum(self.var[..., at], 1e-18)))
        return (self.weight[:, :, None] * each).sum(axis=0)


def known(of: Frame, past: int) -> tuple[Known, Known]:
    """What was known each day from the readings up to it, and what is known of it from all of them.

    The days from `past` on have no readings: what is expected of them is the same in both.
    """
    days, seen, tried = of.shapes.by_day.shape[1], of.seen(), settings()
    cut = numbers()["weighing"]["bad_reading"]
    rows = np.stack([of.rows(m, part) for m in range(len(of.measures)) for part in PARTS], axis=1)
    rows = np.ascontiguousarray(rows)
    moves = [of.moves(each) for each in tried]
    paths = [followed(move, under(seen, each), days, cut) for move, each in zip(moves, tried, strict=True)]
    chance = np.array([numbers()[each.unrest]["chance"] for each in tried])
    told = np.array([path.likelihood for path in paths])[:, :past]
    weight = held(weighed(told, chance), days)
    online = Known(tried, *parts(paths, rows, len(of.measures)), weight)
    around = held(both_ways(told, chance), days)
    kept = [g for g in range(len(tried)) if around[g].max() >= NEGLIGIBLE]
    back = [smoothed(moves[g], paths[g], past) for g in kept]
    share = around[kept] / around[kept].sum(axis=0)
    return online, Known(tuple(tried[g] for g in kept), *parts(back, rows, len(of.measures)), share)


def weighed(likelihood: Array, chance: Array) -> Array:
    """Weights (G, T) from log likelihoods by day and chances (G,) before; what is long ago counts less."""
    return shares(remembered(likelihood), chance)


def both_ways(likelihood: Array, chance: Array) -> Array:
    """The same in hindsight: what came soon after a day counts as what came soon before it."""
    after = remembered(likelihood[:, ::-1])[:, ::-1] - likelihood
    return shares(remembered(likelihood) + after, chance)


def held(weight: Array, days: int) -> Array:
    """Weights (G, days) that stay as they are today in the days ahead."""
    return np.pad(weight, ((0, 0), (0, days - weight.shape[1])), mode="edge")


def remembered(likelihood: Array) -> Array:
    """Sums of log likelihoods up to each day, the older the less."""
    memory, now, total = numbers()["weighing"]["memory"], np.zeros(len(likelihood)), np.empty_like(likelihood)
    for t in range(likelihood.shape[1]):
        now = memory * now + likelihood[:, t]
        total[:, t] = now
    return total


def shares(total: Array, chance: Array) -> Array:
    """Weights that add up to 1 each day."""
    share = chance[:, None] * np.exp(total - total.max(axis=0))
    return share / share.sum(axis=0)


def parts(paths: list[Path], rows: Array, measures: int) -> tuple[Array, Array]:
    """Means and variances (G, T, M, parts) read off paths of states."""
    read = [read_off(path.mean, path.cov, rows) for path in paths]
    shape = (len(paths), len(rows), measures, len(PARTS))
    return np.array([each[0] for each in read]).reshape(shape), np.array([each[1] for each in read]).reshape(
        shape
    )
