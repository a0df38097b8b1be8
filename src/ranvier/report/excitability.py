"""One axon's nerve excitability on a terminal: its indices beside those of healthy people."""

from collections.abc import Iterator
from itertools import chain
from textwrap import wrap

from ranvier.nerve.excitability import Excitability, human_targets
from ranvier.report import excitability_words as words
from ranvier.report.fibre import WIDTH, row
from ranvier.report.fibre_words import lesion_in_words, makeup, meaning, title
from ranvier.report.words import plain

NAME, NUMBER = 36, 14


def excitability_text(found: Excitability) -> str:
    """The indices as a short block of text."""
    fibre = found.fibre
    head = ("", title(fibre), makeup(fibre), words.electrode(fibre), words.threshold(found))
    blocks = (lesions(found), [""], table(found), [""], notes(found))
    return "\n".join((*head, *chain(*blocks))) + "\n"


def lesions(found: Excitability) -> Iterator[str]:
    """Each lesion, with what its number means."""
    for lesion in found.fibre.lesions:
        yield from row("Lesion", f"{lesion_in_words(lesion, found.fibre)}: {meaning(lesion)}")


def table(found: Excitability) -> Iterator[str]:
    """The indices of this axon and of healthy people, one on a line."""
    yield f"{'':<{NAME}}{'this axon':<{NUMBER}}healthy people"
    for index in words.INDICES:
        mine = with_unit(words.told(found, index), index.unit)
        yield f"{index.name:<{NAME}}{mine:<{NUMBER}}{healthy(index)}".rstrip()


def healthy(index: words.Index) -> str:
    """What healthy people show, and how well that is known; nothing where it is not."""
    value = human_targets().get(index.field)
    if value is None:
        return ""
    return f"{with_unit(plain(value.number, index.digits), value.unit):<10}{words.recalled(value)}"


def with_unit(number: str, unit: str) -> str:
    """A number with its unit; a dash alone."""
    return f"{number} {unit}".rstrip() if number != "–" else number


def notes(found: Excitability) -> Iterator[str]:
    """Where the axon differs, what must be known about the numbers, and what they are for."""
    told = (
        words.differences(found),
        *words.remarks(found),
        words.INTO_THE_AXON,
        f"Healthy people: {words.HEALTHY.removeprefix('healthy people, ')}.",
    )
    for remark in (*told, words.basis_in_words(found.fibre), words.USE):
        yield from wrap(remark, WIDTH)
