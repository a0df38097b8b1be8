"""The electrogenic Na/K pump: what it carries at rest, how it falls in the cold, and how sodium drives it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import filled
from ranvier.nerve.channels import Membrane

FILE = Path(__file__).with_name("pump.toml")


@dataclass(frozen=True)
class Pump:
    """The numbers of `pump.toml` (mM, um, mV, degC)."""

    q10: float
    reference: float
    half: float
    sodium: float
    volume_length: float
    potassium: float
    pore_reversal: float

    def bound(self, sodium: ArrayLike) -> NDArray[np.float64]:
        """The share of its capacity at a sodium concentration: (Na / (Na + half))^3."""
        inside = np.asarray(sodium, float)
        return (inside / (inside + self.half)) ** 3


@dataclass(frozen=True)
class Constants:
    """Natural constants."""

    faraday: float
    gas: float
    zero_celsius: float

    def nernst_mv(self, temperature_c: ArrayLike) -> NDArray[np.float64]:
        """RT/F in mV."""
        return 1000 * self.gas * (np.asarray(temperature_c, float) + self.zero_celsius) / self.faraday


@cache
def pump() -> Pump:
    """The pump of `pump.toml`."""
    table = read_toml(FILE)["pump"]
    return filled(Pump, table, "pump")


@cache
def constants() -> Constants:
    """The constants of `pump.toml`."""
    table = read_toml(FILE)["constants"]
    return filled(Constants, table, "constants")


@cache
def resting_pump(membrane: Membrane) -> float:
    """The pump at rest and reference temperature, mA/cm2: a third of the sodium that leaks in."""
    return (
        -sum(
            channel.density * float(channel.open_share(membrane.rest)) * (membrane.rest - channel.reversal)
            for channel in membrane.node.channels
            if channel.ion == "sodium"
        )
        / 3
    )
