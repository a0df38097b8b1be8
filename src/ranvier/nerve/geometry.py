"""The shape of a myelinated motor axon by its outer diameter, read from `geometry.toml`.

Two published choices: `table` (rows of McIntyre, Richardson and Grill, linear in between) and `polynomial`
(Musselman 2021; below 5.643 um Pena 2024). They differ by 2-3 % in conduction velocity at 10 um.
"""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np

from ranvier.evidence.tables import fetch_tables, read_toml
from ranvier.evidence.value import filled, number_in

FILE = Path(__file__).with_name("geometry.toml")

Choice = Literal["table", "polynomial"]


@dataclass(frozen=True)
class Geometry:
    """One axon's measures: diameters, node spacing and FLUT length in um, and the number of lamellae."""

    node_diameter: float
    axon_diameter: float
    node_spacing: float
    flut_length: float
    lamellae: float


@dataclass(frozen=True)
class Passive:
    """What holds for every diameter: lengths and gaps in um, ohm cm, uF/cm2 and S/cm2 of one membrane."""

    node_length: float
    mysa_length: float
    mysa_gap: float
    flut_gap: float
    stin_gap: float
    stin_segments: float
    axial_resistivity: float
    myelin_capacitance: float
    myelin_conductance: float


MEASURES = tuple(field.name for field in fields(Geometry))


def geometry(diameter_um: float, choice: Choice = "table") -> Geometry:
    """The measures of an axon of this outer diameter.

    Raises ValueError outside 2-16 um or for an unknown choice.
    """
    least, most = diameter_range()
    if not least <= diameter_um <= most:
        raise ValueError(f"diameter must lie between {least:g} and {most:g} um, not {diameter_um:g}.")
    if choice not in get_args(Choice):
        raise ValueError(f"geometry must be one of {', '.join(get_args(Choice))}, not {choice!r}.")
    return from_table(diameter_um) if choice == "table" else from_polynomial(diameter_um)


def diameter_range() -> tuple[float, float]:
    """The smallest and largest outer diameter in um."""
    limits = read_geometry()["range"]
    return number_in(limits, "diameter_min", "range"), number_in(limits, "diameter_max", "range")


def from_table(diameter_um: float) -> Geometry:
    """The measures by the published rows, linear between them."""
    diameters, measures = rows()
    return Geometry(*(float(np.interp(diameter_um, diameters, column)) for column in measures))


def from_polynomial(diameter_um: float) -> Geometry:
    """The measures by the published polynomials."""
    pieces = fetch_tables(read_geometry(), "polynomial", FILE.name)
    piece = next(each for each in pieces if diameter_um <= number_in(each, "diameter_to", "polynomial"))
    return Geometry(*(quadratic(piece[name], diameter_um, name) for name in MEASURES))


def quadratic(terms: dict[str, Any], diameter_um: float, where: str) -> float:
    """One polynomial at one diameter."""
    square, linear, constant = (number_in(terms, key, where) for key in ("square", "linear", "constant"))
    return square * diameter_um**2 + linear * diameter_um + constant


@cache
def rows() -> tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]:
    """The diameters of the table, and for each measure its column."""
    table = fetch_tables(read_geometry(), "table", FILE.name)
    diameters = tuple(number_in(row, "diameter", "table") for row in table)
    return diameters, tuple(tuple(number_in(row, name, "table") for row in table) for name in MEASURES)


@cache
def passive() -> Passive:
    """The passive measures common to all diameters."""
    table = read_geometry()["passive"]
    return filled(Passive, table, "passive")


@cache
def read_geometry() -> dict[str, Any]:
    """The content of `geometry.toml`."""
    return read_toml(FILE)
