"""How long the impulses of many axons take from one place of a nerve to another, and which are blocked.

Healthy stretches are crossed at each axon's own velocity. Around a lesion a window of the axon is followed
node by node with the cable, so that block and delay are the fibre's own. A cut axon is blocked at the cut.
Places are mm from the cord.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.bundle import Focus, felt, nerve_numbers
from ranvier.nerve.crossing import Crossing, Memory
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.geometry import geometry
from ranvier.nerve.speed import velocity_m_s
from ranvier.nerve.window import LEAD, MARGIN, Warmth, Window, nodes_of

Array = NDArray[np.float64]

STEP_MM = 10.0
SPARE_MM = 1.0


@lru_cache(maxsize=256)
def clock_ms(diameters_um: bytes, length_mm: float, warmth: Warmth) -> Array:
    """The clock of axons that are healthy; those of one person serve at every visit."""
    diameters = np.frombuffer(diameters_um)
    middles = STEP_MM * (np.arange(int(length_mm // STEP_MM) + 2, dtype=float) + 0.5)
    pace = STEP_MM / velocity_m_s(diameters[:, None], warmth.at(middles)[None, :])
    return np.concatenate([np.zeros((len(pace), 1)), np.cumsum(pace, axis=1)], axis=1)


@dataclass(frozen=True)
class Met:
    """A stretch with lesions on an impulse's way: from where to where, and what it costs (NaN: blocked)."""

    axon: int
    low_mm: float
    high_mm: float
    extra_ms: float


