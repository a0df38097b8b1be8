"""The command `ranvier drug`: what a treatment is, and what is known of it in MMN."""

from typing import Annotated, Literal

import typer

from ranvier.cli.console import refuse

EXAMPLES = (
    "Examples:\n\n"
    "ranvier drug\n\n"
    "ranvier drug ivig\n\n"
    "ranvier drug 'plasma exchange'\n\n"
    "ranvier drug cyclophosphamide --format json\n\n"
    "A sheet says what studies found, doses in use, limits, harms, what is watched, cost, and what is not "
    "known, each with its source. The dose is the physician's decision. Exit codes: 0 done, 2 there is no "
    "such treatment."
)
Format = Literal["text", "json"]


def drug(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A treatment, by name or another of its names.")
    ] = None,
    format: Annotated[Format, typer.Option(help="text or json.")] = "text",
) -> None:
    """List the treatments, or say of one what it is and what is known of it in MMN."""
    from ranvier.anatomy import UnknownNameError
    from ranvier.evidence import EvidenceError

    try:
        if name is None:
            show_all(format)
        else:
            show_one(name, format)
    except (UnknownNameError, EvidenceError) as error:
        raise refuse(error) from error


def show_all(format: Format) -> None:
    """Every treatment that has a file."""
    if format == "json":
        from ranvier.report.drug_json import list_text

        typer.echo(list_text(), nl=False)
        return
    from rich.console import Console

    from ranvier.report.drug_sheet import show_list

    show_list(Console())


def show_one(name: str, format: Format) -> None:
    """One treatment in full."""
    from ranvier.treatment.drug import drug as known

    found = known(name)
    if format == "json":
        from ranvier.report.drug_json import sheet_text

        typer.echo(sheet_text(found), nl=False)
        return
    from rich.console import Console

    from ranvier.report.drug_sheet import show_sheet

    show_sheet(found, Console())
