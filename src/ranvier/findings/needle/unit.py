"""A motor unit as the needle saw it: its potential and how it fires."""

from dataclasses import dataclass
from typing import Literal

from ranvier.findings.needle.filters import Array, Places, band, times
from ranvier.findings.needle.firing import Firing, firing
from ranvier.findings.needle.potential import Potential, averaged, measured
from ranvier.findings.needle.rules import rules


@dataclass(frozen=True, eq=False)
class Unit:
    """One motor unit. `times_s` are the peaks of its discharges."""

    times_s: Array
    potential: Potential
    firing: Firing

    @property
    def discharges(self) -> int:
        """How many discharges were found."""
        return len(self.times_s)

    @property
    def reliability(self) -> Literal["good", "fair"]:
        """Good where at least 0.7 of the intervals are near the usual one: hardly a discharge is missed.

        Fair: a train with gaps. Its rate and its averaged potential hold, the number of discharges does not.
        """
        return "good" if self.firing.regular >= rules("unit")["good_regular"] else "fair"


@dataclass(frozen=True, eq=False)
class Sorted:
    """All trains of a recording: those that are units, and how many others there are and why."""

    units: tuple[Unit, ...]
    irregular: int
    small: int


def units_of(samples: Array, trains: list[Places], step_ms: float) -> Sorted:
    """The units among the trains: they fire regularly, and their averaged potential stands clear of the rest.

    A train that does not is left out: it may be a mixture of units, or potentials on top of each other. So
    is a potential smaller than 0.05 mV, which is far from the needle.
    """
    raw = band(samples, step_ms, rules("potential")["high_pass"])
    shapes = averaged(raw, trains, step_ms)
    found: list[Unit] = []
    irregular = small = 0
    for places, shape in zip(trains, shapes, strict=True):
        rhythm, potential = firing(times(places, step_ms)), measured(shape, step_ms)
        if rhythm is None or not rhythm.single or not potential.measurable:
            irregular += 1
        elif potential.amplitude_mv < rules("unit")["least_amplitude"]:
            small += 1
        else:
            found.append(Unit(times(places, step_ms) / 1000, potential, rhythm))
    return Sorted(tuple(sorted(found, key=size, reverse=True)), irregular, small)


def size(unit: Unit) -> float:
    """The amplitude, for sorting."""
    return unit.potential.amplitude_mv
