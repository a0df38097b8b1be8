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
from ranvier.anatomy.side import SIDES, Side

__all__ = [
    "SIDES",
    "MotorNerve",
    "Side",
    "UnknownNameError",
    "motor_nerve",
    "motor_nerves",
    "movement",
    "movements",
    "nerves_serving",
    "sensory_limb",
    "sensory_nerve",
]
