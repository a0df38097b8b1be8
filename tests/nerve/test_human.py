"""The human membrane: channels under the myelin, against all compartments integrated by a stiff solver."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from ranvier.nerve import Fibre, Pulse, propagate
from ranvier.nerve.geometry import passive
from ranvier.nerve.internode import CM, Injury, channel_area, network, segments

NODES = 4
SEGMENTS = 10
PULSE_NA, ONSET_MS, SETTLING_MS = 4.0, 0.3, 150.0


class Compartments:
    """Every node and segment of a short fibre; channels straight from the data, passive network as matrices."""

    def __init__(self, fibre: Fibre):
        self.kind, self.temperature = fibre.membrane(), float(fibre.temperature_c)
        half = passive().node_length / 2
        injury = Injury()
        net = network(fibre.shape, self.kind, fibre.diameter_um, injury, (half, half))
        parts = segments(fibre.shape, injury)
        self.node_area = np.pi * fibre.shape.node_diameter * passive().node_length * CM**2
        area = channel_area(parts, self.kind, fibre.diameter_um)
        size = NODES + (NODES - 1) * 2 * SEGMENTS
        capacitance, self.conductance = np.zeros((size, size)), np.zeros((size, size))
        self.inner = []
        for i in range(NODES):
            capacitance[i, i] = 1e3 * self.kind.node.capacitance * self.node_area
        for i in range(NODES - 1):
            at = NODES + i * 2 * SEGMENTS + np.arange(2 * SEGMENTS)
            capacitance[np.ix_(at, at)] = net.capacitance
            self.conductance[np.ix_(at, at)] += net.conductance
            for node, end, through in ((i, at[0], net.left), (i + 1, at[SEGMENTS - 1], net.right)):
                self.conductance[node, node] += through
                self.conductance[node, end] -= through
                self.conductance[end, node] -= through
            self.inner += [(at[j], at[SEGMENTS + j], name, area[j]) for j, name in enumerate(parts.regions)]
        self.solve = np.linalg.inv(capacitance)
        self.zero = self.kind.stin.leak_reversal
        self.size = size

    def regions(self):
        """Every piece of membrane: inside, outside (None: grounded), its region and surface."""
        yield from ((i, None, self.kind.node, self.node_area) for i in range(NODES))
        yield from ((a, b, getattr(self.kind, name), area) for a, b, name, area in self.inner)

    def rest(self) -> np.ndarray:
        """Everything at the published resting potential."""
        u = np.zeros(self.size)
        u[:NODES] = self.kind.rest - self.zero
        for a, _, _, _ in self.inner:
            u[a] = self.kind.rest - self.zero
        gates = [
            float(gate.steady(self.kind.rest))
            for _, _, region, _ in self.regions()
            for channel in region.channels
            for gate, _ in channel.gates
        ]
        return np.concatenate([u, gates])

    def change(self, t: float, state: np.ndarray) -> np.ndarray:
        """The derivative of all potentials and gates."""
        u, gates = state[: self.size], state[self.size :]
        current = -self.conductance @ u
        moved = np.empty_like(gates)
        k = 0
        for inside, outside, region, area in self.regions():
            v = u[inside] - (0.0 if outside is None else u[outside]) + self.zero
            flow = 0.0
            if outside is None:
                flow += 1e6 * area * region.leak * (v - region.leak_reversal)
            for channel in region.channels:
                share = 1.0
                for gate, power in channel.gates:
                    opening, closing = float(gate.alpha(v)), float(gate.beta(v))
                    speed = float(gate.speed(self.temperature))
                    moved[k] = speed * (opening * (1 - gates[k]) - closing * gates[k])
                    share *= gates[k] ** power
                    k += 1
                flow += 1e6 * area * channel.density * share * (v - channel.reversal)
            current[inside] -= flow
            if outside is not None:
                current[outside] += flow
        if 0 <= t - ONSET_MS < 0.1:
            current[0] += PULSE_NA
        return np.concatenate([self.solve @ current, moved])


@pytest.fixture(scope="module")
def traces() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times, the node potentials of the oracle, and those of the kernel."""
    fibre = Fibre(10.0, nodes=NODES, membrane_name="human")
    run = propagate(fibre, [Pulse(ONSET_MS, 0.1, PULSE_NA)], 1.2, step_us=1.0, traced=range(NODES))
    oracle = Compartments(fibre)
    options = {"method": "BDF", "rtol": 1e-6, "atol": 1e-7}
    state = solve_ivp(oracle.change, (-SETTLING_MS, 0.0), oracle.rest(), **options).y[:, -1]
    found = []
    for begin, end in ((0.0, ONSET_MS), (ONSET_MS, ONSET_MS + 0.1), (ONSET_MS + 0.1, run.trace_ms[-1])):
        inside = run.trace_ms[(run.trace_ms >= begin - 1e-9) & (run.trace_ms < end - 1e-9)]
        part = solve_ivp(
            oracle.change, (begin, end), state, t_eval=[*np.clip(inside, begin, end), end], **options
        )
        found.append(part.y[:NODES, :-1])
        state = part.y[:, -1]
    kept = sum(each.shape[1] for each in found)
    return run.trace_ms[:kept], np.hstack(found) + oracle.zero, run.trace_mv[0].T[:, :kept]


def test_the_axon_rests_where_the_stiff_solver_says(traces):
    _, oracle, kernel = traces
    assert kernel[:, 0] == pytest.approx(oracle[:, 0], abs=0.02)
    assert kernel[1, 0] == pytest.approx(-85.94, abs=0.1)


def test_the_impulse_is_that_of_the_stiff_solver(traces):
    times, oracle, kernel = traces
    for node in range(1, NODES):
        first, second = (float(times[np.argmax(each[node] >= 0)]) for each in (oracle, kernel))
        assert second == pytest.approx(first, abs=0.0021)
    assert kernel.max(axis=1) == pytest.approx(oracle.max(axis=1), abs=0.2)
    assert kernel[:, -1] == pytest.approx(oracle[:, -1], abs=0.3)


def test_second_order_and_slower_than_the_axon_with_a_passive_internode():
    steps = (4.0, 2.0, 1.0)
    human = [propagate(Fibre(10.0, membrane_name="human"), duration_ms=2.5, step_us=each) for each in steps]
    late = [float(each.arrival_ms(45)[0] - each.arrival_ms(5)[0]) for each in human]
    assert np.log2((late[0] - late[1]) / (late[1] - late[2])) == pytest.approx(2.0, abs=0.2)
    passive_internode = propagate(Fibre(10.0), duration_ms=2.5)
    assert 0.85 < human[1].velocity_m_s(20, 40)[0] / passive_internode.velocity_m_s(20, 40)[0] < 0.95


def test_single_precision_agrees():
    fibre = Fibre(10.0, nodes=21, membrane_name="human")
    one, two = (propagate(fibre, duration_ms=2.0, precision=each) for each in ("float32", "float64"))
    assert one.velocity_m_s(5, 15) == pytest.approx(two.velocity_m_s(5, 15), rel=1e-3)
