"""A table of readings or infusions, as a device or a spreadsheet saves it, as entries of a diary."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ranvier.formats import diary_words as words
from ranvier.formats.diary_dates import day_first, moment
from ranvier.formats.files import InputError, read_text
from ranvier.formats.spreadsheet import Cells, Sheet, decimal_comma, number, sheet
from ranvier.patient import AnyEntry

SEPARATOR_LINE = re.compile(r"\s*\"?sep=.\"?[ ,;\t]*(?=\r|\n|$)", re.IGNORECASE)
"""The first line with which Excel is told the separator."""
WORD = re.compile(r"[^\W_]+(?:/[^\W_]+)?")
IDLE = ("side", "value")
"""Words of a header that say nothing beside the name of a measure: `grip value`, `left hand`."""
NUMBER = "is not a number; write the number alone, such as 18.5, or leave the cell empty"
HOW = "a column 'date', and 'hand' with 'value' and 'unit', or 'drug' with 'amount' and 'unit'"


@dataclass(frozen=True)
class Column:
    """What a column holds: a role (`when`, `side`, `drug`, ...) or readings of a measure, hand and unit."""

    role: str
    measure: str = ""
    side: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """One entry of the table with the number of its row in the file."""

    row: int
    entry: AnyEntry


@dataclass(frozen=True)
class Table:
    """What a table holds: the entries, what is wrong row by row, and what was taken for granted."""

    rows: tuple[Row, ...]
    wrong: tuple[str, ...]
    remarks: tuple[str, ...]


def read_table(path: Path, unit: str = "") -> Table:
    """The table in a file; `unit` where it names none. Raises InputError for one that is no such table."""
    text, remarks = read_text(path)
    found = sheet(path, SEPARATOR_LINE.sub("", text, count=1), skip_unfit=True)
    columns = {name: column(name) for name in found.columns}
    check_columns(found, columns)
    numeric = tuple(n for n, each in columns.items() if each.role in ("value", "amount", "hours"))
    comma = decimal_comma(found, numeric)
    dates = [name for name, each in columns.items() if each.role == "when"]
    slashes = day_first(cells.texts.get(dates[0], "") for cells in found.rows)
    rows: list[Row] = []
    wrong = list(found.unfit)
    for cells in found.rows:
        try:
            rows += [
                Row(cells.row, entry) for entry in RowReader(cells, columns, comma, slashes, unit).entries()
            ]
        except ValueError as error:
            wrong.append(f"row {cells.row}, {error}.")
    unread = [name for name, each in columns.items() if not each.role]
    told = (f"columns not read: {', '.join(unread)}",) if unread else ()
    commas = ("decimal commas read as decimal points",) if comma else ()
    return Table(tuple(rows), tuple(wrong), (*remarks, *found.remarks, *commas, *told))


def column(name: str) -> Column:
    """What a column holds, by its header: `Date`, `Value (kg)`, `grip left kg`; no role if unknown."""
    said = WORD.findall(name.casefold())
    units = [word for word in said if word in words.unit_words() and word not in words.said("columns")]
    rest = [word for word in said if word not in units]
    unit = units[-1] if units else ""
    if role := words.said("columns").get(" ".join(rest)):
        return Column(role, unit=unit)
    side = next((words.said("sides")[word] for word in rest if word in words.said("sides")), "")
    left = [w for w in rest if w not in words.said("sides") and words.said("columns").get(w) not in IDLE]
    known = words.measures().get(" ".join(left) or ("grip" if side else ""))
    return Column("value", known.name, side, unit) if known and (known.sided or not side) else Column("")


def check_columns(table: Sheet, columns: dict[str, Column]) -> None:
    """Refuse a table without a date or anything to enter, and columns that say the same twice."""
    here = f"row {table.header_row}"
    roles = [each.role for each in columns.values()]
    twice = next((r for r in roles if r not in ("", "value", "note") and roles.count(r) > 1), None)
    problem = ""
    if "when" not in roles:
        problem = f"{here}: no column holds the date; a diary table has {HOW}."
    elif "amount" in roles and "drug" not in roles:
        problem = f"{here}: the column 'drug' is missing; add it, with the name of the drug in each row."
    elif not {"value", "amount"} & set(roles):
        problem = f"{here}: no column holds readings or doses; a diary table has {HOW}."
    elif {"value", "amount", "unit"} <= set(roles):
        problem = f"{here}: 'unit' could be that of a reading or a dose; write it into the columns' names."
    elif twice or len(columns) < len(table.columns):
        problem = f"{here}: two columns hold the same ('{twice or 'of one name'}'); keep one."
    if problem:
        raise InputError(table.path, [problem])


@dataclass(frozen=True)
class RowReader:
    """One row and how to read it; every method raises ValueError with the column and the remedy."""

    cells: Cells
    columns: dict[str, Column]
    comma: bool
    slashes: bool | None
    unit: str

    def cell(self, role: str) -> str:
        """The text of a column by its role, '' if there is none."""
        names = [name for name, each in self.columns.items() if each.role == role]
        return self.cells.texts.get(names[0], "") if names else ""

    def number(self, name: str) -> float | None:
        """The number of a column, None where the cell is empty."""
        text = self.cells.texts.get(name, "")
        found = number(text, self.comma) if text else None
        if text and found is None:
            raise ValueError(f"{name}: '{text}' {NUMBER}")
        return found

    def entries(self) -> Iterator[AnyEntry]:
        """The entries of the row; none where nothing was measured or given."""
        for name, each in self.columns.items():
            value = self.number(name) if each.role in ("value", "amount") else None
            if value is not None and each.role == "value":
                yield self.reading(name, each, value)
            elif value is not None:
                yield self.dose(name, each, value)

    def when(self) -> str:
        """The time of the row."""
        with words.named("date"):
            return moment(self.cell("when"), self.cell("time"), self.slashes)

    def reading(self, name: str, column: Column, value: float) -> AnyEntry:
        """The entry of one reading."""
        when = self.when()
        with words.named(name):
            which = words.measure(column.measure or self.cell("measure") or "grip")
        side = column.side or self.cell("side")
        if which.sided:
            with words.named("hand"):
                words.side_of(side)
        unit = column.unit or self.cell("unit") or (self.unit if len(which.units) > 1 else "")
        with words.named("unit"):
            return words.reading(which, side if which.sided else "", value, unit, when, self.cell("note"))

    def dose(self, name: str, column: Column, amount: float) -> AnyEntry:
        """The entry of one dose."""
        when, drug = self.when(), self.cell("drug")
        hours = next((self.number(n) for n, each in self.columns.items() if each.role == "hours"), None)
        if not drug:
            raise ValueError("drug: is empty; name the drug")
        with words.named("unit"):
            unit = column.unit or self.cell("unit") or self.unit
            return words.dose(drug, amount, unit, when, hours, self.cell("product"), self.cell("note"))
