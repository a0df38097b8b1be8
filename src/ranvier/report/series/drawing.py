"""One panel of the figure: grid, band, curves, readings and the level that is wanted."""

from collections.abc import Iterator

import numpy as np

from ranvier.report.limbs import safe
from ranvier.report.plot import Axis, Plot, clipped, line, shown, text
from ranvier.report.series import look
from ranvier.report.series.series import Panel, Ribbon, Series

DOT = 2.6


def plot_of(panel: Panel, series: Series, top: float, height: float) -> Plot:
    """Where the panel lies and what its axes are."""
    days = Axis(series.first, series.last, tuple(d for d, _ in look.dates(series.first, series.last)), "")
    return Plot(look.LEFT, top, look.WIDTH, height, days, look.level_axis(values(panel), panel.unit))


def values(panel: Panel) -> list[float]:
    """Every value that must fit into the panel."""
    found = list(map(float, panel.points.values)) if panel.points else []
    for each in panel.ribbons:
        for edge in (each.low, each.middle, each.high):
            found += [float(np.min(edge)), float(np.max(edge))] if edge is not None and len(edge) else []
    return [*found, *([] if panel.target is None else [panel.target])]


def panel_parts(panel: Panel, series: Series, top: float, height: float) -> Iterator[str]:
    """The panel from its title to its points."""
    plot = plot_of(panel, series, top, height)
    yield text(look.LEFT, top - 10, f"{panel.title}, {panel.unit}", "head")
    yield from grid(plot)
    yield from clipped(plot, inside(panel, series, plot))
    yield from target(panel, plot)


def grid(plot: Plot) -> Iterator[str]:
    """Lines of level with their numbers."""
    for value in plot.y.ticks:
        y = plot.down(value)
        yield f'<path class="grid" d="M{plot.left} {y:.1f}H{plot.right}"/>'
        yield text(plot.left - 8, y + 5, shown(value), "dim", "end")


def inside(panel: Panel, series: Series, plot: Plot) -> Iterator[str]:
    """Band, curves, the line of today and readings."""
    for n, each in enumerate(panel.ribbons):
        yield from ribbon(each, plot, n)
    if series.today is not None:
        yield f'<path class="today" d="M{plot.across(series.today):.1f} {plot.top}V{plot.bottom}"/>'
    if panel.points is not None:
        for day, value in zip(map(float, panel.points.days), map(float, panel.points.values), strict=True):
            told = f"{look.day_words(day)}: {value:g} {panel.unit}"
            place = f'cx="{plot.across(day):.1f}" cy="{plot.down(value):.1f}" r="{DOT}"'
            yield f'<circle class="point" {place}><title>{safe(told)}</title></circle>'


def ribbon(each: Ribbon, plot: Plot, n: int) -> Iterator[str]:
    """A band and the line in its middle."""
    ink, dash = look.LINES[n % len(look.LINES)], look.DASHES[n % len(look.DASHES)]
    if each.low is not None and each.high is not None:
        there = [
            f"{plot.across(d):.1f} {plot.down(v):.1f}" for d, v in zip(each.days, each.high, strict=True)
        ]
        back = [f"{plot.across(d):.1f} {plot.down(v):.1f}" for d, v in zip(each.days, each.low, strict=True)]
        edge = "L".join([*there, *back[::-1]])
        yield f'<path d="M{edge}Z" fill="{ink}" fill-opacity="0.14" stroke="none"/>'
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    yield f'<g stroke="{ink}"{dashed}>{line(plot, each.days, each.middle)}</g>'


def target(panel: Panel, plot: Plot) -> Iterator[str]:
    """The level that is wanted."""
    if panel.target is None:
        return
    y = plot.down(panel.target)
    yield f'<path class="target" d="M{plot.left} {y:.1f}H{plot.right}"/>'
    below = y + 17 < plot.bottom
    yield text(plot.right - 4, y + 16 if below else y - 5, f"target {panel.target:g}", "mark", "end")
