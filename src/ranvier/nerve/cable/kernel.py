"""One step of the axon in time, written for one fibre.

Each internode is seen through its eigenmodes (`internode.Modes`), which are integrated exactly for node
potentials that are linear within the step; node potentials by the trapezoidal rule with gates staggered
by half a step (Hines). What is left to solve is one tridiagonal system over the nodes. Second order in time.

The words `load`, `store`, `clamp`, `upward`, `beyond` and `lane_of` come from `single`; `cpu.py` and `gpu.py`
compile these same lines with other meanings of the words. Rows: see `Block`.
"""

from typing import NamedTuple

from numpy.typing import NDArray

from ranvier.nerve.cable.single import LANES, beyond, clamp, lane_of, load, store, upward

CAPACITY, LEAK, BIAS, CHANNELS = 0, 1, 2, 3
"""Rows of a kind of node: capacitance over the step, conductance that never changes, its current at 0 mV.
Then conductance and conductance times reversal of every channel, speed times step of every gate, the pump."""

PUMP_MOST, PUMP_HALF, PUMP_UPTAKE, NERNST, SODIUM_LEAK, SODIUM_REVERSAL, PUMP_ROWS = 0, 1, 2, 3, 4, 5, 6

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
    quiet: float
    """Change within a look, in mV, below which a node may sleep."""


def expm1(x):
    """exp(x) - 1 by series and doubling; x is held within 20, where a rate no longer changes."""
    y = clamp(x, -20.0, 20.0) * 0.03125
    y = y * (1.0 + y * (0.5 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (1 / 720 + y * (1 / 5040)))))))
    y = y * (y + 2.0)
    y = y * (y + 2.0)
    y = y * (y + 2.0)
    y = y * (y + 2.0)
    return y * (y + 2.0)


def moved(x, v, pace, rates, gate):
    """A gate half a step later: exact for a constant potential, to fourth order in pace times rates."""
    w = (v - rates[gate, 0, 0]) * rates[gate, 0, 1] + 1e-12
    e = expm1(w)
    opening = rates[gate, 0, 2] + rates[gate, 0, 3] * w + rates[gate, 0, 4] * e
    opening_by = rates[gate, 0, 5] + rates[gate, 0, 6] * e
    w = (v - rates[gate, 1, 0]) * rates[gate, 1, 1] + 1e-12
    e = expm1(w)
    closing = rates[gate, 1, 2] + rates[gate, 1, 3] * w + rates[gate, 1, 4] * e
    closing_by = rates[gate, 1, 5] + rates[gate, 1, 6] * e
    scale = pace / (opening_by * closing_by)
    gain = opening * closing_by * scale
    z = gain + closing * opening_by * scale
    taper = 1.0 + z * (0.5 + z * (1 / 6 + z * (1 / 24)))
    return (x + gain * taper) / (1.0 + z * taper)


def raised(x, power):
    """A gate to a small whole power."""
    y = x
    for _ in range(power - 1):
        y = y * x
    return y


def opened(block, i, row, v):
    """The gates of node i half a step on, and with them its conductance and its current at 0 mV."""
    first = i * block.gate_count
    paces = row + CHANNELS + 2 * block.channels
    for gate in range(block.gate_count):
        x = moved(load(block.gates, first + gate), v, load(block.node, paces + gate), block.rates, gate)
        store(block.gates, first + gate, x)
    conductance = load(block.node, row + LEAK)
    inward = load(block.node, row + BIAS)
    sodium = conductance * 0.0
    for channel in range(block.channels):
        share = raised(load(block.gates, first + block.opens[channel, 0]), block.opens[channel, 1])
        if block.opens[channel, 3] > 0:
            share = share * raised(
                load(block.gates, first + block.opens[channel, 2]), block.opens[channel, 3]
            )
        part = load(block.node, row + CHANNELS + 2 * channel) * share
        conductance = conductance + part
        inward = inward + load(block.node, row + CHANNELS + 2 * channel + 1) * share
        if block.opens[channel, 4] > 0:
            sodium = sodium + part
    if block.pump:
        inward = inward + pumped(block, i, paces + block.gate_count, v, sodium)
    return conductance, inward


def pumped(block, i, row, v, conductance):
    """Sodium inside node i one step on; returns the current of the pump and of the moved reversal potential.

    The pump carries one charge out for three sodium ions, most * (Na / (Na + half))^3.
    """
    sodium = load(block.sodium, 2 * i)
    shift = load(block.sodium, 2 * i + 1)
    bound = sodium / (sodium + load(block.node, row + PUMP_HALF))
    pump = load(block.node, row + PUMP_MOST) * bound * bound * bound
    conductance = conductance + load(block.node, row + SODIUM_LEAK)
    efflux = conductance * (v - load(block.node, row + SODIUM_REVERSAL) - shift) + 3.0 * pump
    gained = load(block.node, row + PUMP_UPTAKE) * efflux * -1.0
    store(block.sodium, 2 * i, sodium + gained)
    store(block.sodium, 2 * i + 1, shift - load(block.node, row + NERNST) * gained / sodium)
    return conductance * shift - pump


