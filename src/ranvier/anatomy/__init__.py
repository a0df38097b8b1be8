"""Nerves, their stimulation and entrapment sites, and the muscles they serve."""

from ranvier.anatomy.muscles import movement, movements, nerves_serving
from ranvier.anatomy.nerves import (
    MotorNerve,
    UnknownNameError,
    motor_nerve,
    motor_nerves,
    sensory_limb,
    sensory_nerve,
)
from ranvier.anatomy.regions import REGIONS, Region, region_of
from ranvier.anatomy.side import SIDES, Side

__all__ = [
    "REGIONS",
    "SIDES",
    "MotorNerve",
    "Region",
    "Side",
    "UnknownNameError",
    "motor_nerve",
    "motor_nerves",
    "movement",
    "movements",
    "nerves_serving",
    "region_of",
    "sensory_limb",
    "sensory_nerve",
]
