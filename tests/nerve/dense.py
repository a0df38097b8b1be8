"""The double-cable motor axon written out compartment by compartment: slow, plain and with every number
spelled out, as an oracle for `ranvier.nerve`.

A node is one compartment against ground; each of the ten segments of an internode has an axoplasmic and a
periaxonal potential. From the package come only what a fibre and a pulse are and the rows of its geometry:
no rate, no matrix, no step. Units: mV, ms, nA, uS, nF, um.
"""

import math

import numpy as np
from scipy.linalg import lapack, solve_banded

KINDS = ("mysa", "flut", "stin", "stin", "stin", "stin", "stin", "stin", "flut", "mysa")
STRIDE = 1 + 2 * len(KINDS)
AXOLEMMA_S_CM2 = {"mysa": 0.001, "flut": 0.0001, "stin": 0.0001}
GAP_UM = {"mysa": 0.002, "flut": 0.004, "stin": 0.004}
MYSA_UM, NODE_UM = 3.0, 1.0
RHO_OHM_CM = 70.0
REST_MV, POTASSIUM_MV, SODIUM_MV, LEAK_MV, PORE_MV = -80.0, -90.0, 50.0, -90.0, 0.0
FAST_NA, PERSISTENT_NA, SLOW_K, LEAK = 3.0, 0.01, 0.08, 0.007
PUMP_Q10, PUMP_REFERENCE_C, HALF_MM, SODIUM_MM, VOLUME_UM = 2.3, 37.0, 28.0, 10.0, 10.0
GAS, FARADAY, KELVIN = 8.314, 96485.0, 273.15


def rates(v):
    """Opening and closing rates of every gate in 1/ms, literally as they were published."""
    exp = np.exp
    return {
        "m": (
            1.86 * (v + 21.4) / (1 - exp(-(v + 21.4) / 10.3)),
            0.086 * -(v + 25.7) / (1 - exp((v + 25.7) / 9.16)),
        ),
        "h": (0.062 * -(v + 114) / (1 - exp((v + 114) / 11)), 2.3 / (1 + exp(-(v + 31.8) / 13.4))),
        "p": (
            0.01 * (v + 27) / (1 - exp(-(v + 27) / 10.2)),
            0.00025 * -(v + 34) / (1 - exp((v + 34) / 10)),
        ),
        "s": (0.3 / (1 + exp(-(v + 53) / 5)), 0.03 / (1 + exp(-(v + 90)))),
        "n": (
            0.0462 * (v + 83.2) / (1 - exp(-(v + 83.2) / 1.1)),
            0.0824 * -(v + 66) / (1 - exp((v + 66) / 10.5)),
        ),
    }


def speeds(temperature_c):
    """By what the rates of each gate are multiplied."""
    sodium = 2.2 ** ((temperature_c - 20) / 10)
    potassium = 3.0 ** ((temperature_c - 36) / 10)
    inactivation = 2.9 ** ((temperature_c - 20) / 10)
    return {"m": sodium, "h": inactivation, "p": sodium, "s": potassium, "n": potassium}


