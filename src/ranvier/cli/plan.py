"""The commands `ranvier plan` and `ranvier forecast`: options for immunoglobulin, and what may come."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ranvier.cli.console import at_work, give, named_kind
from ranvier.cli.usable import refusing, usable

if TYPE_CHECKING:
    from ranvier.report.sheet import Sheet
    from ranvier.treatment.plan import Prices

PLAN_EXAMPLES = (
    "Examples:\n\n"
    "ranvier plan examples/diaries/simulated-every-three-weeks.json\n\n"
    'ranvier plan diary.json --target "grip_right>=18kg" --output plan.html\n\n'
    'ranvier plan diary.json --now "ivig 1 g/kg every 21 d" --prices "United States"\n\n'
    "ranvier plan diary.json --gram-price 45 --infusion-price 300 --currency EUR --format json\n\n"
    "Options with their basis, never orders: the dose is the physician's decision. Exit codes: 0 done, 2 the "
    "record cannot be used, or something must be confirmed with --sure."
)
FORECAST_EXAMPLES = (
    "Examples:\n\n"
    "ranvier forecast examples/diaries/simulated-every-three-weeks.json --months 12\n\n"
    'ranvier forecast diary.json --regimen "ivig 40 g every 14 d" --output forecast.svg\n\n'
    "ranvier forecast diary.json --without-treatment --output forecast.html\n\n"
    "Every forecast is a band. Exit codes: 0 done, 2 the record cannot be used, or something must be "
    "confirmed with --sure."
)
Format = Literal["text", "json", "html", "svg"]
KINDS: dict[str, Format] = {
    "": "text", ".txt": "text", ".json": "json", ".html": "html", ".htm": "html", ".svg": "svg",
}  # fmt: skip
LONGEST_MONTHS = 120
PAGE_WIDTH = 120
File = Annotated[Path, typer.Argument(help="A patient file (.json) with doses and readings.")]
Kind = Annotated[
    Format | None,
    typer.Option(help="text, json, html or svg. Left out: told by the output's name, else text."),
]
Output = Annotated[Path | None, typer.Option(help="Write to this file.")]
Sure = Annotated[bool, typer.Option("--sure", help="What was asked about the doses is so; go on.")]


def plan(
    file: File,
    target: Annotated[
        str | None,
        typer.Option(help="What is to be kept: grip_right>=18kg, several with commas between them."),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option(help="The present regimen, if the record does not show it: ivig 1 g/kg every 21 d."),
    ] = None,
    months: Annotated[float, typer.Option(help="How far the figure looks ahead.", min=1, max=24)] = 4.0,
    prices: Annotated[
        str | None, typer.Option(help="Published prices of a country: 'United States'.")
    ] = None,
    gram_price: Annotated[float | None, typer.Option(help="What a gram costs you.", min=0)] = None,
    infusion_price: Annotated[
        float | None, typer.Option(help="What a day of infusion costs you.", min=0)
    ] = None,
    currency: Annotated[str, typer.Option(help="The currency of your prices.")] = "EUR",
    all_regimens: Annotated[
        bool,
        typer.Option("--all", help="Every regimen and all that was learned (HTML and JSON always have it)."),
    ] = False,
    format: Kind = None,
    output: Output = None,
    sure: Sure = False,
) -> None:
    """Compare regimens of immunoglobulin for one patient against the patient's own target."""
    with refusing(file):
        kind = format or named_kind(output, KINDS)
        patient = usable(file, output, sure)
        from ranvier.forecast.outlook import outlook
        from ranvier.report.outlook.page import plan_sheet
        from ranvier.report.outlook.plan_json import plan_text
        from ranvier.treatment.guidance import guidance
        from ranvier.treatment.plan import candidate, targets

        with at_work():
            found = outlook(
                patient,
                targets=targets(target) if target else (),
                now=candidate(now, patient.weight_kg) if now else None,
                months=months,
                prices=priced(prices, gram_price, infusion_price, currency),
            )
            guided = guidance(patient)
        if kind == "json":
            give(plan_text(found, guided), output)
        else:
            hand_over(
                plan_sheet(found, guided, whole=all_regimens or kind == "html", wide=kind == "html"),
                kind,
                output,
            )


def forecast(
    file: File,
    months: Annotated[float, typer.Option(help="How far ahead.", min=0.5, max=LONGEST_MONTHS)] = 12.0,
    regimen: Annotated[
        str | None, typer.Option(help="What is given from now on; left out, it goes on as before.")
    ] = None,
    without_treatment: Annotated[
        bool, typer.Option("--without-treatment", help="What if nothing more were given.")
    ] = False,
    format: Kind = None,
    output: Output = None,
    sure: Sure = False,
) -> None:
    """Say where strength and IgG of one patient will be, as bands, under a regimen."""
    with refusing(file):
        kind = format or named_kind(output, KINDS)
        if regimen and without_treatment:
            raise ValueError("--regimen and --without-treatment exclude each other; give one.")
        patient = usable(file, output, sure)
        from ranvier.forecast.ahead import ahead
        from ranvier.forecast.individual import fit
        from ranvier.report.outlook.forecast_page import forecast_sheet
        from ranvier.report.outlook.plan_json import forecast_text
        from ranvier.treatment.regimen import regimen as read_regimen
        from ranvier.treatment.wear_off import watched

        name = "no further dose" if without_treatment else regimen or "as before"
        course = None if without_treatment else read_regimen(regimen) if regimen else "as before"
        with at_work():
            fitted = fit(patient)
            found, seen = ahead(fitted, course, months=months), watched(patient)
        if kind == "json":
            give(forecast_text(patient, fitted, found, name, seen), output)
        else:
            hand_over(forecast_sheet(patient, fitted, found, name, seen), kind, output)


def hand_over(sheet: "Sheet", kind: Format, output: Path | None) -> None:
    """Print a page, or write it as text, HTML, or its figure alone."""
    from rich.console import Console

    from ranvier.report.sheet import show_sheet

    if kind == "svg":
        give(sheet.figure, output)
    elif kind == "html":
        from ranvier.report.html import sheet_html

        give(sheet_html(sheet), output)
    elif output is None:
        show_sheet(sheet, Console())
    else:
        from io import StringIO

        page = StringIO()
        show_sheet(sheet, Console(file=page, width=PAGE_WIDTH))
        give(page.getvalue(), output)


def priced(place: str | None, gram: float | None, infusion: float | None, currency: str) -> "Prices | None":
    """The clinic's own prices, or published ones; None where nothing was asked for."""
    from ranvier.treatment.plan import Prices, prices

    if gram is not None:
        return Prices(currency, gram, gram, infusion)
    if infusion is not None:
        raise ValueError("--infusion-price needs --gram-price; give both.")
    return prices(place) if place else None
