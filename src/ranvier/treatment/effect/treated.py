"""A person under immunoglobulin: kinetics, the attack and the measures of strength in one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.patient.when import DAYS_PER_YEAR
from ranvier.treatment.effect.attack import followed, held_back
from ranvier.treatment.effect.hand import Hand
from ranvier.treatment.kinetics import Disposition, Doses, concentration

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Treated:
    """P persons, or P draws of one person, under immunoglobulin; every array (P,).

    `own_g_l`: IgG without the drug. `most`, `half_g_l`, `turnover_per_day`: of the effect (`attack`).
    `decline_per_year`: the rate at which `whole` is lost at the full attack. `hands`: the measures by name,
    such as `grip right`.
    """

    disposition: Disposition
    own_g_l: Array
    most: Array
    half_g_l: Array
    turnover_per_day: Array
    decline_per_year: Array
    hands: Mapping[str, Hand]

    def igg(self, doses: Doses, days: Array) -> Array:
        """Total IgG, g/L (P, T), at ascending times (T,)."""
        return self.own_g_l[:, None] + concentration(self.disposition, doses, days)

    def attack(self, doses: Doses, days: Array) -> Array:
        """The attack factor (P, T); before the first time it is taken to have settled."""
        above = concentration(self.disposition, doses, days)
        return followed(held_back(above, self.most, self.half_g_l), days, self.turnover_per_day)

    def measured(self, name: str, attack: Array, days: Array) -> Array:
        """The true level of a measure (P, T) under an attack factor (P, T), with the natural decline.

        The decline counts from the first of the times: whole' = -decline a whole.
        """
        return self.hands[name].strength(attack) * self.kept(attack, days)

    def kept(self, attack: Array, days: Array) -> Array:
        """The share of `whole` (P, T) that the natural decline has left since the first of the times."""
        steps = np.diff(days, prepend=days[0]) / DAYS_PER_YEAR
        return np.exp(-np.cumsum(attack * steps, axis=1) * self.decline_per_year[:, None])
