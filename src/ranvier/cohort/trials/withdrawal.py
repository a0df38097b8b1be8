"""Maintenance withdrawn blindly from people whom it holds."""

import numpy as np
from numpy.typing import NDArray

from ranvier.cohort.trials.blinded import PERCENT, Mask, Outcomes
from ranvier.cohort.trials.design import Design
from ranvier.cohort.trials.persons import DAYS_PER_MONTH, Persons, infusions, mean_lived, persons
from ranvier.treatment.effect.population import Rules

Array = NDArray[np.float64]
WEEKS = (2, 3, 4)
"""The intervals between doses."""


def withdrawal(trial: Design, rules: Rules | None, count: int, seed: int) -> Outcomes:
    """Responders on maintenance: blinded IVIG or placebo for some weeks, with rescue for those who fail.

    Each is looked at once in a cycle, on its day 8 (cycles of two weeks) or 15. Who feels weaker by more than
    `rescue` than in the last open cycle leaves, and the reading of that day counts as the last.
    """
    own = trial.numbers
    people = persons(count, seed, own["weight_kg"], own["weaker_below"], rules)
    grams = np.exp(own["monthly_between"] * people.random.standard_normal(count)) * own["monthly_g_kg"]
    grams = np.clip(grams, own["monthly_least"], own["monthly_most"])
    weeks = people.random.choice(WEEKS, count, p=np.array([own[f"share_{n}_weeks"] for n in WEEKS]))
    found: Outcomes = {}
    for each in WEEKS:
        mine = weeks == each
        some = people.only(mine)
        for name, values in one_interval(trial, some, grams[mine], each * 7.0).items():
            found.setdefault(name, np.full(count, np.nan))[mine] = values
    return found


def one_interval(trial: Design, people: Persons, grams: Array, every: float) -> Outcomes:
    """The patients with one interval between doses."""
    own = trial.numbers
    start, blinded = own["before_days"] + own["open_days"], own["blinded_days"]
    look = own["look_2_weeks"] if every == 14.0 else own["look_3_4_weeks"]
    days = np.arange(0.0, start + blinded + 1.0)
    looks = np.arange(start - every + look, start + blinded, every)
    share = grams * every / DAYS_PER_MONTH
    stays: Mask | None = None
    found: Outcomes = {}
    for arm, last in (("IVIG", start + blinded), ("placebo", start)):
        attack = people.attack(infusions(np.arange(0.0, last, every), 1.0, own["over_days"]), days, share)
        lived = mean_lived(attack, days, start)
        true = seen(people, attack, lived, days, looks, start)
        untreated = people.grip_kg(np.ones((len(people), 1)), np.zeros(1))[:, 0]
        if stays is None:
            stays = (true[:, 0] >= own["responds_by"] * untreated) & (true[:, 0] >= own["measurable_kg"])
        readings = people.reading(true)
        last, left = rescued(people.felt(true), own["rescue"])
        after = np.take_along_axis(readings, last[:, None], axis=1)[:, 0]
        before = np.maximum(readings[:, 0], own["measurable_kg"])
        found[f"change {arm}"] = np.where(stays, PERCENT * (after / before - 1), np.nan)
        found[f"switch {arm}"] = np.where(stays, PERCENT * left, np.nan)
    return found


def rescued(felt: Array, fall: float) -> tuple[NDArray[np.int64], Array]:
    """The last look of each person who falls by more than `fall` below the first, and who left early (P,)."""
    below = felt[:, 1:] <= (1 - fall) * felt[:, :1]
    last = np.where(below.any(axis=1), below.argmax(axis=1) + 1, felt.shape[1] - 1)
    # Whoever falls at the very last look has come to the end of the part.
    return last, (last < felt.shape[1] - 1).astype(float)


def seen(people: Persons, attack: Array, lived: Array, days: Array, looks: Array, start: float) -> Array:
    """True grip at the looks (P, L)."""
    at = np.searchsorted(days, looks)
    return people.grip_kg(attack[:, at], looks - start, lived[:, at])
