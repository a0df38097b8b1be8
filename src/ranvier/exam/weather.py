"""What cold, heat and a long effort do to a person's strength: the nerve's own block at other temperatures.

What cold does to muscle, and to every healthy hand, is left out.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

from ranvier.anatomy import SIDES, Side
from ranvier.body import Body
from ranvier.evidence.value import numbers_of
from ranvier.exam.strength import gripped, moved
from ranvier.exam.voluntary import Effort, muscle_supply
from ranvier.nerve.activity import Firing, burden
from ranvier.nerve.activity import numbers as activity

USED = ("finger_extension", "finger_abduction", "ankle_dorsiflexion", "toe_extension")
"""Beside the grip: what a person would notice."""


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `weather.toml`."""
    return numbers_of(Path(__file__).with_name("weather.toml"))


def worse_in_cold(body: Body, effort: Effort | None = None) -> bool:
    """Whether hands or feet are weaker on a cold day than usually. `effort`: the usual one, if known."""
    skin = numbers()["day"]["cold"]
    return worse(effort or Effort(body), body.at_skin(arm=skin, leg=skin))


def worse_in_heat(body: Body, effort: Effort | None = None) -> bool:
    """Whether hands or feet are weaker on a hot day than usually. `effort`: the usual one, if known."""
    day = numbers()["day"]
    hot = replace(body, core_c=body.core_c + day["hot_core"])
    return worse(effort or Effort(body), hot.at_skin(arm=day["hot"], leg=day["hot"]))


def worse(usual: Effort, then: Body) -> bool:
    """Whether the person would notice that a movement is weaker than usual; healthy axons carry on."""
    if not any(supply.foci for supply in then.motor.values()):
        return False
    rule, now = numbers()["notice"], Effort(then)
    pairs = [(used(usual, side, name), used(now, side, name)) for side in SIDES for name in ("grip", *USED)]
    return any(before >= rule["least"] and after < (1 - rule["fall"]) * before for before, after in pairs)


def used(effort: Effort, side: Side, name: str) -> float:
    """The force of a movement, or of the grip."""
    return gripped(effort, side) if name == "grip" else moved(effort, side, name)


def fatigue(body: Body, side: Side, muscle: str, seconds: float | None = None) -> float:
    """The share of a muscle's strongest force that is lost when it is kept up so long (60 s).

    The axons fire at the rate of a strong contraction, gather sodium, and some that just conducted stop;
    the muscle's own fatigue is left out. Follows every lesion with the cable: slow, and 0 without lesions.
    """
    supply = muscle_supply(body, side, muscle)
    before = Effort(body).share(side, muscle)
    if not supply.foci or not before:
        return 0.0
    span = numbers()["effort"]["seconds"] if seconds is None else seconds
    loaded = supply.ill(*burden(body.pathway(supply), Firing(activity()["contraction"]["rate"], span)))
    tired = replace(body, motor={**body.motor, (side, muscle): loaded})
    return 1 - Effort(tired).share(side, muscle) / before
