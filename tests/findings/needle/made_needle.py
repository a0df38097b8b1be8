"""Needle recordings made up for tests, of which everything is known: potentials, firing times, noise."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Unit:
    """A potential of half-wave lobes, each (start ms, end ms, height mV), so that its duration is exact."""

    lobes: tuple[tuple[float, float, float], ...]
    rate_hz: float

    @property
    def duration_ms(self):
        return self.lobes[-1][1] - self.lobes[0][0]

    @property
    def amplitude_mv(self):
        heights = [height for _, _, height in self.lobes]
        return max(heights) - min(heights)

    @property
    def phases(self):
        return len(self.lobes)

    def at(self, time_ms):
        total = np.zeros_like(time_ms)
        for start, end, height in self.lobes:
            inside = (time_ms > start) & (time_ms < end)
            total += np.where(inside, height * np.sin(np.pi * (time_ms - start) / (end - start)), 0)
        return total


TRIPHASIC = Unit(((-4, -1, 0.1), (-1, 0.2, -0.6), (0.2, 5, 0.2)), 9)
SHARP = Unit(((-2, -0.5, 0.25), (-0.5, 0.3, -0.9), (0.3, 1.5, 0.35), (1.5, 6, -0.12)), 11)
SMALL = Unit(((-1.5, -0.4, -0.12), (-0.4, 0.8, 0.25), (0.8, 3, -0.08)), 13)
LARGE = Unit(((-6, -2, 0.3), (-2, 0.0, -2.5), (0, 1.6, 0.8), (1.6, 9, -0.3)), 12)
POLY = Unit(
    (
        (-4, -2.5, 0.1),
        (-2.5, -1.2, -0.35),
        (-1.2, -0.2, 0.5),
        (-0.2, 1.0, -0.45),
        (1.0, 2.4, 0.4),
        (2.4, 6, -0.15),
    ),
    8,
)


def firing_ms(rate_hz, seconds, rng, spread=0.15):
    """Times of a unit that fires regularly."""
    gaps = (
        1000 / rate_hz * np.clip(1 + spread * rng.standard_normal(round(2 * rate_hz * seconds) + 5), 0.5, 1.6)
    )
    times = rng.uniform(0, 1000 / rate_hz) + np.cumsum(gaps)
    return times[times < 1000 * seconds - 20]


def recording(units, rate_hz=20000, seconds=6, noise_mv=0.005, seed=1, spread=0.15):
    """The samples (mV) and the firing times (ms) of each unit."""
    rng = np.random.default_rng(seed)
    step = 1000 / rate_hz
    samples = noise_mv * rng.standard_normal(round(seconds * rate_hz))
    trains = []
    for unit in units:
        times = firing_ms(unit.rate_hz, seconds, rng, spread)
        for time in times:
            first, last = int((time - 15) / step), int((time + 25) / step)
            place = np.arange(max(first, 0), min(last, len(samples)))
            samples[place] += unit.at(place * step - time)
        trains.append(times)
    return samples, trains
