"""How long the impulses of many axons take from one place of a nerve to another, and which are blocked.

Healthy stretches are crossed at each axon's own velocity. Around a lesion a window of the axon is followed
node by node with the cable, so that block and delay are the fibre's own. Places are mm from the cord.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.bundle import Focus, nerve_numbers
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.geometry import geometry
from ranvier.nerve.lesion import Lesion
from ranvier.nerve.propagate import propagate
from ranvier.nerve.speed import velocity_m_s
from ranvier.nerve.stimulus import Pulse

Array = NDArray[np.float64]

STEP_MM = 10.0
MARGIN, LEAD = 14, 4
"""Healthy nodes on each side of a lesion, and how many of them are left out at the ends."""
SLOWEST_M_S, SPARE_MS, SPARE_MM = 4.0, 4.0, 1.0
STEP_US = 5.0
ONSET_MS = 3.0
"""The membrane comes to rest before the pulse; right at the edge of block this decides."""


@dataclass(frozen=True)
class Warmth:
    """The temperature along a nerve: straight lines between places, mm from the cord and degC."""

    place_mm: tuple[float, ...]
    celsius: tuple[float, ...]

    def at(self, place_mm: Array) -> Array:
        """The temperature at these places."""
        return np.interp(place_mm, self.place_mm, self.celsius)


@dataclass(frozen=True)
class Window:
    """Nodes `first` to `last` of one axon around its lesions; nodes are numbered from the cord."""

    axon: int
    first: int
    last: int
    foci: tuple[Focus, ...]

    def fibre(self, diameter_um: float, spacing_mm: float, warmth: Warmth) -> Fibre:
        """The stretch of axon; its ends are as warm as the places beyond the nerve's own ends would be."""
        nodes = self.last - self.first + 1
        places = spacing_mm * np.arange(self.first, self.last + 1, dtype=float)
        lesions = tuple(self.lesion(focus, spacing_mm) for focus in self.foci)
        return Fibre(diameter_um, nodes, tuple(warmth.at(places)), lesions)

    def lesion(self, focus: Focus, spacing_mm: float) -> Lesion:
        """A focus as a lesion of this stretch."""
        first, last = nodes_of(focus, spacing_mm)
        return Lesion(focus.quality, focus.value, first - self.first, last - self.first)


def nodes_of(focus: Focus, spacing_mm: float) -> tuple[int, int]:
    """The first and last node of a focus in an axon of this spacing, numbered from the cord."""
    first = round(focus.centre_mm / spacing_mm - (focus.count - 1) / 2)
    return first, first + focus.count - 1


