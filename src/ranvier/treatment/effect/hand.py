"""Strength of a hand, or any measure of strength, against the attack that is left.

A muscle group fails where the attack on its nodes passes what they bear. Foci and axons differ, so that the
share that conducts is a normal integral of the logarithm of the attack factor a (1: untreated),

    y = whole (least + (1 - least) Phi((depth - ln a) / width)).

It is what the virtual patients of `disease` do (see `docs/trials.md`); `depth` is 0 where half of what can be
blocked is blocked without treatment, and negative in a patient who is worse.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Hand:
    """One measure of strength in P persons, or P draws of one; each (P,).

    `whole`: with nothing blocked, in the measure's unit. `least`: the share that is never blocked. `depth`
    and `width`: where on the logarithm of the attack it fails, and how gradually.
    """

    whole: Array
    least: Array
    depth: Array
    width: Array

    def strength(self, attack: Array) -> Array:
        """The measure at attack factors (P, T), each above 0."""
        whole, least, depth, width = (
            each[:, None] for each in (self.whole, self.least, self.depth, self.width)
        )
        return whole * (least + (1 - least) * ndtr((depth - np.log(attack)) / width))
