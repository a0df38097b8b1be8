"""A concentric needle in a muscle: what the amplifier shows at rest and at any effort (simulated)."""

from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ranvier.muscle.drive import firing_ms, rates_hz
from ranvier.muscle.fibres import NOBODY, MuscleFibres, muscle_fibres, numbers
from ranvier.muscle.pool import MotorPool
from ranvier.muscle.spontaneous import fasciculations_ms, fibrillations
from ranvier.muscle.strength import excitation_for
from ranvier.muscle.uptake import LEAD, SAMPLES, STEP_MS, Tip, insertion, unit_potentials

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Needled:
    """A muscle during one needle examination.

    `able`: whose impulses come down from the cord. `fasciculation_per_min`: of each unit, one number or one
    per unit. `quiet`: no amplifier noise. The same seed gives the same muscle, places and recordings.
    """

    pool: MotorPool
    able: Mask
    muscle_c: float
    seed: int
    fasciculation_per_min: float | Array = 0.0
    quiet: bool = False

    def random(self, *name: object) -> np.random.Generator:
        """Random numbers of their own for each part of the examination."""
        return np.random.default_rng([self.seed, crc32(" ".join(map(str, name)).encode())])

    @cached_property
    def fibres(self) -> MuscleFibres:
        """The muscle fibres the needle comes to lie among."""
        return muscle_fibres(self.pool, self.random("fibres"))

    def tip(self, site: int) -> Tip:
        """Where the needle lies at an insertion site."""
        return insertion(self.pool.muscle, self.fibres, self.random("site", site))

    def potentials(self, site: int, units: Mask) -> dict[int, Array]:
        """The potentials of some units at a site, mV (time), by the number of the unit."""
        theirs = (self.fibres.unit != NOBODY) & units[self.fibres.unit]
        return unit_potentials(self.pool.muscle, self.fibres.only(theirs), self.tip(site), self.muscle_c)

    def rates_hz(self, effort: float) -> Array:
        """How fast each unit is seen to fire at an effort: a share of the healthy muscle's force."""
        excitation = excitation_for(self.pool, self.able, effort)
        return np.where(self.able & (self.pool.fibres > 0), rates_hz(self.pool, excitation), 0.0)

    def record(self, site: int, effort: float, seconds: float) -> Array:
        """What the needle records at a site and effort (0 is rest), mV every `STEP_MS`, negative down."""
        random = self.random("record", site, effort, seconds)
        samples = np.zeros(round(1000 * seconds / STEP_MS) + SAMPLES)
        voluntary = firing_ms(self.rates_hz(effort), seconds, random)
        own = fasciculations_ms(
            np.broadcast_to(self.fasciculation_per_min, len(self.pool)) / 60, seconds, random
        )
        times = [np.concatenate(both) for both in zip(voluntary, own, strict=True)]
        for unit, wave in self.potentials(site, np.array([len(each) > 0 for each in times])).items():
            add(samples, wave, times[unit])
        place = self.tip(site)
        for wave, when in fibrillations(self.pool.muscle, self.fibres, place, self.muscle_c, seconds, random):
            add(samples, wave, when)
        return self.amplified(samples, random)[LEAD : LEAD + round(1000 * seconds / STEP_MS)]

    def amplified(self, samples: Array, random: np.random.Generator) -> Array:
        """With the noise of electrode and amplifier, within the band of the instrument."""
        rule = numbers("amplifier")
        if self.quiet:
            return filtered(samples)
        noise = filtered(random.standard_normal(len(samples)))
        return filtered(samples) + noise * (rule["noise"] * 1e-3 / noise.std())


def add(samples: Array, wave: Array, times_ms: Array) -> None:
    """Put a potential into a recording at each time."""
    for start in np.round(times_ms / STEP_MS).astype(int):
        room = samples[start : start + SAMPLES]
        room += wave[: len(room)]


def filtered(samples: Array) -> Array:
    """First-order high-pass and second-order low-pass, as in the instrument."""
    rule = numbers("amplifier")
    hertz = 1000 * np.fft.rfftfreq(len(samples), STEP_MS)
    ratio = 1j * hertz / rule["high_cut"]
    passed = 1j * hertz / (rule["low_cut"] + 1j * hertz) / (1 + np.sqrt(2) * ratio + ratio**2)
    return np.fft.irfft(np.fft.rfft(samples) * passed, len(samples))


def needle_recording(
    pool: MotorPool, able: Mask, effort: float, seconds: float, seed: int, muscle_c: float = 35.0
) -> Array:
    """One recording at one random place of a muscle, mV every `STEP_MS` (20 kHz)."""
    return Needled(pool, able, muscle_c, seed).record(0, effort, seconds)
