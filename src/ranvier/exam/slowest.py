"""Collision of two volleys: how fast the slowest motor axons conduct, not only the fastest (Hopf; Ingram).

A distal stimulus is followed by a proximal one. The second volley reaches the muscle only in axons whose
antidromic impulse of the first has already passed the proximal site: with longer intervals first in the
fastest, at last in the slowest.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import motor_nerve
from ranvier.exam.collision import Collisions
from ranvier.exam.motor import Recording
from ranvier.exam.studies import numbers
from ranvier.muscle.potential import STEP_MS

Array = NDArray[np.float64]


@dataclass(frozen=True)
class VelocityRange:
    """Velocities of the fastest and the slowest axons that count, m/s; None where there is no response."""

    fastest_m_s: float | None
    slowest_m_s: float | None

    @property
    def ratio_percent(self) -> float | None:
        """Slowest over fastest, %."""
        if self.fastest_m_s is None or self.slowest_m_s is None:
            return None
        return 100 * self.slowest_m_s / self.fastest_m_s


def velocity_range(recording: Recording, proximal: str, distal: str = "wrist") -> VelocityRange:
    """The range of velocities between two sites by collision, at 5 and 95 % of the full response's area.

    Raises UnknownNameError for an unknown site, ValueError for sites that are not in order.
    """
    nerve = motor_nerve(recording.nerve)
    low, high = nerve.site(distal), nerve.site(proximal)
    if not nerve.sites.index(low) < nerve.sites.index(high):
        raise ValueError(f"collision needs a proximal and a distal site, not {proximal} and {distal}.")
    electrodes = (recording.electrode(low), recording.electrode(high))
    reach = recording.reach_mm(electrodes[1]) - recording.reach_mm(electrodes[0])
    distance = recording.session.tape(reach, recording.side, recording.muscle, high, "collision")
    collisions = Collisions(recording, electrodes)
    intervals = intervals_ms(collisions)
    areas = np.array([area(collisions, float(each)) for each in intervals])
    return VelocityRange(*(velocity(intervals, areas, share, distance) for share in ("first", "last")))


def intervals_ms(collisions: Collisions) -> Array:
    """The intervals of the pairs: until the slowest axon has long escaped."""
    table = numbers("collision")
    upward = collisions.ways[0, True]
    here = int(np.argmin(np.abs(collisions.places - collisions.begins_mm[1])))
    passed = upward[:, here]
    longest = float(np.nanmax(passed)) if np.isfinite(passed).any() else 0.0
    return np.arange(
        table["interval_step"], longest + table["refractory"] + table["spare"], table["interval_step"]
    )


def area(collisions: Collisions, interval_ms: float) -> float:
    """What the second stimulus gives at an interval: the area above the baseline of its response, mV ms."""
    second = collisions.reached_ms((0.0, interval_ms))[1]
    return float(collisions.recording.potentials.response(second).clip(min=0).sum() * STEP_MS)


def velocity(intervals: Array, areas: Array, share: str, distance_mm: float) -> float | None:
    """The velocity of the axons that have just escaped when a share of the full area is reached."""
    table = numbers("collision")
    full = areas[-1]
    if full <= 0:
        return None
    first = int(np.argmax(areas >= table[share] / 100 * full))
    travel = float(intervals[first]) - table["refractory"]
    return distance_mm / travel if travel > 0 else None
