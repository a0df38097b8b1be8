"""What a virtual body really is, as a file of its own that no examination reads."""

import json
from typing import Any

import numpy as np

from ranvier.body import Body, MotorSupply, SensorySupply

SCHEMA = "ranvier.truth/1"


def truth_text(body: Body) -> str:
    """The body in numbers: its person, temperatures, units, variants and lesions."""
    data = {
        "schema": SCHEMA,
        "simulated": True,
        "seed": body.seed,
        "sex": body.person.sex,
        "age_years": body.person.age_years,
        "height_cm": body.person.height_cm,
        "skin_c": {limb: round(celsius, 2) for limb, celsius in body.skin_c.items()},
        "motor": {" ".join(key): motor(supply) for key, supply in body.motor.items()},
        "sensory": {" ".join(key): sensory(supply) for key, supply in body.sensory.items()},
    }
    return json.dumps(data, indent=1) + "\n"


def motor(supply: MotorSupply) -> dict[str, Any]:
    """The units of one muscle."""
    pool, detour = supply.pool, supply.detour
    return {
        "nerve": supply.nerve,
        "units": len(pool),
        "units_with_fibres": int(np.count_nonzero(pool.fibres)),
        "axon_diameter_um": [round(float(x), 2) for x in (pool.diameter_um.mean(), pool.diameter_um.std())],
        "crossing": detour and {"nerve": detour.nerve, "axons": int(detour.members.sum())},
        "lesions": [lesion(supply, n) for n in range(len(supply.foci))],
    }


def sensory(supply: SensorySupply) -> dict[str, Any]:
    """The axons of one sensory nerve."""
    return {
        "nerve": supply.nerve,
        "axons": round(supply.weight * len(supply.diameter_um)),
        "lesions": [lesion(supply, n) for n in range(len(supply.foci))],
    }


def lesion(supply: MotorSupply | SensorySupply, n: int) -> dict[str, Any]:
    """One focus and how many axons have it."""
    focus = supply.foci[n]
    return {
        "quality": focus.quality,
        "value": focus.value,
        "centre_mm": round(focus.centre_mm, 1),
        "count": focus.count,
        "axons": int(supply.affected[:, n].sum()),
    }
