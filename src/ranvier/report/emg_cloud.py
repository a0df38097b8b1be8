"""Turns against their amplitude, one point for each epoch with activity."""

from collections.abc import Iterator
from itertools import chain

import numpy as np

from ranvier.findings.needle.analysis import NeedleAnalysis
from ranvier.report.plot import Axis, Plot, axes, dots, text

LEFT, WIDTH, HEIGHT = 84.0, 420.0, 220.0


def cloud(found: NeedleAnalysis, top: float) -> Iterator[str]:
    """The cloud of an interference pattern."""
    seen = found.interference
    most = max(float(np.max(seen.turns_per_s)), 1.0)
    largest = max(float(np.max(seen.amplitude_mv)), 0.1)
    plot = Plot(
        LEFT,
        top + 26,
        WIDTH,
        HEIGHT,
        Axis.of("turns per second", 0, most, nice(most), np.zeros(0)),
        Axis.of("mV from turn to turn", 0, largest, nice(largest), np.zeros(0)),
    )
    yield text(24, top + 8, "Interference pattern, one point for each half second with activity", "head")
    yield from chain(axes(plot), dots(plot, seen.turns_per_s, seen.amplitude_mv, unit=" mV"))


def nice(most: float) -> float:
    """The distance of ticks on an axis that reaches so far."""
    power = 10.0 ** np.floor(np.log10(most / 4))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power * 5 >= most))
