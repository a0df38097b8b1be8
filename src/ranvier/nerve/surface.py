"""The sensory nerve action potential: what many axons give together at the skin over a nerve.

An action potential V(t - z / v) travels under the electrode at depth h. Its transmembrane current per length
is A d2V/dz2 (A: inner conductivity times axon cross-section), seen through 1 / distance, so that at
frequency w, with k = w / v, phi(w) = doubling A / (4 pi conductivity) * k^2 V(w) * 2 K0(k h), negative up.
Slow axons weigh less and come later; with distance their phases cancel.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import k0

from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import filled
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.geometry import geometry
from ranvier.nerve.propagate import propagate
from ranvier.nerve.stimulus import Pulse

Array = NDArray[np.float64]

STEP_MS, SAMPLES = 0.025, 8192
HIGHEST_KHZ = 6.0
"""A nerve under the skin has nothing above."""


DIAMETER_UM, NODES, NODE, RUN_MS = 10.0, 61, 20, 8.0
"""The axon whose action potential stands for all: in time it hardly depends on the diameter."""
NEAREST_C = 0.5


@dataclass(frozen=True)
class Axon:
    """The numbers of `surface.toml`."""

    inner_conductivity: float
    tissue_conductivity: float
    skin_doubling: float


@cache
def axon() -> Axon:
    """The axon of `surface.toml`."""
    table = read_toml(Path(__file__).with_name("surface.toml"))["axon"]
    return filled(Axon, table, "axon")


def frequencies_khz() -> Array:
    """The frequencies of a spectrum, cycles per ms, as far as a nerve under the skin has any."""
    every = np.fft.rfftfreq(SAMPLES, STEP_MS)
    return np.asarray(every[every <= HIGHEST_KHZ], np.float64)


def spike(temperature_c: float) -> NDArray[np.complex128]:
    """Spectrum of the axon's own action potential, mV ms, its rise at time 0."""
    return spike_at(round(temperature_c / NEAREST_C) * NEAREST_C)


@lru_cache(maxsize=32)
def spike_at(temperature_c: float) -> NDArray[np.complex128]:
    """The action potential of the cable model at one temperature."""
    axon = Fibre(DIAMETER_UM, NODES, temperature_c)
    run = propagate(axon, (Pulse(),), RUN_MS, traced=(NODE,), trace_every_us=1000 * STEP_MS)
    wave = run.trace_mv[0, :, 0]
    wave = wave - np.linspace(wave[0], wave[-1], len(wave))
    turn = 2j * np.pi * frequencies_khz() * float(run.crossing_ms[0, NODE, 0])
    return np.fft.rfft(wave, SAMPLES)[: len(turn)] * STEP_MS * np.exp(turn)


def compound_uv(
    diameter_um: Array,
    weight: float,
    velocity_m_s: Array,
    near_ms: Array,
    far_ms: Array,
    depth_mm: float,
    temperature_c: float,
) -> Array:
    """The potential between an electrode over the nerve and one farther on (time), uV, negative up.

    `near_ms` and `far_ms`: when each axon's impulse passes below them, not a number where it is blocked.
    `weight`: how many axons of the nerve each axon here stands for.
    """
    there = np.flatnonzero(np.isfinite(near_ms) & np.isfinite(far_ms))
    khz = frequencies_khz()
    numbers = axon()
    inner_um = np.array([geometry(float(each)).axon_diameter for each in diameter_um[there]])
    strength = numbers.inner_conductivity * np.pi * (inner_um / 2) ** 2 * 1e-12
    scale = numbers.skin_doubling * strength / (4 * np.pi * numbers.tissue_conductivity)
    wave = 2 * np.pi * khz[None, 1:] / velocity_m_s[there, None]
    seen = wave**2 * 2 * k0(wave * depth_mm) * 1e6
    passed = [np.exp(-2j * np.pi * khz[None, 1:] * when[there, None]) for when in (near_ms, far_ms)]
    total = (scale[:, None] * seen * (passed[0] - passed[1])).sum(axis=0) * spike(temperature_c)[1:]
    return weight * 1e3 * np.fft.irfft(np.concatenate([[0], total]), SAMPLES) / STEP_MS
