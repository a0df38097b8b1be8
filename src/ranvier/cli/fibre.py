"""The command `ranvier fibre`. What computes is loaded when it runs."""

from typing import TYPE_CHECKING, Annotated, Literal

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
    from ranvier.nerve.impulse import Impulse

Precision = Literal["float32", "float64"]
Device = Literal["auto", "cpu", "gpu"]

EXAMPLES = (
    "Examples:\n\n"
    "ranvier fibre --diameter-um 10 --temperature-c 37\n\n"
    "ranvier fibre --diameter-um 10 --lesion na:0.2@23-27 --output impulse.svg\n\n"
    "ranvier fibre --diameter-um 10 --nodes 71 --lesion na:0.2@23-27 --lesion myelin:10@35-38 --exact\n\n"
    "Lesions: na, width, leak, pore, pump, potassium, na_inside, fast_k and current change nodes; myelin, "
    "paranode, juxtaparanode and detachment change internodes. docs/fibre.md says what each number means."
)


def fibre(
    diameter_um: Diameter,
    temperature_c: Temperature = 37.0,
    nodes: Annotated[int, typer.Option(help="Nodes of Ranvier, numbered from 0.")] = 51,
    lesion: Lesions = None,
    geometry: GeometryOption = "table",
    membrane: Membrane = "mrg",
    pump: PumpFlag = False,
    pulse_na: Annotated[float, typer.Option(help="Current of the pulse, 0.1 ms into node 0.")] = 4.0,
    exact: Annotated[
        bool, typer.Option("--exact", help="Follow every node all the time in long healthy axons too.")
    ] = False,
    step_us: Annotated[float, typer.Option(help="Time step, 0.01-20 us.")] = 2.0,
    precision: Annotated[Precision, typer.Option(help="Digits computed with.")] = "float64",
    device: Annotated[Device, typer.Option(help="Where to compute.")] = "auto",
    format: Format = None,
    output: Output = None,
) -> None:
    """Send an impulse along one motor axon: its velocity, and whether and how late it crosses a lesion."""
    from ranvier.nerve import Fibre, Lesion, Pulse
    from ranvier.nerve.impulse import impulse
    from ranvier.nerve.solver import Solver

    def as_text(kind: FibreFormat) -> str:
        lesions = tuple(map(Lesion.parse, lesion or []))
        axon = Fibre(diameter_um, nodes, temperature_c, lesions, geometry, membrane, pump)
        solver = Solver(step_us, precision, exact, device)
        return fibre_as_text(impulse(axon, Pulse(current_na=pulse_na), solver), kind)

    answer(as_text, format, output)


def fibre_as_text(found: "Impulse", kind: FibreFormat) -> str:
    """The impulse as the text of a file."""
    if kind == "json":
        from ranvier.report.fibre_json import fibre_json

        return fibre_json(found)
    if kind == "svg":
        from ranvier.nerve.course import course
        from ranvier.report.spacetime import spacetime_svg

        return spacetime_svg(found, course(found.fibre, found.pulse, found.solver))
    from ranvier.report.fibre import fibre_text

    return fibre_text(found)
