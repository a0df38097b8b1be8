"""The node of Ranvier in one step: its gates, its channels, its pump and what is injected into it."""

from ranvier.nerve.cable.rows import (
    BIAS,
    CHANNELS,
    LEAK,
    NERNST,
    PUMP_HALF,
    PUMP_MOST,
    PUMP_UPTAKE,
    SODIUM_LEAK,
    SODIUM_REVERSAL,
)
from ranvier.nerve.cable.single import clamp, load, store


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
    """A gate one step later, with the potential of the middle of that step.

    Exact for a constant potential to fourth order in pace times rates.
    """
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


def opened(block, i, row, v):
    """The gates of node i in the middle of the step, its conductance and its current at 0 mV with them."""
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


def stimulated(block, i, step, inward):
    """The current into node i with the pulses that fall into this step."""
    first = block.pulse_row[i]
    for pulse in range(block.pulse_count[i]):
        onset = clamp(load(block.pulses, first + 3 * pulse) - step, 0.0, 1.0)
        end = clamp(load(block.pulses, first + 3 * pulse + 1) - step, 0.0, 1.0)
        inward = inward + load(block.pulses, first + 3 * pulse + 2) * (end - onset)
    return inward