class Axon:
    """One fibre of the `mrg` membrane with its lesions, ready to be integrated."""

    def __init__(self, fibre):
        self.shape, self.outer, self.nodes = fibre.shape, fibre.diameter_um, fibre.nodes
        self.size = self.nodes + (self.nodes - 1) * (STRIDE - 1)
        self.node_at = np.arange(self.nodes) * STRIDE
        self.healthy = 1e-8 * math.pi * self.shape.node_diameter * NODE_UM * 1e6
        temperature_c = np.broadcast_to(np.asarray(fibre.temperature_c, float), (self.nodes,))
        self.speed = speeds(temperature_c)
        self.nernst_mv = 1000 * GAS * (temperature_c + KELVIN) / FARADAY
        self.damaged(fibre.lesions)
        self.pumps(fibre.pump, temperature_c)
        self.static = np.zeros((self.size, self.size))
        self.capacitance = np.zeros((self.size, self.size))
        self.constant = np.zeros(self.size)
        self.wire()

    def pumps(self, there, temperature_c):
        """The pump's capacity at each node; at rest and 37 degC it carries out a third of the sodium inflow."""
        rest = steady(np.array(REST_MV))
        leaking = FAST_NA * rest["m"] ** 3 * rest["h"] + PERSISTENT_NA * rest["p"] ** 3
        self.pumped_at_rest = there * self.healthy * leaking * (SODIUM_MV - REST_MV) / 3
        warmth = PUMP_Q10 ** ((temperature_c - PUMP_REFERENCE_C) / 10)
        filled = (SODIUM_MM / (SODIUM_MM + HALF_MM)) ** 3
        self.most = self.pumped_at_rest * warmth * self.pumps_left / filled
        litres = math.pi * self.shape.node_diameter**2 / 4 * VOLUME_UM * 1e-15
        self.uptake = there * 1e-12 / (FARADAY * litres) * 1e3

    def damaged(self, lesions):
        """Every parameter that a lesion may change, node by node and segment by segment."""
        n = self.nodes
        self.sodium_left, self.pumps_left, self.length = np.ones(n), np.ones(n), np.full(n, NODE_UM)
        self.added_leak, self.pores, self.fast_k = np.zeros(n), np.zeros(n), np.zeros(n)
        self.current, self.outside = np.zeros(n), np.ones(n)
        self.myelin = np.ones((n - 1, len(KINDS)))
        self.gap = np.array([[GAP_UM[kind] for kind in KINDS]] * (n - 1))
        lifted = [kind in ("mysa", "flut") for kind in KINDS]
        for lesion in lesions:
            at, x = range(lesion.first, lesion.last + 1), lesion.value
            for i in at:
                match lesion.quality:
                    case "na":
                        self.sodium_left[i] *= x
                    case "pump":
                        self.pumps_left[i] *= x
                    case "width":
                        self.length[i] *= x
                    case "leak":
                        self.added_leak[i] += x
                    case "pore":
                        self.pores[i] += x
                    case "potassium":
                        self.outside[i] *= x
                    case "fast_k":
                        self.fast_k[i] += x
                    case "current":
                        self.current[i] += x
                    case "myelin":
                        self.myelin[i] *= x
                    case "paranode":
                        self.gap[i, [kind == "mysa" for kind in KINDS]] *= x
                    case "juxtaparanode":
                        self.gap[i, [kind == "flut" for kind in KINDS]] *= x
                    case "detachment":
                        self.gap[i, lifted] *= x
                        self.myelin[i, lifted] *= x
                    case other:
                        raise NotImplementedError(other)

    def measure(self, kind):
        """Length and axon diameter of a segment."""
        shape = self.shape
        stin = (shape.node_spacing - NODE_UM - 2 * MYSA_UM - 2 * shape.flut_length) / 6
        length = {"mysa": MYSA_UM, "flut": shape.flut_length, "stin": stin}[kind]
        return length, shape.node_diameter if kind == "mysa" else shape.axon_diameter

    def join(self, matrix, a, b, value):
        """A conductance (or capacitance) between two compartments; b = None is ground."""
        matrix[a, a] += value
        if b is not None:
            matrix[b, b] += value
            matrix[a, b] -= value
            matrix[b, a] -= value

    def wire(self):
        """All that is linear: membranes, myelin, axoplasm and the space under the myelin."""
        for i in range(self.nodes):
            area = 1e-8 * math.pi * self.shape.node_diameter * self.length[i]
            self.join(self.capacitance, self.node_at[i], None, 2.0 * area * 1e3)
        for i in range(self.nodes - 1):
            for j, kind in enumerate(KINDS):
                self.wrap(i, j, kind)
            self.connect(i)

    def wrap(self, i, j, kind):
        """Axolemma and myelin of one segment."""
        length, diameter = self.measure(kind)
        inside = i * STRIDE + 1 + 2 * j
        area = 1e-8 * math.pi * diameter * length
        self.join(self.capacitance, inside, inside + 1, 2.0 * area * 1e3)
        leak = AXOLEMMA_S_CM2[kind] * area * 1e6
        self.join(self.static, inside, inside + 1, leak)
        self.constant[inside] += leak * REST_MV
        self.constant[inside + 1] -= leak * REST_MV
        wrapping = 1e-8 * math.pi * self.outer * length
        membranes = 2 * self.shape.lamellae / self.myelin[i, j]
        self.join(self.capacitance, inside + 1, None, 0.1 / membranes * wrapping * 1e3)
        self.join(self.static, inside + 1, None, 0.001 / membranes * wrapping * 1e6)

    def connect(self, i):
        """Axoplasm and periaxonal space from node i to node i + 1; at a node the space meets ground."""
        halves, rims = [], []
        for j, kind in enumerate(KINDS):
            length, diameter = self.measure(kind)
            halves.append(mohm(length / 2, math.pi * diameter**2 / 4))
            rims.append(mohm(length / 2, ring(diameter, self.gap[i, j])))
        core, rim = math.pi * self.shape.node_diameter**2 / 4, ring(self.shape.node_diameter, GAP_UM["mysa"])
        ends = [mohm(self.length[k] / 2, core) for k in (i, i + 1)]
        rim_ends = [mohm(self.length[k] / 2, rim) for k in (i, i + 1)]
        first, last = i * STRIDE + 1, i * STRIDE + 1 + 2 * (len(KINDS) - 1)
        self.join(self.static, first, first - 1, 1 / (ends[0] + halves[0]))
        self.join(self.static, last, last + 2, 1 / (ends[1] + halves[-1]))
        self.join(self.static, first + 1, None, 1 / (rim_ends[0] + rims[0]))
        self.join(self.static, last + 1, None, 1 / (rim_ends[1] + rims[-1]))
        for j in range(len(KINDS) - 1):
            here = first + 2 * j
            self.join(self.static, here, here + 2, 1 / (halves[j] + halves[j + 1]))
            self.join(self.static, here + 1, here + 3, 1 / (rims[j] + rims[j + 1]))

    def ionic(self, gates, sodium_mm):
        """Of every node the conductance, its inward current at 0 mV, its sodium conductance and reversal."""
        sodium_mv = SODIUM_MV - self.nernst_mv * np.log(sodium_mm / SODIUM_MM)
        shift = self.nernst_mv * np.log(self.outside)
        sodium = FAST_NA * self.sodium_left * gates["m"] ** 3 * gates["h"] + PERSISTENT_NA * gates["p"] ** 3
        potassium = SLOW_K * gates["s"] + self.fast_k * gates["n"] ** 4
        leak = LEAK * self.length / NODE_UM + self.added_leak
        # A pore passes sodium and potassium in the proportion that makes it reverse at 0 mV.
        share = (PORE_MV - POTASSIUM_MV) / (SODIUM_MV - POTASSIUM_MV)
        sodium, potassium = sodium + share * self.pores, potassium + (1 - share) * self.pores
        inward = sodium * sodium_mv + potassium * (POTASSIUM_MV + shift) + leak * (LEAK_MV + shift)
        pump = self.pumped_at_rest - self.carried(sodium_mm) + self.current
        total = self.healthy * (sodium + potassium + leak)
        return total, self.healthy * inward + pump, self.healthy * sodium, sodium_mv

    def carried(self, sodium_mm):
        """The pump's outward current at a sodium concentration."""
        return self.most * (sodium_mm / (sodium_mm + HALF_MM)) ** 3

    def balanced(self, v, sodium_mm):
        """The sodium at which the pump carries out what leaks in."""
        if not self.uptake:
            return sodium_mm
        low, high = np.full(self.nodes, 1e-3), np.full(self.nodes, 150.0)
        for _ in range(60):
            middle = (low + high) / 2
            _, _, conductance, sodium_mv = self.ionic(steady(v), middle)
            gathers = conductance * (v - sodium_mv) + 3 * self.carried(middle) < 0
            low, high = np.where(gathers, middle, low), np.where(gathers, high, middle)
        return (low + high) / 2

    def start(self):
        """The published start: every membrane at -80 mV, nothing under the myelin."""
        state = np.zeros(self.size)
        inside = np.array([i * STRIDE + 1 + 2 * j for i in range(self.nodes - 1) for j in range(len(KINDS))])
        state[self.node_at] = REST_MV
        state[inside] = REST_MV
        return state

    def settled(self, state, sodium_mm, rounds=120, stride_ms=2.0):
        """Where the fibre comes to rest: implicit Euler with gates and sodium that follow at once."""
        plain, static = banded(self.capacitance) / stride_ms, banded(self.static)
        for _ in range(rounds):
            sodium_mm = self.balanced(state[self.node_at], sodium_mm)
            conductance, inward, _, _ = self.ionic(steady(state[self.node_at]), sodium_mm)
            matrix = plain + static
            matrix[4, self.node_at] += conductance
            drive = times_banded(plain, state) + self.constant
            drive[self.node_at] += inward
            state = solve_banded((2, 2), matrix[2:], drive)
        return state, sodium_mm


