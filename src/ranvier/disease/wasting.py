"""Muscle fibres that waste although their nerve is intact: disease of the muscle, or disuse."""

from math import exp

from ranvier.anatomy import Side
from ranvier.disease.description import Wasting
from ranvier.disease.places import first_side


def bulk(rule: Wasting, side: Side, muscle: str, years: float, seed: int) -> float:
    """The share of a muscle's fibres that is left: 1 - most w (1 - exp(-per_year t)) on the worse side.

    The other side loses the share `sides` of that.
    """
    worse = first_side(seed)
    share = rule.muscles.get(muscle, 0.0) * (1.0 if side == worse else rule.sides)
    return 1 - min(rule.most * share, 1.0) * (1 - exp(-rule.per_year * max(years, 0.0)))
