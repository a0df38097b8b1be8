"""The published model of grip under immunoglobulin in MMN (Li 2024), beside which ours can be put.

One compartment; grip is formed at a constant rate and lost at a rate that IgG above the own level, D, slows,

    D' = -out D + doses / volume,    G' = loss (G0 - (1 - most D / (half + D)) G).

Nothing here enters `Treated`. It has no natural decline, no axons and no spread in its effect; it was fitted
to the trial against placebo of 2013.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from ranvier.evidence.value import numbers_of

Array = NDArray[np.float64]
STEP_DAYS = 0.01
CYCLES_DAYS = 400.0
BETWEEN = (("igg", "volume_between"), ("grip", "untreated_between"))
PEOPLE = 500
"""Doses until the steady state."""


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `grip_turnover.toml`."""
    return numbers_of(Path(__file__).with_name("grip_turnover.toml"))


@dataclass(frozen=True)
class Cycle:
    """One cycle at the steady state: highest and lowest IgG above the own level, g/L, and of grip G / G0.

    `at_highest`: days from the dose to the highest grip. `mean`: of relative grip over the cycle.
    """

    igg_highest: float
    igg_lowest: float
    highest: float
    lowest: float
    at_highest: float
    mean: float

    @property
    def swing(self) -> float:
        """From the highest to the lowest grip as a share of the highest."""
        return 1 - self.lowest / self.highest


def cycle(grams_per_kg: float, every_days: float, volume_l: float | None = None) -> Cycle:
    """The steady state of a regimen in the median patient, or in one with another volume."""
    out = numbers()["igg"]["out"]
    highest = peak(grams_per_kg, every_days, volume_l)
    steps = round(every_days / STEP_DAYS)
    above = highest * np.exp(-out * middles(steps))
    count = int(np.ceil(CYCLES_DAYS / every_days))
    own = grip(np.tile(above, count))[-steps - 1 :]
    top = int(np.argmax(own))
    return Cycle(
        highest, float(highest * np.exp(-out * every_days)), float(own[top]), float(own.min()),
        top * STEP_DAYS, float(own.mean()),
    )  # fmt: skip


def peak(grams_per_kg: float, every_days: float, volume_l: float | None = None) -> float:
    """The highest IgG above the own level at the steady state of a regimen, g/L."""
    rule = numbers()["igg"]
    volume = rule["volume"] if volume_l is None else volume_l
    return grams_per_kg * rule["weight"] / volume / -float(np.expm1(-rule["out"] * every_days))


def settled(above: Array) -> Array:
    """Relative grip at which a hand settles under IgG above the own level: 1 / (1 - most D / (half + D))."""
    rule = numbers()["grip"]
    share = 1 - rule["most"] * above / (rule["half"] + above)
    return np.asarray(1 / share, np.float64)


def reaching(gain_kg: float, grams_per_kg: float, every_days: float) -> tuple[float, float, float]:
    """The share of patients who gain so much at trough, at mean and at peak IgG of the steady state.

    Untreated grip and volume are log-normal; nothing else differs between patients, and grip has settled at
    that IgG.
    """
    rule = numbers()
    spread = [np.sqrt(np.log1p(rule[part][key] ** 2)) for part, key in BETWEEN]
    normal = ndtri((np.arange(PEOPLE) + 0.5) / PEOPLE)
    highest = peak(grams_per_kg, every_days, 1.0) / (rule["igg"]["volume"] * np.exp(spread[0] * normal))
    span = rule["igg"]["out"] * every_days
    levels = highest * np.exp(-span), highest * -np.expm1(-span) / span, highest
    wanted = (np.log(gain_kg / (settled(each) - 1) / rule["grip"]["untreated"]) for each in levels)
    trough, mean, top = (float(np.mean(1 - ndtr(each / spread[1]))) for each in wanted)
    return trough, mean, top


def washout(grams_per_kg: float, every_days: float, days: float) -> Array:
    """Grip relative to the lowest of a regimen once no dose follows, each `STEP_DAYS` for so many days."""
    start = cycle(grams_per_kg, every_days)
    above = start.igg_lowest * np.exp(-numbers()["igg"]["out"] * middles(round(days / STEP_DAYS)))
    return grip(above, start.lowest) / start.lowest


def middles(steps: int) -> Array:
    """The middles of so many steps, days."""
    return (np.arange(steps, dtype=np.float64) + 0.5) * STEP_DAYS


def grip(above: Array, begin: float = 1.0) -> Array:
    """Relative grip (T + 1,) under IgG above the own level in the middle of each step (T,)."""
    rule = numbers()["grip"]
    return followed_grip(above, begin, rule["loss"], rule["most"], rule["half"], STEP_DAYS)


@njit(cache=True)
def followed_grip(  # pragma: no cover  compiled
    above: Array, begin: float, loss: float, most: float, half: float, step: float
) -> Array:
    """Each step exact for the loss in its middle."""
    found = np.empty(len(above) + 1)
    found[0] = now = begin
    for t in range(len(above)):
        share = 1 - most * above[t] / (half + above[t])
        now = 1 / share + (now - 1 / share) * np.exp(-loss * share * step)
        found[t + 1] = now
    return found
