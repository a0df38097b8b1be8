"""The internode in one step: its modes, and the channels under the myelin."""

from ranvier.nerve.cable.node import moved, raised
from ranvier.nerve.cable.rows import INNER_LEFT, INNER_MODES, INNER_RIGHT, MODE_ROWS, MODES, SEGMENTS
from ranvier.nerve.cable.single import load, store


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
