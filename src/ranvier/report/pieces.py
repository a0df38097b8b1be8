"""What every page on a terminal is made of: text as it stands, headings, and lines that hang."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ranvier.formats.files import printable

LEAST_LINE = 4


def say(text: str, style: str = "") -> Text:
    """Text as it stands: no markup is read in it, and nothing in it can steer the terminal."""
    return Text(printable(text), style=style)


@dataclass(frozen=True)
class Heading:
    """The heading of a part: a line runs from it to the edge, unless it fills the page by itself."""

    text: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The heading as it fits on this console."""
        fits = cell_len(self.text) + LEAST_LINE <= options.max_width
        yield Rule(say(self.text), align="left") if fits else say(self.text, "bold")


def heading(text: str) -> Heading:
    """The heading of a part."""
    return Heading(text)


def hanging(rows: Iterable[tuple[Text, Text]], indent: int = 2) -> RenderableType:
    """Rows of a mark and a text whose lines stand under each other."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for mark, text in rows:
        table.add_row(mark, text)
    return Padding(table, (0, 0, 0, indent))
