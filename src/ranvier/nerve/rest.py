"""Where a fibre rests before anything happens: potentials, and sodium where a pump is followed.

Newton's method on the node potentials, with gates, internodes and sodium at their steady state. A lesion
that leaves no stable rest still gets a balanced start; the run then shows that it fires by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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

LEAST_SODIUM_MM, MOST_SODIUM_MM = 0.01, 150.0
TRIES, EXACT, SMALL = 60, 1e-12, 1e-300
"""Of the search for the logarithm of the sodium."""
ITERATIONS = 200
LONGEST_STRIDE_MV = 5.0
NEAR_MV, FARTHEST_MV = 1e-7, 200.0
PROBE_MV = 1e-4


@dataclass(frozen=True)
class Rest:
    """The balance: potential (mV), sodium (mM) and shift of its reversal (mV) at each node.

    Arrays over nodes, of one fibre, or over nodes and fibres, of several.
    """

    potential: Array
    sodium: Array
    shift: Array


def needed(fibre: Fibre) -> bool:
    """Whether the published resting potential does not hold for this fibre."""
    return fibre.pump or any(lesion.quality in MOVES_REST for lesion in fibre.lesions)


def rest(table: Tables, makeup: Makeup, lane: int, sodium: Array | None = None) -> Rest:
    """The balance of the fibre in one column of the kernel's tables (sodium held if given)."""
    found = rests(table, makeup, np.array([lane]), None if sodium is None else sodium[:, None])
    return Rest(found.potential[:, 0], found.sodium[:, 0], found.shift[:, 0])


def rests(table: Tables, makeup: Makeup, lanes: NDArray[np.int64], sodium: Array | None = None) -> Rest:
    """The balance of the fibres in some columns, side by side (nodes, fibres).

    A fibre that has found its balance stays put while others still move, so its company changes nothing.
    Raises ValueError when a lesion leaves no resting potential.
    """
    potential = np.full((len(table.node_row), len(lanes)), makeup.membrane.rest)
    every = own = Columns.of(table, makeup, lanes, sodium)
    moving = np.arange(len(lanes))
    for _ in range(ITERATIONS):
        stride = own.stride(potential[:, moving])
        potential[:, moving] += stride
        far = np.max(np.abs(stride), axis=0) >= NEAR_MV
        if not far.any():
            break
        if not far.all():
            moving, own = moving[far], own.only(far)
    if not np.all(np.abs(potential) < FARTHEST_MV):
        raise ValueError(
            f"lesion: it leaves no resting potential within {FARTHEST_MV:g} mV of zero; choose a milder one."
        )
    settled = every.sodium(potential)
    return Rest(potential, settled, every.shift(settled))


