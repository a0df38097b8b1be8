"""A table as a spreadsheet saves it: separators, decimal commas, and cells with their row in the file."""

import csv
import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from ranvier.formats.files import InputError

NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?", re.ASCII)
NOT_A_NUMBER = (
    "is not a number; write the number alone, the unit is in the column's name, and leave the cell empty "
    "for not measured"
)


@dataclass(frozen=True)
class Cells:
    """A row of the table: its number in the file, and its cells by column."""

    row: int
    texts: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table: its header as written, its rows, and what was taken for granted to read it."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]
    delimiter: str
    header_row: int
    unfit: tuple[str, ...] = ()
    """What is wrong with rows that do not fit the header and were left out."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader should know about how the table was taken apart."""
        said = {";": ("columns separated by semicolons",), "\t": ("columns separated by tabs",)}
        return said.get(self.delimiter, ())


def sheet(path: Path, text: str, skip_unfit: bool = False) -> Sheet:
    """The table in a text; raises InputError naming a row that does not fit the header, or leaves it out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max(";\t,", key=head.count)
    try:
        lines = list(csv.reader(StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        remedy = "look for a quotation mark that is left open, and save it as plain CSV"
        raise InputError(path, [f"is not a table that can be read ({error}): {remedy}."]) from error
    numbered = [(n, [cell.strip() for cell in cells]) for n, cells in enumerate(lines, 1)]
    filled = [(n, cells) for n, cells in numbered if any(cells)]
    if not filled:
        raise InputError(path, ["is empty; see `ranvier template ncs`."])
    (header_row, header), *body = filled
    columns = tuple(header[: max(n for n, cell in enumerate(header, 1) if cell)])
    wrong = unfit(len(header), len(columns), body)
    if wrong and not skip_unfit:
        raise InputError(path, list(wrong.values()))
    rows = tuple(Cells(n, dict(zip(columns, cells, strict=False))) for n, cells in body if n not in wrong)
    return Sheet(path, columns, rows, delimiter, header_row, tuple(wrong.values()))


def unfit(header: int, columns: int, body: list[tuple[int, list[str]]]) -> dict[int, str]:
    """What is wrong with rows of more cells than the header: a comma within a number may have split one."""
    return {
        n: f"row {n}: has {len(cells)} cells and the header {columns}; a decimal comma or an unquoted comma "
        "may have split one; write decimal points."
        for n, cells in body
        if len(cells) > header or any(cells[columns:])
    }


def decimal_comma(table: Sheet, names: tuple[str, ...]) -> bool:
    """Whether numbers have a decimal comma; raises InputError where a comma could mean two things."""
    cells = [(c.row, name, c.texts[name]) for c in table.rows for name in names if c.texts.get(name)]
    commas = [cell for cell in cells if "," in cell[2]]
    points = [cell for cell in cells if "." in cell[2]]
    if not commas:
        return False
    row, name, text = commas[0]
    if points:
        other = f"'{points[0][2]}' in row {points[0][0]} a point; write all numbers in one way."
        raise InputError(table.path, [f"row {row}, {name}: '{text}' has a comma and {other}"])
    if table.delimiter == ",":
        told = f"row {row}, {name}: '{text}' could be two columns or a decimal comma; write a decimal point."
        raise InputError(table.path, [told])
    return True


def number(text: str, comma: bool) -> float | None:
    """The number in a cell, None where there is none to be read."""
    if not NUMBER.fullmatch(text) or ("," in text and not comma):
        return None
    return float(text.replace(",", "."))
