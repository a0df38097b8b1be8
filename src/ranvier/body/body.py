"""What a virtual person is made of. It knows no disease: a lesion is a place and a quality."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side, UnknownNameError, motor_nerve, motor_nerves
from ranvier.anatomy.course import checked_height, muscle_course
from ranvier.muscle.pool import MotorPool
from ranvier.nerve.bundle import Focus
from ranvier.nerve.crossing import Memory
from ranvier.nerve.edge import EdgePathway
from ranvier.nerve.passing import SurfacePathway
from ranvier.nerve.transit import Pathway, Warmth

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Degrees = Mask | Array
"""Which axon has which focus: yes or no, or to what degree from 0 to 1 (axons, foci)."""
BodySex = Literal["female", "male"]
By = Literal["cable", "edge", "surface"]
WAYS: dict[By, type[Pathway]] = {"cable": Pathway, "edge": EdgePathway, "surface": SurfacePathway}
MOTOR_MEMBRANE, SENSORY_MEMBRANE = "mrg", "sensory"
YOUNGEST, OLDEST = 18.0, 100.0
ALONG = (0, 40, 65, 90, 100)
"""Shares of the way from the cord to hand or foot, percent, at which `people.toml` has temperatures."""


@dataclass(frozen=True)
class Person:
    """Who the body belongs to. Raises ValueError for what no grown person is."""

    sex: BodySex
    age_years: float
    height_cm: float

    def __post_init__(self) -> None:
        if self.sex not in get_args(BodySex):
            raise ValueError(f"sex must be one of {', '.join(get_args(BodySex))}, not {self.sex!r}.")
        if not YOUNGEST <= self.age_years <= OLDEST:
            raise ValueError(
                f"age_years must lie between {YOUNGEST:g} and {OLDEST:g}, not {self.age_years:g}."
            )
        checked_height(self.height_cm)


@dataclass(frozen=True, eq=False)
class Detour:
    """Axons that leave the usual nerve for part of their way: `members` run in `nerve` between two places.

    Martin-Gruber: some axons of an ulnar muscle run in the median nerve above the middle of the forearm.
    """

    nerve: str
    from_mm: float
    to_mm: float
    members: Mask


@dataclass(frozen=True, eq=False)
class MotorSupply:
    """A muscle and the axons that serve it, from the cord to its electrode.

    `affected` (N, F): which axon has which of the `foci`, an injury to what degree. `fat_mm`: tissue
    over the muscle beyond the mean.
    """

    nerve: str
    pool: MotorPool
    length_mm: float
    fat_mm: float = 0.0
    detour: Detour | None = None
    foci: tuple[Focus, ...] = ()
    affected: Degrees = field(default_factory=lambda: np.zeros((0, 0), bool))
    drive: float = 1.0
    """The share of voluntary drive that reaches the muscle."""

    def runs_in(self, nerve: str, place_mm: float) -> Mask:
        """Which axons run in a nerve at a place."""
        away = np.zeros(len(self.pool), bool)
        if self.detour and self.detour.from_mm <= place_mm <= self.detour.to_mm:
            away = self.detour.members
            if nerve == self.detour.nerve:
                return away
        return ~away if nerve == self.nerve else np.zeros(len(self.pool), bool)

    def ill(self, foci: tuple[Focus, ...], affected: Degrees) -> "MotorSupply":
        """The same supply with more lesions, each axon's degrees in a row."""
        before = self.affected if self.foci else np.zeros((len(self.pool), 0), bool)
        return replace(self, foci=self.foci + foci, affected=np.concatenate([before, affected], axis=1))


@dataclass(frozen=True, eq=False)
class SensorySupply:
    """The axons of a sensory study, each standing for `weight` of the nerve's own."""

    nerve: str
    diameter_um: Array
    weight: float
    depth_mm: float
    spacing_mm: float
    stimulus_mm: float
    recording_mm: float
    foci: tuple[Focus, ...] = ()
    affected: Degrees = field(default_factory=lambda: np.zeros((0, 0), bool))


