"""How strength is expected to fade and to come back with the infusions that were given."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.effect.population import HANDS, people
from ranvier.treatment.given import Given, immunoglobulin
from ranvier.treatment.wear_off.measures import numbers

Array = NDArray[np.float64]
SEED = 20261121
LEAST = 1e-6
"""The strength of a shape below which there is none."""

LONG_BEFORE = (180.0, 90.0, 60.0, 45.0, 30.0, 21.0, 14.0, 7.0, 3.0)
"""Days before the first at which the attack is followed, so that it has settled."""


@dataclass(frozen=True, eq=False)
class Shapes:
    """K shapes of fading by day (K, T), and their amplitudes in the population: mean (K,), covariance (K, K).

    The sum of shapes times amplitudes is the logarithm of strength less that on the plateau.
    """

    by_day: Array
    mean: Array
    cov: Array


def shapes(given: Sequence[Given], days: Array, weight_kg: float, past: int | None = None) -> Shapes:
    """The principal shapes of the fading that people of the population would have under the same infusions.

    The plateau of each is the highest level in the first `baseline_days`. The shapes are those of the first
    `past` days; after these, each goes on as it does in the population on average. Without immunoglobulin
    there is nothing to fade, and no shape.
    """
    fading = faded(given, days, weight_kg)
    been = fading[:, :past]
    left, strength, _ = np.linalg.svd(been / np.sqrt(len(fading)), full_matrices=False)
    kept = min(int(numbers()["fading"]["shapes"]), int((strength > LEAST).sum()))
    amplitude = left[:, :kept] * np.sqrt(len(fading))
    by_day = amplitude.T @ fading / len(fading)
    cov = np.atleast_2d(np.cov(amplitude.T)) if kept else np.zeros((0, 0))
    return Shapes(by_day, amplitude.mean(axis=0), cov)


def faded(given: Sequence[Given], days: Array, weight_kg: float) -> Array:
    """The logarithm of strength less its plateau, of persons and hands of the population, by day."""
    doses = immunoglobulin(given)
    if not len(doses):
        return np.zeros((1, len(days)))
    some = people(np.random.default_rng(SEED), int(numbers()["fading"]["persons"]), weight_kg)
    before = days[0] - np.array(LONG_BEFORE)
    attack = some.attack(doses, np.concatenate([before, days]))[:, len(before) :]
    level = np.log(np.concatenate([some.hands[name].strength(attack) for name in HANDS]))
    first = days < days[0] + numbers()["fading"]["baseline_days"]
    return level - level[:, first].max(axis=1, keepdims=True)
