"""Where a fibre rests before anything happens: potentials, and sodium where a pump is followed.

Newton's method on the node potentials, with gates, internodes and sodium at their steady state. A lesion
that leaves no stable rest still gets a balanced start; the run then shows that it fires by itself.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_banded

from ranvier.nerve.assembly import Makeup, Tables
from ranvier.nerve.cable import rows
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.pump import pump

Array = NDArray[np.float64]

MOVES_REST = {"leak", "pore", "pump", "potassium", "na_inside", "fast_k", "current"}
"""Lesion qualities for which a balance is sought.

All others start from the published resting potential, as published runs do: some millivolts away (1 mV
without sodium channels, 5 mV in nodes ten times as wide), made up for within milliseconds.
"""

MOST_SODIUM_MM = 150.0
BISECTIONS = 50
ITERATIONS = 200
LONGEST_STRIDE_MV = 5.0
NEAR_MV, FARTHEST_MV = 1e-7, 200.0
PROBE_MV = 1e-4


@dataclass(frozen=True)
class Rest:
    """The balance of one fibre: potential (mV), sodium (mM) and shift of its reversal (mV) at each node."""

    potential: Array
    sodium: Array
    shift: Array


def needed(fibre: Fibre) -> bool:
    """Whether the published resting potential does not hold for this fibre."""
    return fibre.pump or any(lesion.quality in MOVES_REST for lesion in fibre.lesions)


def rest(table: Tables, makeup: Makeup, lane: int, sodium: Array | None = None) -> Rest:
    """The balance of the fibre in one column of the kernel's tables (sodium held if given)."""
    own = Column(table, makeup, lane, sodium)
    potential = np.full(len(table.node_row), makeup.membrane.rest)
    for _ in range(ITERATIONS):
        current = own.current(potential)
        slope = (
            own.current(potential + PROBE_MV, alone=True) - own.current(potential, alone=True)
        ) / PROBE_MV
        stride = np.clip(own.solved(np.maximum(slope, 1e-6), -current), -LONGEST_STRIDE_MV, LONGEST_STRIDE_MV)
        potential = potential + stride
        if np.max(np.abs(stride)) < NEAR_MV:
            break
    if not np.all(np.abs(potential) < FARTHEST_MV):
        raise ValueError(
            f"lesion: it leaves no resting potential within {FARTHEST_MV:g} mV of zero; choose a milder one."
        )
    sodium = own.sodium(potential)
    return Rest(potential, sodium, own.shift(sodium))


class Column:
    """The steady currents of one fibre, from the same numbers the kernel uses (nA, uS, mV)."""

    def __init__(self, table: Tables, makeup: Makeup, lane: int, held: Array | None):
        self.makeup = makeup
        self.held = held
        self.node = table.node[:, lane]
        self.first = table.node_row
        links = [
            table.link[table.link_row + row, lane] for row in (rows.STATIC_LL, rows.STATIC_LR, rows.STATIC_RR)
        ]
        self.left, self.across, self.right = links
        self.zero = makeup.membrane.stin.leak_reversal
        self.pump_row = rows.CHANNELS + 2 * len(makeup.wiring.channels) + len(makeup.wiring.gates)

    def at(self, row: int) -> Array:
        """One of the kernel's numbers at every node."""
        return self.node[self.first + row]

    def pumped(self, row: int) -> Array:
        """One of the pump's numbers at every node."""
        return self.at(self.pump_row + row)

    def conductances(self, potential: Array) -> list[Array]:
        """The conductance of every channel when its gates have settled."""
        shares = (channel.open_share(potential) for channel in self.makeup.wiring.channels)
        return [self.at(rows.CHANNELS + 2 * k) * share for k, share in enumerate(shares)]

    def current(self, potential: Array, alone: bool = False) -> Array:
        """The current out of every node; `alone` leaves out what its neighbours send."""
        total = self.at(rows.LEAK) * potential - self.at(rows.BIAS)
        for k, channel in enumerate(self.makeup.wiring.channels):
            row = rows.CHANNELS + 2 * k
            total = total + channel.open_share(potential) * (self.at(row) * potential - self.at(row + 1))
        if self.makeup.pump:
            total = total + self.pump_current(potential)
        return total if alone else total + self.exchanged(potential)

    def exchanged(self, potential: Array) -> Array:
        """What flows from the nodes into the internodes beside them."""
        v = potential - self.zero
        total = np.zeros_like(v)
        total[:-1] += self.left * v[:-1] + self.across * v[1:]
        total[1:] += self.across * v[:-1] + self.right * v[1:]
        return total

    def solved(self, slope: Array, current: Array) -> Array:
        """The change of potential that makes up for a current: the Newton step."""
        band = np.zeros((3, len(slope)))
        band[0, 1:] = band[2, :-1] = self.across
        band[1] = slope
        band[1, :-1] += self.left
        band[1, 1:] += self.right
        return solve_banded((1, 1), band, current)

    def sodium_conductance(self, potential: Array) -> Array:
        """What lets sodium in, uS."""
        total = self.pumped(rows.SODIUM_LEAK)
        for channel, conductance in zip(
            self.makeup.wiring.channels, self.conductances(potential), strict=True
        ):
            total = total + conductance * (channel.ion == "sodium")
        return total

    def shift(self, sodium: Array) -> Array:
        """By how much sodium's reversal potential moves when it gathers inside, mV."""
        return -self.pumped(rows.NERNST) * np.log(sodium / pump().sodium)

    def pump_at(self, sodium: Array) -> Array:
        """The pump's current at a sodium concentration."""
        return self.pumped(rows.PUMP_MOST) * pump().bound(sodium)

    def sodium(self, potential: Array) -> Array:
        """The concentration at which the pump carries out what leaks in, by bisection; mM."""
        if self.held is not None:
            return self.held
        if not self.makeup.pump:
            return np.full_like(potential, pump().sodium)
        conductance, reversal = self.sodium_conductance(potential), self.pumped(rows.SODIUM_REVERSAL)
        low, high = np.full_like(potential, 0.01), np.full_like(potential, MOST_SODIUM_MM)
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            outward = conductance * (potential - reversal - self.shift(middle)) + 3 * self.pump_at(middle)
            low, high = np.where(outward < 0, middle, low), np.where(outward < 0, high, middle)
        return (low + high) / 2

    def pump_current(self, potential: Array) -> Array:
        """The pump and the moved reversal potential, with sodium settled."""
        sodium = self.sodium(potential)
        return self.pump_at(sodium) - self.sodium_conductance(potential) * self.shift(sodium)
