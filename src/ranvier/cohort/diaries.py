"""Simulated diaries of people on immunoglobulin, with the truth beside them.

A person of `treatment.effect.population` has been on a regimen for months and writes down the grip of both
hands each day, a function score each week and the MRC sum at each infusion. Underneath nothing happens, or
the attack rises within days (relapse), or the IgG that half works rises over months (loss of response), or
some infusions come late (within-cycle fading). Simulated data.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.cohort.diary_truth import (
    BEFORE,
    SCORE,
    START,
    SUM,
    WEIGHT_KG,
    changed,
    delayed,
    elsewhere,
    infusions,
    lived,
    numbers,
    top,
)
from ranvier.treatment.effect.population import HANDS, people
from ranvier.treatment.effect.population import numbers as population
from ranvier.treatment.given import Given
from ranvier.treatment.readings import Readings

Array = NDArray[np.float64]
KINDS = ("none", "within-cycle fading", "loss of response", "relapse")
REGIMENS = ((0.4, 7), (0.8, 14), (1.0, 21), (1.0, 28), (1.5, 28), (2.0, 35))
"""Grams a kilogram, and days from one infusion to the next."""


@dataclass(frozen=True, eq=False)
class Diary:
    """What a person wrote down, and the truth beside it.

    `days` (T,): the days of the diary. `level` of each measure (T,): its true level, as a practised person
    would show it without noise. `undisturbed`: the same had nothing happened. `plateau`: the top of that over
    the last cycle. `change_day`: when what happened began; None where nothing did.
    """

    readings: tuple[Readings, ...]
    given: tuple[Given, ...]
    kind: str
    change_day: float | None
    every_days: int
    days: Array
    level: Mapping[str, Array]
    undisturbed: Mapping[str, Array]
    plateau: Mapping[str, Array]


def diary(seed: int, kind: str | None = None) -> Diary:
    """One simulated diary; `kind` one of KINDS, by chance if not given."""
    random = np.random.default_rng([seed, 7])
    what = kind or KINDS[int(random.integers(len(KINDS)))]
    of = numbers()["diary"]
    length = int(random.integers(int(of["least_days"]), int(of["most_days"]) + 1))
    amount, every = REGIMENS[int(random.integers(len(REGIMENS)))]
    days = START + 0.5 + np.arange(-BEFORE, length, dtype=np.float64)
    begin = float(random.uniform(numbers()["change"]["earliest"], length - numbers()["change"]["before_end"]))
    usual = infusions(random, amount * WEIGHT_KG, every, length)
    given = delayed(random, usual, every, START + begin) if what == "within-cycle fading" else usual
    given = tuple(each for each in given if each.day < START + length)
    person = people(random, 1, WEIGHT_KG)
    regions = {**person.hands, **elsewhere(random)}
    truth = lived(person, regions, given, days, changed(random, what, days, START + begin, regions))
    calm = lived(person, regions, usual, days, changed(random, "none", days, START + begin, regions))
    plateau = {name: top(value, every) for name, value in calm.items()}
    kept = slice(BEFORE, None)
    level, calm, plateau = ({name: each[kept] for name, each in of.items()} for of in (truth, calm, plateau))
    return Diary(
        written(random, level, days[kept], given), given, what, START + begin if what != "none" else None,
        every, days[kept], level, calm, plateau,
    )  # fmt: skip


def written(
    random: np.random.Generator, level: Mapping[str, Array], days: Array, given: tuple[Given, ...]
) -> tuple[Readings, ...]:
    """What is written down of the true levels."""
    of, grip = numbers()["diary"], population()["grip"]
    there = random.random(len(days)) >= of["missing"]
    there[0] = True
    noise = grip["noise"] * np.exp(grip["noise_between"] * random.standard_normal())
    short = max(of["learning"] + of["learning_between"] * random.standard_normal(), 0.0)
    hands = [pressed(random, name, level[name], days, there, (noise, short)) for name in HANDS]
    at_clinic = np.isin(np.floor(days), [np.floor(each.day) for each in given])
    weekly = there & (np.arange(len(days)) % int(of["score_every"]) == 0)
    return (
        *hands,
        counted(random, SUM, level[SUM], days, at_clinic, of["grade_noise"], 60.0),
        counted(random, SCORE, level[SCORE], days, weekly, of["score_noise"], 50.0),
    )


def pressed(
    random: np.random.Generator,
    name: str,
    level: Array,
    days: Array,
    there: NDArray[np.bool_],
    habit: tuple[float, float],
) -> Readings:
    """The readings of a dynamometer: noise in proportion, and practice."""
    noise, short = habit
    learnt = short * np.exp(-np.arange(int(there.sum())) / numbers()["diary"]["learning_readings"])
    value = level[there] * np.exp(noise * random.standard_normal(int(there.sum())) - learnt)
    return Readings(name, "kg", days[there], value)


def counted(
    random: np.random.Generator,
    name: str,
    level: Array,
    days: Array,
    there: NDArray[np.bool_],
    noise: float,
    most: float,
) -> Readings:
    """The values of a score in whole points."""
    value = np.round(level[there] + noise * random.standard_normal(int(there.sum())))
    return Readings(name, "points", days[there], np.clip(value, 0.0, most))
