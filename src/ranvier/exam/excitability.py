"""Nerve excitability at a stimulation site, by threshold tracking on one axon of the nerve there.

Ratios and percentages compare with patients; currents enter the axoplasm, not the skin, and are left out.
"""

from dataclasses import dataclass

import numpy as np

from ranvier.anatomy import Side
from ranvier.exam.motor import Recording
from ranvier.exam.stimulation import along
from ranvier.exam.studies import numbers
from ranvier.nerve.bundle import felt, pumped
from ranvier.nerve.excitability import Indices, excitability
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.lesion import QUALITIES, Lesion
from ranvier.nerve.transit import nodes_of
from ranvier.patient import Scale

BEHIND = 1000
"""Nodes counted before the cord, so that a lesion near it has no number below 0."""


@dataclass(frozen=True)
class Index:
    """An index that is told: its field in `Indices`, its words and its unit."""

    field: str
    words: str
    unit: str


TOLD = (
    Index("strength_duration_time_constant_ms", "strength-duration time constant", "ms"),
    Index("relative_refractory_period_ms", "relative refractory period", "ms"),
    Index("superexcitability", "superexcitability", "%"),
    Index("subexcitability", "subexcitability", "%"),
    Index("ted_90_100", "depolarising threshold electrotonus at 90-100 ms", "%"),
    Index("teh_90_100", "hyperpolarising threshold electrotonus at 90-100 ms", "%"),
)


def excitability_test(
    recording: Recording, site: str = "wrist", *, when: str = "unknown"
) -> tuple[Scale, ...]:
    """A few indices of the axon of median thickness at a site, with its own lesions near there.

    Some seconds. An index that the plots do not show is left out; nothing is given where the axon has no
    threshold (a nerve that cannot be excited).
    """
    fibre = axon_at(recording, site)
    try:
        found = excitability(fibre).indices
    except ValueError:
        return ()
    return tuple(entry(recording, site, index, found, when) for index in TOLD if told(found, index))


def told(found: Indices, index: Index) -> bool:
    """Whether the plots show this index."""
    return bool(np.isfinite(getattr(found, index.field)))


def entry(recording: Recording, site: str, index: Index, found: Indices, when: str) -> Scale:
    """One index as an entry of the timeline."""
    side: Side = recording.side
    return Scale(
        when=when,
        origin="simulated",
        source="simulated examination",
        name=f"{index.words}, {side} {recording.nerve} at the {recording.electrode(site).site}",
        score=round(float(getattr(found, index.field)), 3),
        unit=index.unit,
        side=side,
    )


def axon_at(recording: Recording, site: str) -> Fibre:
    """The stretch of the median axon whose middle node lies at a site, as warm and as ill as it is there."""
    supply, path = recording.supply, recording.body.pathway(recording.supply)
    axon = int(np.argsort(supply.pool.diameter_um)[len(supply.pool) // 2])
    nodes, spacing = round(numbers("excitability")["nodes"]), float(path.spacing_mm[axon])
    first = round(along(recording.body, supply, recording.electrode(site)) / spacing) - nodes // 2
    places = spacing * np.arange(first, first + nodes, dtype=np.float64)
    own = felt(supply.foci, supply.affected[axon]) if supply.foci else ()
    runs = ((focus, *nodes_of(focus, spacing)) for focus in own)
    whole = [lesion for focus, low, high in runs for lesion in focus.lesions(low + BEHIND, high + BEHIND)]
    lesions = [clipped(each, first + BEHIND, nodes) for each in whole]
    warm = tuple(path.warmth.at(places))
    kept = tuple(each for each in lesions if each)
    return Fibre(float(supply.pool.diameter_um[axon]), nodes, warm, kept, pump=pumped(own))


def clipped(lesion: Lesion, first: int, nodes: int) -> Lesion | None:
    """The part of a lesion that lies on the stretch; None where it lies off it."""
    last = nodes - 1 if QUALITIES[lesion.quality].place == "node" else nodes - 2
    begin, end = max(lesion.first - first, 0), min(lesion.last - first, last)
    return Lesion(lesion.quality, lesion.value, begin, end) if begin <= end else None
