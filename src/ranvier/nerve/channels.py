"""Ion channels: how the axon's membrane lets current through, as data read from `channels.toml`.

A gate x obeys dx/dt = alpha(V) (1 - x) - beta(V) x, both rates times q10^((T - reference)/10); a channel
passes density * product(x^power) * (V - reversal). Units: mV, 1/ms, S/cm2, degC.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ranvier.evidence.tables import EvidenceError, fetch, read_toml
from ranvier.evidence.value import number_in
from ranvier.nerve.temperature import factor

FILE = Path(__file__).with_name("channels.toml")
Array = NDArray[np.float64]

FAR = 500.0
"""Slopes from its midpoint up to which the exponential of a rate is a number."""

FORMS = ("linoid", "sigmoid", "exponential")


@dataclass(frozen=True)
class Rate:
    """How fast a gate opens or closes at a membrane potential (form, 1/ms, mV, mV)."""

    form: str
    rate: float
    midpoint: float
    slope: float

    def coefficients(self) -> tuple[float, ...]:
        """The rate as (c0 + c1 w + c2 e) / (d0 + d1 e) with w = (V - midpoint) scale, e = exp(w) - 1.

        One expression for all three forms, without a branch: (midpoint, scale, c0, c1, c2, d0, d1).
        """
        if self.form == "linoid":
            return self.midpoint, -1 / self.slope, 0, self.rate * abs(self.slope), 0, 0, 1
        if self.form == "sigmoid":
            return self.midpoint, -1 / self.slope, self.rate, 0, 0, 2, 1
        return self.midpoint, 1 / self.slope, self.rate, 0, self.rate, 1, 0

    def __call__(self, potential: ArrayLike) -> Array:
        """The rate in 1/ms at a potential in mV."""
        midpoint, scale, c0, c1, c2, d0, d1 = self.coefficients()
        w = (np.asarray(potential, float) - midpoint) * scale
        w = np.where(w == 0, 1e-12, w)
        e = np.expm1(np.clip(w, -FAR, FAR))
        return (c0 + c1 * w + c2 * e) / (d0 + d1 * e)


@dataclass(frozen=True)
class Gate:
    """One gating variable with the steepness of its temperature dependence."""

    name: str
    alpha: Rate
    beta: Rate
    q10: float
    reference_c: float

    def speed(self, temperature_c: ArrayLike) -> Array:
        """By what factor both rates are multiplied at a temperature."""
        return factor(self.q10, self.reference_c, temperature_c)

    def steady(self, potential: ArrayLike) -> Array:
        """The share of open gates after a long time at a potential in mV."""
        opening = self.alpha(potential)
        return opening / (opening + self.beta(potential))

    def time_constant_ms(self, potential: ArrayLike, temperature_c: ArrayLike) -> Array:
        """How long the gate takes to follow a change of potential."""
        return 1 / (self.speed(temperature_c) * (self.alpha(potential) + self.beta(potential)))


@dataclass(frozen=True)
class Channel:
    """A channel in one region of the membrane: its gates with powers, density and reversal potential."""

    name: str
    ion: str
    gates: tuple[tuple[Gate, int], ...]
    density: float
    reversal: float
    lesion: str = ""
    """The lesion quality that multiplies its density."""

    def open_share(self, potential: ArrayLike) -> Array:
        """The share of channels open after a long time at a potential in mV."""
        share = np.ones_like(np.asarray(potential, float))
        for gate, power in self.gates:
            share = share * gate.steady(potential) ** power
        return share


@dataclass(frozen=True)
class Region:
    """The membrane of one kind of segment: uF/cm2, S/cm2, mV and its channels."""

    capacitance: float
    leak: float
    leak_reversal: float
    channels: tuple[Channel, ...]

    def current(self, potential: ArrayLike) -> Array:
        """The outward current density after a long time at a potential in mV, in mA/cm2 (= S/cm2 * mV)."""
        v = np.asarray(potential, float)
        total = self.leak * (v - self.leak_reversal)
        for channel in self.channels:
            total = total + channel.density * channel.open_share(v) * (v - channel.reversal)
        return total


@dataclass(frozen=True)
class Membrane:
    """The membranes of one published axon: node, MYSA (paranode), FLUT (juxtaparanode) and STIN."""

    name: str
    rest: float
    internode_area: str
    """`axon` or `fibre`: whose surface the densities of the internode are counted on."""
    node: Region
    mysa: Region
    flut: Region
    stin: Region

    @property
    def internodal(self) -> tuple[Channel, ...]:
        """The channels under the myelin; none where the internode is passive."""
        return self.stin.channels


@dataclass(frozen=True)
class Wiring:
    """Channels in a fixed order with the gates they need, each gate once: how the kernel knows them."""

    channels: tuple[Channel, ...]
    gates: tuple[Gate, ...]

    @classmethod
    def of(cls, channels: tuple[Channel, ...]) -> "Wiring":
        """The wiring of some channels."""
        gates = {gate.name: gate for channel in channels for gate, _ in channel.gates}
        return cls(channels, tuple(gates.values()))

    def opens(self) -> NDArray[np.int64]:
        """For each channel: first gate and power, second gate and power (0: none), if it passes sodium."""
        rows = np.zeros((len(self.channels), 5), np.int64)
        for row, channel in zip(rows, self.channels, strict=True):
            for k, (gate, power) in enumerate(channel.gates):
                row[2 * k : 2 * k + 2] = self.gates.index(gate), power
            row[4] = channel.ion == "sodium"
        return rows

    def rates(self) -> Array:
        """The coefficients of every gate's opening and closing."""
        rates = [[gate.alpha.coefficients(), gate.beta.coefficients()] for gate in self.gates]
        return np.array(rates, float).reshape(len(self.gates), 2, 7)


