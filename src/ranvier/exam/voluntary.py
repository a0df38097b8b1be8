"""What a voluntary effort reaches: the impulses that come all the way from the cord."""

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side, UnknownNameError
from ranvier.body import Body, MotorSupply
from ranvier.muscle.strength import voluntary_share
from ranvier.nerve.transit import transit_ms

Mask = NDArray[np.bool_]


def muscle_supply(body: Body, side: Side, muscle: str) -> MotorSupply:
    """The supply of a muscle of a virtual person; raises UnknownNameError."""
    if (side, muscle) not in body.motor:
        raise UnknownNameError("muscle of a virtual person", muscle, sorted({name for _, name in body.motor}))
    return body.motor[side, muscle]


def reached(body: Body, supply: MotorSupply, place_mm: float | None = None) -> Mask:
    """Which axons bring impulses from the cord to a place, or to the muscle, at the limb's temperature."""
    end = supply.length_mm if place_mm is None else min(place_mm, supply.length_mm)
    return np.isfinite(transit_ms(body.pathway(supply), 0.0, end))


def force_share(body: Body, side: Side, muscle: str) -> float:
    """The strongest voluntary force of a muscle as a share of what it was when healthy."""
    supply = muscle_supply(body, side, muscle)
    return voluntary_share(supply.pool, reached(body, supply))
