"""Where each nerve runs on the figure, on either side of the body."""

from functools import cache
from itertools import pairwise
from math import atan2, degrees, dist
from pathlib import Path
from typing import Any

from ranvier.anatomy import Side
from ranvier.evidence import read_toml

Point = tuple[float, float]


@cache
def layout() -> dict[str, Any]:
    """The content of layout.toml: where everything is drawn, and how each grade looks."""
    return read_toml(Path(__file__).with_name("layout.toml"))


def mirrored(point: Point, side: Side) -> Point:
    """A point of the layout, which is that of the right side, on either side."""
    x, y = point
    return (x, y) if side == "right" else (layout()["page"]["width"] - x, y)


def end(nerve: str, side: Side) -> Point:
    """Where the drawn nerve ends, at its muscle."""
    return mirrored(layout()["nerve"][nerve]["end"], side)


def course(nerve: str, side: Side, first: int, last: int) -> tuple[Point, ...]:
    """The drawn nerve between two of its stimulation sites, counted from the most distal one."""
    points = layout()["nerve"][nerve]["points"]
    return tuple(mirrored(point, side) for point in points[first : last + 1])


def along(points: tuple[Point, ...], share: float) -> tuple[Point, float]:
    """The point at this share of the way along a nerve, and the nerve's direction there in degrees."""
    pairs = list(pairwise(points))
    left = share * sum(dist(a, b) for a, b in pairs)
    for (x, y), (u, v) in pairs:
        length = dist((x, y), (u, v))
        if left <= length:
            part = left / length
            return (x + (u - x) * part, y + (v - y) * part), degrees(atan2(v - y, u - x))
        left -= length
    return points[-1], 0
