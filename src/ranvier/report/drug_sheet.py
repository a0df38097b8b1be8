"""Treatments on a terminal: all of them in a list, or one with everything its file tells."""

from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ranvier.report import drug_words as words
from ranvier.report.pieces import heading, say
from ranvier.treatment.drug import Drug


def show_list(console: Console) -> None:
    """Print every treatment: its name, what it is, and what is known of it in MMN."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for head in ("name", "what it is", "in MMN"):
        table.add_column(head, overflow="fold")
    for row in words.listed():
        table.add_row(say(row.about, "bold"), say(row.basis), say(row.text))
    console.print(table)
    console.print()
    console.print(say(words.LIST_CLOSE))
    console.print(say(words.CLOSING, "italic"))


def show_sheet(drug: Drug, console: Console) -> None:
    """Print one treatment, what is known of it in MMN first, its sources last."""
    for part in page(drug):
        console.print(part)


def page(drug: Drug) -> Iterable[RenderableType]:
    """The sheet from name to closing line."""
    yield Text.assemble((drug.name, "bold"), "  ", say(drug.title))
    also = f" Also: {', '.join(drug.names)}." if drug.names else ""
    yield say(f"{drug.group}, {drug.route}.{also}")
    yield Padding(say(drug.in_mmn, "bold"), (1, 0, 0, 0))
    for part in words.parts(drug):
        yield Padding(heading(part.title), (1, 0, 0, 0))
        yield from (lines(row) for row in part.rows)
    yield Padding(heading("Sources"), (1, 0, 0, 0))
    for source in words.sources(drug):
        yield Padding(Text.assemble((source.id, "bold"), "  ", say(source.reference)), (0, 0, 0, 2))
        if source.read:
            yield Padding(say(f"read: {source.read}", "dim"), (0, 0, 0, 4))
    yield Padding(say(words.CLOSING, "italic"), (1, 0, 0, 0))


def lines(row: words.Row) -> RenderableType:
    """One line of a part: what it is about above or before what is said, and its source dimmed."""
    said = say(row.text)
    if row.about:
        said = Text.assemble(say(row.about, "bold"), ": ", said)
    if row.basis:
        said.append_text(say(f" [{row.basis}]", "dim"))
    return Padding(said, (0, 0, 0, 2))
