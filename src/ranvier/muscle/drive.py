"""How the cord drives a muscle: which units an effort recruits, how fast they fire, and when.

Recruitment and rate coding after Fuglevand, Winter and Patla (1993). A unit's threshold rises exponentially
with its rank, the smallest first; its rate rises from the least to its own peak. The motor neurons do not
know which of their impulses arrive: what is blocked on the way, or has no muscle fibres left, is driven
like the rest.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import filled
from ranvier.muscle.pool import MotorPool

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Recruitment:
    """The numbers of `[recruitment]`."""

    threshold_range: float
    rate_least: float
    rate_peak: float
    rate_peak_fall: float
    gain: float
    interval_variation: float
    interval_least: float

    @property
    def most(self) -> float:
        """The excitation at which every unit fires at its peak rate."""
        return self.threshold_range + (self.rate_peak - self.rate_peak_fall - self.rate_least) / self.gain


@cache
def recruitment() -> Recruitment:
    """How units are recruited."""
    table = read_toml(Path(__file__).with_name("drive.toml"))["recruitment"]
    return filled(Recruitment, table, "recruitment")


def thresholds(pool: MotorPool) -> Array:
    """Excitation at which each unit is recruited, by the size it was born with: range ^ (rank / N)."""
    rank = np.empty(len(pool))
    rank[np.argsort(pool.at_birth, kind="stable")] = np.arange(1, len(pool) + 1)
    return recruitment().threshold_range ** (rank / len(pool))


def peak_rates_hz(pool: MotorPool) -> Array:
    """The fastest each unit fires."""
    rule = recruitment()
    return rule.rate_peak - rule.rate_peak_fall * thresholds(pool) / rule.threshold_range


def rates_hz(pool: MotorPool, excitation: float) -> Array:
    """Firing rate of every motor neuron, 0 where it is not recruited."""
    rule, needed = recruitment(), thresholds(pool)
    rate = np.minimum(rule.rate_least + rule.gain * (excitation - needed), peak_rates_hz(pool))
    return np.where(excitation >= needed, rate, 0.0)


def firing_ms(rate_hz: Array, seconds: float, random: np.random.Generator) -> list[Array]:
    """The times at which each unit fires: normal intervals about 1 / rate, none shorter than allowed."""
    rule = recruitment()
    most = int(np.ceil(np.max(rate_hz, initial=0.0) * seconds * 2)) + 2
    shares = 1 + rule.interval_variation * random.standard_normal((len(rate_hz), most))
    mean = np.divide(1000, rate_hz, out=np.full(len(rate_hz), np.inf), where=rate_hz > 0)
    steps = mean[:, None] * np.maximum(shares, rule.interval_least)
    steps[:, 0] *= random.random(len(rate_hz))
    times = np.cumsum(steps, axis=1)
    return [each[each < 1000 * seconds] for each in times]
