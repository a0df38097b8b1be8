"""One axon's impulse on a terminal: the answer first, then its numbers."""

from collections.abc import Iterator
from itertools import chain
from textwrap import wrap

from ranvier.nerve.impulse import Impulse
from ranvier.report import fibre_words as words
from ranvier.report.words import plain

WIDTH, NAME = 78, 36


def fibre_text(found: Impulse) -> str:
    """The impulse as a short block of text."""
    fibre = found.fibre
    head = ("", words.title(fibre), f"{words.makeup(fibre)}; {words.pulse_in_words(found.pulse)}")
    blocks = (lesions(found), ["", words.conduction(found), ""], measures(found), [""], notes(found))
    return "\n".join((*head, *chain(*blocks))) + "\n"


def lesions(found: Impulse) -> Iterator[str]:
    """Each lesion, with what its number means."""
    for lesion in found.fibre.lesions:
        yield from row("Lesion", f"{words.lesion_in_words(lesion, found.fibre)}: {words.meaning(lesion)}")


def measures(found: Impulse) -> Iterator[str]:
    """The measures, one on a line, with where they were taken."""
    places = found.places
    stretch = f"nodes {places.stretch[0]}-{places.stretch[1]}" if places.stretch else ""
    middle = f"node {places.probe}" if places.probe is not None else ""
    late = "no lesion" if places.lesion is None else f"to node {places.landing}"
    pair = f"two pulses at node {found.pulse.node}, to node {places.landing}"
    yield measure("Conduction velocity", found.velocity_m_s, 1, "m/s", stretch)
    yield measure("Extra delay", found.extra_delay_ms, 2, "ms", late)
    yield measure("Refractory period of transmission", found.refractory_period_ms, 2, "ms", pair)
    yield measure("Peak", found.peak_mv, 1, "mV", middle)
    yield measure("Half-width", found.half_width_ms, 3, "ms", middle)


def measure(name: str, number: float | None, digits: int, unit: str, where: str) -> str:
    """One measure; a dash where it cannot be told."""
    told = "–" if number is None else f"{plain(number, digits)} {unit}"
    return f"{name:<{NAME}}{told:<12}{where if number is not None else ''}".rstrip()


def notes(found: Impulse) -> Iterator[str]:
    """What must be known about the numbers, and what they are for."""
    for remark in (*words.remarks(found), words.basis_in_words(found), words.USE):
        yield from wrap(remark, WIDTH)


def row(name: str, text: str) -> Iterator[str]:
    """A name with a text beside it, over as many lines as it needs."""
    indent = " " * 8
    yield from wrap(f"{name:<8}{text}", WIDTH, subsequent_indent=indent)
