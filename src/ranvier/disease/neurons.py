"""Motor neurons that die: from one region of one side to its neighbours, faster and faster.

From a neuron's region being reached, its burden is H = r w (T + growth T^2 / 2) with T the years since, r the
person's rate and w the weight of its muscle and root; the share 1 - exp(-H) of the neurons is lost. Upper
motor neurons of a region follow likewise with their own rate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, inf, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import REGIONS, SIDES, Side, region_of
from ranvier.body.healthy import stream
from ranvier.disease.description import Neurons
from ranvier.disease.places import first_side, other
from ranvier.evidence.value import numbers_of

Array = NDArray[np.float64]
"""From above; neighbours are next to each other."""


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `neurons.toml`."""
    return numbers_of(Path(__file__).with_name("neurons.toml"))


@dataclass(frozen=True)
class Decline:
    """The loss of motor neurons of one person: when each region and side is reached, and how fast."""

    rule: Neurons
    rate: float
    upper_rate: float
    reached: Mapping[tuple[str, Side], float]

    def burden(self, where: str, side: Side, years: float) -> float:
        """H of a muscle and root of weight 1."""
        since = self.since(where, side, years)
        return self.rate * (since + self.rule.growth * since**2 / 2)

    def since(self, where: str, side: Side, years: float) -> float:
        """For how long neurons of a region have been dying."""
        spent = max(years - self.reached[where, side], 0.0)
        return min(spent, self.rule.stops_years) if self.rule.stops_years else spent

    def gained(self, side: Side, muscle: str, roots: NDArray[np.str_], begin: float, end: float) -> Array:
        """The burden that each axon of a muscle gains between two times, by its root (N,)."""
        total = np.zeros(len(roots))
        for root in np.unique(roots):
            where = region_of(str(root))
            step = self.burden(where, side, end) - self.burden(where, side, begin)
            total[roots == root] = step * self.weight(muscle, str(root))
        return total

    def weight(self, muscle: str, root: str) -> float:
        """How much faster than the mean axons of a muscle and root lose their neuron."""
        of_root = self.rule.roots.get(root, 0.0) if self.rule.roots else 1.0
        return self.rule.muscles.get(muscle, 1.0) * of_root

    def dying(self, side: Side, muscle: str, roots: NDArray[np.str_], years: float) -> NDArray[np.bool_]:
        """Which axons of a muscle have a neuron in a region that is reached (N,)."""
        there = {
            root: self.weight(muscle, root) > 0 and self.since(region_of(root), side, years) > 0
            for root in map(str, np.unique(roots))
        }
        return np.array([there[str(root)] for root in roots], bool)

    def lost(self, where: str, years: float) -> float:
        """The share of a region's motor neurons that is lost, both sides together."""
        return float(np.mean([-np.expm1(-self.burden(where, side, years)) for side in SIDES]))

    def upper_lost(self, where: str, years: float) -> float:
        """Likewise of its upper motor neurons."""
        return float(
            np.mean([-np.expm1(-self.upper_rate * self.since(where, side, years)) for side in SIDES])
        )

    @property
    def breathes_until(self) -> float:
        """Years after the first symptom at which breathing fails; infinite where the disease leaves it."""
        limit = numbers()["breathing"]["fails_at"]
        low, high = 0.0, 100.0
        if self.rule.roots or self.lost("thoracic", high) < limit:
            return inf
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (low, middle) if self.lost("thoracic", middle) >= limit else (middle, high)
        return high


def decline(rule: Neurons, seed: int) -> Decline:
    """The course of one person's neurons, drawn from how people differ."""
    random = stream(seed, "neurons")
    names = list(rule.start)
    share = np.array([rule.start[name] for name in names])
    first = names[int(random.choice(len(names), p=share / share.sum()))]
    near = first_side(seed)
    faster = exp(rule.between * random.standard_normal() - rule.between**2 / 2)
    upper = rule.upper_per_year * exp(rule.between * random.standard_normal() - rule.between**2 / 2)
    shape = numbers()["spread"]["shape"]
    reached: dict[tuple[str, Side], float] = {}
    far = rule.far_side_years * random.gamma(shape) / shape
    steps = rule.spread_years / sqrt(faster) * random.gamma(shape, size=len(REGIONS)) / shape
    for name in REGIONS:
        low, high = sorted((REGIONS.index(first), REGIONS.index(name)))
        since = -rule.before_years + float(steps[low:high].sum())
        reached[name, near], reached[name, other(near)] = since, since + float(far)
    return Decline(rule, rule.per_year * faster, upper, reached)