@dataclass(frozen=True, eq=False)
class Body:
    """A person with two sides of muscles and sensory nerves, and the temperature of the limbs.

    `seed` names this body: whatever else is drawn for it follows from it. `skin_c`: skin of hand and foot by
    limb; `cooling`: how far the nerve has cooled at each share of `ALONG`. `by`: whether lesions are crossed
    node by node with the cable, or only those near the edge of block, or all are read off the response
    surface, which is quick and knows injuries only. `memory`: lesions that were crossed before; copies of a
    person share it, so that a later visit only computes what is new.
    """

    person: Person
    seed: int
    motor: Mapping[tuple[Side, str], MotorSupply]
    sensory: Mapping[tuple[Side, str], SensorySupply]
    core_c: float
    skin_c: Mapping[str, float]
    cooling: tuple[float, ...]
    muscle_cooling: float
    by: By = "cable"
    memory: Memory = field(default_factory=Memory, repr=False)

    def __post_init__(self) -> None:
        if self.by not in WAYS:
            raise ValueError(f"by must be one of {', '.join(WAYS)}, not {self.by!r}.")

    def supply(self, side: Side, nerve: str, muscle: str) -> MotorSupply:
        """The supply of a muscle that can be studied through this nerve; raises UnknownNameError."""
        known = motor_nerve(nerve)
        name = known.muscle(muscle)
        if (side, name) not in self.motor:
            have = [each for each in known.distal_site if (side, each) in self.motor]
            raise UnknownNameError(f"muscle of the {known.name} nerve in a virtual person", muscle, have)
        return self.motor[side, name]

    def sensory_supply(self, side: Side, nerve: str) -> SensorySupply:
        """The axons of a sensory study; raises UnknownNameError."""
        if (side, nerve) not in self.sensory:
            have = sorted({name for _, name in self.sensory})
            raise UnknownNameError("sensory nerve in a virtual person", nerve, have)
        return self.sensory[side, nerve]

    def limb(self, nerve: str) -> str:
        """'arm' or 'leg'."""
        return motor_nerves()[nerve].limb

    def warmth(self, nerve: str) -> Warmth:
        """The temperature along a nerve, from the cord to hand or foot."""
        skin, length = self.skin_c[self.limb(nerve)], limb_mm(self.limb(nerve), self.person.height_cm)
        places = tuple(length * share / 100 for share in ALONG)
        return Warmth(places, tuple(self.core_c + (skin - self.core_c) * share for share in self.cooling))

    def end_c(self, supply: "MotorSupply | SensorySupply") -> float:
        """The temperature where the axons of a supply end: in a hand or foot that of its skin."""
        end = supply.length_mm if isinstance(supply, MotorSupply) else supply.recording_mm
        return float(self.warmth(supply.nerve).at(np.array(end)))

    def muscle_c(self, supply: MotorSupply) -> float:
        """The temperature of a muscle below the recording electrode."""
        return self.core_c + (self.end_c(supply) - self.core_c) * self.muscle_cooling

    def pathway(self, supply: "MotorSupply | SensorySupply") -> Pathway:
        """The axons of a supply as a way for impulses."""
        return self.pathways[supply]

    @cached_property
    def pathways(self) -> "Pathways":
        """The ways that were asked for, so that no lesion is computed twice."""
        return Pathways(self)

    def at_skin(self, **skin_c: float) -> "Body":
        """The same person with limbs of another skin temperature: `at_skin(arm=25)`."""
        return replace(self, skin_c={**self.skin_c, **skin_c}) if skin_c else self


def limb_mm(limb: str, height_cm: float) -> float:
    """From the cord to a muscle of the hand or foot, along the nerve."""
    return muscle_course("APB" if limb == "arm" else "AH", height_cm).length_mm


class Pathways(dict["MotorSupply | SensorySupply", Pathway]):
    """Pathways made when they are first asked for."""

    def __init__(self, body: Body) -> None:
        super().__init__()
        self.body = body

    def __missing__(self, supply: MotorSupply | SensorySupply) -> Pathway:
        motor = isinstance(supply, MotorSupply)
        length = supply.length_mm if motor else supply.recording_mm + supply.spacing_mm
        axons = supply.pool.diameter_um if motor else supply.diameter_um
        warmth = self.body.warmth(supply.nerve)
        membrane = MOTOR_MEMBRANE if motor else SENSORY_MEMBRANE
        way = WAYS[self.body.by]
        self[supply] = way(axons, length, warmth, supply.foci, supply.affected, membrane, self.body.memory)
        return self[supply]
