"""The force of a muscle from its motor units, and the MRC grade an examiner gives it.

A unit's force is that of its muscle fibres. It rises with the rate as 1 - exp(-(f / (a n f_half))^n) (Song
2008), f_half from the contraction time: it never falls with the rate, and every unit fuses. Fuglevand's own
gain gives neither; this is the correction of 10.1371/journal.pcbi.1008707 without its calcium kinetics.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import filled, number_in
from ranvier.muscle.drive import peak_rates_hz, rates_hz, recruitment
from ranvier.muscle.pool import MotorPool

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

FILE = Path(__file__).with_name("strength.toml")
HALVINGS = 50
MRC = {"0": 0.0, "1": 1.0, "2": 2.0, "3": 3.0, "4-": 3.67, "4": 4.0, "4+": 4.33, "5": 5.0}
"""The grades as a record writes them."""


@dataclass(frozen=True)
class Twitch:
    """The numbers of `[twitch]`."""

    slowest: float
    power: float
    half_interval: float
    activation_scale: float
    activation_power: float


@cache
def twitch() -> Twitch:
    """How units contract."""
    table = read_toml(FILE)["twitch"]
    return filled(Twitch, table, "twitch")


@cache
def grade_limits() -> Array:
    """The force share at which each grade from 1 upwards begins."""
    table = read_toml(FILE)["mrc"]
    return np.array([number_in(table, name, "mrc") for name in list(MRC)[1:]])


def contraction_ms(pool: MotorPool) -> Array:
    """Time to the peak of each twitch: T = slowest (P / P_smallest)^(-1 / power), P its fibres at birth."""
    born = pool.at_birth
    smallest = born[born > 0].min()
    return twitch().slowest * (np.maximum(born, smallest) / smallest) ** (-1 / twitch().power)


def activation(rate_hz: Array, contraction_ms: Array) -> Array:
    """Steady force at a rate as a share of the tetanic force: about 0.5 at the half rate, 1 when fused."""
    rule = twitch()
    half_hz = 1000 / (rule.half_interval * contraction_ms)
    scaled = rate_hz / (rule.activation_scale * rule.activation_power * half_hz)
    return -np.expm1(-(scaled**rule.activation_power))


def unit_forces(pool: MotorPool, rate_hz: Array) -> Array:
    """Force of each unit at its rate; 1 for every muscle fibre whose unit fires at its peak rate."""
    rise = contraction_ms(pool)
    return pool.fibres * activation(rate_hz, rise) / activation(peak_rates_hz(pool), rise)


def strongest(pool: MotorPool) -> float:
    """The force of the muscle with all it was born with, every unit at its peak rate."""
    return float(pool.at_birth.sum())


def voluntary_share(pool: MotorPool, able: Mask) -> float:
    """The strongest force as a share of the healthy muscle's. `able`: whose impulses come from the cord."""
    return float(unit_forces(pool, peak_rates_hz(pool))[able].sum()) / strongest(pool)


def excitation_for(pool: MotorPool, able: Mask, effort: float, halvings: int = HALVINGS) -> float:
    """The excitation that gives a share of the healthy force; the most there is where the muscle is too weak.

    It is found to a part of 2^halvings of the strongest.

    Raises ValueError for an effort outside 0 to 1.
    """
    if not 0 <= effort <= 1:
        raise ValueError(f"effort must lie between 0 and 1, not {effort:g}.")
    low, high, wanted = 0.0, recruitment().most, effort * strongest(pool)
    for _ in range(halvings if effort else 0):
        middle = (low + high) / 2
        enough = unit_forces(pool, rates_hz(pool, middle))[able].sum() >= wanted
        low, high = (low, middle) if enough else (middle, high)
    return high if effort else 0.0


def force_trace(pool: MotorPool, times_ms: list[Array], seconds: float, step_ms: float = 1.0) -> Array:
    """Force over time as a share of the healthy strongest, from the times at which impulses arrive (time).

    Every impulse adds a twitch t / T exp(1 - t / T), with the gain that makes regular firing give
    `activation`.
    """
    time = step_ms * np.arange(round(1000 * seconds / step_ms))
    total = np.zeros(len(time))
    rise, full = contraction_ms(pool), unit_forces(pool, peak_rates_hz(pool))
    peak = activation(peak_rates_hz(pool), rise)
    for n in np.flatnonzero([len(times) > 1 for times in times_ms]):
        interval = np.diff(times_ms[n])
        gain = activation(1000 / interval, rise[n]) / peak[n] * interval / (rise[n] * np.e)
        train = np.bincount((times_ms[n][1:] / step_ms).astype(int), gain, len(time))[: len(time)]
        total += full[n] * fftconvolve(train, time / rise[n] * np.exp(1 - time / rise[n]))[: len(time)]
    return total / strongest(pool)


def mrc(share: float, slip: float = 0.0) -> float:
    """The MRC grade of a force share (1: the muscle's own); 4- is 3.67, 4+ 4.33.

    `slip`: by how many grades the examiner's hand errs. Nobody grades a paralysed muscle as moving.
    """
    limits = grade_limits()
    if share < limits[0]:
        return MRC["0"]
    steps = np.log(limits)
    last = (np.log(share) - steps[-1]) / (steps[-1] - steps[-2])
    place = max(last, 0.0) + np.interp(np.log(share), steps, np.arange(1, len(MRC)))
    return list(MRC.values())[int(np.clip(np.floor(place + slip), 0, len(MRC) - 1))]
