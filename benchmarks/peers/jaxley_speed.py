"""How many fibre milliseconds Jaxley computes in a CPU second, on one core: a single-cable yardstick.

Jaxley has no second cable, so the periaxonal space is left out: the node's channels are those of the motor
axon, each internode has axolemma and myelin in series. The velocities are therefore not those of a motor
axon; only the cost of a step compares. 51 nodes, 551 compartments, 5 ms, 4 nA and 0.1 ms at node 0; all
fibres in one vmap, in single precision unless --x64 is given. Compilation is reported apart. Needs the
package jaxley. Prints one line of JSON.
"""

import argparse
import json
import os
import time
from importlib.metadata import version

import jax
import jax.numpy as jnp
import jaxley as jx
import numpy as np
from jaxley.channels import Channel, Leak
from jaxley.solver_gate import solve_gate_exponential
from mrg_table import (
    NODE_UM,
    PULSE_MS,
    PULSE_START_MS,
    RHO_OHM_CM,
    SEGMENTS,
    START_MV,
    SUPRATHRESHOLD_NA,
    Geometry,
)

NODES = 51
KINDS = ("node", *SEGMENTS) * (NODES - 1) + ("node",)
DURATION_MS = 5.0
FROM_NODE, TO_NODE = 20, 40
CELSIUS = 37.0
NODE_C_UF_CM2 = 2.0


def linoid(x, k):
    """x / (1 - exp(-x / k)), with its limit at 0."""
    safe = jnp.where(jnp.abs(x) < 1e-3, 1e-3, x)
    return safe / (1 - jnp.exp(-safe / k))


def rates(v) -> dict[str, tuple]:
    """Opening and closing rate of each gate per ms."""
    q1, q2 = 2.2 ** ((CELSIUS - 20) / 10), 2.9 ** ((CELSIUS - 20) / 10)
    q3 = 3.0 ** ((CELSIUS - 36) / 10)
    return {
        "m": (q1 * 1.86 * linoid(v + 21.4, 10.3), q1 * 0.086 * linoid(-(v + 25.7), 9.16)),
        "h": (q2 * 0.062 * linoid(-(v + 114), 11), q2 * 2.3 / (1 + jnp.exp(-(v + 31.8) / 13.4))),
        "p": (q1 * 0.01 * linoid(v + 27, 10.2), q1 * 0.00025 * linoid(-(v + 34), 10)),
        "s": (q3 * 0.3 / (1 + jnp.exp(-(v + 53) / 5)), q3 * 0.03 / (1 + jnp.exp(-(v + 90)))),
    }


class Axnode(Channel):
    """The node of Ranvier: fast and persistent sodium, slow potassium, leak."""

    def __init__(self, name: str | None = None):
        self.current_is_in_mA_per_cm2 = True
        super().__init__(name)
        self.channel_params = {}
        self.channel_states = {f"{self._name}_{gate}": 0.1 for gate in "mhps"}
        self.current_name = "i_axnode"

    def update_states(self, states, dt, v, params):
        return {
            f"{self._name}_{gate}": solve_gate_exponential(states[f"{self._name}_{gate}"], dt, *ab)
            for gate, ab in rates(v).items()
        }

    def compute_current(self, states, v, params):
        m, h, p, s = (states[f"{self._name}_{gate}"] for gate in "mhps")
        sodium = (3.0 * m**3 * h + 0.01 * p**3) * (v - 50)
        return sodium + (0.08 * s + 0.007) * (v + 90)

    def init_state(self, states, v, params, delta_t):
        return {f"{self._name}_{gate}": a / (a + b) for gate, (a, b) in rates(v).items()}


