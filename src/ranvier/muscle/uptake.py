"""What a concentric needle picks up from the muscle fibres around it.

The needle's potential is that of its core, averaged over the oblique ellipse, less that of its cannula,
averaged along the shaft. A point at distance r across the fibre and z along it sees the travelling source
of `volume.py` through K = 1 / (4 pi across sqrt(a r^2 + z^2)), a = along / across: an infinite medium, no
skin nearby. Negative is down here: these are potentials as they are.

The shape of a single fibre's potential is computed once for a few distances, velocities and places of the
end-plate; a unit is the sum of its fibres, each begun when its own impulse comes by.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from ranvier.muscle.fibres import MuscleFibres, numbers
from ranvier.muscle.pool import shape
from ranvier.muscle.volume import slope, source, tissue

Array = NDArray[np.float64]
Spectrum = NDArray[np.complex128]
Places = NDArray[np.int64]

STEP_MS, SAMPLES, LEAD = 0.05, 1024, 320
"""A potential is circular over `SAMPLES`; sample `LEAD` is when the unit's impulse passes the needle."""
DISTANCES_MM = np.geomspace(0.04, 16, 18)
VELOCITIES_M_S = np.array([1.5, 2.5, 3.5, 4.5, 6.0])
RUNS = 7
"""Distances from the end-plate to the needle for which shapes are known."""
CORE_POINTS, CANNULA_STEP_MM = 5, 1.0
EDGES_MM = np.concatenate([np.arange(0, 2, 0.05), np.arange(2, 10, 0.25), np.arange(10, 121, 1.0)])
CUT_MM = 0.3
"""How sharply the impulse of a fibre ends at the needle that injured it (SD)."""
PEAK = 3.0
"""Rosenfalck's action potential has its peak so many length units behind the front."""
FADED_MM = 60.0
"""So far behind the front nothing is left of the action potential."""
Kind = Literal["innervated", "denervated", "injured"]


@dataclass(frozen=True)
class Tip:
    """Where the core of the needle lies in the cross-section of the muscle, mm."""

    across_mm: float
    depth_mm: float


def insertion(muscle: str, fibres: MuscleFibres, random: np.random.Generator) -> Tip:
    """A random place for the needle, not at the very edge of the muscle."""
    edge, body = numbers("electrode")["edge"], shape(muscle)
    return Tip(
        float(random.uniform(*within(0, fibres.width_mm, edge))),
        float(random.uniform(*within(body.shallow, body.deep, edge))),
    )


def within(low: float, high: float, edge: float) -> tuple[float, float]:
    """The span without its edges, its middle where nothing is left of it."""
    middle = (low + high) / 2
    return min(low + edge, middle), max(high - edge, middle)


def velocity_m_s(diameter_um: Array, muscle_c: float) -> Array:
    """Conduction velocity of muscle fibres by diameter (Nandedkar): v0 + k (d - d0), Q10 for temperature."""
    fibre = source()
    warmth = fibre.velocity_m_s(muscle_c) / fibre.velocity
    return warmth * (fibre.velocity + fibre.velocity_per_um * (diameter_um - fibre.diameter))


def needle_place_mm(muscle: str) -> float:
    """Where along the muscle the needle goes in, from the middle of the end-plates."""
    return numbers("electrode")["along"] * shape(muscle).half_length


def runs_mm(muscle: str) -> Array:
    """The distances from an end-plate to the needle for which shapes are known."""
    return np.linspace(0, shape(muscle).half_length, RUNS)


