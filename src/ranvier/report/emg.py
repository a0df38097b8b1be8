"""A needle recording on a terminal: the answer, the units one by one, the pattern, and what to know."""

from collections.abc import Iterator
from itertools import chain
from textwrap import wrap

from ranvier.findings.needle.analysis import NeedleAnalysis
from ranvier.findings.needle.unit import Unit
from ranvier.report import emg_words as words

WIDTH = 78
HEADINGS = ("unit", "mV", "ms", "phases", "turns", "Hz", "discharges", "train")
COLUMNS = (4, 8, 8, 8, 7, 7, 12, 7)


def emg_text(found: NeedleAnalysis, name: str) -> str:
    """The analysis as a short block of text."""
    head = (
        f"{words.title(found)}: {name}",
        *wrap(words.answer(found), WIDTH),
        *wrap(words.pattern(found), WIDTH),
    )
    lines = chain(head, [""], table(found), notes(found))
    return "\n".join(lines) + "\n"


def table(found: NeedleAnalysis) -> Iterator[str]:
    """The units, largest first, one on a line."""
    if not found.units:
        return
    yield row(HEADINGS)
    for n, unit in enumerate(found.units, 1):
        yield row((str(n), *measures(unit)))
    yield ""


def measures(unit: Unit) -> tuple[str, ...]:
    """The measures of one unit as text."""
    potential = unit.potential
    phases = f"{potential.phases}{'*' if potential.polyphasic else ' '}"
    return (
        f"{potential.amplitude_mv:.2f}",
        f"{potential.duration_ms:.1f}",
        phases,
        str(potential.turns),
        f"{unit.firing.rate_hz:.1f}",
        str(unit.discharges),
        unit.reliability,
    )


def row(cells: tuple[str, ...]) -> str:
    """Cells set right, one under the other."""
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, COLUMNS, strict=True)).rstrip()


def notes(found: NeedleAnalysis) -> Iterator[str]:
    """What must be known about the numbers, each as a paragraph of its own."""
    if any(unit.potential.polyphasic for unit in found.units):
        yield "* polyphasic: more than four phases"
    for remark in chain(words.remarks(found), words.endings(found)):
        yield from wrap(remark, WIDTH, subsequent_indent="  ")
