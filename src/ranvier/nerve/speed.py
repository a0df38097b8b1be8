"""How fast a healthy axon conducts: a table that the kernel computes once, read between its entries.

In a uniform stretch an impulse only travels, so the kernel is asked once for each diameter and temperature
and the velocity does the rest. What lies near a lesion is computed node by node in `transit`.
"""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import RegularGridInterpolator

from ranvier.nerve.fibre import Fibre
from ranvier.nerve.propagate import propagate
from ranvier.nerve.stimulus import Pulse

Array = NDArray[np.float64]

DIAMETERS_UM = np.array(
    [3, 3.5, 4, 4.5, 5, 5.7, 6.5, 7.3, 8, 8.7, 9.35, 10, 10.75, 11.5, 12.15, 12.8, 14, 15, 16]
)
TEMPERATURES_C = np.arange(16.0, 43.0, 2.0)
NODES, FIRST, LAST = 41, 10, 30
PULSE_NA_PER_UM = 0.5
LONGEST_MS = 8.0


@cache
def reader() -> RegularGridInterpolator:
    """Between the entries of the table: linear in diameter, exponential in temperature."""
    grid = [(d, t) for d in DIAMETERS_UM for t in TEMPERATURES_C]
    fibres = [Fibre(float(d), NODES, float(t)) for d, t in grid]
    pulses = [(Pulse(current_na=PULSE_NA_PER_UM * fibre.diameter_um),) for fibre in fibres]
    run = propagate(fibres, pulses, LONGEST_MS, keep_crossings=1, precision="float32")
    velocity = run.velocity_m_s(FIRST, LAST).reshape(DIAMETERS_UM.size, TEMPERATURES_C.size)
    return RegularGridInterpolator((DIAMETERS_UM, TEMPERATURES_C), np.log(velocity))


def velocity_m_s(diameter_um: ArrayLike, temperature_c: ArrayLike) -> Array:
    """Conduction velocity of healthy axons of these diameters at these temperatures (broadcast together).

    Raises ValueError outside the table.
    """
    diameter, celsius = np.broadcast_arrays(np.asarray(diameter_um, float), np.asarray(temperature_c, float))
    inside(diameter, DIAMETERS_UM, "diameter_um", "um")
    inside(celsius, TEMPERATURES_C, "temperature_c", "degC")
    return np.exp(reader()((diameter, celsius)))


def inside(given: Array, known: Array, name: str, unit: str) -> None:
    """Refuse what lies beyond the table."""
    if not ((given >= known[0]) & (given <= known[-1])).all():
        raise ValueError(f"{name} must lie between {known[0]:g} and {known[-1]:g} {unit}.")
