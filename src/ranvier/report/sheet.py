"""One page for one reader: a title, a few parts, each a paragraph or a short list; as text and as HTML."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ranvier.diagnosis import Assessment
from ranvier.patient import Identity
from ranvier.report import words
from ranvier.report.pieces import hanging, heading, say


@dataclass(frozen=True)
class Rows:
    """A table on a page: its heads, and rows of as many cells; the first column names, the others count."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """A part of a page: what it is about, then lines, points, a table, and what must be known about them."""

    heading: str
    lines: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    table: Rows | None = None


@dataclass(frozen=True)
class Sheet:
    """A page for one reader. `figure`: an SVG drawn by this package, shown where a page can hold one.

    `use`: what the page is for, said at its end.
    """

    title: str
    about: str
    simulated: bool
    parts: tuple[Part, ...]
    figure: str = ""
    use: str = words.INTENDED_USE


def about(assessment: Assessment) -> str:
    """Who the page is about."""
    return who(assessment.patient.identity)


def who(identity: Identity) -> str:
    """A patient in a few words."""
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
        if part.table:
            yield Padding(grid(part.table), (0, 0, 0, 2))
        yield from paragraphs(part.after)
    yield Text("")
    yield say(sheet.use, "italic")


def grid(table: Rows) -> Table:
    """A table on a terminal."""
    found = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for n, head in enumerate(table.heads):
        found.add_column(say(head), justify="right" if n else "left", overflow="fold", no_wrap=not n)
    for row in table.rows:
        found.add_row(*map(say, row))
    return found


def paragraphs(lines: tuple[str, ...]) -> Iterator[RenderableType]:
    """Lines set in."""
    for line in lines:
        yield Padding(say(line), (0, 0, 0, 2))
