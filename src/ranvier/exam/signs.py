"""Signs of weak muscles: what hangs, claws, shakes or wastes, and what is weak without wasting.

Each follows from the forces of the person's muscles and from how many of their fibres are left.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Literal

from ranvier.anatomy import SIDES, Side
from ranvier.evidence.value import numbers_of
from ranvier.exam.strength import moved
from ranvier.exam.voluntary import Effort
from ranvier.muscle.pool import MotorPool
from ranvier.muscle.strength import mrc

Wasting = Literal["none", "mild", "marked"]
GRADES: tuple[Wasting, ...] = ("none", "mild", "marked")
FULL = 5.0
Muscle = tuple[Side, str]


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `signs.toml`."""
    return numbers_of(Path(__file__).with_name("signs.toml"))


@dataclass(frozen=True)
class Signs:
    """Where each sign is found; an empty place says that it was looked for and is not there."""

    wrist_drop: tuple[Side, ...]
    finger_drop: tuple[Side, ...]
    foot_drop: tuple[Side, ...]
    ulnar_claw: tuple[Side, ...]
    """The ulnar small muscles are lost, whether or not those of the thumb are."""
    claw_hand: tuple[Side, ...]
    """All small muscles of the hand are lost."""
    thumb_weakness: tuple[Side, ...]
    tremor: tuple[Side, ...]
    wasting: Mapping[Muscle, Wasting]
    weak_not_wasted: tuple[Muscle, ...]
    differential_weakness: tuple[tuple[Side, str], ...]
    """Nerves of which one muscle is weaker than another by a grade or more."""

    @property
    def atrophy(self) -> Wasting:
        """The worst wasting of any muscle."""
        return GRADES[max(map(GRADES.index, self.wasting.values()), default=0)]


def signs(effort: Effort) -> Signs:
    """Every sign of weak muscles that a person has."""
    wasting: dict[Muscle, Wasting] = {name: wasted(supply.pool) for name, supply in effort.body.motor.items()}
    weak = [name for name in effort.body.motor if mrc(effort.share(*name)) < FULL]
    return Signs(
        wrist_drop=hanging(effort, "wrist_extension", "wrist"),
        finger_drop=hanging(effort, "finger_extension", "fingers"),
        foot_drop=hanging(effort, "ankle_dorsiflexion", "foot"),
        ulnar_claw=tuple(side for side in SIDES if clawed(effort, side)),
        claw_hand=tuple(side for side in SIDES if clawed(effort, side) and not thenar(effort, side)),
        thumb_weakness=tuple(s for s in SIDES if mrc(moved(effort, s, "thumb_abduction")) < FULL),
        tremor=tuple(side for side in SIDES if shaking(effort, side)),
        wasting=wasting,
        weak_not_wasted=tuple(name for name in weak if wasting[name] == "none"),
        differential_weakness=tuple(dict.fromkeys(differing(effort))),
    )


def hanging(effort: Effort, name: str, part: str) -> tuple[Side, ...]:
    """The sides on which a movement is too weak to lift its part."""
    return tuple(side for side in SIDES if moved(effort, side, name) < numbers()["hang"][part])


def clawed(effort: Effort, side: Side) -> bool:
    """Whether the ring and little finger claw: long muscles pull and the ulnar small ones do not hold."""
    limits = numbers()["claw"]
    pull = min(moved(effort, side, name) for name in ("finger_extension", "finger_flexion"))
    return moved(effort, side, "finger_abduction") < limits["intrinsics"] and pull > limits["pull"]


def thenar(effort: Effort, side: Side) -> bool:
    """Whether the small muscles of the thumb hold."""
    return moved(effort, side, "thumb_abduction") >= numbers()["claw"]["intrinsics"]


def shaking(effort: Effort, side: Side) -> bool:
    """Whether the outstretched hand shakes."""
    limits = numbers()["tremor"]
    shares = [moved(effort, side, name) for name in ("wrist_extension", "finger_extension")]
    return any(limits["held"] <= share < limits["easy"] for share in shares)


def wasted(pool: MotorPool) -> Wasting:
    """How wasted a muscle looks, by the share of its fibres that is gone.

    Fibres without a nerve that are still there count as there: a muscle that is only blocked is not wasted.
    """
    born = float(pool.at_birth.sum())
    gone = 1 - (float(pool.fibres.sum()) + pool.orphans) / born
    limits = numbers()["wasting"]
    return GRADES[sum(gone >= limits[name] for name in GRADES[1:])]


def differing(effort: Effort) -> Iterator[tuple[Side, str]]:
    """Nerves two of whose recorded muscles differ in grade."""
    least = numbers()["differential"]["grades"]
    for (one, first), (other, second) in combinations(effort.body.motor.items(), 2):
        if (one[0], first.nerve) == (other[0], second.nerve):
            grades = [mrc(effort.share(*name)) for name in (one, other)]
            if round(abs(grades[0] - grades[1]), 2) >= least:
                yield one[0], first.nerve