def stimulated(block, i, step, inward):
    """The current into node i with the pulses that fall into this step."""
    first = block.pulse_row[i]
    for pulse in range(block.pulse_count[i]):
        onset = clamp(load(block.pulses, first + 3 * pulse) - step, 0.0, 1.0)
        end = clamp(load(block.pulses, first + 3 * pulse + 1) - step, 0.0, 1.0)
        inward = inward + load(block.pulses, first + 3 * pulse + 2) * (end - onset)
    return inward


def returned(block, i, row):
    """The current that the moving charge of internode i sends to its left and to its right node."""
    z = load(block.modes, i * block.most_modes)
    left = load(block.link, row + MODES + 1) * z
    right = load(block.link, row + MODES + 2) * z
    for mode in range(1, block.link_modes[i]):
        z = load(block.modes, i * block.most_modes + mode)
        left = left + load(block.link, row + MODES + MODE_ROWS * mode + 1) * z
        right = right + load(block.link, row + MODES + MODE_ROWS * mode + 2) * z
    return left, right


def axolemmal(block, i, at, segment, left, right):
    """The potential across one segment's axolemma, from its nodes and its modes."""
    v = block.rest + load(block.link, at + INNER_LEFT) * left + load(block.link, at + INNER_RIGHT) * right
    for mode in range(block.link_modes[i]):
        v = v + load(block.link, at + INNER_MODES + mode) * load(block.modes, i * block.most_modes + mode)
    return v


def leaked(block, i, row, left, right):
    """What the channels under the myelin of internode i send to its nodes; their currents are kept.

    Gates move by half a step as at the node; the potential in the middle of the step is extrapolated.
    """
    count = block.link_modes[i]
    height = INNER_MODES + count + 2 + 2 * block.inner_channels
    first = row + MODES + MODE_ROWS * count
    paces = first + SEGMENTS * height + SEGMENTS * count
    to_left, to_right = left * 0.0, left * 0.0
    for segment in range(SEGMENTS):
        at, place = first + segment * height, i * SEGMENTS + segment
        v = axolemmal(block, i, at, segment, left, right)
        ahead = v + 0.5 * (v - load(block.axolemma, place))
        store(block.axolemma, place, v)
        gates = place * block.inner_gate_count
        for gate in range(block.inner_gate_count):
            x = moved(
                load(block.inner_gates, gates + gate),
                v,
                load(block.link, paces + gate),
                block.inner_rates,
                gate,
            )
            store(block.inner_gates, gates + gate, x)
        at = at + INNER_MODES + count
        current = left * 0.0
        for channel in range(block.inner_channels):
            share = raised(
                load(block.inner_gates, gates + block.inner_opens[channel, 0]), block.inner_opens[channel, 1]
            )
            conductance = load(block.link, at + 2 + 2 * channel)
            current = current + share * (conductance * ahead - load(block.link, at + 3 + 2 * channel))
        store(block.inner_current, place, current)
        to_left = to_left + load(block.link, at) * current
        to_right = to_right + load(block.link, at + 1) * current
    return to_left, to_right


def relaxed(block, i, left, right):
    """The modes of internode i one step on, after its nodes changed by `left` and `right` mV."""
    row, count = block.link_row[i] + MODES, block.link_modes[i]
    height = INNER_MODES + count + 2 + 2 * block.inner_channels
    force = row + MODE_ROWS * count + SEGMENTS * height
    for mode in range(count):
        at = row + MODE_ROWS * mode
        z = load(block.link, at) * load(block.modes, i * block.most_modes + mode)
        z = z - load(block.link, at + 1) * left - load(block.link, at + 2) * right
        if block.inner_channels > 0:
            for segment in range(SEGMENTS):
                pushed = load(block.link, force + SEGMENTS * mode + segment)
                z = z + pushed * load(block.inner_current, i * SEGMENTS + segment)
        store(block.modes, i * block.most_modes + mode, z)


