"""What a disease does to a person besides the nerves that the body models."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import isfinite
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Region, Side, region_of
from ranvier.body.healthy import recorded

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Condition:
    """What a disease does besides block and loss of the modelled axons; left out, a healthy person's.

    `upper_motor_neuron`: share of upper motor neurons lost by region, `bulbar`: share of the lower motor
    neurons of mouth and throat lost, 0 to 1. `cranial`: other cranial nerves suffer. `fasciculation_per_min`:
    how often each unit of a muscle twitches by itself. Raises ValueError for what nobody can have.
    """

    upper_motor_neuron: Mapping[Region, float] = field(default_factory=dict[Region, float])
    bulbar: float = 0.0
    cranial: bool = False
    pain: bool = False
    fasciculation_per_min: Mapping[tuple[Side, str], Array] = field(
        default_factory=dict[tuple[Side, str], Array]
    )
    family_history: bool = False
    preceding_infection: bool = False
    systemic: bool = False
    """Fever, loss of weight, purpura, or another organ that suffers."""

    def __post_init__(self) -> None:
        shares = {f"upper_motor_neuron of {name}": lost for name, lost in self.upper_motor_neuron.items()}
        for name, lost in {**shares, "bulbar": self.bulbar}.items():
            if not 0 <= lost <= 1:
                raise ValueError(f"condition: {name} must lie between 0 and 1, not {lost:g}.")
        unknown = set(self.upper_motor_neuron) - set(get_args(Region))
        if unknown:
            known = ", ".join(get_args(Region))
            raise ValueError(f"condition: upper_motor_neuron takes {known}, not {min(unknown)!r}.")
        for (side, muscle), rate in self.fasciculation_per_min.items():
            if not (np.asarray(rate) >= 0).all() or not isfinite(float(np.sum(rate))):
                raise ValueError(
                    f"condition: fasciculation_per_min of {side} {muscle} must be 0 or more per unit."
                )

    def upper_lost(self, region: Region) -> float:
        """The share of upper motor neurons lost in a region."""
        return float(self.upper_motor_neuron.get(region, 0.0))


HEALTHY = Condition()


@cache
def region(muscle: str) -> Region:
    """The region of the motor neurons of a recorded muscle, by its first root: APB (C8, T1) is cervical."""
    return region_of(recorded()[muscle]["roots"][0])
