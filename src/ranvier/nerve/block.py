"""A block of fibres ready for the kernel: tables, state at rest, pulses and what to keep."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.assembly import Makeup, Tables, tables
from ranvier.nerve.cable import rows
from ranvier.nerve.channels import Wiring
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.pump import pump
from ranvier.nerve.rest import needed, rests
from ranvier.nerve.stimulus import Pulse

NEAR_ELECTRODE, NEAR_LESION = 8, 16
"""Nodes to either side of an electrode and of a lesion that never sleep: some length constants."""

RISE_MV_PER_MS, FALL_MV_PER_MS = 0.25, 2.0
"""A node whose potential rises or falls more slowly than this may sleep."""


@dataclass(frozen=True)
class Keep:
    """What is kept of a run: threshold crossings of every node, and the potentials of some."""

    crossings: int = 4
    traced: tuple[int, ...] = ()
    every: int = 1
    """Steps from one kept potential to the next."""


def block(
    fibres: Sequence[Fibre],
    pulses: Sequence[Sequence[Pulse]],
    steps: int,
    *,
    step_ms: float,
    width: int,
    dtype: np.dtype,
    exact: bool,
    keep: Keep,
) -> rows.Block:
    """Fibres side by side at rest; the last one fills the columns that are left over."""
    padded = [*fibres, *[fibres[-1]] * (width - len(fibres))]
    shocks = [*pulses, *[pulses[-1]] * (width - len(fibres))]
    makeup = Makeup.of(padded)
    table = tables(padded, makeup, step_ms, every_mode=exact)
    nodes = len(table.node_row)

    def empty(count: int) -> NDArray:
        return np.zeros((count, width), dtype)

    potential, sodium = at_rest(padded, table, makeup)
    inner, places = makeup.inner, rows.SEGMENTS if makeup.inner.channels else 0
    segments = places * (nodes - 1)
    stimuli, pulse_row, pulse_count = stimulation(shocks, nodes, step_ms)
    restless = restless_tiles(padded, pulse_count > 0)
    return rows.Block(
        potential=np.ascontiguousarray(potential, dtype),
        gates=np.ascontiguousarray(steady(makeup.wiring, potential).reshape(-1, width), dtype),
        modes=empty(max(nodes - 1, 1) * table.most_modes),
        sodium=np.ascontiguousarray(sodium, dtype),
        eliminated=empty(nodes),
        change=empty(nodes),
        earlier=np.array(potential, dtype, order="C"),
        node=np.ascontiguousarray(table.node, dtype),
        node_row=table.node_row,
        link=np.ascontiguousarray(table.link, dtype),
        link_row=table.link_row,
        link_modes=table.link_modes,
        rest=np.array([makeup.membrane.stin.leak_reversal], dtype)[0],
        rates=makeup.wiring.rates().astype(dtype),
        opens=makeup.wiring.opens(),
        pulses=np.ascontiguousarray(stimuli, dtype),
        pulse_row=pulse_row,
        pulse_count=pulse_count,
        crossing=np.full((nodes * keep.crossings, width), np.nan),
        crossed=np.zeros((nodes, width), np.int64),
        astray=np.zeros(1, np.int64),
        trace=empty(len(keep.traced) * -(-steps // keep.every)),
        traced=np.array(keep.traced, np.int64),
        awake=np.where(restless, 1, 0),
        restless=restless.astype(np.int64),
        inner_rates=inner.rates().astype(dtype),
        inner_opens=inner.opens(),
        inner_gates=np.ascontiguousarray(
            steady(inner, potential[:-1]).repeat(places, 0).reshape(-1, width), dtype
        ),
        axolemma=np.full((segments, width), makeup.membrane.rest, dtype),
        inner_current=empty(segments),
        most_modes=table.most_modes,
        channels=len(makeup.wiring.channels),
        gate_count=len(makeup.wiring.gates),
        inner_channels=len(inner.channels),
        inner_gate_count=len(inner.gates),
        most_crossings=keep.crossings,
        trace_every=keep.every,
        pump=makeup.pump,
        window=not exact and not inner.channels,
        rise=RISE_MV_PER_MS * step_ms * rows.LOOK,
        fall=FALL_MV_PER_MS * step_ms * rows.LOOK,
    )


def steady(wiring: Wiring, potential: NDArray[np.float64]) -> NDArray[np.float64]:
    """The gates that have settled at potentials over places and fibres: places, gates, fibres."""
    settled = np.array([gate.steady(potential) for gate in wiring.gates])
    return settled.reshape(len(wiring.gates), *potential.shape).swapaxes(0, 1)


def at_rest(
    fibres: Sequence[Fibre], table: Tables, makeup: Makeup
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Potentials over nodes and fibres, and sodium with its shift in alternating rows."""
    nodes = len(table.node_row)
    potential = np.full((nodes, len(fibres)), makeup.membrane.rest)
    sodium = np.zeros((2 * nodes, len(fibres)))
    sodium[0::2] = pump().sodium
    lanes: dict[Fibre, list[int]] = {}
    for lane, fibre in enumerate(fibres):
        if needed(fibre):
            lanes.setdefault(fibre, []).append(lane)
    for held in (False, True):
        alike = [fibre for fibre in lanes if (fibre.pump and fibre.settled_c is not None) == held]
        if not alike:
            continue
        found = rests(
            table,
            makeup,
            np.array([lanes[fibre][0] for fibre in alike]),
            earlier_sodium(alike, makeup, nodes) if held else None,
        )
        for k, fibre in enumerate(alike):
            potential[:, lanes[fibre]] = found.potential[:, k : k + 1]
            sodium[0::2, lanes[fibre]] = found.sodium[:, k : k + 1]
            sodium[1::2, lanes[fibre]] = found.shift[:, k : k + 1]
    return potential, sodium


