"""What commands on one motor axon share: their options, and how they answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from ranvier.cli.console import at_work, give, named_kind, refuse

FibreFormat = Literal["text", "json", "svg"]
Geometry = Literal["table", "polynomial"]

Diameter = Annotated[float, typer.Option(help="Outer diameter of the axon with its myelin, 2-16 um.")]
Temperature = Annotated[float, typer.Option(help="Temperature of the nerve, 10-45 degC.")]
Lesions = Annotated[
    list[str] | None,
    typer.Option(help="quality:value@first-last, both ends included; may be repeated."),
]
GeometryOption = Annotated[Geometry, typer.Option(help="How lengths follow from the diameter.")]
Membrane = Annotated[str, typer.Option(help="mrg (passive internode) or human.")]
PumpFlag = Annotated[bool, typer.Option("--pump", help="Follow the Na/K pump and sodium in the nodes.")]
Format = Annotated[
    FibreFormat | None,
    typer.Option(help="text, json or svg. Left out: told by the output's name, else text."),
]
Output = Annotated[Path | None, typer.Option(help="Write to this file.")]

KINDS: dict[str, FibreFormat] = {".json": "json", ".svg": "svg", ".txt": "text", "": "text"}


def answer(as_text: Callable[[FibreFormat], str], format: FibreFormat | None, output: Path | None) -> None:
    """Compute and hand over a text of the kind asked for; what cannot be done is refused in a sentence."""
    from ranvier.nerve.cable.run import DivergedError

    try:
        kind = format or named_kind(output, KINDS)
        with at_work():
            text = as_text(kind)
        give(text, output)
    except (ValueError, DivergedError) as error:
        raise refuse(error) from error
