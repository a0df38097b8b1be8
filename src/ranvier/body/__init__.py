"""A virtual person: nerves with their axons, muscles with their units, and how warm the limbs are."""

from ranvier.body.body import Body, Detour, MotorSupply, Person, SensorySupply
from ranvier.body.healthy import healthy

__all__ = ["Body", "Detour", "MotorSupply", "Person", "SensorySupply", "healthy"]
