"""Sensation at the bedside, and the afferent side of reflexes: which sensory axons conduct, and in step."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side
from ranvier.body import Body, SensorySupply
from ranvier.exam.signs import numbers
from ranvier.patient.entries import SensoryFinding

Array = NDArray[np.float64]
Delays = Mapping[tuple[Side, str], Array]


def extra_ms(body: Body, supply: SensorySupply) -> Array:
    """How much later than when healthy each axon's impulse comes to the cord; NaN where it is lost."""
    if not supply.foci:
        return np.zeros(len(supply.diameter_um))
    return body.pathway(supply).delay_ms(supply.recording_mm, 0.0)


def conducting(extra: Array) -> float:
    """The share of axons that conduct at all: touch."""
    return float(np.isfinite(extra).mean())


def in_step(extra: Array, together_ms: float) -> float:
    """How much of a volley comes together, 0 to 1: vibration, and the answer to a tendon tap.

    An impulse that is d off the median delay counts exp(-(d / together)^2 / 2), one that is lost nothing: a
    nerve that is slow in all its axons keeps its volley.
    """
    arrived = extra[np.isfinite(extra)]
    if not len(arrived):
        return 0.0
    off = (arrived - np.median(arrived)) / together_ms
    return float(np.exp(-(off**2) / 2).sum()) / len(extra)


def delays(body: Body) -> Delays:
    """The extra time from the recording site to the cord of every axon of every sensory nerve."""
    return {name: extra_ms(body, supply) for name, supply in body.sensory.items()}


def sensory_finding(body: Body, late: Delays) -> SensoryFinding:
    """What the examiner finds: one nerve that has lost its touch makes it abnormal. `late`: see `delays`."""
    limits = numbers()["sensory"]
    if min(map(conducting, late.values())) < limits["touch"]:
        return "abnormal"
    legs = [each for name, each in late.items() if body.limb(body.sensory[name].nerve) == "leg"]
    vibration = min(in_step(each, limits["together"]) for each in legs)
    return "minor vibration loss in the legs" if vibration < limits["vibration"] else "normal"


def sensory_symptoms(late: Delays) -> bool:
    """Whether the person complains of numbness in the territory of any nerve."""
    return any(conducting(each) < numbers()["sensory"]["noticed"] for each in late.values())