@cache
def shapes(muscle: str, kind: Kind) -> Spectrum:
    """Spectra of a fibre of unit strength seen from a point (runs, velocities, distances, frequencies).

    The impulse of a denervated fibre repolarises slowly; that of an injured one, besides, ends at the needle.
    """
    half, ends = shape(muscle).half_length, tissue().tendon_spread * shape(muscle).half_length
    edges = np.concatenate([-EDGES_MM[:0:-1], EDGES_MM])
    beyond, spread = (0.0, CUT_MM) if kind == "injured" else (half - needle_place_mm(muscle), ends)
    longer = 1.0 if kind == "innervated" else numbers("denervated")["repolarisation"]
    field, cells = lead_field(edges).astype(np.float32), (edges[1:] + edges[:-1]) / 2
    found = np.empty((RUNS, len(VELOCITIES_M_S), len(DISTANCES_MM), SAMPLES // 2 + 1), complex)
    for n, run in enumerate(runs_mm(muscle)):
        reaching = ndtr((beyond - cells) / spread) * ndtr((cells + run + half) / ends)
        sign = (np.sign(cells + run) * reaching)[:, None].astype(np.float32)
        for k, speed in enumerate(VELOCITIES_M_S):
            gone = run + speed * STEP_MS * (np.arange(SAMPLES) - LEAD)
            behind = np.minimum(gone[None, :] - np.abs(cells + run)[:, None], FADED_MM).astype(np.float32)
            found[n, k] = np.fft.rfft(field @ (sign * stretched(behind, longer)))
    return found


def stretched(behind_mm: NDArray[Any], longer: float) -> NDArray[Any]:
    """`slope` of an action potential whose fall takes so many times longer."""
    if longer == 1:
        return slope(behind_mm)
    peak = PEAK * source().length_unit
    fallen = behind_mm > peak
    flatter = np.where(fallen, np.float32(1 / longer), np.float32(1))
    return flatter * slope(np.where(fallen, peak + (behind_mm - peak) / longer, behind_mm))


def strength(diameter_um: Array) -> Array:
    """Inner conductivity times cross-section, A mm per V."""
    return source().inner_conductivity * 1e-3 * np.pi * (diameter_um / 2000) ** 2


def lead_field(edges_mm: Array) -> Array:
    """K at the end less K at the beginning of each cell along the fibre (distances, cells), V per A."""
    body = tissue()
    squared = body.along / body.across * DISTANCES_MM[:, None] ** 2 + edges_mm[None, :] ** 2
    return np.diff(1 / np.sqrt(squared), axis=1) / (4 * np.pi * body.across * 1e-3)


def unit_potentials(
    muscle: str, fibres: MuscleFibres, tip: Tip, muscle_c: float, kind: Kind = "innervated"
) -> dict[int, Array]:
    """The potential of each unit with fibres in reach of the needle, mV (time), by the number of the unit."""
    near = np.flatnonzero(distance_mm(fibres, tip) < numbers("electrode")["reach"])
    if not len(near):
        return {}
    known, some = shapes(muscle, kind), fibres.only(near)
    needle, runs = needle_place_mm(muscle), runs_mm(muscle)
    run = np.abs(needle - some.endplate_mm)
    speed = some.speed * velocity_m_s(some.diameter_um, muscle_c)
    sample = arrivals(run / speed + some.late_ms, muscle, muscle_c)
    at, fast = pickup(some, tip) * strength(some.diameter_um)[:, None], between(VELOCITIES_M_S, speed)
    order = np.argsort(some.unit, kind="stable")
    found: dict[int, Array] = {}
    for group in np.split(order, np.flatnonzero(np.diff(some.unit[order])) + 1):
        shape_of = known[int(np.argmin(np.abs(runs - run[group].mean())))]
        heard = np.fft.rfft(heard_at(at[group], fast[group], sample[group]))
        found[int(some.unit[group[0]])] = np.fft.irfft(np.einsum("vrf,vrf->f", heard, shape_of), SAMPLES)
    return found


def arrivals(passing_ms: Array, muscle: str, muscle_c: float) -> Array:
    """When each fibre's impulse passes the needle, in samples after that of an ordinary fibre."""
    ordinary = needle_place_mm(muscle) / source().velocity_m_s(muscle_c)
    return np.clip((passing_ms - ordinary) / STEP_MS, -LEAD / 2, SAMPLES / 2)


def heard_at(at: Array, fast: Array, sample: Array) -> Array:
    """The weight of fibres of each velocity and distance at each moment (velocities, distances, time)."""
    first = np.floor(sample).astype(np.int64)
    total = np.zeros((SAMPLES, fast.shape[1], at.shape[1]))
    weight = fast[:, :, None] * at[:, None, :]
    part = (sample - first)[:, None, None]
    np.add.at(total, first % SAMPLES, weight * (1 - part))
    np.add.at(total, (first + 1) % SAMPLES, weight * part)
    return np.moveaxis(total, 0, -1)


def pickup(fibres: MuscleFibres, tip: Tip) -> Array:
    """How much the needle hears of each fibre, as of points at `DISTANCES_MM` (fibres, distances).

    Core less cannula. The core faces to one side: fibres on the other are farther by the width of the shaft.
    """
    rule = numbers("electrode")
    across = facing(fibres, tip)
    depth = fibres.depth_mm - tip.depth_mm
    heights = rule["core_length"] * (np.arange(CORE_POINTS) - (CORE_POINTS - 1) / 2) / CORE_POINTS
    shafts = -rule["core_length"] / 2 - CANNULA_STEP_MM * (np.arange(rule["cannula"] / CANNULA_STEP_MM) + 0.5)
    total = np.zeros((len(fibres), len(DISTANCES_MM)))
    for height in heights:
        away = np.sqrt(across**2 + (depth - height) ** 2 + (rule["core_width"] / 2) ** 2)
        total += between(np.log(DISTANCES_MM), np.log(away)) / len(heights)
    for height in shafts:
        beside = (across + rule["shaft"] / 2) ** 2 + (CANNULA_STEP_MM / 2) ** 2
        away = np.sqrt(beside + (depth - height) ** 2)
        total -= between(np.log(DISTANCES_MM), np.log(away)) / len(shafts)
    return total


def facing(fibres: MuscleFibres, tip: Tip) -> Array:
    """How far in front of the core each fibre lies, mm; behind it the shaft lies between."""
    across = fibres.across_mm - tip.across_mm
    return np.where(across >= 0, across, across - numbers("electrode")["shaft"])


def distance_mm(fibres: MuscleFibres, tip: Tip) -> Array:
    """From the middle of the core to each fibre."""
    return np.hypot(facing(fibres, tip), fibres.depth_mm - tip.depth_mm)


def between(grid: Array, value: Array) -> Array:
    """Linear weights of the two neighbours of each value on a grid (values, grid)."""
    left = np.clip(np.searchsorted(grid, value) - 1, 0, len(grid) - 2)
    part = np.clip((value - grid[left]) / (grid[left + 1] - grid[left]), 0, 1)
    found = np.zeros((len(value), len(grid)))
    row = np.arange(len(value))
    found[row, left], found[row, left + 1] = 1 - part, part
    return found
