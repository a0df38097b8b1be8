"""What the commands of a diary refuse, and what they ask about: at a terminal, or by way of --sure."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from ranvier.formats.diary_doubts import Doubt
    from ranvier.formats.diary_table import Row
    from ranvier.patient import Patient

MOST_ROWS = 5
"""Rows that are named one by one."""
SURE = "Give --sure if it is so."


def today() -> date:
    """The day on which something can have happened last."""
    return date.today()


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def settled(path: Path, found: "Iterable[Doubt]", rows: Sequence[int], sure: bool) -> None:
    """Refuse what cannot be right and ask about the rest; raises InputError.

    `rows`: the row of each entry in the file, none for an entry that stands in no table.
    """
    from ranvier.formats.files import InputError

    doubts = list(found)
    certain = sentences((each for each in doubts if each.certain), rows)
    if certain:
        raise InputError(path, certain)
    confirmed(path, sentences(doubts, rows), sure)


def confirmed(path: Path, questions: list[str], sure: bool) -> None:
    """Go on if there is nothing to ask, or somebody says that it is so; raises InputError."""
    from ranvier.formats.files import InputError

    if not questions or sure:
        return
    if not at_terminal():
        raise InputError(path, [f"{question} {SURE}" for question in questions])
    for question in questions:
        typer.echo(f"{path}: {question}", err=True)
    if not typer.confirm("Enter it all the same?", err=True):
        raise InputError(path, ["nothing was added."])


def sentences(found: "Iterable[Doubt]", rows: Sequence[int]) -> list[str]:
    """One sentence for each thing that is wrong, with all the rows that it is wrong with."""
    from ranvier.formats.files import sentence

    said: dict[tuple[str, str], list[int]] = {}
    for each in found:
        said.setdefault((each.field, each.text), []).extend(rows[each.position : each.position + 1])
    return [sentence(f"{place(field, same)} {text}") for (field, text), same in said.items()]


def place(field: str, rows: list[int]) -> str:
    """`rows 2, 3 and 7 more, amount:`, or the field alone."""
    if not rows:
        return field
    named = ", ".join(map(str, rows[:MOST_ROWS]))
    more = f" and {len(rows) - MOST_ROWS} more" if len(rows) > MOST_ROWS else ""
    return f"row{'s' if len(rows) > 1 else ''} {named}{more}, {field}:"


def usable(
    table: Path, patient: "Patient", rows: "list[Row]", skip_bad: bool, sure: bool
) -> "tuple[list[Row], list[str]]":
    """The rows that can be entered, and what is wrong with those that are left out; raises InputError."""
    from ranvier.formats.diary_doubts import backwards, doubts

    found = doubts(patient, [row.entry for row in rows], today())
    numbers = [row.row for row in rows]
    if not skip_bad:
        settled(table, found, numbers, sure)
        found = ()
    bad = [each for each in found if each.certain or not sure]
    left = {each.position for each in bad}
    kept = [row for n, row in enumerate(rows) if n not in left]
    turned = backwards([row.entry for row in kept])
    if turned is not None:
        one, other = kept[turned - 1], kept[turned]
        told = f"row {other.row}, when: is {other.entry.when}, before the {one.entry.when} of row {one.row}; "
        confirmed(table, [f"{told}are the dates right?"], sure)
    return kept, sentences(bad, numbers)
