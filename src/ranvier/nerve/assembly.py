"""Fibres side by side, as the rows of numbers that the kernel works on.

Rows that all fibres of a block share along their length (healthy nodes, healthy internodes) are written
once; every place where any of them is lesioned, cut off or of its own temperature gets rows of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.channels import Membrane, Wiring, membrane
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.geometry import passive
from ranvier.nerve.internode import CM
from ranvier.nerve.lesion import QUALITIES
from ranvier.nerve.link import link_rows, links
from ranvier.nerve.pump import constants, pump, resting_pump
from ranvier.nerve.temperature import factor

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Makeup:
    """What all fibres of a block must share: the membrane, the channels followed at the node, the pump."""

    membrane: Membrane
    wiring: Wiring
    pump: bool

    @classmethod
    def of(cls, fibres: Sequence[Fibre]) -> "Makeup":
        """The make-up of fibres; fast K channels are followed at the node only if some are there.

        Raises ValueError when fibres of different membranes, or with and without pump, are mixed.
        """
        kinds = {(fibre.membrane_name, fibre.pump) for fibre in fibres}
        if len(kinds) != 1:
            raise ValueError("fibres of one run must share membrane_name and pump; run them apart.")
        own = fibres[0].membrane()
        channels = own.node.channels
        bare = any(lesion.quality == "fast_k" for fibre in fibres for lesion in fibre.lesions)
        if bare and not any(channel.name == "fast_k" for channel in channels):
            fast_k = next(each for each in membrane("human").node.channels if each.name == "fast_k")
            channels = (*channels, replace(fast_k, density=0.0))
        return cls(own, Wiring.of(channels), fibres[0].pump)

    @property
    def inner(self) -> Wiring:
        """The channels under the myelin."""
        return Wiring.of(self.membrane.internodal)

    def reversal(self, ion: str) -> float:
        """The reversal potential of the node's channels for an ion, mV."""
        return next(channel.reversal for channel in self.wiring.channels if channel.ion == ion)


@dataclass(frozen=True)
class Plan:
    """Which rows each node and internode of a block uses: 0 is the healthy one, others stand alone."""

    nodes: int
    node_kind: NDArray[np.int64]
    link_kind: NDArray[np.int64]

    @classmethod
    def of(cls, fibres: Sequence[Fibre]) -> "Plan":
        """The plan for fibres side by side; shorter ones end earlier."""
        nodes = max(fibre.nodes for fibre in fibres)
        node_own, link_own = np.zeros(nodes, bool), np.zeros(max(nodes - 1, 0), bool)
        for fibre in fibres:
            link_own[fibre.nodes - 1 :] = True
            node_own[:] |= np.ptp(fibre.temperatures()) > 0
            link_own[:] |= bool(np.ptp(fibre.temperatures()) > 0 and fibre.membrane().internodal)
            for lesion in fibre.lesions:
                stretch = slice(lesion.first, lesion.last + 1)
                (node_own if QUALITIES[lesion.quality].place == "node" else link_own)[stretch] = True
                if lesion.quality == "width":
                    link_own[max(lesion.first - 1, 0) : lesion.last + 1] = True
        return cls(nodes, numbered(node_own), numbered(link_own))


def numbered(own: NDArray[np.bool_]) -> NDArray[np.int64]:
    """0 where a place is like all others, else 1, 2, 3 ..."""
    return np.where(own, np.cumsum(own), 0).astype(np.int64)


def node_rows(fibre: Fibre, makeup: Makeup, step_ms: float, which: NDArray[np.int64]) -> Array:
    """The kernel's numbers (see `rows.CAPACITY`) for a healthy node and then for the nodes `which`.

    An array over rows and nodes, in nA, uS and nF per ms; nodes beyond the fibre's end are healthy.
    """
    here = np.concatenate([[-1], which])
    within = (here >= 0) & (here < fibre.nodes)
    at = np.where(within, here, 0)
    damage = {
        name: np.full(len(here), each.healthy) for name, each in QUALITIES.items() if each.place == "node"
    }
    if fibre.lesions:
        along = fibre.damage()
        damage = {name: np.where(within, along[name][at], healthy) for name, healthy in damage.items()}
    return node_physics(fibre, makeup, step_ms, fibre.temperatures()[at], damage)


