"""From where on a fall of strength counts."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.plan.rules import rules

Array = NDArray[np.float64]
KG = "kg"
Units = Mapping[str, str]
"""The unit of each measure by its name; kg where it is not named."""


def clear_fall(level: Array, unit: str = KG) -> Array:
    """The fall that counts from a level, in the unit of the level.

    The smaller of the smallest difference that counts in this unit and a share of the level (`plan.toml`);
    the share alone in a unit that has none.
    """
    share = rules()["target"]["share"] * np.asarray(level, float)
    return np.minimum(rules()["fall"].get(unit, np.inf), share)
