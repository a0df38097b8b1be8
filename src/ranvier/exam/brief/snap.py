"""The sensory nerve action potential, quickly: arrivals sorted into a few kinds of wave, and those filtered.

An axon of velocity v seen from depth h gives the wave whose spectrum is (w h / v)^2 K0(w h / v) V(w) / h^2
(see `nerve.surface`): but for its size it depends on the time h / v alone. A dozen such times stand for all
axons, each of which is shared out between its two neighbours, and in time between two samples.
"""

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import k0

from ranvier.body import SensorySupply
from ranvier.exam.laboratory import Amplifier
from ranvier.nerve.geometry import geometry, rows
from ranvier.nerve.surface import HIGHEST_KHZ, NEAREST_C, SAMPLES, STEP_MS, axon, spike_at

Array = NDArray[np.float64]
Spectrum = NDArray[np.complex128]

LENGTHS_MS = np.geomspace(0.05, 1.6, 16)
"""The times h / v that stand for all; beyond the ends the ends stand."""
SHORTEST, SPARE_MS = 2048, 20.0
LAST = 1.001
"""What comes last is shared with its neighbour before it."""
PER_M2 = 1e6
"""From per mm2 to per m2."""


@lru_cache(maxsize=64)
def kinds(temperature_c: float, length: int, low_cut_hz: float, high_cut_hz: float) -> Spectrum:
    """The filtered spectrum of each kind of wave of one axon, per h^2 (kinds, frequencies)."""
    khz = np.fft.rfftfreq(length, STEP_MS)
    known = spike_at(temperature_c)
    every = np.arange(len(known)) / (SAMPLES * STEP_MS)
    shape = np.interp(khz, every, known, right=0.0)
    turn = 2 * np.pi * khz[1:] * LENGTHS_MS[:, None]
    seen = np.concatenate([np.zeros((len(LENGTHS_MS), 1)), 2 * turn**2 * k0(turn)], axis=1)
    hertz = 1000 * khz
    high = 1j * hertz / (low_cut_hz + 1j * hertz) if low_cut_hz else 1.0
    ratio = 1j * hertz / high_cut_hz
    halved = np.sinc(khz * STEP_MS) ** 2
    return seen * shape * high / (1 + np.sqrt(2) * ratio - np.abs(ratio) ** 2) / halved * (khz <= HIGHEST_KHZ)


@cache
def inner_um() -> tuple[Array, Array]:
    """Outer and inner diameters of axons, linear between these."""
    outer = np.array(rows()[0])
    return outer, np.array([geometry(float(each)).axon_diameter for each in outer])


def response_uv(
    supply: SensorySupply,
    velocity_m_s: Array,
    near_ms: Array,
    far_ms: Array,
    temperature_c: float,
    amplifier: Amplifier,
) -> Array:
    """The potential between the two electrodes, uV, negative up, filtered, from the stimulus on.

    One sample every `nerve.surface.STEP_MS`. An axon whose times are no numbers does not take part.
    """
    there = np.isfinite(near_ms) & np.isfinite(far_ms)
    size = supply.weight * PER_M2 * strengths(supply.diameter_um[there]) / supply.depth_mm**2
    latest = float(np.max(far_ms[there], initial=0.0)) + SPARE_MS
    length = max(SHORTEST, 1 << int(np.ceil(np.log2(latest / STEP_MS))))
    kind = supply.depth_mm / velocity_m_s[there]
    sorted_ = arrived(kind, near_ms[there], size, length) - arrived(kind, far_ms[there], size, length)
    nearest_c = round(temperature_c / NEAREST_C) * NEAREST_C
    waves = kinds(nearest_c, length, amplifier.low_cut_hz, amplifier.high_cut_hz)
    return np.fft.irfft((np.fft.rfft(sorted_) * waves).sum(axis=0), length) / STEP_MS


def strengths(diameter_um: Array) -> Array:
    """How strong a source each axon is (see `nerve.surface`), mV of its spike to mV mm2 at the skin."""
    numbers = axon()
    outer, inner = inner_um()
    area = np.pi * (np.interp(diameter_um, outer, inner) / 2) ** 2 * 1e-12
    scale = numbers.skin_doubling * numbers.inner_conductivity / (4 * np.pi * numbers.tissue_conductivity)
    return 1e3 * scale * area


def arrived(kind_ms: Array, when_ms: Array, size: Array, length: int) -> Array:
    """Sizes sorted by kind of wave and time of arrival (kinds, samples), shared between neighbours."""
    count = len(LENGTHS_MS)
    row = np.clip(np.interp(np.log(kind_ms), np.log(LENGTHS_MS), np.arange(count)), 0, count - LAST)
    column = np.clip(when_ms / STEP_MS, 0, length - 2)
    up, left = row.astype(int), column.astype(int)
    down, right = row - up, column - left
    places = np.concatenate([(up + n) * length + left + m for n in (0, 1) for m in (0, 1)])
    parts = np.concatenate([size * a * b for a in (1 - down, down) for b in (1 - right, right)])
    return np.bincount(places, parts, count * length).reshape(count, length).astype(np.float64)
