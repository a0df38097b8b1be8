"""The story told at a visit: when it began, where, and how it went, from what has really happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

from ranvier.disease.attack import Attack
from ranvier.disease.axons import DAYS
from ranvier.disease.illness import Illness
from ranvier.evidence.value import numbers_of
from ranvier.exam.voluntary import Effort
from ranvier.nerve.injury import injuries
from ranvier.patient import History
from ranvier.patient.entries import Course, Limbs

ONSET = date(2015, 3, 1)
"""The day of the first symptom, if no other is given."""


@cache
def numbers() -> dict[str, float]:
    """The numbers of `story.toml`."""
    return numbers_of(Path(__file__).with_name("story.toml"))["course"]


@dataclass(frozen=True)
class Weakness:
    """How weak the patient is at a visit: NIS(W) points, and force lost in arms and legs (0 to 1)."""

    years: float
    points: float
    arms: float
    legs: float


def day(years: float, onset: date = ONSET) -> str:
    """The date so many years after the first symptom."""
    return (onset + timedelta(days=round(years * DAYS))).isoformat()


def weakness(effort: Effort, years: float, points: float) -> Weakness:
    """How weak a body is; points come from the examination."""
    lost: dict[str, list[float]] = {"arm": [], "leg": []}
    for (side, muscle), supply in effort.body.motor.items():
        lost[effort.body.limb(supply.nerve)].append(1 - effort.share(side, muscle))
    arms, legs = (sum(each) / len(each) for each in lost.values())
    return Weakness(years, points, arms, legs)


def history(illness: Illness, told: dict[str, Any], past: Sequence[Weakness], onset: date = ONSET) -> History:
    """What the patient tells at the last of these visits; `told`: complaints as the body gives them."""
    now = past[-1]
    return History(
        when=day(now.years, onset),
        origin="simulated",
        source="simulated examination",
        onset=onset.isoformat(),
        duration_months=round(12 * now.years, 1),
        age_at_onset_years=round(illness.healthy.person.age_years, 1),
        course=course(illness, past),
        predominant_limbs=limbs(now),
        diffuse_symmetric_onset=diffuse(illness),
        **told,
    )


def diffuse(illness: Illness) -> bool:
    """Whether the first weeks brought diffuse symmetric weakness: foci by the number, on both sides alike."""
    within = numbers()["subacute_within"] / DAYS
    early = [a.place.side for a in illness.attacks if 0 <= a.begins <= within]
    fewer, more = sorted((early.count("left"), early.count("right")))
    return more >= numbers()["many"] and fewer >= numbers()["alike"] * more


def limbs(now: Weakness) -> Limbs | None:
    """Where the weakness mainly lies; None while there is none."""
    if max(now.arms, now.legs) < numbers()["felt"]:
        return None
    if min(now.arms, now.legs) > numbers()["both"] * max(now.arms, now.legs):
        return "both"
    return "arms" if now.arms > now.legs else "legs"


def course(illness: Illness, past: Sequence[Weakness]) -> Course | None:
    """The course in a word, from weakness at the visits and from when attacks came; None without weakness."""
    if not any(each.points for each in past):
        return None
    rule, now = numbers(), past[-1]
    days = now.years * DAYS
    if days <= rule["subacute_within"]:
        return "acute" if days <= rule["acute_within"] else "subacute"
    changes = [b.points - a.points for a, b in pairwise(past)]
    if changes and changes[-1] <= -rule["change"]:
        return "relapsing" if max(changes) >= rule["change"] else "improving"
    if len(past) == 1 and (built := built_up_days(illness, now.years)) <= rule["subacute_within"]:
        return "acute" if built <= rule["acute_within"] else "subacute"
    if now.points / now.years >= rule["rapid"]:
        return "rapidly progressive"
    if len(changes) > 1 and max(changes[-2:]) < rule["still"]:
        return "stable"
    steps = {
        a.begins for a in illness.attacks if 0 <= a.begins < now.years and a.dose.rise_years <= rule["quick"]
    }
    return "stepwise progressive" if len(steps) >= rule["steps"] else "slowly progressive"


def built_up_days(illness: Illness, years: float) -> float:
    """How many days after the first symptom the last attack until now had done its harm.

    Infinite where neurons die or muscle wastes: such harm goes on.
    """
    if illness.decline or illness.disease.wasting:
        return inf
    done = (each.begins + rising_years(each) for each in illness.attacks if each.begins < years)
    return max(done, default=inf) * DAYS


def rising_years(attack: Attack) -> float:
    """Until an attack has all but reached its height; a cut is done at once."""
    return 0.0 if injuries()[attack.injury].severs else numbers()["risen"] * attack.dose.rise_years
