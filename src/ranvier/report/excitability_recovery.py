"""The recovery cycle of a nerve excitability sheet, with the names of its phases."""

from collections.abc import Iterator
from itertools import chain
from math import isfinite

import numpy as np

from ranvier.nerve.excitability import Excitability
from ranvier.report.excitability_panels import HEIGHT, WIDTH, healthy, healthy_bar, healthy_mark
from ranvier.report.plot import Axis, Plot, clipped, dots, line, text

EARLY_MS = 10.0
"""Until when an axon should have become superexcitable."""

NOTICED = 2.0
"""Change of threshold in % that is worth a name."""

HALF_NAME = 66
"""Half the width of the longest name of a phase."""

TICKS = (1, 2, 5, 10, 20, 50, 100, 200)
TOP = 100


def recovery_cycle(found: Excitability, left: float, top: float) -> tuple[Plot, Iterator[str]]:
    """Change of threshold against the interval after an impulse, on a scale of decades."""
    across = Axis(1, 200, TICKS, "Interstimulus interval (ms)", log=True)
    up = Axis.of("Threshold change (%)", -50, TOP, 50, np.minimum(found.recovery - 16, TOP))
    plot = Plot(left, top, WIDTH, HEIGHT, across, up)

    def parts() -> Iterator[str]:
        yield line(plot, found.intervals_ms, found.recovery)
        yield from dots(plot, found.intervals_ms, found.recovery, "dot", " %")
        yield from healthy_recovery(found, plot)

    return plot, chain(clipped(plot, parts()), refractory(found, plot), phases(found, plot))


def healthy_recovery(found: Excitability, plot: Plot) -> Iterator[str]:
    """What healthy people reach, drawn where this axon has its extremes."""
    for at, field in zip(extremes(found), ("superexcitability", "subexcitability"), strict=True):
        if at is not None:
            middle = float(found.intervals_ms[at])
            yield healthy_bar(plot, middle / 1.2, middle * 1.2, healthy(field))
    yield from healthy_mark(plot, healthy("relative_refractory_period_ms"))


def phases(found: Excitability, plot: Plot) -> Iterator[str]:
    """The names of both later phases, beside their parts of the curve and beyond the healthy bar."""
    early, late = extremes(found)
    names = ((early, "superexcitability", "superexcitable", -1), (late, "subexcitability", "subexcitable", 1))
    for at, field, name, way in names:
        if at is not None:
            height = way * float(found.recovery[at])
            middle = max(plot.across(float(found.intervals_ms[at])), plot.left + HALF_NAME)
            far = min(way * max(height, way * healthy(field)), plot.y.high - 10)
            word = name if height >= NOTICED else f"not {name}"
            y = plot.down(far) - way * 14 + 4.5
            yield text(min(middle, plot.right - HALF_NAME), y, word, "note", "middle")


def refractory(found: Excitability, plot: Plot) -> Iterator[str]:
    """The name of the first phase, to the right of its part of the curve."""
    seen = np.flatnonzero(np.isfinite(found.recovery))
    if not len(seen) or found.recovery[seen[0]] < NOTICED:
        return
    within = seen[found.recovery[seen] <= TOP]
    if len(within):
        x = plot.across(float(found.intervals_ms[within[0]]))
        yield text(
            x + 12, plot.down(min(float(found.recovery[seen[0]]), TOP - 4)) + 4.5, "refractory", "note"
        )


def extremes(found: Excitability) -> tuple[int | None, int | None]:
    """Where the recovery cycle is lowest (early, where it is nowhere low), and where it is highest after."""
    told, times = np.isfinite(found.recovery), found.intervals_ms
    low = np.where(told, found.recovery, np.inf)
    if np.min(low) > -NOTICED:
        low = np.where(times <= EARLY_MS, low, np.inf)
    first = int(np.argmin(low))
    high = np.where(told & (times > max(EARLY_MS, float(times[first]))), found.recovery, -np.inf)
    last = int(np.argmax(high))
    return first if isfinite(low[first]) else None, last if isfinite(high[last]) else None
