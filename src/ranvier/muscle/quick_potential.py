"""What the motor units of a muscle give at the skin, quickly: the same sum as `potential`, added in time.

Temperature and speed only stretch the potential of a muscle fibre in time, so one atlas per muscle serves
everybody: fibres at several depths and end-plates, under electrodes of several offsets and layers of fat,
all at the reference temperature. A unit is a weighted sum of it; the units are added each at its own pace
from its own arrival. Scattered arrivals at the end-plates (jitter) blur the sum as they would each unit.
"""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from scipy.fft import next_fast_len

from ranvier.muscle.adding import Array, Waves, added, high_passed
from ranvier.muscle.pool import MotorPool, shape
from ranvier.muscle.potential import (
    DEPTHS,
    ENDPLATES,
    LEAST_DEPTH_MM,
    STEP_MS,
    WIDEST,
    between,
    cubic,
    shares,
)
from ranvier.muscle.volume import (
    GRID_MM,
    current_of,
    lead_field,
    passage_ms,
    places_mm,
    source,
    source_strength,
)
from ranvier.nerve.temperature import factor

OFFSETS_MM = np.linspace(-10.0, 10.0, 9)
FAT_MM = np.linspace(-3.0, 3.0, 7)
"""Offsets and layers of fat in the atlas; beyond its edge the edge stands."""
LEVELS = 3
"""Between so many degrees of blur the units of a muscle are divided where they differ."""
TAIL_MS = 10.0
"""Kept free behind the last unit's end, so that the filters do not reach round to the beginning."""


@dataclass(frozen=True, eq=False)
class Atlas:
    """The single fibres of a muscle: `waves` (offsets, fat, depths * end-plates, times), mV."""

    depths_mm: Array
    places_mm: Array
    waves: Waves

    def under(self, offset_mm: float, fat_mm: float) -> Waves:
        """The fibres under these electrodes (depths * end-plates, times), cubic between the entries."""
        along, through = neighbours(OFFSETS_MM, offset_mm), neighbours(FAT_MM, fat_mm)
        found = np.zeros(self.waves.shape[2:], np.float32)
        for offset, fat in np.ndindex(4, 4):
            weight = np.float32(along[1][offset] * through[1][fat])
            found += weight * self.waves[along[0] + offset, through[0] + fat]
        return found


def neighbours(grid: Array, place: float) -> tuple[int, Array]:
    """The first of four entries of an even grid about a place, and the weight of each."""
    step = (np.clip(place, grid[0], grid[-1]) - grid[0]) / (grid[1] - grid[0])
    first = int(np.clip(int(step) - 1, 0, len(grid) - 4))
    return first, np.array(cubic(np.asarray(step - first - 1)))


@cache
def atlas(muscle: str) -> Atlas:
    """The atlas of a muscle, at the reference temperature of its fibres; raises UnknownNameError."""
    body, celsius = shape(muscle), source().reference_c
    depths = np.linspace(body.shallow, body.deep, DEPTHS)
    starts = WIDEST * body.endplates * np.linspace(-1, 1, ENDPLATES)
    times = np.arange(0.0, passage_ms(body.half_length + float(starts[-1]), celsius) + STEP_MS, STEP_MS)
    fields = np.array([fields_under(muscle, depths, float(offset)) for offset in OFFSETS_MM])
    places, run = places_mm(body.half_length), source().velocity_m_s(celsius) * times
    waves = np.empty((*fields.shape[:3], ENDPLATES, len(times)), np.float32)
    for n, start in enumerate(starts):
        seen = fields @ current_of(places, float(start), body.half_length, run)
        waves[..., n, :] = -source_strength() * GRID_MM * seen
    return Atlas(depths, starts, waves.reshape(*fields.shape[:2], -1, len(times)))


def fields_under(muscle: str, depths_mm: Array, offset_mm: float) -> Array:
    """What electrodes of one offset see of each place, through each layer of fat (fat, depths, places)."""
    body = shape(muscle)
    places = places_mm(body.half_length)
    below = np.maximum(depths_mm[None, :] + FAT_MM[:, None], LEAST_DEPTH_MM).ravel()
    seen = lead_field(offset_mm, below, places) - lead_field(offset_mm + body.reference, below, places)
    return seen.reshape(len(FAT_MM), len(depths_mm), -1)


@dataclass(frozen=True, eq=False)
class QuickPotentials:
    """The potentials of a pool's units under one pair of electrodes, as `SurfacePotentials` has them."""

    pool: MotorPool
    muscle_c: float
    extra_mm: float = 0.0
    offset_mm: float = 0.0

    @cached_property
    def waves(self) -> Waves:
        """The potential of each unit at the reference temperature and the mean speed, mV (units, times)."""
        pool, known = self.pool, atlas(self.pool.muscle)
        deep = between(known.depths_mm, pool.depth_mm)
        wide = shares(known.places_mm, pool.endplate_mm, pool.scatter_mm)
        mixed = (deep[:, :, None] * wide[:, None, :]).reshape(len(pool), -1)
        fibres = known.under(round(self.offset_mm, 1), round(self.extra_mm, 1))
        return (pool.fibres[:, None] * mixed).astype(np.float32) @ fibres

    @cached_property
    def pace(self) -> Array:
        """How much faster than in the atlas each unit's potential runs off."""
        fibre = source()
        return self.pool.speed * float(factor(fibre.velocity_q10, fibre.reference_c, self.muscle_c))

    @cached_property
    def blurs(self) -> tuple[Array, Array]:
        """Degrees of blur (variances, ms2), and each unit's share in each of them (degrees, units)."""
        spread, alive = self.pool.jitter_ms**2, (self.pool.fibres > 0).astype(float)
        if np.ptp(spread) == 0:
            return spread[:1], alive[None, :]
        degrees = np.linspace(spread.min(), spread.max(), LEVELS)
        return degrees, between(degrees, spread).T * alive

    def response(self, arrival_ms: Array, sweep_ms: float, low_cut_hz: float, high_cut_hz: float) -> Array:
        """The compound potential from the stimulus on, mV, negative up, as an amplifier passes it on.

        One sample every STEP_MS. A unit whose arrival is not a number does not take part. Low cut of first
        order, high cut of second order (Butterworth).
        """
        return self.responses(arrival_ms[None, :], sweep_ms, low_cut_hz, high_cut_hz)[0]

    def responses(self, arrival_ms: Array, sweep_ms: float, low_cut_hz: float, high_cut_hz: float) -> Array:
        """The same for several stimuli, each with its own arrivals (stimuli, units)."""
        samples = round(sweep_ms / STEP_MS)
        ends_ms = np.nanmax(arrival_ms, initial=0.0) + STEP_MS * self.waves.shape[1] / self.pace.min()
        least = round((max(sweep_ms, float(ends_ms)) + TAIL_MS) / STEP_MS)
        length = int(next_fast_len(least, real=True) or least)
        khz = np.fft.rfftfreq(length, STEP_MS)
        blur = np.exp(-2 * (np.pi * khz) ** 2 * self.blurs[0][:, None])
        begin = arrival_ms / STEP_MS
        sums = np.array([added(self.waves, part, begin, self.pace, length) for part in self.blurs[1]])
        blurred = (np.fft.rfft(sums) * blur[:, None, :]).sum(axis=0)
        ratio = 1000j * khz / high_cut_hz
        low = 1 / (1 + np.sqrt(2) * ratio - np.abs(ratio) ** 2)
        passed = np.fft.irfft(blurred * low, length)[:, :samples]
        return high_passed(passed, 2e-3 * np.pi * low_cut_hz * STEP_MS)
