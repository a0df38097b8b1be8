"""The double-cable motor axon of McIntyre, Richardson and Grill (2002) in NEURON 9.

The independent peer against which the fibre of this project is measured; it uses no code of the project.
The exact protocol, and what each lesion scales, stand in tests/against/README.md.
Needs the packages neuron and numpy and a C++ compiler (for nrnivmodl).
"""

import hashlib
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from mrg_table import GAP_UM, LEAK_S_CM2, NODE_UM, RHO_OHM_CM, SEGMENTS, START_MV, Geometry

os.environ.setdefault("NEURON_MODULE_OPTIONS", "-nogui")
from neuron import h

MOD_FILE = Path(__file__).with_name("axnode.mod")
DEAD_MV = -70.0


def load_mechanism() -> None:
    """Compile axnode.mod in a temporary folder (once per text) and load it."""
    if hasattr(h, "axnode"):
        return
    digest = hashlib.sha256(MOD_FILE.read_bytes()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"neuron-mrg-{digest}"
    built = sorted(folder.glob("*/libnrnmech.*"))
    if not built:
        folder.mkdir(exist_ok=True)
        (folder / MOD_FILE.name).write_bytes(MOD_FILE.read_bytes())
        compiler = Path(sys.executable).with_name("nrnivmodl")
        subprocess.run([compiler], cwd=folder, check=True, capture_output=True)
        built = sorted(folder.glob("*/libnrnmech.*"))
    h.nrn_load_dll(str(built[0]))
    h.nlayer_extracellular(1)  # the fibre surface is ground: a second layer would only cost time


def periaxonal_mohm_per_cm(diameter_um: float, gap_um: float) -> float:
    """Longitudinal resistance of the space between axolemma and myelin."""
    area = math.pi * ((diameter_um / 2 + gap_um) ** 2 - (diameter_um / 2) ** 2)
    return 100 * RHO_OHM_CM / area


class Fibre:
    """One fibre at rest: one segment per section, all nodes active, sealed ends, surface grounded."""

    def __init__(self, diameter_um: float = 10.0, nodes: int = 51, temperature_c: float = 37.0):
        load_mechanism()
        self.geometry = Geometry.of(diameter_um)
        self.temperature_c = temperature_c
        self.nodes = [self._node(i) for i in range(nodes)]
        self.internodes = [self._internode(i) for i in range(nodes - 1)]
        self._clamps = []

    def _node(self, index: int) -> h.Section:
        section = h.Section(name=f"node{index}")
        section.L, section.nseg = NODE_UM, 1
        section.diam, section.cm, section.Ra = self.geometry.node, 2.0, RHO_OHM_CM
        section.insert("axnode")
        section.insert("extracellular")
        segment = section(0.5)
        segment.xraxial[0] = periaxonal_mohm_per_cm(self.geometry.node, GAP_UM["mysa"])
        segment.xg[0], segment.xc[0] = 1e10, 0.0
        return section

    def _internode(self, index: int) -> list[tuple[str, h.Section]]:
        parts = [(kind, self._segment(kind, f"{kind}{index}_{j}")) for j, kind in enumerate(SEGMENTS)]
        chain = [self.nodes[index], *(section for _, section in parts), self.nodes[index + 1]]
        for left, right in pairwise(chain):
            right.connect(left(1), 0)
        return parts

    def _segment(self, kind: str, name: str) -> h.Section:
        """A section as wide as the fibre: densities of the axolemma carry the ratio axon / fibre."""
        section = h.Section(name=name)
        ratio = self.geometry.diameter(kind) / self.geometry.fibre
        section.L, section.nseg, section.diam = self.geometry.length(kind), 1, self.geometry.fibre
        section.cm, section.Ra = 2.0 * ratio, RHO_OHM_CM / ratio**2
        section.insert("pas")
        section.insert("extracellular")
        segment = section(0.5)
        segment.pas.g, segment.pas.e = LEAK_S_CM2[kind] * ratio, START_MV
        segment.xraxial[0] = periaxonal_mohm_per_cm(self.geometry.diameter(kind), GAP_UM[kind])
        self._set_myelin(section, 1.0)
        return section

    def scale_sodium(self, nodes: Iterable[int], factor: float) -> None:
        """Fast sodium conductance of these nodes as a fraction of the healthy one."""
        for i in nodes:
            self.nodes[i](0.5).axnode.gna = 3.0 * factor

    def _set_myelin(self, section: h.Section, factor: float) -> None:
        """Capacitance and conductance of two membranes per lamella in series, times a factor."""
        membranes = 2 * self.geometry.lamellae
        section(0.5).xg[0], section(0.5).xc[0] = 0.001 / membranes * factor, 0.1 / membranes * factor

    def scale_myelin(self, internodes: Iterable[int], factor: float) -> None:
        """Capacitance and conductance of the myelin of whole internodes times a factor."""
        for i in internodes:
            for _, section in self.internodes[i]:
                self._set_myelin(section, factor)

    def open_paranode(
        self, internodes: Iterable[int], kinds: tuple[str, ...], factor: float, myelin_too: bool
    ) -> None:
        """Width of the periaxonal gap of the MYSA or FLUT at both ends of internodes times a factor.

        With `myelin_too` capacitance and conductance of the myelin over them grow by the same factor.
        """
        for i in internodes:
            for kind, section in self.internodes[i]:
                if kind in kinds:
                    gap = GAP_UM[kind] * factor
                    section(0.5).xraxial[0] = periaxonal_mohm_per_cm(self.geometry.diameter(kind), gap)
                    if myelin_too:
                        self._set_myelin(section, factor)

    def widen(self, nodes: Iterable[int], factor: float) -> None:
        """Length of nodes times a factor: the number of channels stays, membrane and leak grow with it."""
        for i in nodes:
            self.nodes[i].L = NODE_UM * factor
            mechanism = self.nodes[i](0.5).axnode
            mechanism.gna, mechanism.gnap, mechanism.gks = 3.0 / factor, 0.01 / factor, 0.08 / factor

    def inject(self, node: int, start_ms: float, duration_ms: float, current_na: float) -> h.IClamp:
        """A rectangular current into the axoplasm of a node."""
        clamp = h.IClamp(self.nodes[node](0.5))
        clamp.delay, clamp.dur, clamp.amp = start_ms, duration_ms, current_na
        self._clamps.append(clamp)
        return clamp

    def start(self, dt_ms: float) -> None:
        """All membranes at -80 mV, gates at their steady state there, periaxonal potential 0, t = 0."""
        h.celsius, h.dt, h.secondorder = self.temperature_c, dt_ms, 0
        h.finitialize(START_MV)

    def advance(self) -> "Fibre":
        """One time step."""
        h.fadvance()
        return self

    def voltage(self, node: int):
        """A reference to the transmembrane potential of a node."""
        return self.nodes[node](0.5)._ref_v

    def run(
        self,
        dt_ms: float,
        until_ms: float,
        watch: Iterable[int],
        enough: Callable[[dict[int, list[float]]], bool] | None = None,
        dead_after_ms: float = math.inf,
    ) -> dict[int, list[float]]:
        """Upward crossings of 0 mV at the watched nodes, interpolated linearly within a step.

        Stops when `enough` says so of the crossings so far or, later than `dead_after_ms`, when no node
        is above -70 mV (no impulse is left anywhere).
        """
        self.start(dt_ms)
        refs = {node: self.voltage(node) for node in watch}
        before = dict.fromkeys(refs, START_MV)
        crossings: dict[int, list[float]] = {node: [] for node in refs}
        for step in range(1, round(until_ms / dt_ms) + 1):
            h.fadvance()
            if self._note(refs, before, crossings, step, dt_ms) and enough and enough(crossings):
                break
            if step * dt_ms > dead_after_ms and step % 20 == 0 and self.highest() < DEAD_MV:
                break
        return crossings

    @staticmethod
    def _note(refs: dict, before: dict, crossings: dict, step: int, dt_ms: float) -> bool:
        """Append the crossings of this step; say whether there was one."""
        found = False
        for node, ref in refs.items():
            old, new = before[node], ref[0]
            if old < 0 <= new:
                crossings[node].append((step - 1 + old / (old - new)) * dt_ms)
                found = True
            before[node] = new
        return found

    def highest(self) -> float:
        """The highest membrane potential among the nodes now."""
        return max(node(0.5).v for node in self.nodes)