def stepped(block, first, last, step):
    """One step of the nodes from `first` up to `last` (not included); those beside them stand still.

    Down the row the tridiagonal system is eliminated as it is built; up the row it is solved.
    """
    nodes = len(block.node_row)
    v = load(block.potential, first)
    zero = v * 0.0
    pivot, forced, coupling = zero, zero, zero
    carried, slope = zero, zero
    if first > 0:
        row = block.link_row[first - 1]
        _, carried = returned(block, first - 1, row)
        before = load(block.potential, first - 1) - block.rest
        carried = (
            carried
            - load(block.link, row + STATIC_LR) * before
            - load(block.link, row + STATIC_RR) * (v - block.rest)
        )
        slope = load(block.link, row + SLOPE_RR)
    for i in range(first, last):
        conductance, inward = opened(block, i, block.node_row[i], v)
        inward = stimulated(block, i, step, inward) - conductance * v + carried
        diagonal = load(block.node, block.node_row[i] + CAPACITY) + conductance * 0.5 + slope
        behind = coupling
        coupling = zero
        if i < nodes - 1:
            row = block.link_row[i]
            left, right = returned(block, i, row)
            across = load(block.potential, i + 1)
            mutual = load(block.link, row + STATIC_LR)
            here, there = v - block.rest, across - block.rest
            if block.inner_channels > 0:
                more_left, more_right = leaked(block, i, row, here, there)
                left, right = left + more_left, right + more_right
            inward = inward + left - load(block.link, row + STATIC_LL) * here - mutual * there
            carried = right - mutual * here - load(block.link, row + STATIC_RR) * there
            diagonal = diagonal + load(block.link, row + SLOPE_LL)
            slope = load(block.link, row + SLOPE_RR)
            coupling = load(block.link, row + SLOPE_LR)
            v = across
        ratio = behind * pivot
        pivot = 1.0 / (diagonal - ratio * behind)
        forced = inward - ratio * forced
        store(block.eliminated, i, pivot * coupling)
        store(block.change, i, pivot * forced)
    back(block, first, last, step)


def back(block, first, last, step):
    """Solve up the row, move potentials and modes, and note who rose through 0 mV."""
    nodes = len(block.node_row)
    still = load(block.change, last - 1) * 0.0
    change = load(block.change, last - 1)
    if last < nodes:
        relaxed(block, last - 1, change, still)
    landed(block, last - 1, change, step)
    for up in range(last - 1 - first):
        i = last - 2 - up
        right = change
        change = load(block.change, i) - load(block.eliminated, i) * right
        store(block.change, i, change)
        relaxed(block, i, change, right)
        landed(block, i, change, step)
    if first > 0:
        relaxed(block, first - 1, still, change)


def landed(block, i, change, step):
    """Node i at its new potential; a rise through 0 mV is noted with its time in steps."""
    before = load(block.potential, i)
    after = before + change
    store(block.potential, i, after)
    fired = upward(before, after)
    if fired != 0:
        for bit in range(LANES):
            if (fired >> bit) & 1:
                lane = lane_of(bit)
                count = block.crossed[i, lane]
                if count < block.most_crossings:
                    late = block.potential[i, lane] / block.change[i, lane]
                    block.crossing[i * block.most_crossings + count, lane] = step + 1.0 - late
                block.crossed[i, lane] = count + 1


def watched(block):
    """Put quiet tiles to sleep, and wake those whose neighbour's edge moves."""
    nodes = len(block.node_row)
    tiles = len(block.awake)
    for tile in range(tiles):
        moving = 0
        if block.awake[tile] & 1:
            start, end = tile * TILE, min(nodes, tile * TILE + TILE)
            for i in range(start, end):
                v = load(block.potential, i)
                moves = beyond(v, load(block.earlier, i), block.quiet)
                if moves != 0:
                    moving = 1
                    if i == start and tile > 0:
                        block.awake[tile - 1] |= 2
                    if i == end - 1 and tile < tiles - 1:
                        block.awake[tile + 1] |= 2
                store(block.earlier, i, v)
        if moving or block.restless[tile]:
            block.awake[tile] |= 2
    for tile in range(tiles):
        block.awake[tile] = block.awake[tile] >> 1


def recorded(block, step):
    """Keep the potentials of the traced nodes."""
    frame = step // block.trace_every * len(block.traced)
    for k in range(len(block.traced)):
        store(block.trace, frame + k, load(block.potential, block.traced[k]))


def advanced(block, start, end):
    """All fibres of a block from step `start` to step `end`."""
    nodes = len(block.node_row)
    for step in range(start, end):
        if len(block.traced) > 0 and step % block.trace_every == 0:
            recorded(block, step)
        if not block.window:
            stepped(block, 0, nodes, step)
            continue
        first = -1
        for tile in range(len(block.awake)):
            if block.awake[tile] and first < 0:
                first = tile * TILE
            if first >= 0 and (tile == len(block.awake) - 1 or not block.awake[tile + 1]):
                stepped(block, first, min(nodes, tile * TILE + TILE), step)
                first = -1
        if step % LOOK == LOOK - 1:
            watched(block)
