"""Sizes, colours and letters of the sheet of a course: readable when it is as narrow as a telephone."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, floor
from typing import Any

from ranvier.report.plot import Axis, shown, text

PAGE, LEFT, WIDTH = 820, 184, 430
RIGHT = LEFT + WIDTH
"""The sheet, and where its panels begin and end; names stand before, last values after them."""

LINE, HEAD, GAP, FOOT = 20, 62, 26, 30
"""A line of text, the head of a panel, the space after it, and its axis."""

LETTER, TITLE_LETTER = 9.6, 13.4
"""How wide a letter is, on average over a line of a wide type."""

INK, DIM, FAINT, BLOCK = "#1b2430", "#55606e", "#d3d9df", "#c4560a"
LINES = (INK, "#0072b2", "#c4560a", "#00805c", "#b0579a")
DASHES = ("", "9 4", "3 3", "12 3 3 3", "6 6")
"""Lines differ in colour and in dashes: either is enough."""

STYLE = f"""
.course text {{ fill: {INK}; font: 16px system-ui, sans-serif; font-variant-numeric: tabular-nums }}
.course text.big {{ font-size: 21px; font-weight: 600 }}
.course text.head {{ font-size: 18px; font-weight: 600 }}
.course text.dim {{ fill: {DIM} }}
.course text.cell {{ font-size: 15px }}
.course text.mark {{ fill: #9b1c1c; font-weight: 600 }}
.course .grid {{ stroke: {FAINT}; fill: none }}
.course .axis {{ stroke: {DIM}; fill: none }}
.course .curve {{ fill: none; stroke-width: 2.6; stroke-linejoin: round; stroke-linecap: round }}
"""

STEPS = (1 / 12, 0.25, 0.5, 1, 2, 5, 10, 20)
MOST_TICKS = 9
AFTER = 0.06
"""How far the sheet goes on after the last visit, as a share of the time up to it."""


def cells(years: Sequence[float]) -> list[tuple[float, float]]:
    """The stretch of time for which each visit stands: half way to its neighbours.

    The first and the last visit stand for as much on their other side, but nothing goes on for long after
    the last.
    """
    if not years:
        return []
    middles = [(a + b) / 2 for a, b in pairwise(years)]
    first = max(0.0, 2 * years[0] - middles[0]) if middles else years[0] / 2
    gap = years[-1] - (middles[-1] if middles else first)
    last = years[-1] + min(gap, AFTER * years[-1])
    return list(zip([first, *middles], [*middles, last], strict=True))


def time_axis(years: Sequence[float]) -> Axis:
    """The axis that all panels share, from the first symptom to a little after the last visit."""
    end = cells(years)[-1][1] if years else 1.0
    step = next((each for each in STEPS if end / each <= MOST_TICKS), STEPS[-1])
    ticks = tuple(round(n * step, 4) for n in range(floor(end / step + 1e-9) + 1))
    return Axis(0.0, end, ticks, "years since the first symptom")


def across(axis: Axis, years: float) -> float:
    """Where a time lies; what came before the first symptom lies at its left end."""
    return LEFT + WIDTH * axis.share(max(years, axis.low))


def timeline(axis: Axis, top: float, bottom: float) -> Iterator[str]:
    """The axis of time below a panel, with faint lines up through it."""
    for value in axis.ticks:
        x = across(axis, value)
        yield f'<path class="grid" d="M{x:.1f} {top:.1f}V{bottom:.1f}"/>'
        yield text(x, bottom + 20, shown(round(value, 2)), "dim", "middle")
    yield f'<path class="axis" d="M{LEFT} {bottom:.1f}H{RIGHT}"/>'


def short(side: str, name: str) -> str:
    """A nerve or muscle with its side as it is written on a chart: `R median`."""
    return f"{side[0].upper()} {name}"


def ceiling(share: float, steps: Sequence[float] = (0.04, 0.1, 0.2, 0.4, 0.6, 1.0)) -> float:
    """The upper end of an axis of shares that holds this one."""
    return next((each for each in steps if share <= each), ceil(share))


def attributes(**look: Any) -> str:
    """Attributes of an SVG element; `_` in a name stands for a hyphen."""
    return " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in look.items())
