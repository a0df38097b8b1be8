"""Disability of arms and legs as the ONLS grades it, the aids that help, and falls."""

from collections.abc import Mapping

from ranvier.anatomy import SIDES, Side
from ranvier.evidence.value import number_in
from ranvier.exam.function import EASY, one_sided, tables, tasks
from ranvier.exam.signs import FULL, hanging
from ranvier.exam.strength import limb, moved, movements
from ranvier.exam.voluntary import Effort
from ranvier.muscle.strength import mrc

Scores = Mapping[str, int]
BEARING = "standing"
"""The task that asks whether a leg bears the body."""
STICK, FRAME, WHEELCHAIR = 3, 4, 5
"""Grades of the legs that name what a person walks with."""


def strongest(effort: Effort, wanted: str) -> float:
    """The best movement of arms or legs."""
    names = [name for name in movements() if limb(name) == wanted]
    return max(moved(effort, side, name) for name in names for side in SIDES)


def purposeful(effort: Effort, wanted: str) -> bool:
    """Whether any movement of arms or legs still has a purpose."""
    return strongest(effort, wanted) >= number_in(tables()["onls"]["purposeful"], "least", "onls")


def weak(effort: Effort, wanted: str) -> set[tuple[Side, str]]:
    """The sides on which arm or leg has a weak movement."""
    names = [name for name in movements() if limb(name) == wanted]
    return {(side, wanted) for name in names for side in SIDES if mrc(moved(effort, side, name)) < FULL}


def onls_arms(effort: Effort, scores: Scores) -> int:
    """ONLS of the arms.

    0 normal, 1 weakness only, 2 tasks affected, 3 some and 4 all prevented, 5 no movement has a purpose.
    """
    found = [scores[name] for name in tables()["onls"]["arms"]]
    if not purposeful(effort, "arm"):
        return 5
    if min(found) == EASY:
        return 1 if weak(effort, "arm") else 0
    return 2 if min(found) else 3 if max(found) else 4


def onls_legs(effort: Effort, scores: Scores) -> int:
    """ONLS of the legs.

    0 normal, 1 stairs or running affected, 2 gait abnormal, 3 one and 4 two supports (one leg, or both, bears
    the body with difficulty), 5 wheelchair to get about, 6 does not stand, 7 no purpose.
    """
    if not purposeful(effort, "leg"):
        return 7
    sides = [one_sided(effort, side, tasks()[BEARING]) for side in SIDES]
    walking = min(scores[name] for name in tables()["onls"]["walking"])
    if not min(sides) or not scores["walking indoors"]:
        return 6 if not max(sides) else WHEELCHAIR
    if min(sides) < EASY:
        return FRAME if max(sides) < EASY else STICK
    if walking < EASY or hanging(effort, "ankle_dorsiflexion", "foot"):
        return 2
    return int(min(scores[name] for name in tables()["onls"]["stairs"]) < EASY)


def aids(effort: Effort, legs: int) -> tuple[str, ...]:
    """What a person is given: splints and braces for what hangs, and what one walks with (`legs`: ONLS)."""
    splints = {
        "wrist splint": hanging(effort, "wrist_extension", "wrist"),
        "finger splint": hanging(effort, "finger_extension", "fingers"),
        "ankle-foot orthosis": hanging(effort, "ankle_dorsiflexion", "foot"),
    }
    worn = [f"{side} {name}" for name, sides in splints.items() for side in sides]
    return (*worn, *walks_with(legs))


def walks_with(legs: int) -> tuple[str, ...]:
    """A cane, a walker or a wheelchair, by the ONLS of the legs."""
    if legs >= WHEELCHAIR:
        return ("wheelchair",)
    return {STICK: ("cane",), FRAME: ("walker",)}.get(legs, ())


def falls(effort: Effort, legs: int) -> bool:
    """Whether the person falls: who still walks, and has a foot that hangs or a leg that hardly bears."""
    return legs < WHEELCHAIR and (legs >= STICK or bool(hanging(effort, "ankle_dorsiflexion", "foot")))
