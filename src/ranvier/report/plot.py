"""A plot in a figure: its axes, and where a pair of numbers lies on it. The style sets the colours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, isfinite, log10

import numpy as np
from numpy.typing import NDArray

from ranvier.report.limbs import safe

Array = NDArray[np.float64]

DOT, TICK, PAD = 2.8, 5, 6
"""Radius of a point, length of a tick, and how far a curve may leave its plot before it is cut."""

MOST_STEPS = 9
"""From tick to tick on one axis."""


@dataclass(frozen=True)
class Axis:
    """One axis; `log` for decades."""

    low: float
    high: float
    ticks: tuple[float, ...]
    label: str
    log: bool = False

    @classmethod
    def of(cls, label: str, low: float, high: float, step: float, values: Array) -> "Axis":
        """An axis from low to high, longer by whole steps where a value lies beyond it."""
        reach = [low, high, *filter(isfinite, map(float, values.ravel()))]
        while max(reach) - min(reach) > MOST_STEPS * step:
            step *= 2
        first, last = floor(min(reach) / step), ceil(max(reach) / step)
        return cls(first * step, last * step, tuple(n * step for n in range(first, last + 1)), label)

    def share(self, value: float) -> float:
        """How far along the axis a value lies, 0 to 1."""
        if self.log:
            return log10(value / self.low) / log10(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Plot:
    """A rectangle with two axes; lengths in units of the figure."""

    left: float
    top: float
    width: float
    height: float
    x: Axis
    y: Axis

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    def across(self, value: float) -> float:
        """Where a value of the horizontal axis lies."""
        return self.left + self.width * self.x.share(value)

    def down(self, value: float) -> float:
        """Where a value of the vertical axis lies."""
        return self.bottom - self.height * self.y.share(value)


def text(x: float, y: float, words: str, look: str = "", anchor: str = "start", turn: str = "") -> str:
    """One line of text of a class of the style, turned about its place where asked."""
    turned = f' transform="rotate({turn} {x:.1f} {y:.1f})"' if turn else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{look}" text-anchor="{anchor}"{turned}>{safe(words)}</text>'


def shown(value: float) -> str:
    """A number on an axis, with a true minus."""
    return f"{value:g}".replace("-", "−")


def axes(plot: Plot) -> Iterator[str]:
    """Both axes with ticks, numbers and labels, and a faint line through each zero inside."""
    yield f'<path class="axis" d="M{plot.left} {plot.top}V{plot.bottom}H{plot.right}"/>'
    for value in plot.x.ticks:
        x = plot.across(value)
        yield f'<path class="axis" d="M{x:.1f} {plot.bottom}v{TICK}"/>'
        yield text(x, plot.bottom + TICK + 15, shown(value), "tick", "middle")
    for value in plot.y.ticks:
        y = plot.down(value)
        yield f'<path class="axis" d="M{plot.left} {y:.1f}h{-TICK}"/>'
        yield text(plot.left - TICK - 4, y + 5, shown(value), "tick", "end")
    yield text(plot.left + plot.width / 2, plot.bottom + 42, plot.x.label, "label", "middle")
    yield text(plot.left - 56, plot.top + plot.height / 2, plot.y.label, "label", "middle", "-90")
    yield from zeros(plot)


def zeros(plot: Plot) -> Iterator[str]:
    """The lines through zero."""
    if plot.y.low < 0 < plot.y.high:
        yield f'<path class="zero" d="M{plot.left} {plot.down(0):.1f}H{plot.right}"/>'
    if not plot.x.log and plot.x.low < 0 < plot.x.high:
        yield f'<path class="zero" d="M{plot.across(0):.1f} {plot.top}V{plot.bottom}"/>'


def clipped(plot: Plot, parts: Iterator[str]) -> Iterator[str]:
    """Parts of a plot, cut a little beyond its edges."""
    left, top, width, height = plot.left - PAD, plot.top - PAD, plot.width + 2 * PAD, plot.height + 2 * PAD
    size = f"{width:.1f} {height:.1f}"
    yield (
        f'<svg x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'viewBox="{left:.1f} {top:.1f} {size}">'
    )
    yield from parts
    yield "</svg>"


def line(plot: Plot, x: Sequence[float] | Array, y: Sequence[float] | Array, look: str = "curve") -> str:
    """A line through points; interrupted where one of them is not a number."""
    pairs = list(zip(map(float, x), map(float, y), strict=True))
    runs = (list(run) for told, run in groupby(pairs, lambda pair: all(map(isfinite, pair))) if told)
    way = "".join(
        "M" + "L".join(f"{plot.across(one):.1f} {plot.down(two):.1f}" for one, two in run) for run in runs
    )
    return f'<path class="{look}" d="{way}"/>' if way else ""


def dots(plot: Plot, x: Array, y: Array, look: str = "dot", unit: str = "") -> Iterator[str]:
    """A point for each pair of numbers, which says its value when pointed at."""
    for one, two in zip(map(float, x), map(float, y), strict=True):
        if isfinite(one) and isfinite(two):
            place = f'cx="{plot.across(one):.1f}" cy="{plot.down(two):.1f}" r="{DOT}"'
            yield f'<circle class="{look}" {place}><title>{one:g}: {two:.3g}{unit}</title></circle>'
