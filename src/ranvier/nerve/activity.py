"""What firing does to a node of Ranvier: sodium gathers inside, and the pump that removes it hyperpolarises.

Sodium of a node, S in mM: F V dS/dt = leak + rate Q - 3 P (S / (S + half))^3, with Q the charge of sodium
that one impulse lets in, V the axoplasm that shares it and P the pump's capacity (`pump.toml`); without
firing the pump balances the leak. A test impulse then meets two changes: a smaller sodium gradient, and the
pump's extra current, a third of the extra sodium carried out.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.evidence.value import numbers_of
from ranvier.nerve.bundle import Focus
from ranvier.nerve.channels import Channel, membrane
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.geometry import geometry, passive
from ranvier.nerve.propagate import propagate
from ranvier.nerve.pump import constants, pump, resting_pump
from ranvier.nerve.stimulus import Pulse
from ranvier.nerve.temperature import factor
from ranvier.nerve.transit import Pathway

Array = NDArray[np.float64]

MEMBRANE = "mrg"
NODES, WATCHED, LONGEST_MS = 41, 20, 8.0
UM2_TO_CM2, MA_TO_PA, MA_MS_TO_PC = 1e-8, 1e9, 1e6
MM_UM3_PER_PC = 1e6
"""mM from pC: 1 / (F in C/mol * volume in um3) times this."""
EDGE = 4
"""Nodes at either end of a window that are left as they are."""


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `activity.toml`."""
    return numbers_of(Path(__file__).with_name("activity.toml"))


@dataclass(frozen=True)
class Firing:
    """An effort: impulses per second for so many seconds, then so many seconds of rest."""

    rate_hz: float
    seconds: float
    rest_s: float = 0.0

    def __post_init__(self) -> None:
        if not (0 < self.rate_hz <= 200 and 0 <= self.seconds <= 3600 and 0 <= self.rest_s <= 36000):
            raise ValueError(
                "firing: rate_hz must lie above 0 and up to 200, seconds between 0 and 3600, rest_s between "
                f"0 and 36000, not {self.rate_hz:g}, {self.seconds:g} and {self.rest_s:g}."
            )


@dataclass(frozen=True, eq=False)
class Load:
    """What firing has left in a node of each axon: sodium inside as a multiple of rest, and the pump's extra
    current, nA (below 0: it hyperpolarises).
    """

    sodium: Array
    current_na: Array


def sodium_per_impulse_pc(diameter_um: float, temperature_c: float) -> float:
    """The charge of sodium that one impulse lets into a node, pC, from the model's own channels."""
    return charge_pc_cm2(float(round(diameter_um)), round(2 * temperature_c) / 2) * area_cm2(diameter_um)


@lru_cache(maxsize=1024)
def charge_pc_cm2(diameter_um: float, temperature_c: float) -> float:
    """That charge per membrane area, which hardly depends on the diameter (5 % from 8 to 12 um).

    The potential of a node within a healthy axon is computed once; its channels are followed along it.
    """
    fibre = Fibre(diameter_um, NODES, temperature_c)
    run = propagate(fibre, (Pulse(current_na=diameter_um / 2),), LONGEST_MS, traced=(WATCHED,))
    potential, step_ms = run.trace_mv[0, :, 0], float(run.trace_ms[1])
    inward = np.zeros_like(potential)
    for channel in membrane(MEMBRANE).node.channels:
        if channel.ion == "sodium":
            share = open_along(channel, potential, step_ms, temperature_c)
            inward += channel.density * share * (channel.reversal - potential)
    return float(np.sum(inward - inward[0])) * step_ms * MA_MS_TO_PC


def open_along(channel: Channel, potential: Array, step_ms: float, temperature_c: float) -> Array:
    """The share of open channels along a course of the potential."""
    share = np.ones_like(potential)
    for gate, power in channel.gates:
        steady, pace = gate.steady(potential), step_ms / gate.time_constant_ms(potential, temperature_c)
        kept, state = np.exp(-pace), np.empty_like(potential)
        state[0] = steady[0]
        for k in range(1, len(potential)):
            state[k] = steady[k] + (state[k - 1] - steady[k]) * kept[k]
        share *= state**power
    return share


