"""Several stimuli to one nerve: which impulses reach the muscle after others have collided on the way.

The algebra is per axon: every stimulus that excites it sends one impulse up and one down; impulses that meet
put each other out, those that come to a block end there, and an axon just passed cannot be excited.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ranvier.exam.motor import Recording
from ranvier.exam.stimulation import Electrode, along, excited
from ranvier.exam.studies import numbers
from ranvier.nerve.timetable import Impulses, places_mm, timetable

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Collisions:
    """A recording with some stimuli, each from its own electrode. Axons do not waver from sweep to sweep."""

    recording: Recording
    electrodes: tuple[Electrode, ...]

    @cached_property
    def begins_mm(self) -> list[float]:
        """Where each stimulus excites the axons, mm from the cord."""
        return [along(self.recording.body, self.recording.supply, each) for each in self.electrodes]

    @cached_property
    def places(self) -> Array:
        """The places at which impulses are followed."""
        path = self.recording.body.pathway(self.recording.supply)
        return places_mm(path, numbers("collision")["grid"], self.begins_mm)

    @cached_property
    def ways(self) -> dict[tuple[int, bool], Array]:
        """The timetable of each stimulus upwards and downwards; axons it does not excite have none."""
        path, places = self.recording.body.pathway(self.recording.supply), self.places
        return {
            (k, up): np.where(
                self.willing(each)[:, None], timetable(path, self.begins_mm[k], up, places), np.nan
            )
            for k, each in enumerate(self.electrodes)
            for up in (False, True)
        }

    def willing(self, electrode: Electrode) -> Mask:
        """The axons that this stimulus excites."""
        own = self.recording
        random = own.random("collision", electrode.site, f"{electrode.place_mm:.0f}")
        return excited(own.body, own.supply, own.muscle, electrode, random)

    def reached_ms(self, times_ms: Sequence[float | None]) -> Array:
        """When each stimulus's impulse reaches each unit's muscle fibres (stimuli, N), by when it is given.

        Not a number where it never does; a stimulus at None is left out.
        """
        given = [(time, k) for k, time in enumerate(times_ms) if time is not None]
        found = np.full((len(times_ms), len(self.recording.supply.pool)), np.nan)
        flying: list[Impulses] = []
        order = sorted(given)
        for (time, k), (until, _) in zip(order, [*order[1:], (np.inf, 0)], strict=True):
            ready = ~self.refractory(flying, k, time)[:, None]
            for up in (False, True):
                times = np.where(ready, time + self.ways[k, up], np.nan)
                flying.append(Impulses(up, times, np.full(len(times), np.inf)))
            flying = put_out(flying, until)
        down = [each for each in flying if not each.up]
        for (_, k), each in zip(order, down, strict=True):
            found[k] = np.where(np.isinf(each.ended_ms), each.passing_ms[:, -1], np.nan)
        return found + self.recording.terminal_ms

    def refractory(self, flying: Sequence[Impulses], k: int, time_ms: float) -> Mask:
        """The axons that an impulse has passed at an electrode too short before to be excited there."""
        period, here = (
            numbers("collision")["refractory"],
            int(np.argmin(np.abs(self.places - self.begins_mm[k]))),
        )
        late = np.zeros(len(self.recording.supply.pool), bool)
        for each in flying:
            passed = np.where(each.passing_ms[:, here] < each.ended_ms, each.passing_ms[:, here], np.nan)
            late |= (time_ms - passed >= 0) & (time_ms - passed < period)
        return late

    def response_mv(self, times_ms: Sequence[float | None]) -> Array:
        """The compound potential of all impulses that reach the muscle (time), mV."""
        reached = self.reached_ms(times_ms)
        return np.sum([self.recording.potentials.response(each) for each in reached], axis=0)


def put_out(flying: list[Impulses], until_ms: float) -> list[Impulses]:
    """The impulses after all collisions before a time; in every axon the earliest meeting comes first."""
    pairs = list(combinations(range(len(flying)), 2))
    meetings = np.array([flying[a].meeting_ms(flying[b]) for a, b in pairs])
    ended = np.array([each.ended_ms for each in flying])
    axon = np.arange(ended.shape[1])
    while True:
        both = np.array([np.isinf(ended[a]) & np.isinf(ended[b]) for a, b in pairs])
        open_ = np.where(both & (meetings < until_ms), meetings, np.inf)
        first = np.argmin(open_, axis=0)
        meet = np.isfinite(open_[first, axon])
        if not meet.any():
            return [replace(each, ended_ms=end) for each, end in zip(flying, ended, strict=True)]
        for side in (0, 1):
            which = np.array([pair[side] for pair in pairs])[first]
            ended[which[meet], axon[meet]] = open_[first, axon][meet]
