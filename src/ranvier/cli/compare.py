"""The command `ranvier compare`: which patients of a folder differ between two criteria sets, and why."""

import json
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ranvier.cli.cohort import progress
from ranvier.cli.console import BAD_INPUT, PATIENCE_S, give, named_kind, refuse

if TYPE_CHECKING:
    from ranvier.diagnosis.comparison import Comparison
    from ranvier.diagnosis.rules import CriteriaSet

EXAMPLES = (
    "Examples:\n\n"
    "ranvier compare EFNS_PNS_2010 AAEM_2003 examples/cases\n\n"
    "ranvier compare EFNS_PNS_2010 mine.toml our-patients --output differences.csv\n\n"
    "ranvier compare UTRECHT_2000 EFNS_PNS_2006 one.json two.json --format json\n\n"
    "Of a folder, patient files (.json), NCS tables (.csv) and waveforms (.edf) are read. A file that cannot "
    "be read is named and left out. Exit codes: 0 done, 2 a set or a file could not be used (the rest is "
    "reported)."
)
ENDINGS = (".json", ".csv", ".tsv", ".txt", ".edf")
WIDTH = 120
Format = Literal["text", "json", "csv"]
KINDS: dict[str, Format] = {".json": "json", ".csv": "csv", ".txt": "text", "": "text"}


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A criteria set, by id or as a .toml rule file.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    files: Annotated[list[Path], typer.Argument(metavar="FOLDER|FILES...", help="The patients.")],
    format: Annotated[
        Format | None,
        typer.Option(help="text, json or csv. Left out: told by the output's name, else text."),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
) -> None:
    """Compare two criteria sets on a folder of patients: who differs, and by which rules."""
    from ranvier.diagnosis import criteria_set
    from ranvier.evidence import EvidenceError
    from ranvier.formats.files import InputError

    try:
        kind = format or named_kind(output, KINDS)
        sets = criteria_set(first), criteria_set(second)
        patients = list(listed(files))
        if output is not None and output.resolve() in {file.resolve() for file in patients}:
            raise InputError(output, ["is what is being read; name another file for the output."])
        found, failed = compared_all(patients, *sets)
        deliver(found, kind, output)
    except (EvidenceError, InputError) as error:
        raise refuse(error) from error
    if failed:
        typer.echo(f"{failed} of {len(patients)} files could not be used; the rest is reported.", err=True)
        raise typer.Exit(BAD_INPUT)


def listed(files: list[Path]) -> Iterator[Path]:
    """The files named, and of a folder those that can hold a patient; raises InputError if none can."""
    from ranvier.formats.files import InputError

    for file in files:
        if not file.is_dir():
            yield file
            continue
        held = sorted(each for each in file.iterdir() if each.suffix.lower() in ENDINGS and each.is_file())
        patients = [each for each in held if not other_document(each)]
        if not patients:
            raise InputError(file, [f"holds no patient: no file that ends in {', '.join(ENDINGS)}."])
        yield from patients


def other_document(file: Path) -> bool:
    """Whether a JSON file says itself that it is another document of this program, such as a truth."""
    if file.suffix.lower() != ".json":
        return False
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    schema = data.get("schema") if isinstance(data, dict) else None
    return str(schema).startswith("ranvier.") and not str(schema).startswith("ranvier.patient/")


def compared_all(files: list[Path], first: "CriteriaSet", second: "CriteriaSet") -> "tuple[Comparison, int]":
    """Every patient that can be read under both sets, and how many could not; these are named on stderr."""
    from ranvier.cli import read
    from ranvier.diagnosis.comparison import Comparison, compared
    from ranvier.formats.files import InputError

    found, tell = [], told_late(len(files))
    for done, file in enumerate(files):
        tell(done)
        try:
            patient, _ = read(file)
        except InputError as error:
            typer.echo(str(error), err=True)
            continue
        found.append(compared(file.stem, patient, first, second))
    tell(len(files))
    return Comparison(first, second, tuple(found)), len(files) - len(found)


def told_late(wanted: int):
    """Tells the progress on stderr once the work has taken long enough for someone to wonder."""
    begun, tell = monotonic(), progress(sys.stderr.isatty())

    def late(done: int) -> None:
        if monotonic() - begun > PATIENCE_S:
            tell(done, wanted)

    return late


def deliver(found: "Comparison", kind: Format, output: Path | None) -> None:
    """Print the comparison, or write it to a file."""
    from rich.console import Console

    from ranvier.report import comparison

    if kind == "json":
        give(comparison.comparison_json(found), output)
    elif kind == "csv":
        give(comparison.comparison_csv(found), output)
    elif output is None:
        comparison.show_comparison(found, Console())
    else:
        page = StringIO()
        comparison.show_comparison(found, Console(file=page, width=WIDTH))
        give(page.getvalue(), output)
