"""The command line. Only what a command needs is loaded when it runs."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ranvier.cli import cohort, compare, diary, emg, excitability, fibre, illness, measure, plan, simulate
from ranvier.cli import criteria as criteria_sets
from ranvier.cli import drug as treatments
from ranvier.cli.console import BAD_INPUT, OK, give, named_kind, refuse

if TYPE_CHECKING:
    from ranvier.diagnosis import Assessment
    from ranvier.patient import Patient

LARGEST_TABLE_WIDTH = 120
TABLES = (".csv", ".tsv", ".txt")

app = typer.Typer(
    name="ranvier",
    help="Multifocal motor neuropathy: from a patient's record and nerve conduction study to conduction "
    "blocks, published criteria and what is missing. Research and education software.",
    epilog="Start with: ranvier examine FILE. Every command has --help with examples. "
    "Exit codes: 0 done, 2 the input cannot be used (nothing is written).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

Format = Literal["text", "json", "html"]
Reader = Literal["specialist", "doctor", "patient"]
Template = Literal["ncs", "patient", "schema"]


def main() -> None:
    """Run the command line; what is wrong with the input is said in a sentence, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(OK)


@app.command(
    epilog="Examples:\n\n"
    "ranvier examine examples/cases/katirji-case-25.json\n\n"
    "ranvier examine patient.json --ncs study.csv --format html\n\n"
    "ranvier examine study.csv --format json --output result.json\n\n"
    "ranvier examine patient.json --for patient --output page.html"
)
def examine(
    file: Annotated[
        Path, typer.Argument(help="A patient file (.json), an NCS table (.csv) or waveforms (.edf).")
    ],
    format: Annotated[
        Format | None,
        typer.Option(help="text, json or html. Left out: told by the output's name, else text."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="Write to this file. An HTML report without it goes to NAME.html here."),
    ] = None,
    ncs: Annotated[Path | None, typer.Option(help="An NCS table (.csv) to add to the patient file.")] = None,
    criteria: Annotated[
        list[str] | None,
        typer.Option(help="Only this criteria set, by id or as a .toml rule file; may be repeated."),
    ] = None,
    norms: Annotated[
        Path | None, typer.Option(help="Your laboratory's reference limits (.toml), used first.")
    ] = None,
    setting: Annotated[
        str,
        typer.Option(
            help="Where the patient is seen, which sets the odds before any finding: 'population', "
            "'emg laboratory' or 'neuromuscular clinic'."
        ),
    ] = "neuromuscular clinic",
    reader: Annotated[
        Reader,
        typer.Option(
            "--for", help="Who reads it: specialist (all of it), doctor or patient (one page, text or HTML)."
        ),
    ] = "specialist",
) -> None:
    """Examine one patient: blocks, criteria, alerts, how likely each disease is, and what would tell most."""
    from ranvier.anatomy import UnknownNameError
    from ranvier.diagnosis import criteria_set
    from ranvier.diagnosis import examine as examined
    from ranvier.evidence import EvidenceError
    from ranvier.findings.norms import norms_from, shipped_norms
    from ranvier.formats.files import InputError

    try:
        keep(output, file, ncs, norms, *map(Path, criteria or []))
        kind = format or kind_of(output)
        one_for_all(kind, reader)
        patient, remarks = read(file)
        if ncs is not None:
            study, more = read_table(ncs)
            patient, remarks = joined(patient, study, ncs), remarks + more
        limits = norms_from(norms).ahead_of(shipped_norms()) if norms else None
        sets = [criteria_set(name) for name in criteria] if criteria else None
        deliver(examined(patient, sets, limits, setting), remarks, kind, output, file, reader)
    except (InputError, EvidenceError, UnknownNameError) as error:
        raise refuse(error) from error


def one_for_all(kind: Format, reader: Reader) -> None:
    """Refuse JSON for one reader; raises EvidenceError."""
    from ranvier.evidence import EvidenceError

    if kind == "json" and reader != "specialist":
        raise EvidenceError(f"JSON is one for all readers; leave out --for {reader}, or ask for html.")


def joined(patient: "Patient", study: "Patient", file: Path) -> "Patient":
    """The patient with the studies of a table added; a study that is there already is refused."""
    from ranvier.formats.files import InputError
    from ranvier.patient.check import RecordError, checked

    try:
        return checked(patient.adding(*study.timeline))
    except RecordError as error:
        raise InputError(file, [problem.text for problem in error.problems]) from error


def keep(output: Path | None, *inputs: Path | None) -> None:
    """Refuse an output that would overwrite what is read."""
    from ranvier.formats.files import InputError

    for file in inputs:
        if output is not None and file is not None and output.resolve() == file.resolve():
            raise InputError(output, ["is what is being read; name another file for the output."])


def read(file: Path) -> "tuple[Patient, tuple[str, ...]]":
    """A patient from a patient file or an NCS table, by the file's name."""
    if file.suffix.lower() in TABLES:
        return read_table(file)
    if file.suffix.lower() == ".edf":
        from ranvier.formats.edf import read_edf

        return read_edf(file)
    from ranvier.formats.patient_json import read_patient

    return read_patient(file)


def read_table(file: Path) -> "tuple[Patient, tuple[str, ...]]":
    """A study from an NCS table; anything else is another patient and is refused."""
    from ranvier.formats.files import InputError
    from ranvier.formats.ncs_table import read_ncs

    if file.suffix.lower() not in TABLES:
        raise InputError(file, [f"is not an NCS table; name a file that ends in {', '.join(TABLES)}."])
    return read_ncs(file)


