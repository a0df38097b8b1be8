"""What is true of a simulated patient at a visit: axons lost and blocked, foci. It stands on no record."""

import numpy as np
from numpy.typing import NDArray

from ranvier.disease.illness import Illness, Stage
from ranvier.exam.voluntary import Effort

Mask = NDArray[np.bool_]
Truth = dict[str, float | int | str | bool]
DIGITS = 4


def truth_of(illness: Illness, stage: Stage, effort: Effort) -> Truth:
    """The truth as a flat table: shares of axons lost and blocked per muscle, and over all of them."""
    found: Truth = {"foci": sum(attack.begins <= stage.years for attack in illness.attacks)}
    lost = {key: fate.cut(stage.years) for key, fate in stage.motor.items()}
    blocked = {key: ~effort.way(*key) & ~cut for key, cut in lost.items()}
    for name, masks in (("lost", lost), ("blocked", blocked)):
        found |= {f"{name} {side} {muscle}": share(mask) for (side, muscle), mask in masks.items()}
        found[f"{name} motor"] = share(np.concatenate(list(masks.values())))
    found["lost sensory"] = share(np.concatenate([each.cut(stage.years) for each in stage.sensory.values()]))
    return found


def share(which: Mask) -> float:
    """The share of axons."""
    return round(float(which.mean()), DIGITS)
