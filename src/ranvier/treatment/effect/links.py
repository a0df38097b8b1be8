"""The links of the attack on the node, each a factor on the attack without treatment.

Immunoglobulin holds back a share of what is laid on the node. Antibody is formed by cells, decays in plasma,
and is bound to the node; each follows the one before. Complement is needed for most of the harm. Steroids
make the attack worse. A drug acts on the link that its file names (`answers.LINKS`).
"""

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.effect.answers import Numbers
from ranvier.treatment.effect.attack import followed
from ranvier.treatment.effect.lasting import at_work, missing

Array = NDArray[np.float64]
LN2 = np.log(2.0)


def occupied(day: Array, grams: Array, days: Array, own: Numbers) -> Array:
    """The share of its effect that a drug has (P, T): A / (half + A) with A the grams still at work."""
    there = at_work(day, grams, days, LN2 / own["lasts"])
    return there / (own["half"][:, None] + there)


def held_back_by(above: Array, most: Array, half: Array) -> Array:
    """The factor (P, T) under IgG above the own level: 1 - most C / (half + C), `half` (P, T).

    Own IgG that is missing (C below 0) restrains less; the curve goes on straight, which is assumed.
    """
    lacking = np.minimum(above, 0.0) / half
    there = np.maximum(above, 0.0)
    return 1 - most[:, None] * (there / (half + there) + lacking)


def formed(day: Array, grams: Array, days: Array, own: Numbers) -> Array:
    """The formation of antibody under a drug (P, T), which follows as the cells that form it die."""
    reached = own["share"][:, None] * occupied(day, grams, days, own)
    return followed(1 - reached, days, 1 / own["cells"])


def bound(formation: Array, lost: Array, days: Array, rebound: Array, body: Numbers) -> Array:
    """Antibody at the node relative to no treatment (P, T), from its formation (P, T).

    `lost` (P, T): the share that plasma exchange has taken from plasma; formation overshoots after it by
    `rebound` times what was missing (P,).
    """
    plasma = followed(formation, days, LN2 / body["antibody_half_life"])
    overshoot = rebound[:, None] * followed(lost, days, 1 / body["rebound_days"])
    return followed(plasma * (1 - lost + overshoot), days, 1 / body["bound_days"])


def exchanged(day: Array, days: Array, own: Numbers, half_life: Array) -> Array:
    """The share (P, T) of something in plasma that plasma exchange has taken and that is not back yet."""
    return missing(day, days, own["removes"], LN2 / half_life)


def blocked(day: Array, grams: Array, days: Array, own: Numbers) -> Array:
    """The attack (P, T) under a drug that blocks complement: 1 - share L^n / (half^n + L^n).

    L is the drug's level in mg/L; `share` is the part of the attack that runs through what it blocks.
    """
    level = 1000 * at_work(day, grams, days, LN2 / own["lasts"]) / own["volume"][:, None]
    odds = (level / own["half"][:, None]) ** own["steep"][:, None]
    return 1 - own["share"][:, None] * odds / (1 + odds)


def with_less(lost: Array, spare: Array) -> Array:
    """The attack (P, T) with a share of all complement missing; there is more of it than is needed."""
    left = 1 - lost
    return left * (1 + spare[:, None]) / (left + spare[:, None])


def worsened(day: Array, grams: Array, days: Array, own: Numbers) -> Array:
    """The attack (P, T) under a steroid: 1 + worse A / (half + A)."""
    return 1 + own["worse"][:, None] * occupied(day, grams, days, own)
