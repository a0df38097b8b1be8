"""Three of the four plots of a nerve excitability sheet, with their scales, their curves and their labels."""

from collections.abc import Iterator
from itertools import chain
from math import isfinite

import numpy as np

from ranvier.nerve.excitability import POLARISED_MS, Excitability, human_targets
from ranvier.report.plot import Axis, Plot, clipped, dots, line, text
from ranvier.report.traces import handy

WIDTH, HEIGHT = 366, 270
LABELS = 17
"""Units of height between two labels."""

LEVEL_LABELS = {1: "depolarising", -1: "hyperpolarising"}
FITTED_FROM_MS = 0.2
"""Shorter pulses are left out of the Weiss line."""

LONG_MS = 0.5
"""A strength-duration time constant that needs a longer axis."""


def strength_duration(found: Excitability, left: float, top: float) -> tuple[Plot, Iterator[str]]:
    """Charge against width; the Weiss line meets the axis at minus the time constant."""
    x, y = found.widths_ms, found.widths_ms * found.width_threshold_na
    fitted = x >= FITTED_FROM_MS
    step = handy(max(float(np.max(y[np.isfinite(y)], initial=0)), 1e-6) / 3)
    constant, rheobase = found.indices.strength_duration_time_constant_ms, found.indices.rheobase_na
    apart = 0.2 if constant < LONG_MS else 0.5
    across = Axis.of("Stimulus width (ms)", -0.6, 1.0, apart, np.array([-constant - 0.25]))
    plot = Plot(left, top, WIDTH, HEIGHT, across, Axis.of("Threshold charge (pC)", 0, step, step, y))

    def parts() -> Iterator[str]:
        ends = np.array([-constant, 1.0])
        yield from healthy_mark(plot, -healthy("strength_duration_time_constant_ms"))
        yield line(plot, ends, rheobase * (ends + constant), "weiss")
        yield from dots(plot, x[~fitted], y[~fitted], "hollow", " pC")
        yield from dots(plot, x[fitted], y[fitted], "dot", " pC")
        if isfinite(constant):
            yield f'<circle class="hollow" cx="{plot.across(-constant):.1f}" cy="{plot.bottom:.1f}" r="4.5"/>'

    return plot, chain(clipped(plot, parts()), weiss_labels(plot, constant))


def weiss_labels(plot: Plot, constant: float) -> Iterator[str]:
    """What the line is, where a rising line leaves room, and where it meets the axis."""
    if isfinite(constant):
        yield text(plot.right - 4, plot.top + 0.8 * plot.height, "Weiss line (0.2–1 ms)", "note", "end")
        yield text(plot.across(-constant) - 4, plot.bottom - 16, "−SDTC", "note", "end")


def electrotonus(found: Excitability, left: float, top: float) -> tuple[Plot, Iterator[str]]:
    """Threshold reduction during and after each polarising current, depolarisation upwards."""
    across = Axis(-10, 210, (0, 50, 100, 150, 200), "Delay (ms)")
    up = Axis.of("Threshold reduction (%)", -150, 100, 50, np.append(found.reduction - 20, 0))
    plot = Plot(left, top, WIDTH, HEIGHT, across, up)
    times = np.concatenate([[-10, 0], found.delays_ms])

    def parts() -> Iterator[str]:
        for curve in found.reduction:
            yield line(plot, times, np.concatenate([[0, 0], curve]))
            yield from dots(plot, found.delays_ms, curve, "dot", " %")
        for field in ("ted_90_100", "teh_90_100"):
            yield healthy_bar(plot, 90, 100, healthy(field))

    return plot, chain(clipped(plot, parts()), current_bar(plot), electrotonus_labels(found, plot))


def current_bar(plot: Plot) -> Iterator[str]:
    """When the polarising current flows."""
    y, end = plot.bottom - 10, plot.across(POLARISED_MS)
    yield f'<path class="bar" d="M{plot.across(0):.1f} {y:.1f}H{end:.1f}"/>'
    yield text(end + 8, y + 4.5, "polarising current", "note")


def electrotonus_labels(found: Excitability, plot: Plot) -> Iterator[str]:
    """The current of each curve, beside its last point under it, none on another."""
    ends = [curve[found.delays_ms < POLARISED_MS] for curve in found.reduction]
    last = [each[np.isfinite(each)][-1] if np.isfinite(each).any() else 0.0 for each in ends]
    above = -np.inf
    for share, end in zip(found.polarising, last, strict=True):
        y = max(plot.down(float(end)) + 4.5, above + LABELS)
        way = LEVEL_LABELS[1 if share > 0 else -1] if abs(share) == max(found.polarising) else ""
        yield text(plot.across(116), y, f"{100 * share:+.0f} % {way}".replace("-", "−").strip(), "note")
        above = y


def current_threshold(found: Excitability, left: float, top: float) -> tuple[Plot, Iterator[str]]:
    """Current against the threshold reduction at its end, and the slope at rest."""
    x, y = found.level_reduction, 100 * found.levels
    across = Axis.of("Threshold reduction (%)", -200, 100, 50, x)
    plot = Plot(left, top, WIDTH, HEIGHT, across, Axis(-100, 50, (-100, -50, 0, 50), "Current (% threshold)"))
    ends = np.array([-60.0, 60.0])

    def parts() -> Iterator[str]:
        yield line(plot, ends, found.indices.resting_slope * ends, "weiss")
        yield line(plot, x, y)
        yield from dots(plot, x, y, "dot", " %")

    return plot, clipped(plot, parts())


def healthy(field: str) -> float:
    """What healthy people show."""
    return human_targets()[field].number


def healthy_bar(plot: Plot, first: float, last: float, value: float) -> str:
    """A short bar at the height of a healthy value."""
    y = plot.down(value)
    return f'<path class="healthy" d="M{plot.across(first):.1f} {y:.1f}H{plot.across(last):.1f}"/>'


def healthy_mark(plot: Plot, value: float) -> Iterator[str]:
    """A short upright bar on the zero line (or the lower edge) at a healthy value."""
    x, y = plot.across(value), plot.down(max(0.0, plot.y.low))
    yield f'<path class="healthy" d="M{x:.1f} {y - 9:.1f}V{y + 9 if y < plot.bottom else y:.1f}"/>'
