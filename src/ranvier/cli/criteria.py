"""The command `ranvier criteria`: what the criteria sets say, and whether one's own does what it should."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ranvier.cli.console import BAD_INPUT, refuse

if TYPE_CHECKING:
    from ranvier.diagnosis.rules import CriteriaSet
    from ranvier.diagnosis.worked import Outcome, Worked

EXAMPLES = (
    "Examples:\n\n"
    "ranvier criteria\n\n"
    "ranvier criteria EFNS_PNS_2010\n\n"
    "ranvier criteria mine.toml\n\n"
    "ranvier criteria AAEM_2003 --format json\n\n"
    "A rule file of one's own is checked, and its worked examples are run. Exit codes: 0 done, 2 there is no "
    "such set, the file has a slip, or an example does not come out as it says."
)
Format = Literal["text", "json"]


def criteria(
    name: Annotated[
        str | None, typer.Argument(metavar="[ID|FILE]", help="A set, by id or as a .toml rule file.")
    ] = None,
    format: Annotated[Format, typer.Option(help="text or json.")] = "text",
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of a rule file.")] = False,
) -> None:
    """List the criteria sets, or print one in full with its worked examples."""
    from ranvier.evidence import EvidenceError
    from ranvier.formats.files import InputError

    try:
        if schema:
            print_schema()
        elif name is None:
            show_all(format)
        else:
            show_one(name, format)
    except (EvidenceError, InputError) as error:
        raise refuse(error) from error


def print_schema() -> None:
    """The JSON Schema of a rule file."""
    import json

    from ranvier.formats.rule_schema import rule_schema

    typer.echo(json.dumps(rule_schema(), indent=1))


def show_all(format: Format) -> None:
    """Every set that ships."""
    from ranvier.diagnosis import criteria_set, shipped_sets

    sets = [criteria_set(name) for name in shipped_sets()]
    if format == "json":
        from ranvier.report.criteria_json import list_text

        typer.echo(list_text(sets), nl=False)
        return
    from rich.console import Console

    from ranvier.report.criteria_sheet import show_list

    show_list(sets, Console())


def show_one(name: str, format: Format) -> None:
    """One set; slips of its worked examples are said on stderr, with exit code 2."""
    found, outcomes = tried(name)
    if format == "json":
        from ranvier.report.criteria_json import sheet_text

        typer.echo(sheet_text(found, outcomes), nl=False)
    else:
        from rich.console import Console

        from ranvier.report.criteria_sheet import show_sheet

        show_sheet(found, outcomes, Console())
    slips = [f"{name}: the example '{each.example.id}' {slip}" for each in outcomes for slip in each.slips]
    if slips:
        typer.echo("\n".join(slips), err=True)
        raise typer.Exit(BAD_INPUT)


def tried(name: str) -> "tuple[CriteriaSet, list[Outcome]]":
    """A set with the outcome of its examples; raises EvidenceError naming file and entry."""
    from ranvier.diagnosis import criteria_set
    from ranvier.diagnosis.worked import examples_of, outcome, tried_on_nobody
    from ranvier.evidence import EvidenceError

    try:
        found = criteria_set(name)
        tried_on_nobody(found)
        return found, [outcome(found, each, patient_of(each)) for each in examples_of(name)]
    except EvidenceError as error:
        if name.endswith(".toml") and name not in str(error):
            raise EvidenceError(f"{name}: {error}") from error
        raise


def patient_of(example: "Worked"):
    """The patient of an example; raises EvidenceError with the entry that cannot be read."""
    from ranvier.evidence import EvidenceError
    from ranvier.formats.patient_json import patient_from, said_of
    from ranvier.patient.check import RecordError

    try:
        return patient_from(example.record)
    except RecordError as error:
        problems = "; ".join(said_of(problem) for problem in error.problems)
        raise EvidenceError(
            f"the patient of the example '{example.id}' cannot be read: {problems}."
        ) from error
