"""One step of the axon in time, written for one fibre.

Each internode is seen through its eigenmodes (`internode.Modes`), which are integrated exactly for node
potentials that are linear within the step; node potentials by the trapezoidal rule with gates staggered
by half a step (Hines). What is left to solve is one tridiagonal system over the nodes. Second order in time.

The words `load`, `store`, `clamp`, `upward`, `beyond` and `lane_of` come from `single`; `cpu.py` and `gpu.py`
compile these same lines with other meanings of the words. Rows: see `rows.Block`.
"""

from ranvier.nerve.cable.node import opened, stimulated
from ranvier.nerve.cable.rows import (
    CAPACITY,
    FAR_MV,
    LOOK,
    SLOPE_LL,
    SLOPE_LR,
    SLOPE_RR,
    STATIC_LL,
    STATIC_LR,
    STATIC_RR,
    TILE,
)
from ranvier.nerve.cable.single import LANES, beyond, lane_of, load, store, upward
from ranvier.nerve.cable.wrapped import leaked, relaxed, returned


def landed(block, i, change, step):
    """Node i at its new potential; a rise through 0 mV is noted with its time in steps."""
    before = load(block.potential, i)
    after = before + change
    store(block.potential, i, after)
    if beyond(after, 0.0, FAR_MV) != 0:
        block.astray[0] = 1
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
                lifted = v + 0.5 * (block.fall - block.rise)
                moves = beyond(lifted, load(block.earlier, i), 0.5 * (block.fall + block.rise))
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
