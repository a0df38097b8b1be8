"""One axon's impulse in numbers: how fast, whether across the lesion, how late, how soon again, how high."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.fibre import Fibre
from ranvier.nerve.passage import Passage, passage
from ranvier.nerve.places import BEGIN, Places
from ranvier.nerve.refractory import Pair, refractory_ms
from ranvier.nerve.solver import Solver
from ranvier.nerve.stimulus import Pulse

Array = NDArray[np.float64]

PULSE = Pulse()
FEWEST = 2
"""Nodes that a fibre needs."""

LONG = 200
CALM_C = 36.0, 40.0
"""A healthy fibre of more nodes, between these temperatures, gives one impulse to a pulse: nodes may sleep
before and after."""


@dataclass(frozen=True)
class Impulse:
    """What an impulse does on a fibre; None where it cannot be told.

    `velocity_m_s` of the healthy stretch (`places.stretch`), `peak_mv` and `half_width_ms` in its middle.
    `conducts`: whether it arrives at `places.landing`; None where no impulse set out from the pulse, or the
    fibre fires by itself before it arrives, and then nothing else can be told.
    `extra_delay_ms` against the same fibre without lesions.
    `refractory_period_ms`: of transmission, the shortest interval at which two impulses arrive.
    `reached`: the farthest node it came to, None where the pulse started none. `uncalled_ms`: when an impulse
    passed the landing that did not come from the pulse. `again_ms`: when one pulse gives a second impulse at
    the landing. `fires_by_itself`: node and ms of the first impulse without any pulse.
    """

    fibre: Fibre
    pulse: Pulse
    solver: Solver
    places: Places
    conducts: bool | None
    reached: int | None = None
    again_ms: float | None = None
    uncalled_ms: float | None = None
    fires_by_itself: tuple[int, float] | None = None
    velocity_m_s: float | None = None
    extra_delay_ms: float | None = None
    refractory_period_ms: float | None = None
    peak_mv: float | None = None
    half_width_ms: float | None = None


@dataclass(frozen=True)
class Shape:
    """The first impulse at a node: its peak in mV, and its width at half height above rest."""

    peak_mv: float
    half_width_ms: float | None


def impulse(fibre: Fibre, pulse: Pulse = PULSE, solver: Solver | None = None) -> Impulse:
    """Measure an impulse that a pulse (4 nA, 0.1 ms into node 0 unless told otherwise) sends along a fibre.

    All is computed in full (`Solver.exact`) unless `may_sleep`: a node that sleeps does not fire again, and
    near a block it may decide otherwise.
    Raises ValueError for a field out of its range or a pulse that is not at node 0, `DivergedError` when the
    numbers leave all bounds.
    """
    if fibre.nodes < FEWEST:
        raise ValueError(f"nodes must be at least {FEWEST} for an impulse to travel, not {fibre.nodes}.")
    if pulse.node != 0:
        raise ValueError(
            f"pulse: an impulse is measured from node 0, so the pulse must be at node 0, not {pulse.node}."
        )
    solver = solver or Solver()
    full = solver.exact or not may_sleep(fibre, pulse)
    seen = passage(fibre, pulse, replace(solver, exact=full))
    arrival, alone = seen.arrival_ms(seen.places.landing), seen.fires_by_itself
    known = Impulse(
        fibre, pulse, solver, seen.places, None, seen.reached, seen.again_ms, fires_by_itself=alone
    )
    if alone is not None and (arrival is None or alone[1] < arrival):
        return known
    if not seen.called:
        return replace(known, uncalled_ms=arrival)
    form = None if seen.places.probe is None else shape(seen.times_ms, seen.trace_mv(seen.places.probe))
    return replace(
        known,
        conducts=arrival is not None,
        velocity_m_s=velocity(fibre, seen),
        extra_delay_ms=extra_delay(seen),
        refractory_period_ms=refractory(known, seen),
        peak_mv=form and form.peak_mv,
        half_width_ms=form and form.half_width_ms,
    )


def may_sleep(fibre: Fibre, pulse: Pulse) -> bool:
    """Whether nodes may sleep with nothing lost: long, warm, without lesions and well excited."""
    warmth = fibre.temperatures()
    calm = CALM_C[0] <= warmth.min() and warmth.max() <= CALM_C[1]
    return (
        fibre.nodes > LONG and not fibre.lesions and fibre.settled_c is None and bool(calm) and pulse == PULSE
    )


def velocity(fibre: Fibre, seen: Passage) -> float | None:
    """The velocity of the healthy stretch, m/s."""
    if seen.places.stretch is None:
        return None
    first, last = seen.places.stretch
    begin, end = seen.arrival_ms(first), seen.arrival_ms(last)
    if begin is None or end is None:
        return None
    return (last - first) * fibre.spacing_mm / (end - begin)


def extra_delay(seen: Passage) -> float | None:
    """By how much later the impulse arrives than without lesions, ms."""
    arrival, healthy = (seen.arrival_ms(seen.places.landing, healthy) for healthy in (False, True))
    return None if arrival is None or healthy is None else arrival - healthy


def refractory(about: Impulse, seen: Passage) -> float | None:
    """The refractory period of transmission, ms."""
    landing = seen.places.landing
    if landing < BEGIN or about.fires_by_itself is not None:
        return None
    arrival, form = seen.arrival_ms(landing), shape(seen.times_ms, seen.trace_mv(landing, healthy=True))
    if arrival is None or form is None or form.half_width_ms is None:
        return None
    solver = replace(about.solver, exact=True)
    pair = Pair(about.fibre, about.pulse, landing, arrival, form.half_width_ms, seen.again_ms, solver)
    return refractory_ms(pair)


def shape(times_ms: Array, potential_mv: Array) -> Shape | None:
    """The first impulse of a trace; None where the potential never rises above 0 mV."""
    above = potential_mv >= 0
    if not above.any():
        return None
    begin = int(np.argmax(above))
    end = begin + int(np.argmin(above[begin:])) if not above[begin:].all() else len(above)
    top = begin + int(np.argmax(potential_mv[begin:end]))
    half = (potential_mv[0] + potential_mv[top]) / 2
    below = potential_mv < half
    rises, falls = np.flatnonzero(below[:top]), np.flatnonzero(below[top:])
    if not rises.size or not falls.size:
        return Shape(float(potential_mv[top]), None)
    up, down = int(rises[-1]), top + int(falls[0]) - 1
    width = flank(times_ms, potential_mv, down, half) - flank(times_ms, potential_mv, up, half)
    return Shape(float(potential_mv[top]), width)


def flank(times_ms: Array, potential_mv: Array, i: int, level_mv: float) -> float:
    """When the potential passes a level between sample i and the next."""
    share = (level_mv - potential_mv[i]) / (potential_mv[i + 1] - potential_mv[i])
    return float(times_ms[i] + share * (times_ms[i + 1] - times_ms[i]))
