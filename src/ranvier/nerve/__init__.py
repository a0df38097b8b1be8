"""Motor axons: channels, fibres, lesions and the impulse that travels along them or fails."""

from ranvier.nerve.fibre import Fibre
from ranvier.nerve.lesion import Lesion
from ranvier.nerve.propagate import Propagation, propagate
from ranvier.nerve.stimulus import Pulse

__all__ = ["Fibre", "Lesion", "Propagation", "Pulse", "propagate"]
