"""How many fibre milliseconds NEURON computes in a CPU second: the double-cable fibre, one after another.

51 nodes, 5 ms, a pulse of 4 nA and 0.1 ms at node 0 at 0.5 ms; diameters spread evenly over 5.7 to 16 um.
Only the time stepping counts; building the models is reported apart. Prints one line of JSON.
"""

import argparse
import json
import time
from importlib.metadata import version

import numpy as np
from mrg_table import PULSE_MS, PULSE_START_MS, SUPRATHRESHOLD_NA
from neuron_mrg import Fibre, h, load_mechanism

DURATION_MS = 5.0
FROM_NODE, TO_NODE = 20, 40


def crossing_ms(trace: np.ndarray, dt_ms: float) -> float:
    """First upward crossing of 0 mV, interpolated linearly."""
    after = int(np.argmax(trace >= 0))
    before = after - 1
    return (before + trace[before] / (trace[before] - trace[after])) * dt_ms


def simulate(fibre: Fibre, dt_ms: float) -> tuple[float, float]:
    """CPU seconds of the 5 ms of one fibre and its velocity in m/s."""
    traces = [h.Vector().record(fibre.voltage(node)) for node in (FROM_NODE, TO_NODE)]
    context = h.ParallelContext()
    fibre.start(dt_ms)
    context.set_maxstep(10)
    start = time.process_time()
    context.psolve(DURATION_MS)
    spent = time.process_time() - start
    first, last = (crossing_ms(np.array(trace), dt_ms) for trace in traces)
    return spent, (TO_NODE - FROM_NODE) * fibre.geometry.spacing * 1e-3 / (last - first)


def build(diameter_um: float) -> tuple[float, Fibre]:
    """CPU seconds of building a fibre, and the fibre."""
    start = time.process_time()
    fibre = Fibre(diameter_um)
    fibre.inject(0, PULSE_START_MS, PULSE_MS, SUPRATHRESHOLD_NA)
    return time.process_time() - start, fibre


def main() -> None:
    """Run the job and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fibres", type=int, default=50)
    parser.add_argument("--dt-ms", type=float, default=0.005)
    arguments = parser.parse_args()
    load_mechanism()
    set_up = cpu = 0.0
    velocities = []
    for diameter in np.linspace(5.7, 16, arguments.fibres):
        spent, fibre = build(float(diameter))
        set_up += spent
        spent, velocity = simulate(fibre, arguments.dt_ms)
        cpu += spent
        velocities.append(round(velocity, 4))
    work = arguments.fibres * DURATION_MS
    figures = {
        "engine": "NEURON, double cable",
        "version": version("neuron"),
        "dt_ms": arguments.dt_ms,
        "fibres": arguments.fibres,
        "fibre_ms": work,
        "cpu_s": round(cpu, 3),
        "setup_cpu_s": round(set_up, 3),
        "fibre_ms_per_core_s": round(work / cpu, 2),
        "velocities": velocities,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
