"""The commands `ranvier diary ...`: a patient's own record of grip, infusions and blood values.

A diary is a patient file to which entries are only added. It records and draws; it never advises.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ranvier.cli.console import give, named_kind, refuse
from ranvier.cli.diary_asking import settled, today, usable

if TYPE_CHECKING:
    from ranvier.patient import Patient

app = typer.Typer(
    help="A patient's own record of grip, infusions and blood values: add to it, and see it drawn.",
    no_args_is_help=True,
)
Format = Literal["text", "json", "svg", "html"]
KINDS: dict[str, Format] = {"": "text", ".txt": "text", ".json": "json", ".svg": "svg", ".html": "html"}
ADD_EXAMPLES = (
    "Examples:\n\n"
    "ranvier diary add diary.json weight 82 --pseudonym patient-1\n\n"
    "ranvier diary add diary.json grip right 18.5 --when 2026-11-20T08:00\n\n"
    "ranvier diary add diary.json grip left 62 --unit kPa\n\n"
    "ranvier diary add diary.json infusion ivig 70 g --hours 5\n\n"
    "ranvier diary add diary.json igg 14.2\n\n"
    'ranvier diary add diary.json note "a cold since Monday"\n\n'
    "Also: pinch, rods, mrc. A file that is not there is begun with --pseudonym. Exit codes: 0 done, 2 it "
    "cannot be right, or must be confirmed with --sure (nothing is written)."
)
IMPORT_EXAMPLES = (
    "Examples:\n\n"
    "ranvier diary import diary.json readings.csv\n\n"
    "ranvier diary import diary.json grip.csv --unit lb\n\n"
    "ranvier diary import diary.json infusions.csv --skip-bad\n\n"
    "Readings: columns date, time, hand, value, unit (or 'left (kg)' and 'right (kg)', 'IgG (g/L)', ...). "
    "Infusions: date, drug, amount, unit, hours, product. To import a file twice changes nothing. "
    "Exit codes: 0 done, 2 a row cannot be used (nothing is written)."
)
SHOW_EXAMPLES = (
    "Examples:\n\n"
    "ranvier diary show diary.json\n\n"
    "ranvier diary show diary.json --days 365 --output diary.svg\n\n"
    "ranvier diary show diary.json --output diary.html"
)
Sure = Annotated[bool, typer.Option("--sure", help="What was asked about is so; enter it.")]
Pseudonym = Annotated[str | None, typer.Option(help="Begin a diary of this pseudonym if there is none yet.")]


@app.callback()
def options() -> None:
    """A patient's own record of grip, infusions and blood values."""


@app.command(epilog=ADD_EXAMPLES)
def add(
    file: Annotated[Path, typer.Argument(help="The diary, a patient file (.json).")],
    what: Annotated[list[str], typer.Argument(help="What to add: grip right 18.5.")],
    when: Annotated[
        str | None, typer.Option(help="Day, or day and time: 2026-11-20T08:00. Left out: today.")
    ] = None,
    unit: Annotated[str, typer.Option(help="The unit, if it is not the usual one: kPa.")] = "",
    hours: Annotated[float | None, typer.Option(help="How many hours an infusion ran.")] = None,
    product: Annotated[str, typer.Option(help="The product that was infused.")] = "",
    pseudonym: Pseudonym = None,
    sure: Sure = False,
) -> None:
    """Add one reading, infusion or note."""
    from ranvier.formats.diary_dates import moment
    from ranvier.formats.diary_doubts import doubts
    from ranvier.formats.diary_file import append, new, opened
    from ranvier.formats.diary_said import entry_said
    from ranvier.formats.files import InputError, sentence

    try:
        patient = opened(file, pseudonym)
        entry = entry_said(what, moment(when) if when else today().isoformat(), unit, hours, product)
        fresh = new(patient, [entry])
        settled(file, doubts(patient, fresh, today()), (), sure)
        added = append(file, fresh, pseudonym) if fresh else ()
        typer.echo(f"{file}: {'added' if added else 'stands there already, nothing is added'}.")
    except InputError as error:
        raise refuse(error) from error
    except ValueError as error:
        raise refuse(InputError(file, [sentence(f"nothing was added: {error}")])) from error


@app.command("import", epilog=IMPORT_EXAMPLES)
def import_table(
    file: Annotated[Path, typer.Argument(help="The diary, a patient file (.json).")],
    table: Annotated[Path, typer.Argument(help="Readings or infusions (.csv).")],
    unit: Annotated[str, typer.Option(help="The unit of readings if the table names none: kg, kPa.")] = "",
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Enter the rows that can be used and list the others.")
    ] = False,
    pseudonym: Pseudonym = None,
    sure: Sure = False,
) -> None:
    """Add every reading or infusion of a table."""
    from ranvier.formats.diary_file import append, keep_new, opened
    from ranvier.formats.diary_table import read_table
    from ranvier.formats.files import InputError

    try:
        patient, found = opened(file, pseudonym), read_table(table, unit)
        wrong = list(found.wrong)
        if wrong and not skip_bad:
            raise InputError(table, wrong)
        fresh = keep_new(patient, [row.entry for row in found.rows])
        rows = [row for row, kept in zip(found.rows, fresh, strict=True) if kept]
        rows, more = usable(table, patient, rows, skip_bad, sure)
        added = append(file, [row.entry for row in rows], pseudonym) if rows else ()
        for problem in (*wrong, *more):
            typer.echo(f"{table}: left out: {problem}", err=True)
        report(file, table, len(added), fresh.count(False), found.remarks)
    except InputError as error:
        raise refuse(error) from error


def report(file: Path, table: Path, added: int, there: int, remarks: tuple[str, ...]) -> None:
    """Say what an import did."""
    for remark in remarks:
        typer.echo(f"{table}: {remark}.")
    entries = "entry" if added == 1 else "entries"
    typer.echo(f"{file}: {added} {entries} added; {there} of the table stood there already.")


@app.command(epilog=SHOW_EXAMPLES)
def show(
    file: Annotated[Path, typer.Argument(help="The diary, a patient file (.json).")],
    days: Annotated[int, typer.Option(help="How many days, up to the last entry.", min=1, max=40_000)] = 90,
    format: Annotated[
        Format | None, typer.Option(help="text, json, svg or html. Left out: told by the output's name.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
) -> None:
    """Show grip, infusions and IgG as they stand in a diary."""
    from ranvier.cli import keep
    from ranvier.formats.files import InputError
    from ranvier.formats.patient_json import read_patient

    try:
        keep(output, file)
        kind = format or named_kind(output, KINDS)
        patient, _ = read_patient(file)
        drawn(patient, days, kind, output)
    except InputError as error:
        raise refuse(error) from error


def drawn(patient: "Patient", days: int, kind: Format, output: Path | None) -> None:
    """Print the diary, or write it to a file."""
    from ranvier.report.diary_told import told

    found = told(patient, days)
    if kind == "text":
        from ranvier.report.diary_text import diary_text

        give(diary_text(found), output)
    elif kind == "json":
        from ranvier.report.diary_json import diary_json

        give(diary_json(found), output)
    elif kind == "svg":
        from ranvier.report.diary_svg import diary_svg

        give(diary_svg(found), output)
    else:
        from ranvier.report.diary_page import diary_html

        give(diary_html(found), output)
