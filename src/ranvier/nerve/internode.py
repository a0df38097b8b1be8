"""The internode as a linear network, and the same network seen from its two nodes.

Ten segments (MYSA, FLUT, six STIN, FLUT, MYSA), each with an axoplasmic and a periaxonal potential: 20
unknowns u in  C du/dt = -K u + inward_left V_left + inward_right V_right,  potentials counted from where the
axolemma draws no current. In the eigenmodes of (K, C) every mode decays alone, at `decay` per ms, driven by
the nodes through `left` and `right`; the current it returns to a node has the same weight. Nothing is lost.
Units: nF, uS, mV, ms, nA.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.channels import Membrane, Region
from ranvier.nerve.geometry import Geometry, passive

Array = NDArray[np.float64]

CM = 1e-4
"""Centimetres in a micrometre."""


class Injury(NamedTuple):
    """What is wrong with one internode: the factors of `lesion.QUALITIES`."""

    myelin: float = 1.0
    paranode: float = 1.0
    juxtaparanode: float = 1.0
    detachment: float = 1.0


@dataclass(frozen=True)
class Segments:
    """The ten segments of an internode between two nodes, in um; regions name their axolemma."""

    length: Array
    diameter: Array
    gap: Array
    regions: tuple[str, ...]

    @property
    def area(self) -> Array:
        """Axolemma of each segment in cm2."""
        return np.pi * self.diameter * self.length * CM**2


@dataclass(frozen=True)
class Network:
    """The internode's equations: capacitance and conductance over 20 potentials, axoplasm first."""

    capacitance: Array
    conductance: Array
    left: float
    """Conductance between the left node and the first segment's axoplasm."""
    right: float


@dataclass(frozen=True)
class Modes:
    """The network in its eigenmodes, slowest first.

    `axolemma[j, k]` is the potential across the axolemma of segment j in mode k of unit size.
    """

    decay: Array
    left: Array
    right: Array
    axolemma: Array
    through: tuple[float, float]
    """Conductance from each node into the internode when nothing inside it moves."""


def segments(shape: Geometry, lesion: Injury) -> Segments:
    """The segments of an internode."""
    measures = passive()
    stins = round(measures.stin_segments)
    rest = shape.node_spacing - measures.node_length - 2 * (measures.mysa_length + shape.flut_length)
    gap_factors = lesion.detachment * lesion.paranode, lesion.detachment * lesion.juxtaparanode
    half_gaps = [measures.mysa_gap * gap_factors[0], measures.flut_gap * gap_factors[1]]
    return Segments(
        length=mirrored([measures.mysa_length, shape.flut_length], rest / stins, stins),
        diameter=mirrored([shape.node_diameter, shape.axon_diameter], shape.axon_diameter, stins),
        gap=mirrored(half_gaps, measures.stin_gap, stins),
        regions=("mysa", "flut", *["stin"] * stins, "flut", "mysa"),
    )


def mirrored(half: list[float], middle: float, count: int) -> Array:
    """A measure along the internode, the same from either end."""
    return np.array([*half, *[middle] * count, *reversed(half)])


def network(
    shape: Geometry, membrane: Membrane, diameter_um: float, lesion: Injury, ends: tuple[float, float]
) -> Network:
    """The equations of one internode; `ends` are the lengths in um of the half nodes on either side."""
    measures = passive()
    parts = segments(shape, lesion)
    lamellae = 2 * shape.lamellae / myelin_factor(parts, lesion)
    myelin_area = np.pi * diameter_um * parts.length * CM**2
    axolemma = regions(parts, membrane)
    inner_c = np.array([each.capacitance for each in axolemma]) * parts.area * 1e3
    inner_g = np.array([each.leak for each in axolemma]) * channel_area(parts, membrane, diameter_um) * 1e6
    outer_c = measures.myelin_capacitance / lamellae * myelin_area * 1e3
    outer_g = measures.myelin_conductance / lamellae * myelin_area * 1e6
    axial, left, right = chain(axoplasm(parts, measures.axial_resistivity), node_axoplasm(shape, ends))
    along, _, _ = chain(periaxonal(parts, measures.axial_resistivity), node_periaxonal(shape, ends))
    conductance, count = coupled(inner_g, outer_g), len(inner_g)
    conductance[:count, :count] += axial
    conductance[count:, count:] += along
    return Network(coupled(inner_c, outer_c), conductance, left, right)


