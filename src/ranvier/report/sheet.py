"""One page for one reader: a title, a few parts, each a paragraph or a short list; as text and as HTML."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from ranvier.diagnosis import Assessment
from ranvier.report import words
from ranvier.report.pieces import hanging, heading, say


@dataclass(frozen=True)
class Part:
    """A part of a page: what it is about, then lines, points, and what must be known about them."""

    heading: str
    lines: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A page for one reader."""

    title: str
    about: str
    simulated: bool
    parts: tuple[Part, ...]


def about(assessment: Assessment) -> str:
    """Who the page is about."""
    identity = assessment.patient.identity
    age = f"{identity.age_years:g} years" if identity.age_years is not None else ""
    return ", ".join(filter(None, (identity.pseudonym, identity.sex or "", age)))


def show_sheet(sheet: Sheet, console: Console) -> None:
    """Print a page."""
    for piece in pieces(sheet):
        console.print(piece)


def pieces(sheet: Sheet) -> Iterator[RenderableType]:
    """The page from its title to its intended use."""
    mark = Text(f"  {words.SIMULATED}", style="bold reverse") if sheet.simulated else ""
    yield Text.assemble("\n", say(sheet.title, "bold"))
    yield Text.assemble(say(sheet.about), mark)
    for part in sheet.parts:
        yield heading(part.heading)
        yield from paragraphs(part.lines)
        if part.points:
            yield hanging((Text("-"), say(point)) for point in part.points)
        yield from paragraphs(part.after)
    yield Text("")
    yield say(words.INTENDED_USE, "italic")


def paragraphs(lines: tuple[str, ...]) -> Iterator[RenderableType]:
    """Lines set in."""
    for line in lines:
        yield Padding(say(line), (0, 0, 0, 2))
