"""Readings and bands of a panel: points that say their value, or one path where they are many."""

from collections.abc import Iterator, Sequence

import numpy as np

from ranvier.report.days import day_words
from ranvier.report.limbs import safe
from ranvier.report.plot import Plot
from ranvier.report.series.series import Array, Panel, Points, Ribbon

MOST_DOTS, FEW, DOT, BIG_DOT = 400, 60, 2.4, 3.2
"""More readings than that are one path, without words of their own; few are drawn larger."""


def layers(panel: Panel, plot: Plot) -> tuple[list[str], list[str]]:
    """Readings behind the courses, which they would hide, and above: few, or with a line of their own."""
    count = sum(len(each.values) for each in panel.points)
    if count > MOST_DOTS:
        return [many(each, plot) for each in panel.points], []
    behind, above = list[str](), list[str]()
    for each in panel.points:
        (above if each.look or count <= FEW else behind).extend(dots(panel, each, plot))
    return behind, above


def band(each: Ribbon, plot: Plot, own: str) -> str:
    """The band of a course, where it is known."""
    if each.low is None or each.high is None:
        return ""
    edge = "L".join([*places(plot, each.days, each.high), *places(plot, each.days[::-1], each.low[::-1])])
    return f'<path class="band {own}" d="M{edge}Z"/>' if edge else ""


def places(plot: Plot, days: Sequence[float] | Array, levels: Sequence[float] | Array) -> list[str]:
    """Where pairs of a day and a value lie."""
    pairs = zip(map(float, days), map(float, levels), strict=True)
    return [f"{plot.across(day):.1f} {plot.down(value):.1f}" for day, value in pairs if np.isfinite(value)]


def many(each: Points, plot: Plot) -> str:
    """Readings too many to be told one by one."""
    way = "".join(f"M{place}h0.01" for place in places(plot, each.days, each.values))
    return f'<path class="{f"many {each.look}".strip()}" d="{way}"/>' if way else ""


def dots(panel: Panel, each: Points, plot: Plot) -> Iterator[str]:
    """A point for each reading, which says its value when pointed at."""
    name, own = f"{panel.title} {each.name}".strip(), f"point {each.look}".strip()
    size = BIG_DOT if len(each.values) <= FEW else DOT
    for day, value in zip(map(float, each.days), map(float, each.values), strict=True):
        if np.isfinite(value):
            told = f"{name} {value:g} {panel.unit}, {day_words(day)}"
            place = f'cx="{plot.across(day):.1f}" cy="{plot.down(value):.1f}" r="{size}"'
            yield f'<circle class="{own}" {place}><title>{safe(told)}</title></circle>'