def earlier_sodium(fibres: Sequence[Fibre], makeup: Makeup, nodes: int) -> NDArray[np.float64]:
    """The sodium of fibres that had settled at another temperature (nodes, fibres)."""
    before = [replace(fibre, temperature_c=fibre.settled_c, settled_c=None) for fibre in fibres]
    table = tables(before, makeup, 1.0, every_mode=False)
    settled = rests(table, makeup, np.arange(len(before))).sodium
    beyond = np.full((nodes - len(settled), len(before)), pump().sodium)
    return np.concatenate([settled, beyond])


def stimulation(
    shocks: Sequence[Sequence[Pulse]], nodes: int, step_ms: float
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """The pulses as rows of onset, end (in steps) and current; where each node's begin, how many it has."""
    counts = np.zeros((nodes, len(shocks)), np.int64)
    for lane, pulses in enumerate(shocks):
        for pulse in pulses:
            counts[pulse.node, lane] += 1
    most = counts.max(axis=1, initial=0)
    starts = 3 * np.cumsum(np.concatenate([[0], most[:-1]]))
    stimuli = np.zeros((3 * max(int(most.sum()), 1), len(shocks)))
    filled = np.zeros_like(counts)
    for lane, pulses in enumerate(shocks):
        for pulse in pulses:
            row = starts[pulse.node] + 3 * filled[pulse.node, lane]
            stimuli[row : row + 3, lane] = timed(pulse, step_ms)
            filled[pulse.node, lane] += 1
    return stimuli, starts.astype(np.int64), most


def timed(pulse: Pulse, step_ms: float) -> tuple[float, float, float]:
    """Onset and end of a pulse in steps, and its current."""
    return pulse.onset_ms / step_ms, (pulse.onset_ms + pulse.duration_ms) / step_ms, pulse.current_na


def restless_tiles(fibres: Sequence[Fibre], stimulated: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The tiles that never sleep: those near a lesion or an electrode in any of the fibres."""
    restless = np.zeros(-(-len(stimulated) // rows.TILE) * rows.TILE, bool)
    for node in np.flatnonzero(stimulated):
        restless[max(0, node - NEAR_ELECTRODE) : node + NEAR_ELECTRODE + 1] = True
    for fibre in fibres:
        for lesion in fibre.lesions:
            restless[max(0, lesion.first - NEAR_LESION) : lesion.last + NEAR_LESION + 1] = True
    return np.asarray(restless.reshape(-1, rows.TILE).any(axis=1))