def mohm(length, area):
    """Resistance in Mohm of a length of fluid of some cross-section (um, um2)."""
    return RHO_OHM_CM * (length * 1e-4) / (area * 1e-8) * 1e-6


def ring(diameter, gap):
    """Cross-section of the space around an axon, um2."""
    return math.pi * ((diameter / 2 + gap) ** 2 - (diameter / 2) ** 2)


def steady(v):
    """Every gate after a long time at a potential."""
    return {name: opening / (opening + closing) for name, (opening, closing) in rates(v).items()}


def banded(matrix):
    """A matrix of two diagonals on either side, as LAPACK wants it for factoring."""
    band = np.zeros((7, len(matrix)))
    for offset in range(-2, 3):
        diagonal = np.diagonal(matrix, offset)
        band[4 - offset, max(offset, 0) : max(offset, 0) + len(diagonal)] = diagonal
    assert np.count_nonzero(matrix) == np.count_nonzero(band)
    return band


def times_banded(band, vector):
    """Band matrix times vector."""
    total = band[4] * vector
    for offset in (1, 2):
        total[:-offset] += band[4 - offset, offset:] * vector[offset:]
        total[offset:] += band[4 + offset, :-offset] * vector[:-offset]
    return total


def potentials(fibre, pulses, until_ms, *, step_us=0.5, settle=False):
    """Times and the potential of every node over them.

    Gates take exact half steps before and after each step of the potentials (Strang); potentials move by
    the L-stable two-stage SDIRK method of second order. Pulses must begin and end with a step.
    """
    axon, h = Axon(fibre), step_us / 1000
    state, sodium_mm = axon.start(), np.full(axon.nodes, SODIUM_MM)
    if settle:
        state, sodium_mm = axon.settled(state, sodium_mm)
    gates = steady(state[axon.node_at])
    static, capacitance = banded(axon.static), banded(axon.capacitance)
    gamma = 1 - 1 / math.sqrt(2)
    steps = round(until_ms / h)
    kept = np.empty((steps + 1, axon.nodes))
    kept[0] = state[axon.node_at]
    for step in range(steps):
        v = state[axon.node_at]
        gates = aged(axon, gates, v, h if step else h / 2)
        conductance, inward, sodium, sodium_mv = axon.ionic(gates, sodium_mm)
        gained = -(sodium * (v - sodium_mv) + 3 * axon.carried(sodium_mm)) * axon.uptake
        sodium_mm = sodium_mm + (h if step else h / 2) * gained
        drive = axon.constant.copy()
        drive[axon.node_at] += inward
        for pulse in pulses:
            if pulse.onset_ms < (step + 0.5) * h < pulse.onset_ms + pulse.duration_ms:
                drive[axon.node_at[pulse.node]] += pulse.current_na
        static_now = static.copy()
        static_now[4, axon.node_at] += conductance
        factored, pivots, failed = lapack.dgbtrf(capacitance + gamma * h * static_now, 2, 2)
        assert failed == 0
        first, _ = lapack.dgbtrs(factored, 2, 2, drive - times_banded(static_now, state), pivots)
        middle = state + (1 - gamma) * h * first
        second, _ = lapack.dgbtrs(factored, 2, 2, drive - times_banded(static_now, middle), pivots)
        state = state + h * ((1 - gamma) * first + gamma * second)
        kept[step + 1] = state[axon.node_at]
    return np.arange(steps + 1) * h, kept


def aged(axon, gates, v, h):
    """The gates a time h later at a constant potential."""
    later = {}
    for name, (opening, closing) in rates(v).items():
        target = opening / (opening + closing)
        later[name] = target + (gates[name] - target) * np.exp(-h * axon.speed[name] * (opening + closing))
    return later


def arrival(times, potential):
    """When a potential first rises through 0 mV, linear between the samples; nan when it never does."""
    rises = np.flatnonzero((potential[:-1] < 0) & (potential[1:] >= 0))
    if not len(rises):
        return math.nan
    i = rises[0]
    return times[i] + (times[i + 1] - times[i]) * potential[i] / (potential[i] - potential[i + 1])
