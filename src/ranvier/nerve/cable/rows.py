"""The rows of numbers that the kernel reads: what stands where, and the block that holds them all."""

from typing import NamedTuple

from numpy.typing import NDArray

CAPACITY, LEAK, BIAS, CHANNELS = 0, 1, 2, 3
"""Rows of a kind of node: capacitance over the step, conductance that never changes, its current at 0 mV.
Then conductance and conductance times reversal of every channel, speed times step of every gate, the pump."""

PUMP_MOST, PUMP_HALF, PUMP_UPTAKE, NERNST, SODIUM_LEAK, SODIUM_REVERSAL = 0, 1, 2, 3, 4, 5

STATIC_LL, STATIC_LR, STATIC_RR, SLOPE_LL, SLOPE_LR, SLOPE_RR, MODES = 0, 1, 2, 3, 4, 5, 6
"""Rows of a kind of internode: what it draws at rest from the nodes' potentials, what it draws for their
change within the step; then for every mode its decay within the step and its weight at either node."""

MODE_ROWS = 3

SEGMENTS = 10
"""Segments of an internode, from MYSA to MYSA."""

INNER_LEFT, INNER_RIGHT, INNER_MODES = 0, 1, 2
"""Rows of a segment under the myelin, after all modes: its axolemma's potential for 1 mV at either node and
for each mode; what 1 nA through its channels sends to either node; its channels as at the node."""

TILE = 8
"""Nodes that fall asleep and wake together."""

FAR_MV = 1000.0
"""A potential beyond this, or none at all, means that the computation has gone astray."""

LOOK = 10
"""Steps between two looks at who sleeps."""


class Block(NamedTuple):
    """Fibres that advance together. Arrays of two dimensions hold one fibre per column.

    `node` and `link` hold the kinds of nodes and internodes; `node_row[i]` is where the kind of node i
    begins. `opens[c]` says which two gates open channel c with which powers, and whether it passes sodium.
    """

    potential: NDArray
    gates: NDArray
    modes: NDArray
    sodium: NDArray
    """For each node its sodium in mM, then by how much its reversal potential has moved."""
    eliminated: NDArray
    change: NDArray
    earlier: NDArray
    node: NDArray
    node_row: NDArray
    link: NDArray
    link_row: NDArray
    link_modes: NDArray
    rest: float
    """Where the internode's axolemma draws no current, in mV."""
    rates: NDArray
    opens: NDArray
    pulses: NDArray
    """For each pulse its onset, end (steps) and current."""
    pulse_row: NDArray
    pulse_count: NDArray
    crossing: NDArray
    crossed: NDArray
    astray: NDArray
    """1 once any potential has left all bounds."""
    trace: NDArray
    traced: NDArray
    awake: NDArray
    restless: NDArray
    inner_rates: NDArray
    inner_opens: NDArray
    inner_gates: NDArray
    axolemma: NDArray
    """Potential across the axolemma of each segment of each internode."""
    inner_current: NDArray
    most_modes: int
    channels: int
    gate_count: int
    inner_channels: int
    inner_gate_count: int
    most_crossings: int
    trace_every: int
    pump: bool
    window: bool
    rise: float
    fall: float
    """Changes within a look, in mV, up to which a node may sleep: hardly any upwards, more downwards."""