def deliver(
    assessment: "Assessment",
    remarks: tuple[str, ...],
    kind: Format,
    output: Path | None,
    file: Path,
    reader: Reader,
) -> None:
    """Print the assessment, or write it to a file."""
    if kind == "html" and output is None:
        output = Path(f"{file.stem}{'' if reader == 'specialist' else f'-{reader}'}.html")
    if kind == "text" and output is None:
        from rich.console import Console

        from ranvier.report.readers import show_for

        show_for(reader, assessment, Console(), remarks)
        return
    give(as_text(assessment, remarks, kind, reader), output)


def kind_of(output: Path | None) -> Format:
    """The format that the name of a report asks for."""
    kinds: dict[str, Format] = {".json": "json", ".html": "html", ".htm": "html", ".txt": "text", "": "text"}
    return named_kind(output, kinds)


def as_text(assessment: "Assessment", remarks: tuple[str, ...], kind: Format, reader: Reader) -> str:
    """The assessment as the text of a file."""
    if kind == "json":
        from ranvier.report.assessment_json import assessment_text

        return assessment_text(assessment, remarks)
    if kind == "html":
        from ranvier.report.readers import html_for

        return html_for(reader, assessment, remarks)
    from io import StringIO

    from rich.console import Console

    from ranvier.report.readers import show_for

    page = StringIO()
    show_for(reader, assessment, Console(file=page, width=LARGEST_TABLE_WIDTH), remarks)
    return page.getvalue()


app.command("criteria", epilog=criteria_sets.EXAMPLES)(criteria_sets.criteria)
app.command(epilog=compare.EXAMPLES)(compare.compare)
app.command(epilog=fibre.EXAMPLES)(fibre.fibre)
app.command(epilog=excitability.EXAMPLES)(excitability.excitability)
app.command(epilog=emg.EXAMPLES)(emg.emg)
app.command(epilog=measure.MEASURE_EXAMPLES)(measure.measure)
app.command(epilog=measure.EXPORT_EXAMPLES)(measure.export)
app.add_typer(simulate.app, name="simulate", cls=illness.Persons)
app.command(epilog=cohort.EXAMPLES)(cohort.cohort)
app.command(epilog=plan.PLAN_EXAMPLES)(plan.plan)
app.command(epilog=plan.FORECAST_EXAMPLES)(plan.forecast)
app.add_typer(diary.app, name="diary")
app.command("drug", epilog=treatments.EXAMPLES)(treatments.drug)


@app.command(
    epilog="Examples:\n\nranvier evidence\n\nranvier evidence 'conduction block'\n\nranvier evidence assumed"
)
def evidence(
    term: Annotated[
        str | None, typer.Argument(help="Words to look for; left out, everything is listed.")
    ] = None,
) -> None:
    """Print the sources and the values the program rests on."""
    from rich.console import Console

    from ranvier.evidence import registry
    from ranvier.report.evidence import show_evidence

    sources, values = registry().find(term or "")
    if not sources and not values:
        raise refuse(ValueError(f"No source or value mentions '{term}'. Try one word, such as median."))
    show_evidence(sources, values, Console())


@app.command(
    epilog="Examples:\n\nranvier template ncs > study.csv\n\nranvier template patient > patient.json\n\n"
    "ranvier template schema > patient.schema.json"
)
def template(
    kind: Annotated[Template, typer.Argument(help="ncs, patient or schema.")],
) -> None:
    """Print a file to fill in: an NCS table, a patient file, or the patient file's JSON Schema."""
    if kind == "ncs":
        from ranvier.formats import ncs_table

        typer.echo(ncs_table.template(), nl=False)
    elif kind == "patient":
        from ranvier.formats import patient_json

        typer.echo(patient_json.template(), nl=False)
    else:
        import json

        from ranvier.formats import patient_json

        typer.echo(json.dumps(patient_json.json_schema(), indent=1))


@app.command(
    "validate-file",
    epilog="Examples:\n\nranvier validate-file patient.json\n\nranvier validate-file study.csv",
)
def validate_file(
    files: Annotated[
        list[Path], typer.Argument(help="Patient files (.json), NCS tables (.csv) or waveforms (.edf).")
    ],
) -> None:
    """Say whether files can be read, and what is wrong with those that cannot."""
    from ranvier.formats.files import InputError

    failed = False
    for file in files:
        try:
            patient, remarks = read(file)
        except InputError as error:
            typer.echo(str(error), err=True)
            failed = True
            continue
        entries = len(patient.timeline)
        typer.echo(f"{file}: can be used, {entries} {'entry' if entries == 1 else 'entries'}.")
        for remark in remarks:
            typer.echo(f"{file}: {remark}.")
    if failed:
        raise typer.Exit(BAD_INPUT)


@app.command(epilog="Example:\n\nranvier doctor")
def doctor() -> None:
    """Say which versions and helpers this installation has."""
    from ranvier.report.doctor import findings

    for name, state in findings():
        typer.echo(f"{name:<10} {state}")


@app.callback(invoke_without_command=True)
def options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Options that stand before any command."""
    if version:
        from ranvier import __version__

        typer.echo(f"ranvier {__version__}")
        raise typer.Exit(OK)
