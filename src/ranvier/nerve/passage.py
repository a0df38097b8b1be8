"""One impulse on its way: the fibre, its twin without lesions, and the fibre left alone, side by side."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.fibre import Fibre
from ranvier.nerve.places import Places
from ranvier.nerve.propagate import Propagation
from ranvier.nerve.solver import Solver
from ranvier.nerve.stimulus import Pulse
from ranvier.nerve.temperature import factor

Array = NDArray[np.float64]

SLOWEST, SLOWEST_AT_C, SLOWEST_Q10 = 12.0, 10.0, 1.4
"""Nodes that the slowest impulse passes in a millisecond, whatever the diameter."""

WIDTH_MS, WIDTH_Q10, WIDTH_AT_C = 0.3, 3.0, 37.0
"""How long an impulse lasts at half height, roughly."""

PATIENCE = 25.0
"""Half-widths that an impulse may linger in a lesion before it is asked whether anything still moves."""

LONGER = (2, 4)
"""The time looked at grows by these factors as long as the impulse lingers."""

LINGERING_MV = 5.0
MOST_WATCHED = 16


@dataclass(frozen=True)
class Passage:
    """What was seen; `seen` holds the fibre, its healthy twin and the fibre left alone, in this order."""

    places: Places
    onset_ms: float
    seen: Propagation

    def arrival_ms(self, node: int, healthy: bool = False) -> float | None:
        """When the impulse passed a node, None where it did not."""
        found = known(self.seen.crossing_ms[int(healthy), node, 0])
        return found if healthy or found is None or found < self.until_ms else None

    @property
    def until_ms(self) -> float:
        """When a second impulse enters the lesion, if the first has not left it by then; else endless."""
        if self.places.lesion is None:
            return np.inf
        before, after = max(self.places.lesion[0] - 1, 0), min(self.places.lesion[1] + 1, self.places.landing)
        again, left = self.seen.crossing_ms[0, before, 1], self.seen.crossing_ms[0, after, 0]
        return np.inf if np.isnan(again) or left < again else float(again)

    @property
    def again_ms(self) -> float | None:
        """When a second impulse came by after one pulse, None where none did."""
        return known(self.seen.crossing_ms[0, self.places.landing, 1])

    @property
    def reached(self) -> int | None:
        """The farthest node that the impulse reached, None where the pulse started none."""
        if self.came_to is not None and self.came_to < self.entry:
            return self.came_to
        passed = np.flatnonzero(self.seen.crossing_ms[0, :, 0] < self.until_ms)
        return int(passed[-1]) if passed.size and (self.came_to is not None or self.called) else None

    @property
    def entry(self) -> int:
        """The last healthy node before the lesion, or the landing; 0 where the lesion begins there."""
        return self.places.landing if self.places.lesion is None else max(self.places.lesion[0] - 1, 0)

    @property
    def came_to(self) -> int | None:
        """How far, at most to `entry`, node after node was passed from node 0 on; None where none was."""
        first = self.seen.crossing_ms[0, :, 0]
        if not first[0] >= self.onset_ms or first[1] < first[0]:
            return None
        onwards = np.diff(first[: self.entry + 1]) > 0
        return self.entry if onwards.all() else int(np.argmin(onwards))

    @property
    def called(self) -> bool:
        """Whether what was seen set out from the pulse: nothing beyond was passed before it came there."""
        first, end = self.seen.crossing_ms[0, :, 0], self.came_to
        if self.places.lesion is not None and self.places.lesion[0] == 0 and self.fires_by_itself is None:
            return bool(np.isfinite(first).any())
        if end is None:
            return False
        later = first[end + 1 :][np.isfinite(first[end + 1 :])]
        return not later.size if end < self.entry else bool(np.all(later >= first[end]))

    @property
    def fires_by_itself(self) -> tuple[int, float] | None:
        """The node where the fibre fires first without a pulse, and when; None where it is quiet."""
        first = self.seen.crossing_ms[2, :, 0]
        if not np.any(np.isfinite(first)):
            return None
        node = int(np.nanargmin(first))
        return node, float(first[node])

    @property
    def times_ms(self) -> Array:
        """The times at which potentials were kept."""
        return self.seen.trace_ms

    def trace_mv(self, node: int, healthy: bool = False) -> Array:
        """The potential of a traced node."""
        return self.seen.trace_mv[int(healthy), :, self.seen.traced.index(node)]

    @property
    def lingers(self) -> bool:
        """Whether something still moves in or before the lesion when the time is over."""
        late = self.seen.trace_mv[0, -1] - self.seen.trace_mv[0, 0]
        return bool(np.any(late > LINGERING_MV))


def passage(fibre: Fibre, pulse: Pulse, solver: Solver) -> Passage:
    """Send one impulse along a fibre and look until it has arrived or nothing moves any more."""
    places = Places.of(fibre)
    healthy = replace(fibre, lesions=())
    lanes, pulses = (fibre, healthy, fibre), ((pulse,), (pulse,), ())
    usual = pulse.onset_ms + pulse.duration_ms + travel_ms(fibre) + PATIENCE * rough_width_ms(fibre)

    def look(longer: int) -> Passage:
        seen = solver.run(lanes, pulses, usual * longer, watched(fibre, places))
        return Passage(places, pulse.onset_ms, seen)

    found = look(1)
    for longer in LONGER:
        if found.arrival_ms(places.landing) is not None or not found.lingers:
            break
        found = look(longer)
    return found


def travel_ms(fibre: Fibre) -> float:
    """How long an impulse travels along the fibre, at most."""
    return fibre.nodes / (SLOWEST * float(factor(SLOWEST_Q10, SLOWEST_AT_C, np.min(fibre.temperatures()))))


def rough_width_ms(fibre: Fibre) -> float:
    """About how long an impulse lasts at the coldest node."""
    slowing = factor(WIDTH_Q10, np.min(fibre.temperatures()), WIDTH_AT_C)
    return WIDTH_MS * float(slowing)


def watched(fibre: Fibre, places: Places) -> tuple[int, ...]:
    """The nodes whose potentials are kept: where shape and arrival are taken, and some of the lesion."""
    first, last = places.lesion or (places.landing, places.landing)
    inside = np.linspace(max(first - 1, 0), last, MOST_WATCHED).round().astype(int).tolist()
    probe = places.landing if places.probe is None else places.probe
    return tuple(sorted({probe, places.landing, *inside}))


def known(number: float) -> float | None:
    """A number, or None where it is not one."""
    return float(number) if np.isfinite(number) else None
