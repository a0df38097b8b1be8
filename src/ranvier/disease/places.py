"""Where in the nerves of a person a lesion can lie, by the names of `places.toml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ranvier.anatomy import SIDES, Side, UnknownNameError
from ranvier.anatomy.course import course, muscle_course
from ranvier.body.healthy import stream
from ranvier.evidence import read_toml

ROOT = "root "


@dataclass(frozen=True)
class Place:
    """A place in one nerve, mm from the cord; a root holds axons of several nerves, named by `root`."""

    side: Side
    nerve: str
    mm: float
    segment: str
    root: str = ""


def first_side(seed: int) -> Side:
    """The side on which a person's disease begins."""
    return SIDES[int(stream(seed, "first side").integers(2))]


def other(side: Side) -> Side:
    """The other side."""
    return "left" if side == "right" else "right"


@cache
def segments() -> dict[str, tuple[str, str, str]]:
    """Nerve, upper and lower end of every segment."""
    table = read_toml(Path(__file__).with_name("places.toml"))["segment"]
    return {name: (nerve, above, below) for name, (nerve, above, below) in table.items()}


def place(segment: str, side: Side, height_cm: float, random: np.random.Generator) -> Place:
    """A place anywhere along a segment, each mm alike; raises UnknownNameError."""
    share = float(random.random())
    if segment.startswith(ROOT):
        end = course("median", height_cm).at("root")
        return Place(side, "", share * end, segment, segment.removeprefix(ROOT))
    if segment not in segments():
        raise UnknownNameError("segment of a nerve", segment, list(segments()))
    nerve, above, below = segments()[segment]
    way = course(nerve, height_cm)
    ends_at_muscle = below not in way.site_mm
    low = way.at(above)
    high = muscle_course(below, height_cm).length_mm if ends_at_muscle else way.at(below)
    return Place(side, nerve, low + share * (high - low), segment)