@dataclass(frozen=True, eq=False)
class Pathway:
    """Axons that run together along a nerve, with the lesions each of them has.

    `diameter_um` (N,); `affected` (N, F) says which axon has which focus: yes or no, or the degree from 0
    to 1 that multiplies an injury's severity. `membrane_name`: of the stretches around lesions. `memory`:
    what was computed before of windows like these.
    """

    diameter_um: Array
    length_mm: float
    warmth: Warmth
    foci: tuple[Focus, ...] = ()
    affected: NDArray[np.bool_] | Array = field(default_factory=lambda: np.zeros((0, 0), bool))
    membrane_name: str = "mrg"
    memory: Memory = field(default_factory=Memory, repr=False)

    @cached_property
    def spacing_mm(self) -> Array:
        """From node to node in each axon."""
        return np.array([geometry(float(each)).node_spacing / 1000 for each in self.diameter_um])

    @cached_property
    def clock_ms(self) -> Array:
        """(N, K): when an impulse of each healthy axon passes every STEP_MM, begun at the cord."""
        return clock_ms(self.diameter_um.tobytes(), self.length_mm, self.warmth)

    def healthy_ms(self, place_mm: Array | float) -> Array:
        """The clock of each axon at a place (one, or one per axon)."""
        steps = np.broadcast_to(np.asarray(place_mm, float) / STEP_MM, self.diameter_um.shape)
        left = np.clip(steps.astype(int), 0, self.clock_ms.shape[1] - 2)
        axon = np.arange(len(left))
        before, after = self.clock_ms[axon, left], self.clock_ms[axon, left + 1]
        return before + (steps - left) * (after - before)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """The stretches that must be followed node by node."""
        ill = np.flatnonzero(self.affected.any(axis=1)) if self.foci else ()
        return tuple(window for axon in ill for window in self.windows_of(int(axon)))

    def windows_of(self, axon: int) -> Iterator[Window]:
        """The windows of one axon; those that overlap are one."""
        spacing = float(self.spacing_mm[axon])
        own = [focus for focus in felt(self.foci, self.affected[axon]) if not focus.severs]
        spans = sorted(((*nodes_of(focus, spacing), focus) for focus in own), key=lambda span: span[:2])
        open_: Window | None = None
        for first, last, focus in spans:
            low, high = first - MARGIN, last + 1 + MARGIN
            if open_ and low <= open_.last:
                open_ = Window(axon, open_.first, max(open_.last, high), (*open_.foci, focus))
                continue
            if open_:
                yield open_
            open_ = Window(axon, low, high, (focus,))
        if open_:
            yield open_

    @cached_property
    def down_ms(self) -> Array:
        """Extra time over each whole window downwards; not a number where blocked."""
        return self.extra_ms([(window, 0) for window in self.windows], up=False)

    @cached_property
    def up_ms(self) -> Array:
        """Likewise upwards."""
        return self.extra_ms([(window, window.nodes - 1) for window in self.windows], up=True)

    def extra_ms(self, starts: Sequence[tuple[Window, int]], up: bool) -> Array:
        """Time above the healthy clock from a stimulated node of a window to `LEAD` nodes short of its end.

        A pulse at the very end of a window counts from `LEAD` nodes inside, when the impulse has formed.
        """
        ways = [self.crossing(window, node, up) for window, node in starts]
        if not ways:
            return np.empty(0)
        axons = [window.axon for window, _ in starts]
        begins, ends = np.array([(way.begin, way.end) for way in ways]).T
        first = np.array([window.first for window, _ in starts])
        reach = self.spacing_mm[axons] * np.abs(ends - begins)
        middle = self.warmth.at(self.spacing_mm[axons] * (first + (begins + ends) / 2))
        taken = self.memory.taken_ms(ways)
        honest = taken >= reach / nerve_numbers()["velocity_most"]
        return np.where(honest, taken, np.nan) - reach / velocity_m_s(self.diameter_um[axons], middle)

    def crossing(self, window: Window, node: int, up: bool) -> Crossing:
        """An impulse begun at a node of a window."""
        return Crossing(
            window, float(self.diameter_um[window.axon]), self.warmth, self.membrane_name, node, up
        )

    def fibre(self, window: Window) -> Fibre:
        """The axon of a window."""
        return self.crossing(window, 0, up=False).fibre

    def middle_mm(self, window: Window) -> float:
        """The middle of the lesions of a window: an impulse that ends short of it has not met them."""
        spacing = float(self.spacing_mm[window.axon])
        ends = [place for focus in window.foci for place in nodes_of(focus, spacing)]
        return spacing * (min(ends) + max(ends)) / 2

    def span_mm(self, window: Window) -> tuple[float, float]:
        """Where a window begins and ends for what travels through it."""
        spacing = float(self.spacing_mm[window.axon])
        return spacing * (window.first + LEAD), spacing * (window.last - LEAD)

    @cached_property
    def cuts(self) -> tuple[NDArray[np.int64], Array]:
        """Which axons are severed, and where."""
        found = [
            (axon, focus.centre_mm)
            for n, focus in enumerate(self.foci)
            if focus.severs
            for axon in np.flatnonzero(self.affected[:, n])
        ]
        return np.array([axon for axon, _ in found], int), np.array([place for _, place in found], float)

    def severed(self, begin_mm: float, end_mm: float) -> NDArray[np.int64]:
        """The axons whose impulse ends at a cut between two places."""
        axons, places = self.cuts
        up = end_mm < begin_mm
        between = (places <= begin_mm) & (end_mm < places) if up else (begin_mm <= places) & (places < end_mm)
        return axons[between]

    def met(self, begin_mm: float, end_mm: float) -> list[Met]:
        """The stretches whose lesions an impulse meets between two places: it passes their middle."""
        up = end_mm < begin_mm
        found: list[Met] = []
        inside: list[Window] = []
        for n, window in enumerate(self.windows):
            low, high = self.span_mm(window)
            middle = self.middle_mm(window)
            if not (end_mm < middle if up else middle < end_mm):
                continue
            if low < begin_mm < high:
                inside.append(window)
            elif begin_mm >= high if up else begin_mm <= low:
                found.append(Met(window.axon, low, high, float((self.up_ms if up else self.down_ms)[n])))
        starts = [(w, round(begin_mm / float(self.spacing_mm[w.axon])) - w.first) for w in inside]
        for window, extra in zip(inside, self.extra_ms(starts, up), strict=True):
            low, high = self.span_mm(window)
            ends = (low, begin_mm) if up else (begin_mm, high)
            found.append(Met(window.axon, *ends, float(extra)))
        return found

    def delay_ms(self, begin_mm: float, end_mm: float) -> Array:
        """Extra time of all lesions on the way of each axon's impulse (N,), not a number where it is blocked.

        The impulse is begun by a supramaximal pulse at `begin_mm`, also within a lesion.
        """
        extra = np.zeros(len(self.diameter_um))
        for each in self.met(begin_mm, end_mm):
            extra[each.axon] += each.extra_ms
        extra[self.severed(begin_mm, end_mm)] = np.nan
        return extra


def transit_ms(path: Pathway, begin_mm: float, end_mm: float) -> Array:
    """Time of each axon's impulse from one place to another (N,), not a number where it is blocked.

    A lesion counts when the impulse passes its middle. Raises ValueError for a place off the nerve.
    """
    for place in (begin_mm, end_mm):
        if not 0 <= place <= path.length_mm + SPARE_MM:
            raise ValueError(f"place must lie between 0 and {path.length_mm:g} mm, not {place:g}.")
    healthy = np.abs(path.healthy_ms(end_mm) - path.healthy_ms(begin_mm))
    return healthy + path.delay_ms(begin_mm, end_mm)
