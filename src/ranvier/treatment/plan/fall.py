"""From where on a fall of strength counts."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.least_change import STRENGTH, least_change

Array = NDArray[np.float64]
KG = "kg"
LEAST = {KG: "grip_kg", "kPa": "grip_kpa", "points": "mrc_sum"}
"""Whose least change counts in a unit; of points the finest, that of the MRC sum."""
Units = Mapping[str, str]
"""The unit of each measure by its name; kg where it is not named."""


def clear_fall(level: Array, unit: str = KG) -> Array:
    """The fall that counts from a level, in the unit of the level.

    The smaller of the least change that counts in this unit and a share of the level
    (`least_change.toml`); the share alone in a unit that has none.
    """
    share = least_change(STRENGTH).number * np.asarray(level, float)
    return np.minimum(least_change(LEAST[unit]).number if unit in LEAST else np.inf, share)
