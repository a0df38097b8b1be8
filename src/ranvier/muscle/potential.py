"""What the motor units of a muscle give at the skin, one by one and added to a CMAP.

A unit is the sum of its fibres, whose depths lie about the unit's own and whose end-plates are scattered in
place and time. CMAP(t) = sum over units of their potential, each begun when its impulse arrives: phases of
early and late units cancel where they overlap. Times are circular over `SPAN_MS`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from ranvier.muscle.pool import MotorPool, shape
from ranvier.muscle.volume import fibre_potentials, passage_ms

Array = NDArray[np.float64]
Spectrum = NDArray[np.complex128]

STEP_MS, SAMPLES = 0.1, 4096
SPAN_MS = STEP_MS * SAMPLES
BAND = round(1.25 * SPAN_MS) + 1
DEPTHS, ENDPLATES = 6, 13
LEAST_DEPTH_MM = 2.0
PASSAGE = 0.6
"""Where the middle of a potential lies, as a share of the time its impulse takes to the tendon."""
WIDEST = 4.0
"""End-plates reach so many SDs of the muscle's own scatter to either side."""


def frequencies_khz() -> Array:
    """The frequencies of a spectrum, cycles per ms, as far as a muscle under the skin has any."""
    return np.asarray(np.fft.rfftfreq(SAMPLES, STEP_MS)[:BAND], np.float64)


@lru_cache(maxsize=256)
def atlas(muscle: str, muscle_c: float, extra_mm: float, offset_mm: float) -> tuple[Array, Array, Spectrum]:
    """Depths, end-plate places and the spectra of single fibres there (depths, end-plates, frequencies)."""
    body = shape(muscle)
    depths = np.linspace(body.shallow, body.deep, DEPTHS)
    places = WIDEST * body.endplates * np.linspace(-1, 1, ENDPLATES)
    longest_ms = passage_ms(body.half_length + float(places[-1]), muscle_c)
    times = np.arange(0.0, min(longest_ms, SPAN_MS), STEP_MS)
    below = np.maximum(depths + extra_mm, LEAST_DEPTH_MM)
    waves = fibre_potentials(below, places, body.half_length, body.reference, times, muscle_c, offset_mm)
    return depths, places, np.fft.rfft(waves, SAMPLES)[..., :BAND]


def shares(places: Array, centre: Array, spread: Array) -> Array:
    """How much of a bell about each centre lies at each place (units, places); each row adds to 1."""
    weights = np.exp(-(((places[None, :] - centre[:, None]) / spread[:, None]) ** 2) / 2)
    return weights / weights.sum(axis=1, keepdims=True)


def between(depths: Array, depth: Array) -> Array:
    """Linear weights of the two neighbouring depths of each unit (units, depths)."""
    step = depths[1] - depths[0]
    return np.clip(1 - np.abs(depths[None, :] - depth[:, None]) / step, 0, None)


def cubic(share: Array) -> tuple[Array, Array, Array, Array]:
    """Weights of four neighbours for a place a share of the way from the second to the third (Lagrange)."""
    t = share
    return (
        -t * (t - 1) * (t - 2) / 6,
        (t + 1) * (t - 1) * (t - 2) / 2,
        -(t + 1) * t * (t - 2) / 2,
        (t + 1) * t * (t - 1) / 6,
    )


def at_speed(spectra: Spectrum, speed: Array, middle_ms: float) -> Spectrum:
    """The same potentials of muscle fibres that conduct `speed` times as fast: S(f / speed) / speed.

    Read between frequencies after the delay of the potential's middle is taken out.
    """
    khz = frequencies_khz()
    centred = spectra * np.exp(2j * np.pi * khz * middle_ms)
    places = khz[None, :] / speed[:, None] / khz[1]
    first = np.clip(places.astype(int), 1, len(khz) - 3)
    share = np.clip(places - first, -1, 2)
    rows = np.arange(len(spectra))[:, None]
    read = np.zeros_like(centred)
    for n, weight in enumerate(cubic(share)):
        read += weight * centred[rows, first + n - 1]
    return read / speed[:, None] * np.exp(-2j * np.pi * khz[None, :] * middle_ms / speed[:, None])


@dataclass(frozen=True, eq=False)
class SurfacePotentials:
    """The potentials of a pool's units under one pair of electrodes.

    `extra_mm`: fat and skin between muscle and electrode beyond what `muscles.toml` has.
    `offset_mm`: how far along the muscle the electrodes lie from where they belong.
    """

    pool: MotorPool
    muscle_c: float
    extra_mm: float = 0.0
    offset_mm: float = 0.0

    @cached_property
    def spectra(self) -> Spectrum:
        """Spectrum of each unit's potential from the arrival of its impulse, mV (N, frequencies)."""
        pool = self.pool
        depths, places, fibres = atlas(
            pool.muscle, round(self.muscle_c, 1), round(self.extra_mm, 1), round(self.offset_mm, 1)
        )
        deep = between(depths, pool.depth_mm)
        wide = shares(places, pool.endplate_mm, pool.scatter_mm)
        mixed = (deep[:, :, None] * wide[:, None, :]).reshape(len(pool), -1)
        sums = mixed @ fibres.reshape(mixed.shape[1], -1)
        sums = at_speed(sums, pool.speed, PASSAGE * passage_ms(shape(pool.muscle).half_length, self.muscle_c))
        blur = np.exp(-2 * (np.pi * frequencies_khz()[None, :] * pool.jitter_ms[:, None]) ** 2)
        return pool.fibres[:, None] * sums * blur

    def response(self, arrival_ms: Array) -> Array:
        """The compound potential (time), mV, negative up, when units' impulses arrive at these times.

        A unit whose arrival is not a number does not take part.
        """
        return np.fft.irfft(self.added(arrival_ms), SAMPLES)

    def added(self, arrival_ms: Array) -> Spectrum:
        """The spectrum of the compound potential."""
        there = np.flatnonzero(np.isfinite(arrival_ms))
        turn = np.exp(-2j * np.pi * arrival_ms[there, None] * frequencies_khz()[None, :])
        return np.einsum("nf,nf->f", self.spectra[there], turn)

    def single(self, units: Sequence[int]) -> Array:
        """The potentials of some units alone (units, time), each from the arrival of its impulse."""
        return np.fft.irfft(self.spectra[list(units)], SAMPLES)