def area_cm2(diameter_um: float) -> float:
    """The membrane of a node."""
    return float(np.pi * geometry(diameter_um).node_diameter * passive().node_length * UM2_TO_CM2)


@dataclass(frozen=True, eq=False)
class Balance:
    """The sodium balance of a node in each of N axons: pA, mM, and mM per pC."""

    resting_pa: Array
    most_pa: Array
    charge_pc: Array
    mm_per_pc: Array

    @classmethod
    def of(cls, diameter_um: Array, temperature_c: Array) -> "Balance":
        """The balance of axons of these diameters at these temperatures."""
        pumping = pump()
        area = np.array([area_cm2(float(each)) for each in diameter_um])
        across = np.array([geometry(float(each)).node_diameter for each in diameter_um])
        volume_um3 = np.pi * across**2 / 4 * numbers()["sodium"]["shared_length"]
        resting = resting_pump(membrane(MEMBRANE)) * MA_TO_PA * area
        pace = factor(pumping.q10, pumping.reference, temperature_c)
        pairs = zip(diameter_um, temperature_c, strict=True)
        return cls(
            resting,
            resting * pace / pumping.bound(pumping.sodium),
            np.array([sodium_per_impulse_pc(float(d), float(t)) for d, t in pairs]),
            MM_UM3_PER_PC / (constants().faraday * volume_um3),
        )

    def at_rest(self) -> Array:
        """The sodium at which the pump carries out what leaks in, mM."""
        third = np.cbrt(self.resting_pa / self.most_pa)
        return pump().half * third / (1 - third)

    def after(self, sodium: Array, seconds: float, rate_hz: float) -> Array:
        """The sodium after so long at this rate (midpoint rule)."""
        steps = max(1, int(np.ceil(seconds / numbers()["sodium"]["step"])))
        step = seconds / steps * self.mm_per_pc
        inward = 3 * self.resting_pa + rate_hz * self.charge_pc
        for _ in range(steps):
            middle = sodium + step / 2 * (inward - 3 * self.pumped_pa(sodium))
            sodium = sodium + step * (inward - 3 * self.pumped_pa(middle))
        return sodium

    def pumped_pa(self, sodium: Array) -> Array:
        """The pump's net current."""
        return self.most_pa * pump().bound(sodium)


def load(diameter_um: Array, temperature_c: Array, firing: Firing) -> Load:
    """What an effort has left in the nodes of axons of these diameters at these temperatures (N,)."""
    balance = Balance.of(np.asarray(diameter_um, float), np.asarray(temperature_c, float))
    before = balance.at_rest()
    tired = balance.after(before, firing.seconds, firing.rate_hz)
    now = balance.after(tired, firing.rest_s, 0.0)
    return Load(now / before, (balance.resting_pa - balance.pumped_pa(now)) / 1000)


def burden(path: Pathway, firing: Firing) -> tuple[tuple[Focus, ...], NDArray[np.bool_]]:
    """The load as lesions of the ill axons of a nerve: over the whole window about their lesions.

    Gives foci and which axon has which, as a supply takes them. Healthy axons are left out: they carry on
    (`tests/nerve/test_activity.py`). Nodes of a lesion get the load of healthy ones.
    """
    windows = path.windows
    axons = np.array([window.axon for window in windows], int)
    middles = np.array([path.spacing_mm[w.axon] * (w.first + w.last) / 2 for w in windows])
    found = load(path.diameter_um[axons], path.warmth.at(middles), firing)
    foci: list[Focus] = []
    for window, middle, sodium, current in zip(windows, middles, found.sodium, found.current_na, strict=True):
        count = window.last - window.first + 1 - 2 * EDGE
        foci.append(Focus("na_inside", float(sodium), float(middle), count))
        foci.append(Focus("current", float(current), float(middle), count))
    affected = np.zeros((len(path.diameter_um), len(foci)), bool)
    affected[np.repeat(axons, 2), np.arange(len(foci))] = True
    return tuple(foci), affected