def template(dt_ms: float) -> jx.Cell:
    """A fibre whose lengths, radii and passive membrane are left to be set."""
    cell = jx.Cell(jx.Branch(jx.Compartment(), ncomp=len(KINDS)), parents=[-1])
    nodes = [i for i, kind in enumerate(KINDS) if kind == "node"]
    cell.insert(Leak())
    cell.branch(0).comp(nodes).insert(Axnode())
    cell.set("v", START_MV)
    cell.set("axial_resistivity", RHO_OHM_CM)
    cell.set("Leak_eLeak", START_MV)
    pulse = jx.step_current(PULSE_START_MS, PULSE_MS, SUPRATHRESHOLD_NA, dt_ms, DURATION_MS)
    cell.branch(0).comp(0).stimulate(pulse, verbose=False)
    for node in (FROM_NODE, TO_NODE):
        cell.branch(0).comp(nodes[node]).record("v", verbose=False)
    for name in ("radius", "length", "capacitance", "Leak_gLeak"):
        cell.branch(0).comp("all").make_trainable(name, verbose=False)
    cell.init_states(dt_ms)
    return cell


def values(geometry: Geometry) -> list[dict[str, np.ndarray]]:
    """What the template leaves open, compartment by compartment."""
    radius, length, capacitance, leak = [], [], [], []
    for kind in KINDS:
        node = kind == "node"
        radius.append((geometry.node if node else geometry.diameter(kind)) / 2)
        length.append(NODE_UM if node else geometry.length(kind))
        c, g = (NODE_C_UF_CM2, 0.0) if node else geometry.single_cable(kind)
        capacitance.append(c)
        leak.append(g)
    columns = {"radius": radius, "length": length, "capacitance": capacitance, "Leak_gLeak": leak}
    return [{name: np.array(column)} for name, column in columns.items()]


def crossing_ms(trace: np.ndarray, dt_ms: float) -> float | None:
    """First upward crossing of 0 mV, interpolated linearly; None when there is none."""
    after = int(np.argmax(trace >= 0))
    if after == 0:
        return None
    return (after - 1 + trace[after - 1] / (trace[after - 1] - trace[after])) * dt_ms


def velocity(traces: np.ndarray, geometry: Geometry, dt_ms: float) -> float | None:
    """Velocity between the two recorded nodes in m/s."""
    first, last = (crossing_ms(trace, dt_ms) for trace in traces)
    distance = (TO_NODE - FROM_NODE) * geometry.spacing * 1e-3
    return round(float(distance / (last - first)), 4) if first and last else None


def main() -> None:
    """Run the job twice, the first time to compile, and print the figures of the second."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fibres", type=int, default=50)
    parser.add_argument("--dt-ms", type=float, default=0.005)
    parser.add_argument("--x64", action="store_true", help="double precision")
    arguments = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # before JAX starts its threads
    jax.config.update("jax_platform_name", "cpu")
    jax.config.update("jax_enable_x64", arguments.x64)
    geometries = [Geometry.of(float(d)) for d in np.linspace(5.7, 16, arguments.fibres)]
    start = time.process_time()
    cell = template(arguments.dt_ms)
    batch = jax.tree.map(lambda *leaves: jnp.stack(leaves), *(values(g) for g in geometries))
    job = jax.jit(jax.vmap(lambda parameters: jx.integrate(cell, parameters, delta_t=arguments.dt_ms)))
    job(batch).block_until_ready()
    built = time.process_time()
    traces = np.asarray(job(batch).block_until_ready())
    spent = time.process_time() - built
    work = arguments.fibres * DURATION_MS
    figures = {
        "engine": f"Jaxley, single cable, {'fp64' if arguments.x64 else 'fp32'}",
        "version": version("jaxley"),
        "dt_ms": arguments.dt_ms,
        "fibres": arguments.fibres,
        "fibre_ms": work,
        "cpu_s": round(spent, 3),
        "setup_cpu_s": round(built - start - spent, 3),
        "fibre_ms_per_core_s": round(work / spent, 2),
        "velocities": [velocity(t, g, arguments.dt_ms) for t, g in zip(traces, geometries, strict=True)],
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
