"""What a patient under treatment writes at home: grip of both hands day by day, and IgG before infusions.

Grip is that of the full simulation: at stages two months apart each hand is pressed under a range of attacks,
and what is pressed on a day is read between stages and attacks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import exp

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RegularGridInterpolator

from ranvier.anatomy import SIDES, Side
from ranvier.body.healthy import stream
from ranvier.disease import Illness, Stage
from ranvier.disease.present import body_at
from ranvier.disease.simulate import merged
from ranvier.exam.strength import gripped, healthy_grip_kg
from ranvier.exam.voluntary import Effort
from ranvier.patient import AnyEntry, Laboratory
from ranvier.patient.check import checked
from ranvier.patient.entries import Scale
from ranvier.patient.when import DAYS_PER_YEAR
from ranvier.treatment.drug import drug
from ranvier.treatment.effect.population import numbers as of_people
from ranvier.treatment.given import HOURS_PER_DAY
from ranvier.treatment.schedule import clock, numbers
from ranvier.treatment.simulate import SimulatedTreatment

Array = NDArray[np.float64]
LEVELS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 2.0, 3.0)
STAGE_DAYS = 60.0
SOURCE = "simulated diary"


@dataclass(frozen=True)
class Steady:
    """A relief that never changes."""

    factor: float

    def __call__(self, years: float) -> float:
        """The factor."""
        return self.factor


def with_diary(found: SimulatedTreatment) -> SimulatedTreatment:
    """The same patient with what was written at home on the record."""
    patient = found.simulated.patient
    timeline = merged(patient.timeline, diary(found))
    kept = checked(replace(patient, timeline=timeline))
    return replace(found, simulated=replace(found.simulated, patient=kept))


def diary(found: SimulatedTreatment) -> tuple[AnyEntry, ...]:
    """Grip and IgG from the first dose to the last visit, in order of time; empty without either."""
    if not (found.given and found.simulated.visits):
        return ()
    last = found.onset.toordinal() + found.simulated.visits[-1].years * DAYS_PER_YEAR
    days = np.arange(int(found.given[0].day), int(last), 1.0)
    entries = [*grips(found, days), *bloods(found)] if len(days) else []
    return tuple(sorted(entries, key=lambda entry: entry.when))


def grips(found: SimulatedTreatment, days: Array) -> Iterator[Scale]:
    """The readings of grip; both hands are pressed in one go."""
    random, rule = stream(found.simulated.seed, "diary"), numbers()["home"]
    people = of_people()["grip"]
    noise = people["noise"] * exp(people["noise_between"] * random.standard_normal())
    moments = at_home(days, random)
    practised = 1 - rule["learning"] * np.exp(-(moments - days[0]) / rule["learning_days"])
    for side, level in true_grip_kg(found, moments).items():
        pressed = level * practised * (1 + noise * random.standard_normal(len(moments)))
        for moment, kg in zip(moments, pressed, strict=True):
            yield Scale(
                when=clock(moment), origin="simulated", source=SOURCE,
                name="grip", score=round(max(float(kg), 0.0), 1), unit="kg", side=side,
            )  # fmt: skip


def at_home(days: Array, random: np.random.Generator) -> Array:
    """When a patient presses: in the morning of most days, and in the evening of some."""
    rule = numbers()["home"]
    early, late = (
        days + (rule[part] + rule["clock_spread"] * random.standard_normal(len(days))) / HOURS_PER_DAY
        for part in ("morning", "evening")
    )
    pressed = random.random(len(days)) >= rule["missing"]
    twice = pressed & (random.random(len(days)) < rule["again"])
    return np.sort(np.concatenate([early[pressed], late[twice]]))


def true_grip_kg(found: SimulatedTreatment, moments: Array) -> dict[Side, Array]:
    """What each hand would press at these times, kg, without practice and noise."""
    illness, since = found.simulated.illness, found.onset.toordinal()
    edges = np.arange(moments[0], moments[-1] + STAGE_DAYS, STAGE_DAYS)
    stages = list(illness.stages([(day - since) / DAYS_PER_YEAR for day in edges]))
    attack = np.interp(moments, found.course.days, found.course.attack[0])
    where = np.column_stack([moments, np.log(np.clip(attack, LEVELS[0], LEVELS[-1]))])
    shares = pressed_under(illness, stages)
    return {
        side: healthy_grip_kg(illness.healthy, side)
        * RegularGridInterpolator((edges, np.log(LEVELS)), shares[:, :, n])(where)
        for n, side in enumerate(SIDES)
    }


def pressed_under(illness: Illness, stages: list[Stage]) -> Array:
    """Grip as a share of the healthy one by stage, level of attack and side."""
    shares = np.empty((len(stages), len(LEVELS), len(SIDES)))
    for n, level in enumerate(LEVELS):
        eased = replace(
            illness, attacks=tuple(replace(each, relief=Steady(level)) for each in illness.attacks)
        )
        for m, stage in enumerate(stages):
            effort = Effort(replace(body_at(eased, stage), by="surface"))
            shares[m, n] = [gripped(effort, side) for side in SIDES]
    return shares


def bloods(found: SimulatedTreatment) -> Iterator[Laboratory]:
    """IgG before infusions, some weeks apart."""
    random, rule = stream(found.simulated.seed, "bloods"), numbers()["blood"]
    last = -np.inf
    for each in found.given:
        if not drug(each.drug).is_immunoglobulin or each.day - last < rule["every_days"]:
            continue
        last = each.day
        before = np.searchsorted(found.course.days, each.day) - 1
        level = float(found.course.igg_g_l[0, before])
        noisy = level * (1 + rule["noise"] * random.standard_normal())
        yield Laboratory(
            when=clock(each.day), origin="simulated", source=SOURCE, igg_g_l=round(max(noisy, 0.1), 1)
        )
