"""Potentials of single muscle fibres at the skin: a travelling source in a conducting half space.

An impulse begins at the end-plate and runs to both tendons. Its transmembrane current per length is
i(z, t) = s d/dz [ V'(z - z0 - v t) ], each half cut off at its tendon (Rosenfalck's V; s = inner conductivity
times cross-section), which gives the end-plate's negative phase, the travelling phase and the end effect at
the tendons alike. A point at depth h sees it through K(z) = doubling / (4 pi across sqrt(a h^2 + z^2)) with
a = along / across, averaged over the length of the electrode.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import filled
from ranvier.nerve.temperature import factor

Array = NDArray[np.float64]

FILE = Path(__file__).with_name("volume.toml")
GRID_MM = 0.5
LONGEST = 2.5
WAVE_MM = 12.0
"""Length of the action potential, beyond which nothing of it is left."""


@dataclass(frozen=True)
class Source:
    """The numbers of `[fibre]`."""

    amplitude: float
    length_unit: float
    diameter: float
    velocity: float
    velocity_per_um: float
    velocity_q10: float
    reference_c: float
    inner_conductivity: float

    def velocity_m_s(self, temperature_c: float) -> float:
        """Conduction velocity along the muscle fibre at this temperature."""
        return self.velocity * float(factor(self.velocity_q10, self.reference_c, temperature_c))


@dataclass(frozen=True)
class Tissue:
    """The numbers of `[tissue]`."""

    across: float
    along: float
    electrode_length: float
    skin_doubling: float
    tendon_spread: float


@cache
def source() -> Source:
    """The muscle fibre of `volume.toml`."""
    table = read_toml(FILE)["fibre"]
    return filled(Source, table, "fibre")


@cache
def tissue() -> Tissue:
    """The tissue of `volume.toml`."""
    table = read_toml(FILE)["tissue"]
    return filled(Tissue, table, "tissue")


def slope(behind_mm: Array) -> Array:
    """dV/dz of the action potential at places behind its front, mV/mm; 0 ahead of it."""
    fibre = source()
    z = np.maximum(behind_mm / fibre.length_unit, 0)
    return fibre.amplitude / fibre.length_unit * (3 * z**2 - z**3) * np.exp(-z)


def lead_field(electrode_mm: float, depth_mm: Array, place_mm: Array) -> Array:
    """d/dz of K between places along the fibre and an electrode (depths, places), V per A and mm."""
    body = tissue()
    half = body.electrode_length / 2
    ends = [square(body, depth_mm, place_mm - electrode_mm + end) for end in (half, -half)]
    scale = body.skin_doubling / (4 * np.pi * body.across * 1e-3)
    return scale * (ends[0] - ends[1]) / body.electrode_length


def square(body: Tissue, depth_mm: Array, distance_mm: Array) -> Array:
    """1 / sqrt(a h^2 + z^2), per mm."""
    return 1 / np.sqrt(body.along / body.across * depth_mm[:, None] ** 2 + distance_mm[None, :] ** 2)


def passage_ms(length_mm: float, temperature_c: float) -> float:
    """Until an impulse has left a muscle fibre of this length altogether."""
    longest = length_mm * (1 + LONGEST * tissue().tendon_spread) + WAVE_MM
    return longest / source().velocity_m_s(temperature_c)


def fibre_potentials(
    depth_mm: Array,
    endplate_mm: Array,
    half_length_mm: float,
    reference_mm: float,
    time_ms: Array,
    temperature_c: float,
    offset_mm: float = 0.0,
) -> Array:
    """Potential between E1 and E2 of single fibres, mV (depths, end-plates, times), negative up.

    E1 lies `offset_mm` from where it belongs (over the middle of the end-plates), E2 `reference_mm` from E1.
    Time counts from the impulse's start at the end-plate. Fibres reach to -half_length and +half_length on
    average; the share of them that reaches a place scales the current there (they end at different places).
    """
    place = places_mm(half_length_mm)
    ends = (offset_mm, offset_mm + reference_mm)
    field = lead_field(ends[0], depth_mm, place) - lead_field(ends[1], depth_mm, place)
    run = source().velocity_m_s(temperature_c) * time_ms
    found = np.empty((len(depth_mm), len(endplate_mm), len(time_ms)))
    for n, start in enumerate(endplate_mm):
        current = current_of(place, float(start), half_length_mm, run)
        found[:, n] = -source_strength() * GRID_MM * np.einsum("dp,pt->dt", field, current)
    return found


def places_mm(half_length_mm: float) -> Array:
    """Places along a muscle's fibres, from beyond one tendon to beyond the other."""
    reach = half_length_mm + LONGEST * (tissue().tendon_spread * half_length_mm)
    return np.arange(-reach, reach + GRID_MM / 2, GRID_MM)


def current_of(place_mm: Array, start_mm: float, half_length_mm: float, run_mm: Array) -> Array:
    """What leaves the fibres at each place when the impulse has run so far from its start (places, runs)."""
    spread = tissue().tendon_spread * half_length_mm
    reaching = ndtr((half_length_mm - np.abs(place_mm)) / spread)
    away = place_mm - start_mm
    return (np.sign(away) * reaching)[:, None] * slope(run_mm[None, :] - np.abs(away)[:, None])


def source_strength() -> float:
    """Inner conductivity times cross-section of a fibre."""
    fibre = source()
    area_mm2 = np.pi * (fibre.diameter / 2000) ** 2
    return fibre.inner_conductivity * 1e-3 * area_mm2
