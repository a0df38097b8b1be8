"""The published numbers that a fibre is built from, with unit, kind and source."""

from collections.abc import Iterator

from ranvier.evidence import Value, registry
from ranvier.nerve.fibre import Fibre

PUMP_LESIONS = {"pump", "pore", "potassium", "na_inside"}
"""Lesion qualities that rest on numbers of the pump's file."""


def basis(fibre: Fibre) -> tuple[Value, ...]:
    """Every value that this fibre rests on."""
    parts = tuple(f"nerve.{part}." for part in files(fibre))
    return tuple(value for value in registry().values if f"{value.id}.".startswith(parts))


def files(fibre: Fibre) -> Iterator[str]:
    """The parts of the data files that this fibre reads."""
    yield f"geometry.{fibre.geometry_choice}"
    yield "geometry.passive"
    yield f"channels.membranes.{fibre.membrane_name}"
    yield from (f"channels.gates.{name}" for name in sorted(gates(fibre)))
    if bares_fast_k(fibre):
        yield "channels.membranes.human.node.fast_k.reversal"
    if fibre.pump or PUMP_LESIONS & {lesion.quality for lesion in fibre.lesions}:
        yield "pump"


def gates(fibre: Fibre) -> set[str]:
    """The names of the gates in this fibre's membranes, and of fast K where a lesion lays it bare."""
    kind = fibre.membrane()
    channels = [each for region in (kind.node, kind.mysa, kind.flut, kind.stin) for each in region.channels]
    found = {gate.name for channel in channels for gate, _ in channel.gates}
    return found | ({"n"} if bares_fast_k(fibre) else set())


def bares_fast_k(fibre: Fibre) -> bool:
    """Whether a lesion lays fast K channels bare; a membrane without them borrows those of `human`."""
    return any(lesion.quality == "fast_k" for lesion in fibre.lesions)
