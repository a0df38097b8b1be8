"""One panel of the figure: title, grid, events, doses, courses and the level that is wanted."""

from collections.abc import Iterator

import numpy as np

from ranvier.report.limbs import safe
from ranvier.report.plot import Axis, Plot, clipped, line, shown, text
from ranvier.report.series import look
from ranvier.report.series.axes import FEW_LEVELS, MOST_LEVELS, level_axis
from ranvier.report.series.readings import band, layers
from ranvier.report.series.series import Panel, Series

DOSES_APART = 18.0
"""Doses nearer to each other are marked in their lane alone."""


def plot_of(panel: Panel, series: Series, top: float) -> Plot:
    """Where the panel lies and what its axes are."""
    days = Axis(series.first, series.last, (), "")
    height, most = (look.LOW_PANEL, FEW_LEVELS) if panel.low else (look.PANEL, MOST_LEVELS)
    return Plot(look.LEFT, top, look.WIDTH, height, days, level_axis(values(panel), panel.unit, most))


def values(panel: Panel) -> list[float]:
    """Every value that must fit into the panel."""
    found = [*panel.within, *([] if panel.target is None else [panel.target])]
    drawn = [each.values for each in panel.points]
    drawn += [
        edge for each in panel.ribbons for edge in (each.low, each.middle, each.high) if edge is not None
    ]
    for each in drawn:
        known = each[np.isfinite(each)]
        found += [float(known.min()), float(known.max())] if len(known) else []
    return found


def panel_parts(panel: Panel, series: Series, plot: Plot) -> Iterator[str]:
    """The panel from its title to its points; the word of a simulated one lies behind them."""
    yield from title(panel, plot)
    if series.simulated:
        yield text(
            plot.left + plot.width / 2, plot.top + plot.height / 2 + 23, "SIMULATED", "ghost", "middle"
        )
    yield from grid(plot)
    yield from clipped(plot, inside(panel, series, plot))


def title(panel: Panel, plot: Plot) -> Iterator[str]:
    """The measure, and at the right the level that is wanted or other words."""
    name = f"{panel.title}, {panel.unit}" if panel.unit else panel.title
    yield text(plot.left, plot.top - 10, name, "head")
    if panel.target is not None:
        words = f"target {panel.target:g}"
        begin = plot.right - look.BOLD_LETTER * len(words) - 44
        yield f'<path class="target" d="M{begin:.1f} {plot.top - 15:.1f}h38"/>'
        yield text(plot.right, plot.top - 10, words, "mark", "end")
    elif panel.told:
        yield text(plot.right, plot.top - 10, panel.told, "dim", "end")


def grid(plot: Plot) -> Iterator[str]:
    """Lines of level with their numbers."""
    for value in plot.y.ticks:
        y = plot.down(value)
        yield f'<path class="grid" d="M{plot.left} {y:.1f}H{plot.right}"/>'
        yield text(plot.left - 8, y + 5, shown(value), "dim", "end")


def inside(panel: Panel, series: Series, plot: Plot) -> Iterator[str]:
    """Events and doses behind, then many readings, bands, courses, and few readings on top."""
    yield from happened(series, plot)
    yield from given(series, plot)
    behind, above = layers(panel, plot)
    yield from behind
    named = [(each, look.look_of(each.look, n)) for n, each in enumerate(panel.ribbons)]
    yield from (band(each, plot, own) for each, own in named)
    yield from (line(plot, each.days, each.middle, f"curve {own}") for each, own in named)
    if panel.target is not None:
        yield f'<path class="target" d="M{plot.left} {plot.down(panel.target):.1f}H{plot.right}"/>'
    if series.today is not None:
        yield f'<path class="today" d="M{plot.across(series.today):.1f} {plot.top}V{plot.bottom}"/>'
    yield from above


def happened(series: Series, plot: Plot) -> Iterator[str]:
    """A pale stretch for each event, and the line on which it begins."""
    for each in series.events:
        x, end = (plot.across(min(max(day, series.first), series.last)) for day in (each.first, each.last))
        size = f'width="{max(end - x, 1):.1f}" y="{plot.top}" height="{plot.height}"'
        yield f'<rect class="span e{each.look}" x="{x:.1f}" {size}/>'
        way = f'd="M{x:.1f} {plot.top}V{plot.bottom}"'
        yield f'<path class="seen e{each.look}" {way}><title>{safe(each.words)}</title></path>'


def given(series: Series, plot: Plot) -> Iterator[str]:
    """A faint line through the panel at each dose that was given, while they can be told apart."""
    end = series.last if series.today is None else series.today
    places = sorted({round(plot.across(each.day)) for each in series.doses_shown if each.day <= end})
    if len(places) > 1 and places[-1] - places[0] < DOSES_APART * (len(places) - 1):
        return
    yield from (f'<path class="given" d="M{x} {plot.top}V{plot.bottom}"/>' for x in places)
