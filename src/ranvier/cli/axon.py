"""The options that commands on one motor axon share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

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