def membranes() -> tuple[str, ...]:
    """The names of the membranes in `channels.toml`."""
    return tuple(read_channels()["membranes"])


@cache
def membrane(name: str) -> Membrane:
    """The membrane of that name.

    Raises EvidenceError when there is none.
    """
    table = read_channels()
    if name not in table["membranes"]:
        raise EvidenceError(f"membrane must be one of {', '.join(membranes())}, not {name!r}.")
    entry = table["membranes"][name]
    regions = {part: region(table, entry[part], f"membranes.{name}.{part}") for part in REGIONS}
    rest = number_in(entry, "rest", f"membranes.{name}")
    return Membrane(name, rest, fetch(entry, "internode_area", str, f"membranes.{name}"), **regions)


REGIONS = ("node", "mysa", "flut", "stin")


@cache
def read_channels() -> dict[str, Any]:
    """The content of `channels.toml`."""
    return read_toml(FILE)


def region(table: dict[str, Any], entry: dict[str, Any], where: str) -> Region:
    """One kind of segment from its TOML table."""
    plain = {key: number_in(entry, key, where) for key in ("capacitance", "leak", "leak_reversal")}
    placed = [name for name in entry if name not in plain]
    return Region(**plain, channels=tuple(channel(table, name, entry[name], where) for name in placed))


def channel(table: dict[str, Any], name: str, placed: dict[str, Any], where: str) -> Channel:
    """One channel as it is placed in a region."""
    kind = fetch(table["channels"], name, dict, f"{FILE.name}: {where}")
    gates = tuple((gate(table, which), power) for which, power in kind["gates"].items())
    return Channel(
        name=name,
        ion=kind["ion"],
        gates=gates,
        density=number_in(placed, "density", f"{where}.{name}"),
        reversal=number_in(placed, "reversal", f"{where}.{name}"),
        lesion=kind.get("lesion", ""),
    )


def gate(table: dict[str, Any], name: str) -> Gate:
    """One gate from its TOML table."""
    entry = fetch(table["gates"], name, dict, FILE.name)
    where = f"gates.{name}"
    return Gate(
        name=name,
        alpha=rate(entry["alpha"], f"{where}.alpha"),
        beta=rate(entry["beta"], f"{where}.beta"),
        q10=number_in(entry, "q10", where),
        reference_c=number_in(entry, "reference", where),
    )


def rate(entry: dict[str, Any], where: str) -> Rate:
    """One rate from its TOML table."""
    if entry.get("form") not in FORMS:
        raise EvidenceError(f"{FILE.name}: {where}: form must be one of {', '.join(FORMS)}.")
    return Rate(entry["form"], *(number_in(entry, key, where) for key in ("rate", "midpoint", "slope")))