@dataclass(frozen=True)
class Columns:
    """The steady currents of fibres side by side, from the same numbers the kernel uses (nA, uS, mV).

    Arrays over nodes and fibres. `node`: the rows of every node; `links`: what couples a node to the next.
    """

    makeup: Makeup
    node: Array
    links: Array
    held: Array | None

    @classmethod
    def of(cls, table: Tables, makeup: Makeup, lanes: NDArray[np.int64], held: Array | None) -> "Columns":
        """The fibres in these columns of the kernel's tables."""
        count = pump_row(makeup) + rows.SODIUM_REVERSAL + 1
        node = table.node[table.node_row[None, :, None] + np.arange(count)[:, None, None], lanes]
        wanted = np.array([rows.STATIC_LL, rows.STATIC_LR, rows.STATIC_RR])
        links = table.link[table.link_row[None, :, None] + wanted[:, None, None], lanes]
        return cls(makeup, node, links, held)

    def only(self, which: NDArray[np.bool_]) -> "Columns":
        """Some of the fibres."""
        held = None if self.held is None else self.held[:, which]
        return replace(self, node=self.node[:, :, which], links=self.links[:, :, which], held=held)

    def stride(self, potential: Array) -> Array:
        """The Newton step that makes up for the current, no longer than `LONGEST_STRIDE_MV`."""
        alone = self.alone(potential)
        slope = (self.alone(potential + PROBE_MV) - alone) / PROBE_MV
        change = self.solved(np.maximum(slope, 1e-6), -alone - self.exchanged(potential))
        return np.clip(change, -LONGEST_STRIDE_MV, LONGEST_STRIDE_MV)

    def alone(self, potential: Array) -> Array:
        """The current out of every node but for what its neighbours send."""
        shares = [channel.open_share(potential) for channel in self.makeup.wiring.channels]
        total = self.node[rows.LEAK] * potential - self.node[rows.BIAS]
        for row, share in zip(self.channel_rows, shares, strict=True):
            total = total + share * (self.node[row] * potential - self.node[row + 1])
        if not self.makeup.pump:
            return total
        conductance = self.sodium_conductance(shares)
        sodium = self.balanced(conductance, potential)
        return total + self.pump_at(sodium) - conductance * self.shift(sodium)

    @property
    def channel_rows(self) -> range:
        """The row of each channel's conductance; its current at 0 mV follows."""
        return range(rows.CHANNELS, rows.CHANNELS + 2 * len(self.makeup.wiring.channels), 2)

    def pumped(self, row: int) -> Array:
        """One of the pump's numbers at every node."""
        return self.node[pump_row(self.makeup) + row]

    def exchanged(self, potential: Array) -> Array:
        """What flows from the nodes into the internodes beside them."""
        left, across, right = self.links
        v = potential - self.makeup.membrane.stin.leak_reversal
        total = np.zeros_like(v)
        total[:-1] += left * v[:-1] + across * v[1:]
        total[1:] += across * v[:-1] + right * v[1:]
        return total

    def solved(self, slope: Array, current: Array) -> Array:
        """The change of potential that makes up for a current; the fibres stand one behind the other."""
        left, across, right = self.links
        band = np.zeros((3, current.shape[1], len(current)))
        band[0, :, 1:] = band[2, :, :-1] = across.T
        band[1] = slope.T
        band[1, :, :-1] += left.T
        band[1, :, 1:] += right.T
        found = solve_banded((1, 1), band.reshape(3, -1), current.T.ravel())
        return found.reshape(current.T.shape).T

    def sodium_conductance(self, shares: Sequence[Array]) -> Array:
        """What lets sodium in, uS, with these shares of open channels."""
        total = self.pumped(rows.SODIUM_LEAK)
        wired = zip(self.makeup.wiring.channels, self.channel_rows, shares, strict=True)
        return total + sum(self.node[row] * share for each, row, share in wired if each.ion == "sodium")

    def shift(self, sodium: Array) -> Array:
        """By how much sodium's reversal potential moves when it gathers inside, mV."""
        return -self.pumped(rows.NERNST) * np.log(sodium / pump().sodium)

    def pump_at(self, sodium: Array) -> Array:
        """The pump's current at a sodium concentration."""
        return self.pumped(rows.PUMP_MOST) * pump().bound(sodium)

    def sodium(self, potential: Array) -> Array:
        """The concentration at which the pump carries out what leaks in, mM."""
        if not self.makeup.pump:
            return np.full_like(potential, pump().sodium)
        shares = [channel.open_share(potential) for channel in self.makeup.wiring.channels]
        return self.balanced(self.sodium_conductance(shares), potential)

    def balanced(self, conductance: Array, potential: Array) -> Array:
        """`sodium` for a conductance: Newton's method on its logarithm, within a range that closes in."""
        if self.held is not None:
            return self.held
        low, high = (np.full_like(potential, np.log(end)) for end in (LEAST_SODIUM_MM, MOST_SODIUM_MM))
        most, thermal = 3 * self.pumped(rows.PUMP_MOST), self.pumped(rows.NERNST)
        driven = conductance * (potential - self.pumped(rows.SODIUM_REVERSAL))
        steepness, usual = conductance * thermal, np.log(pump().sodium)
        log = np.full_like(potential, usual)
        for _ in range(TRIES):
            inside = np.exp(log)
            carried = most * pump().bound(inside)
            outward = driven + steepness * (log - usual) + carried
            slope = steepness + 3 * carried * pump().half / (inside + pump().half)
            low, high = np.where(outward < 0, log, low), np.where(outward < 0, high, log)
            better = log - outward / np.maximum(slope, SMALL)
            better = np.where((better > low) & (better < high), better, (low + high) / 2)
            done = np.max(np.abs(better - log)) < EXACT
            log = better
            if done:
                break
        return np.exp(log)


def pump_row(makeup: Makeup) -> int:
    """Where the pump's numbers begin in a kind of node."""
    return rows.CHANNELS + 2 * len(makeup.wiring.channels) + len(makeup.wiring.gates)