def node_physics(
    fibre: Fibre, makeup: Makeup, step_ms: float, temperatures: Array, damage: dict[str, Array]
) -> Array:
    """`node_rows` from the temperatures and the damage at each node."""
    region, natural, pumping = makeup.membrane.node, constants(), pump()
    thermal = natural.nernst_mv(temperatures)
    shift = {
        "potassium": thermal * np.log(damage["potassium"]),
        "sodium": -thermal * np.log(damage["na_inside"]),
    }
    area = (
        1e6 * np.pi * fibre.shape.node_diameter * passive().node_length * CM**2 * np.ones_like(temperatures)
    )
    sodium_mv, potassium_mv = makeup.reversal("sodium"), makeup.reversal("potassium")
    sodium_share = (pumping.pore_reversal - potassium_mv) / (sodium_mv - potassium_mv)
    pore, leak = area * damage["pore"], area * (region.leak * damage["width"] + damage["leak"])
    resting = resting_pump(makeup.membrane) * area
    inward = leak * (region.leak_reversal + shift["potassium"]) + damage["current"]
    inward = inward + pore * (
        sodium_share * sodium_mv + (1 - sodium_share) * (potassium_mv + shift["potassium"])
    )
    rows = [
        area * 1e-3 * region.capacitance * damage["width"] / step_ms,
        leak + pore,
        inward + makeup.pump * resting,
    ]
    for channel in makeup.wiring.channels:
        added = damage["fast_k"] if channel.name == "fast_k" else 0.0
        conductance = area * (channel.density * damage.get(channel.lesion, 1.0) + added)
        rows += [conductance, conductance * (channel.reversal + shift.get(channel.ion, 0.0))]
    rows += [step_ms * gate.speed(temperatures) for gate in makeup.wiring.gates]
    volume = np.pi * fibre.shape.node_diameter**2 / 4 * pumping.volume_length
    strength = (
        factor(pumping.q10, pumping.reference, temperatures) * damage["pump"] / pumping.bound(pumping.sodium)
    )
    rows += [resting * strength, pumping.half * np.ones_like(area)]
    rows += [np.full_like(area, step_ms * 1e6 / (natural.faraday * volume)), thermal]
    rows += [pore * sodium_share, np.full_like(area, sodium_mv)]
    return np.array(rows)


@dataclass(frozen=True)
class Tables:
    """The kinds of nodes and internodes of a block, and where each place finds its own."""

    node: Array
    node_row: NDArray[np.int64]
    link: Array
    link_row: NDArray[np.int64]
    link_modes: NDArray[np.int64]
    most_modes: int


def tables(fibres: Sequence[Fibre], makeup: Makeup, step_ms: float, every_mode: bool) -> Tables:
    """The rows of fibres side by side, one fibre per column; alike fibres are worked out once."""
    alike = list(dict.fromkeys(fibres))
    plan = Plan.of(alike)
    node_places, link_places = np.flatnonzero(plan.node_kind), np.flatnonzero(plan.link_kind)
    nodes = np.stack([node_rows(each, makeup, step_ms, node_places) for each in alike], -1)
    columns = [links(each, link_places) for each in alike]
    kinds = [link_rows(kind, makeup.inner, step_ms, every_mode) for kind in zip(*columns, strict=True)]
    starts = np.cumsum([0, *(len(rows) for rows, _ in kinds)])[:-1]
    counts = np.array([count for _, count in kinds], np.int64)
    lanes = [alike.index(each) for each in fibres]
    return Tables(
        node=nodes.transpose(1, 0, 2).reshape(-1, len(alike))[:, lanes],
        node_row=plan.node_kind * len(nodes),
        link=np.concatenate([rows for rows, _ in kinds])[:, lanes],
        link_row=starts[plan.link_kind].astype(np.int64),
        link_modes=counts[plan.link_kind],
        most_modes=int(counts.max()),
    )