def regions(parts: Segments, membrane: Membrane) -> list[Region]:
    """The axolemma of each segment."""
    return [getattr(membrane, name) for name in parts.regions]


def channel_area(parts: Segments, membrane: Membrane, diameter_um: float) -> Array:
    """The surface in cm2 that densities in the internode are counted on."""
    on_axon = membrane.internode_area == "axon"
    return parts.area if on_axon else np.pi * diameter_um * parts.length * CM**2


def myelin_factor(parts: Segments, lesion: Injury) -> Array:
    """By what the lamellae of each segment are divided."""
    lifted = [lesion.detachment if name in ("mysa", "flut") else 1.0 for name in parts.regions]
    return lesion.myelin * np.array(lifted)


def coupled(inner: Array, outer: Array) -> Array:
    """The axolemma between axoplasm and periaxonal space, the myelin between that space and ground."""
    count, own = len(inner), np.arange(len(inner))
    matrix = np.zeros((2 * count, 2 * count))
    matrix[own, own], matrix[own + count, own + count] = inner, inner + outer
    matrix[own, own + count] = matrix[own + count, own] = -inner
    return matrix


def axoplasm(parts: Segments, resistivity: float) -> Array:
    """Axial resistance of half of each segment in Mohm."""
    return resistivity * parts.length / 2 / (np.pi * parts.diameter**2 / 4) / CM * 1e-6


def periaxonal(parts: Segments, resistivity: float) -> Array:
    """Resistance of the space under the myelin along half of each segment in Mohm."""
    return resistivity * parts.length / 2 / ring(parts.diameter, parts.gap) / CM * 1e-6


def ring(diameter: Any, gap: Any) -> Any:
    """Area in um2 of a ring around an axon."""
    return np.pi * ((diameter / 2 + gap) ** 2 - (diameter / 2) ** 2)


def node_axoplasm(shape: Geometry, half_lengths: tuple[float, float]) -> Array:
    """Axial resistance of the half nodes in Mohm."""
    area = np.pi * shape.node_diameter**2 / 4
    return passive().axial_resistivity * np.array(half_lengths) / area / CM * 1e-6


def node_periaxonal(shape: Geometry, half_lengths: tuple[float, float]) -> Array:
    """Resistance along the half nodes outside the membrane, up to where the fluid is grounded, in Mohm."""
    area = ring(shape.node_diameter, passive().mysa_gap)
    return passive().axial_resistivity * np.array(half_lengths) / area / CM * 1e-6


def chain(halves: Array, ends: Array) -> tuple[Array, float, float]:
    """A row of resistances between two fixed ends: conductance matrix, conductances at the ends."""
    between = 1 / np.concatenate([[ends[0] + halves[0]], halves[:-1] + halves[1:], [halves[-1] + ends[1]]])
    inner = between[1:-1]
    own = np.arange(len(inner))
    matrix = np.diag(between[:-1] + between[1:])
    matrix[own, own + 1] = matrix[own + 1, own] = -inner
    return matrix, float(between[0]), float(between[-1])


def modes(net: Network) -> Modes:
    """The eigenmodes of (conductance, capacitance), scaled so that mode^T capacitance mode = 1."""
    half = np.linalg.inv(np.linalg.cholesky(net.capacitance))
    decay, turned = np.linalg.eigh(half @ net.conductance @ half.T)
    shapes = half.T @ turned
    count = len(decay) // 2
    return Modes(
        decay=decay,
        left=net.left * shapes[0],
        right=net.right * shapes[count - 1],
        axolemma=shapes[:count] - shapes[count:],
        through=(net.left, net.right),
    )
