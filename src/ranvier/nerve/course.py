"""The potential of node after node while an impulse passes: what a picture of it shows."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.fibre import Fibre
from ranvier.nerve.passage import passage, rough_width_ms
from ranvier.nerve.places import touched
from ranvier.nerve.propagate import Propagation
from ranvier.nerve.solver import Solver
from ranvier.nerve.stimulus import Pulse

Array = NDArray[np.float64]

MOST_ROWS, MARGIN = 81, 20
"""Nodes that a picture can show one by one; how many of them on either side of a lesion of a long fibre."""

COLUMNS = 400
"""Moments that a picture shows."""

LEAD, TAIL = 1.0, 3.0
"""Half-widths shown before the impulse enters the picture and after it has left."""


@dataclass(frozen=True)
class Course:
    """Potentials (mV, over moments and nodes) of a stretch of a fibre.

    `arrival_ms`: when the impulse passed each node; `healthy_ms`: when it would have passed without lesions.
    """

    fibre: Fibre
    nodes: tuple[int, ...]
    times_ms: Array
    potential_mv: Array
    arrival_ms: Array
    healthy_ms: Array


def course(fibre: Fibre, pulse: Pulse, solver: Solver) -> Course:
    """The course of one impulse, with every node followed all the time."""
    solver = replace(solver, exact=True)
    nodes, twin = shown(fibre), replace(fibre, lesions=())
    start, end = window(passage(fibre, pulse, solver).seen, nodes, pulse, rough_width_ms(fibre))
    seen = solver.run((fibre, twin), ((pulse,), (pulse,)), end, nodes, 1000 * (end - start) / COLUMNS)
    inside = seen.trace_ms >= start
    return Course(
        fibre=fibre,
        nodes=nodes,
        times_ms=seen.trace_ms[inside],
        potential_mv=seen.trace_mv[0, inside],
        arrival_ms=seen.crossing_ms[0, nodes, 0],
        healthy_ms=seen.crossing_ms[1, nodes, 0],
    )


def shown(fibre: Fibre) -> tuple[int, ...]:
    """The nodes that are shown: all of them, or those about the lesion, or every second, third ..."""
    begin, end = 0, fibre.nodes
    lesion = touched(fibre)
    if end > MOST_ROWS and lesion is not None:
        begin, end = max(0, lesion[0] - MARGIN), min(end, lesion[1] + MARGIN + 1)
    return tuple(range(begin, end, -(-(end - begin) // MOST_ROWS)))


def window(seen: Propagation, nodes: tuple[int, ...], pulse: Pulse, width_ms: float) -> tuple[float, float]:
    """The time that is shown, from before the impulse enters until after it has left or failed."""
    passed = seen.crossing_ms[:2, nodes, 0]
    if not np.any(np.isfinite(passed)):
        return 0.0, pulse.onset_ms + pulse.duration_ms + TAIL * width_ms
    start = max(0.0, float(np.nanmin(passed)) - LEAD * width_ms)
    return start, float(np.nanmax(passed)) + TAIL * width_ms
