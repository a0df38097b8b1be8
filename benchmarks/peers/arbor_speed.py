"""How many fibre milliseconds Arbor computes in a CPU second, on one thread: a single-cable yardstick.

Arbor has no second cable, so the periaxonal space is left out: the node's channels are those of the motor
axon, each internode has axolemma and myelin in series. The velocities are therefore not those of a motor
axon; only the cost of a step compares. 51 nodes, 551 control volumes, 5 ms, 4 nA and 0.1 ms at node 0.
Needs the package arbor, CMake and a C++ compiler. Prints one line of JSON.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import arbor
import numpy as np
from arbor import units as U  # noqa: N812
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

MOD_FILE = Path(__file__).with_name("axnode_arbor.mod")
NODES = 51
DURATION_MS = 5.0
SAMPLE_MS = 0.01
FROM_NODE, TO_NODE = 20, 40
TAGS = {"node": 1, "mysa": 2, "flut": 3, "stin": 4}


def catalogue() -> arbor.catalogue:
    """The mechanism, built in a temporary folder once per text."""
    digest = hashlib.sha256(MOD_FILE.read_bytes()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"arbor-mrg-{digest}"
    built = folder / "mrg-catalogue.so"
    if not built.exists():
        (folder / "mods").mkdir(parents=True, exist_ok=True)
        (folder / "mods" / "axnode.mod").write_bytes(MOD_FILE.read_bytes())
        tools = Path(sys.executable).parent
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(
            [tools / "arbor-build-catalogue", "mrg", "mods"],
            cwd=folder,
            check=True,
            capture_output=True,
            env=os.environ | {"PATH": path},
        )
    return arbor.load_catalogue(built)


def fibre(geometry: Geometry) -> arbor.cable_cell:
    """One fibre as an unbranched chain, one control volume per segment."""
    tree = arbor.segment_tree()
    parent, x = arbor.mnpos, 0.0
    for index in range(NODES):
        for kind in ("node",) if index == NODES - 1 else ("node", *SEGMENTS):
            length = NODE_UM if kind == "node" else geometry.length(kind)
            radius = (geometry.node if kind == "node" else geometry.diameter(kind)) / 2
            near, far = arbor.mpoint(x, 0, 0, radius), arbor.mpoint(x + length, 0, 0, radius)
            parent = tree.append(parent, near, far, tag=TAGS[kind])
            x += length
    decor = decorations(geometry, centre(geometry, 0))
    return arbor.cable_cell(tree, decor, labels(), arbor.cv_policy_every_segment())


def centre(geometry: Geometry, node: int) -> float:
    """Where the middle of a node lies, as a fraction of the length of the fibre."""
    return (node * geometry.spacing + NODE_UM / 2) / ((NODES - 1) * geometry.spacing + NODE_UM)


def labels() -> arbor.label_dict:
    """A region for each kind of segment."""
    return arbor.label_dict({kind: f"(tag {tag})" for kind, tag in TAGS.items()})


def decorations(geometry: Geometry, first: float) -> arbor.decor:
    """Membranes and pulse."""
    decor = arbor.decor()
    decor.set_property(Vm=START_MV * U.mV, tempK=310.15 * U.Kelvin, rL=RHO_OHM_CM * U.Ohm * U.cm)
    decor.paint('"node"', cm=0.02 * U.F / U.m2)
    decor.paint('"node"', arbor.density("axnode"))
    for kind in ("mysa", "flut", "stin"):
        capacitance, conductance = geometry.single_cable(kind)
        decor.paint(f'"{kind}"', cm=capacitance * 0.01 * U.F / U.m2)
        decor.paint(f'"{kind}"', arbor.density(f"pas/e={START_MV}", g=conductance))
    pulse = arbor.i_clamp(PULSE_START_MS * U.ms, PULSE_MS * U.ms, SUPRATHRESHOLD_NA * U.nA)
    decor.place(f"(location 0 {first})", pulse)
    return decor


class Fibres(arbor.recipe):
    """Independent fibres of these geometries."""

    def __init__(self, geometries: list[Geometry]):
        arbor.recipe.__init__(self)
        self.geometries = geometries
        self.properties = arbor.neuron_cable_properties()
        self.properties.catalogue = arbor.default_catalogue()
        self.properties.catalogue.extend(catalogue(), "")

    def num_cells(self) -> int:
        return len(self.geometries)

    def cell_kind(self, gid: int) -> arbor.cell_kind:
        return arbor.cell_kind.cable

    def cell_description(self, gid: int) -> arbor.cable_cell:
        return fibre(self.geometries[gid])

    def probes(self, gid: int) -> list[arbor.probe]:
        places = [f"(location 0 {centre(self.geometries[gid], node)})" for node in (FROM_NODE, TO_NODE)]
        return [arbor.cable_probe_membrane_voltage(p, f"v{i}") for i, p in enumerate(places)]

    def global_properties(self, kind: arbor.cell_kind) -> arbor.cable_global_properties:
        return self.properties


def crossing_ms(samples: np.ndarray) -> float | None:
    """First upward crossing of 0 mV, interpolated linearly; None when there is none."""
    times, volts = samples[:, 0], samples[:, 1]
    after = int(np.argmax(volts >= 0))
    if after == 0:
        return None
    return float(np.interp(0.0, volts[after - 1 : after + 1], times[after - 1 : after + 1]))


def velocity(simulation: arbor.simulation, handles: list[int], geometry: Geometry) -> float | None:
    """Velocity between the two probes of a fibre in m/s."""
    first, last = (crossing_ms(simulation.samples(handle)[0][0]) for handle in handles)
    distance = (TO_NODE - FROM_NODE) * geometry.spacing * 1e-3
    return round(distance / (last - first), 4) if first and last else None


def main() -> None:
    """Run the job and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fibres", type=int, default=50)
    parser.add_argument("--dt-ms", type=float, default=0.005)
    arguments = parser.parse_args()
    geometries = [Geometry.of(float(d)) for d in np.linspace(5.7, 16, arguments.fibres)]
    recipe = Fibres(geometries)
    start = time.process_time()
    simulation = arbor.simulation(recipe, arbor.context(threads=1))
    often = arbor.regular_schedule(SAMPLE_MS * U.ms)
    handles = [[simulation.sample((gid, f"v{i}"), often) for i in (0, 1)] for gid in range(len(geometries))]
    built = time.process_time()
    simulation.run(DURATION_MS * U.ms, arguments.dt_ms * U.ms)
    spent = time.process_time() - built
    work = arguments.fibres * DURATION_MS
    figures = {
        "engine": "Arbor, single cable",
        "version": arbor.__version__,
        "dt_ms": arguments.dt_ms,
        "fibres": arguments.fibres,
        "fibre_ms": work,
        "cpu_s": round(spent, 3),
        "setup_cpu_s": round(built - start, 3),
        "fibre_ms_per_core_s": round(work / spent, 2),
        "velocities": [velocity(simulation, h, g) for h, g in zip(handles, geometries, strict=True)],
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