@dataclass(frozen=True, eq=False)
class Pathway:
    """Axons that run together along a nerve, with the lesions each of them has.

    `diameter_um` (N,); `affected` (N, F) says which axon has which focus.
    """

    diameter_um: Array
    length_mm: float
    warmth: Warmth
    foci: tuple[Focus, ...] = ()
    affected: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((0, 0), bool))

    @cached_property
    def spacing_mm(self) -> Array:
        """From node to node in each axon."""
        return np.array([geometry(float(each)).node_spacing / 1000 for each in self.diameter_um])

    @cached_property
    def clock_ms(self) -> Array:
        """(N, K): when an impulse of each healthy axon passes every STEP_MM, begun at the cord."""
        middles = STEP_MM * (np.arange(int(self.length_mm // STEP_MM) + 2, dtype=float) + 0.5)
        pace = STEP_MM / velocity_m_s(self.diameter_um[:, None], self.warmth.at(middles)[None, :])
        return np.concatenate([np.zeros((len(pace), 1)), np.cumsum(pace, axis=1)], axis=1)

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
        own = [focus for focus, here in zip(self.foci, self.affected[axon], strict=True) if here]
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
    def delays(self) -> dict[bool, Array]:
        """Extra time over each whole window, upwards (True) and downwards; not a number where blocked."""
        down = [(window, 0) for window in self.windows]
        up = [(window, window.last - window.first) for window in self.windows]
        times = self.extra_ms([*down, *up], [*[False] * len(down), *[True] * len(up)])
        return {False: times[: len(down)], True: times[len(down) :]}

    def extra_ms(self, starts: list[tuple[Window, int]], up: list[bool]) -> Array:
        """Time above the healthy clock from a stimulated node of a window to `LEAD` nodes short of its end.

        A pulse at the very end of a window counts from `LEAD` nodes inside, when the impulse has formed.
        """
        if not starts:
            return np.empty(0)
        spans = np.array([window.last - window.first for window, _ in starts])
        pulses, upwards = np.array([node for _, node in starts]), np.array(up)
        begins = np.clip(pulses, LEAD, spans - LEAD)
        ends = np.where(upwards, LEAD, spans - LEAD)
        crossing, rows = self.cable(starts), np.arange(len(starts))
        begun = np.where(begins == pulses, ONSET_MS, crossing[rows, begins])
        taken = crossing[rows, ends] - begun
        axons = [window.axon for window, _ in starts]
        reach = self.spacing_mm[axons] * np.abs(ends - begins)
        first = np.array([window.first for window, _ in starts])
        middle = self.warmth.at(self.spacing_mm[axons] * (first + (begins + ends) / 2))
        honest = taken >= reach / nerve_numbers()["velocity_most"]
        return np.where(honest, taken, np.nan) - reach / velocity_m_s(self.diameter_um[axons], middle)

    def cable(self, starts: list[tuple[Window, int]]) -> Array:
        """When each node of each window fires after a pulse at one of its nodes."""
        fibres = [
            window.fibre(float(self.diameter_um[i]), float(self.spacing_mm[i]), self.warmth)
            for window, i in ((window, window.axon) for window, _ in starts)
        ]
        strong = nerve_numbers()["pulse_na"]
        shocks = [
            (Pulse(ONSET_MS, 0.1, strong * fibre.diameter_um, node),)
            for fibre, (_, node) in zip(fibres, starts, strict=True)
        ]
        longest = max(fibre.length_mm for fibre in fibres) / SLOWEST_M_S + SPARE_MS + ONSET_MS
        run = propagate(fibres, shocks, longest, keep_crossings=1, precision="float32", step_us=STEP_US)
        return run.crossing_ms[:, :, 0]

    def middle_mm(self, window: Window) -> float:
        """The middle of the lesions of a window: an impulse that ends short of it has not met them."""
        spacing = float(self.spacing_mm[window.axon])
        ends = [place for focus in window.foci for place in nodes_of(focus, spacing)]
        return spacing * (min(ends) + max(ends)) / 2

    def span_mm(self, window: Window) -> tuple[float, float]:
        """Where a window begins and ends for what travels through it."""
        spacing = float(self.spacing_mm[window.axon])
        return spacing * (window.first + LEAD), spacing * (window.last - LEAD)


def transit_ms(path: Pathway, begin_mm: float, end_mm: float) -> Array:
    """Time of each axon's impulse from one place to another (N,), not a number where it is blocked.

    The impulse is begun by a supramaximal pulse at `begin_mm`, also within a lesion. A lesion counts when the
    impulse passes its middle. Raises ValueError for a
    place off the nerve.
    """
    for place in (begin_mm, end_mm):
        if not 0 <= place <= path.length_mm + SPARE_MM:
            raise ValueError(f"place must lie between 0 and {path.length_mm:g} mm, not {place:g}.")
    up = end_mm < begin_mm
    taken = np.abs(path.healthy_ms(end_mm) - path.healthy_ms(begin_mm))
    inside: list[Window] = []
    for n, window in enumerate(path.windows):
        low, high = path.span_mm(window)
        middle = path.middle_mm(window)
        if not (end_mm < middle if up else middle < end_mm):
            continue
        if low < begin_mm < high:
            inside.append(window)
        elif begin_mm >= high if up else begin_mm <= low:
            taken[window.axon] += path.delays[up][n]
    starts = [(w, round(begin_mm / float(path.spacing_mm[w.axon])) - w.first) for w in inside]
    np.add.at(taken, [w.axon for w in inside], path.extra_ms(starts, [up] * len(inside)))
    return taken
