"""A course as it is drawn: grades, blocks, axons lost and scales, visit by visit."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.anatomy import Side
from ranvier.evidence import read_toml

Values = tuple[float | None, ...]


@cache
def layout() -> dict[str, Any]:
    """The content of `course.toml`."""
    return read_toml(Path(__file__).with_name("course.toml"))


@dataclass(frozen=True)
class Row:
    """The MRC grades of one movement of one side, visit by visit; None: not graded."""

    side: Side
    name: str
    grades: Values


@dataclass(frozen=True)
class Nerve:
    """A nerve (or root) of one side: when foci began there, and the share of axons blocked at each visit.

    `blocked` is empty for a root: its axons are counted where their muscle's nerve stands.
    """

    side: Side
    name: str
    begins: tuple[float, ...]
    blocked: tuple[float, ...]


@dataclass(frozen=True)
class Line:
    """A share (0 to 1) at each visit, and its last value as it is written beside the line."""

    name: str
    shares: Values
    last: str


@dataclass(frozen=True)
class Band:
    """A drug while it ran, in years after the first symptom, and its dose in words."""

    name: str
    begins: float
    ends: float
    dose: str


@dataclass(frozen=True)
class Course:
    """A course as it is drawn; `years` of the visits count from the first symptom."""

    title: str
    who: str
    years: tuple[float, ...]
    strength: tuple[Row, ...]
    nerves: tuple[Nerve, ...]
    lost: tuple[Line, ...]
    scales: tuple[Line, ...]
    drugs: tuple[Band, ...] = ()


def percent(share: float) -> str:
    """A share as whole percent; what is there but less than one is not called none."""
    return "<1 %" if 0 < share < 0.01 else f"{100 * share:.0f} %"


def counted(number: float, name: str) -> str:
    """A number of things: 1 visit, 0.5 years."""
    told = f"{number:.3g}"
    return f"{told} {name}" if told == "1" else f"{told} {name}s"
