"""How long the nerves of a person of a given height are, and where along them the sites lie.

Every place is given in mm from the spinal cord along the nerve, so that all muscles of a nerve share it.
"""

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ranvier.anatomy.nerves import UnknownNameError, motor_nerve, sensory_nerve
from ranvier.evidence import fetch, read_toml, value_from

SHORTEST_CM, TALLEST_CM = 120.0, 230.0
ANY_CM = 170.0
LAW = "of height"


KEPT = 1024
"""How many courses are kept at hand: every visit asks for the same few hundreds of times."""


@dataclass(frozen=True)
class Course:
    """A motor nerve of one person: where its stimulation sites lie, in mm from the cord."""

    nerve: str
    site_mm: dict[str, float]

    def at(self, site: str) -> float:
        """Where a stimulation site lies; raises UnknownNameError."""
        return self.site_mm[motor_nerve(self.nerve).site(site)]


@dataclass(frozen=True)
class MuscleCourse:
    """The way of the axons of one muscle: along which nerve, and how far from the cord its electrode is."""

    muscle: str
    nerve: str
    length_mm: float


@dataclass(frozen=True)
class SensoryCourse:
    """An antidromic sensory study: along which nerve the axons run, where stimulated, where recorded."""

    name: str
    nerve: str
    site: str
    stimulus_mm: float
    recording_mm: float


@cache
def tables() -> dict[str, Any]:
    """The content of courses.toml."""
    return read_toml(Path(__file__).with_name("courses.toml"))


def checked_height(height_cm: float) -> float:
    """The height, if a grown person can have it; raises ValueError."""
    if not (math.isfinite(height_cm) and SHORTEST_CM <= height_cm <= TALLEST_CM):
        raise ValueError(f"height_cm must lie between {SHORTEST_CM:g} and {TALLEST_CM:g}, not {height_cm:g}.")
    return height_cm


def length(table: dict[str, Any], key: str, height_cm: float, where: str) -> float:
    """A length in mm, given as such or as a share of body height."""
    value = value_from(f"anatomy.courses.{where}.{key}", fetch(table, key, dict, where))
    return value.number * height_cm * 10 if value.unit == LAW else value.number


@lru_cache(maxsize=KEPT)
def course(nerve: str, height_cm: float) -> Course:
    """The course of a motor nerve; raises UnknownNameError, and ValueError for an impossible height."""
    name = motor_nerve(nerve).name
    steps, place = tables()["motor"][name], 0.0
    places: dict[str, float] = {}
    for site in steps:
        place += length(steps, site, checked_height(height_cm), name)
        places[site] = place
    return Course(name, places)


@lru_cache(maxsize=KEPT)
def slack_mm(nerve: str, distal: str, proximal: str) -> float:
    """How much longer the nerve is between two sites than the skin over it."""
    steps = list(tables()["motor"][nerve])
    between = steps[steps.index(proximal) + 1 : steps.index(distal) + 1]
    known = tables()["slack"].get(nerve, {})
    return sum(length(known, site, ANY_CM, f"slack.{nerve}") for site in between if site in known)


@lru_cache(maxsize=KEPT)
def muscle_course(muscle: str, height_cm: float) -> MuscleCourse:
    """The way of a muscle's axons; raises UnknownNameError."""
    table = tables()["muscle"]
    if muscle not in table:
        raise UnknownNameError("muscle", muscle, list(table))
    entry = table[muscle]
    start = course(entry["nerve"], height_cm).site_mm[entry["from"]]
    return MuscleCourse(muscle, entry["nerve"], start + length(entry, "distance", height_cm, muscle))


@lru_cache(maxsize=KEPT)
def sensory_course(nerve: str, height_cm: float) -> SensoryCourse:
    """The way of a sensory study; raises UnknownNameError for a nerve without a course."""
    table, name = tables()["sensory"], sensory_nerve(nerve)
    if name not in table:
        raise UnknownNameError("sensory course", nerve, list(table))
    entry = table[name]
    above = course(entry["nerve"], height_cm).site_mm[entry["below"]]
    stimulus = above + length(entry, "descent", height_cm, name)
    distance = length(entry, "distance", height_cm, name)
    return SensoryCourse(name, entry["nerve"], entry["site"], stimulus, stimulus + distance)
