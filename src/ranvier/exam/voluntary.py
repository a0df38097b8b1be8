"""What a voluntary effort reaches: the impulses that come all the way from the cord."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side, UnknownNameError
from ranvier.anatomy.course import course
from ranvier.body import Body, MotorSupply
from ranvier.muscle.strength import voluntary_share

Mask = NDArray[np.bool_]
AS_FAR_AS = " to "


def muscle_supply(body: Body, side: Side, muscle: str) -> MotorSupply:
    """The supply of a muscle of a virtual person; raises UnknownNameError."""
    if (side, muscle) not in body.motor:
        raise UnknownNameError("muscle of a virtual person", muscle, sorted({name for _, name in body.motor}))
    return body.motor[side, muscle]


def reached(body: Body, supply: MotorSupply, place_mm: float | None = None) -> Mask:
    """Which axons bring impulses from the cord to a place, or to the muscle, at the limb's temperature."""
    if not supply.foci:
        return np.ones(len(supply.pool), bool)
    end = supply.length_mm if place_mm is None else min(place_mm, supply.length_mm)
    return np.isfinite(body.pathway(supply).delay_ms(0.0, end))


@lru_cache(maxsize=1024)
def site_mm(nerve: str, height_cm: float, site: str) -> float:
    """Where a site of a nerve lies, mm from the cord; raises UnknownNameError."""
    return course(nerve, height_cm).at(site)


def force_share(body: Body, side: Side, muscle: str) -> float:
    """The strongest voluntary force of a muscle as a share of what it was when healthy."""
    return Effort(body).share(side, muscle)


@dataclass(frozen=True, eq=False)
class Effort:
    """A person's strongest effort: the share of force it finds in each muscle, each way followed once.

    A part is a muscle (`APB`) or the muscles that a nerve serves from a site on (`APB to elbow`): nothing is
    recorded from those, and the axons of one muscle stand for theirs as far as there. What reaches the site
    counts, whatever becomes of it farther on. An axon whose unit is lost has ended where it is cut or
    blocked; where it is neither, its neuron is gone, and it is lost everywhere.
    """

    body: Body
    known: dict[tuple[Side, str], float] = field(default_factory=dict[tuple[Side, str], float])
    ways: dict[tuple[Side, str, str], Mask] = field(default_factory=dict[tuple[Side, str, str], Mask])

    def share(self, side: Side, part: str) -> float:
        """The force of a part as a share of the healthy; raises UnknownNameError."""
        muscle, _, _ = part.partition(AS_FAR_AS)
        return self.conducted(side, part) * muscle_supply(self.body, side, muscle).drive

    def conducted(self, side: Side, part: str) -> float:
        """That share if the whole drive came down from the brain; raises UnknownNameError."""
        if (side, part) not in self.known:
            muscle, _, site = part.partition(AS_FAR_AS)
            self.known[side, part] = self.beyond(side, muscle, site) if site else self.muscle(side, muscle)
        return self.known[side, part]

    def answer(self, side: Side, parts: Mapping[str, float]) -> float:
        """The force of several parts, each with its weight, whatever comes from the brain: in a reflex."""
        return sum(weight * self.conducted(side, part) for part, weight in parts.items())

    def muscle(self, side: Side, muscle: str) -> float:
        """A muscle that is recorded: all its units, those that took over others' fibres too."""
        return voluntary_share(muscle_supply(self.body, side, muscle).pool, self.way(side, muscle))

    def beyond(self, side: Side, muscle: str, site: str) -> float:
        """The muscles served beyond a site: units that have grown count as grown, up to all there was."""
        pool = muscle_supply(self.body, side, muscle).pool
        able = self.way(side, muscle, site)
        dead = pool.fibres <= 0
        if dead.any():
            able = able & ~(dead & self.way(side, muscle))
        stand_for = np.maximum(pool.fibres, pool.at_birth)
        return min(float(stand_for[able].sum() / pool.at_birth.sum()), 1.0)

    def way(self, side: Side, muscle: str, site: str = "") -> Mask:
        """Which axons of a muscle bring impulses as far as a site, or all the way."""
        if (side, muscle, site) not in self.ways:
            supply = muscle_supply(self.body, side, muscle)
            place = site_mm(supply.nerve, self.body.person.height_cm, site) if site else None
            self.ways[side, muscle, site] = reached(self.body, supply, place)
        return self.ways[side, muscle, site]
