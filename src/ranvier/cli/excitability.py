"""The command `ranvier excitability`. What computes is loaded when it runs."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ranvier.cli.axon import (
    Diameter,
    FibreFormat,
    Format,
    GeometryOption,
    Lesions,
    Membrane,
    Output,
    PumpFlag,
    Temperature,
    answer,
)

if TYPE_CHECKING:
    from ranvier.nerve.excitability import Excitability

EXAMPLES = (
    "Examples:\n\n"
    "ranvier excitability --diameter-um 10 --temperature-c 37\n\n"
    "ranvier excitability --diameter-um 10 --temperature-c 33 --membrane human --output sheet.svg\n\n"
    "ranvier excitability --diameter-um 10 --lesion na:0.5@8-12 --format json\n\n"
    "The middle node is stimulated (node 10 of 21). docs/excitability.md says what is tested and where the "
    "model differs from healthy people."
)


def excitability(
    diameter_um: Diameter,
    temperature_c: Temperature = 37.0,
    nodes: Annotated[int, typer.Option(help="Nodes of Ranvier, numbered from 0; 17 or more.")] = 21,
    lesion: Lesions = None,
    geometry: GeometryOption = "table",
    membrane: Membrane = "mrg",
    pump: PumpFlag = False,
    format: Format = None,
    output: Output = None,
) -> None:
    """Test one motor axon by threshold tracking, as in the clinic, beside what healthy people show."""
    from ranvier.nerve import Fibre, Lesion
    from ranvier.nerve.excitability import excitability as tested

    def as_text(kind: FibreFormat) -> str:
        lesions = tuple(map(Lesion.parse, lesion or []))
        axon = Fibre(diameter_um, nodes, temperature_c, lesions, geometry, membrane, pump)
        return excitability_as_text(tested(axon, progress), kind)

    answer(as_text, format, output)


def progress(share: float) -> None:
    """How far the test is, on one line of a terminal that is gone when it ends."""
    if sys.stderr.isatty():
        told = f"Tested {share:.0%}" if share < 1 else ""
        typer.echo(f"{told:<12}\r", err=True, nl=False)


def excitability_as_text(found: "Excitability", kind: FibreFormat) -> str:
    """The test as the text of a file."""
    if kind == "json":
        from ranvier.report.excitability_json import excitability_json

        return excitability_json(found)
    if kind == "svg":
        from ranvier.report.excitability_svg import excitability_svg

        return excitability_svg(found)
    from ranvier.report.excitability import excitability_text

    return excitability_text(found)
