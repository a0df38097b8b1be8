"""Controlled trials of IVIG: one course crossed over with placebo, and courses or placebo side by side."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ranvier.cohort.trials.design import Design
from ranvier.cohort.trials.persons import UNTREATED, Persons, infusions, mean_lived, persons
from ranvier.treatment.effect.population import Rules

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Outcomes = dict[str, NDArray[Any]]
"""What each person of a pool has at the end, by name (P,)."""
PERCENT = 100.0
NONE = np.array([])


def crossover(trial: Design, rules: Rules | None, count: int, seed: int) -> Outcomes:
    """One course of IVIG and one of placebo, half of the patients in each order, weeks apart.

    Gives the change of grip (kg) and of conduction block (points) from the day before each course to the
    look, and the patients in whom strength improved, each against his own placebo.
    """
    own = trial.numbers
    people = persons(count, seed, own["weight_kg"], own["weaker_below"], rules)
    days = np.arange(0.0, own["second_day"] + own["look_day"] + 1)
    first = np.arange(count) % 2 == 0
    looks = np.array([0.0, own["look_day"], own["second_day"], own["second_day"] + own["look_day"]])
    at = np.searchsorted(days, looks)
    attack = np.empty((count, 4))
    lived = np.empty((count, 4))
    for mine, begin in ((first, 0.0), (~first, own["second_day"])):
        course = infusions(np.array([begin]), own["g_kg"], own["over_days"])
        whole = people.only(mine).attack(course, days)
        attack[mine], lived[mine] = whole[:, at], mean_lived(whole, days, 0.0)[:, at]
    grip = people.reading(people.grip_kg(attack, looks, lived))
    moves = people.read("moves", attack, looks, lived)
    moves = np.maximum(moves + own.get("move_noise", 0.0) * people.random.standard_normal(moves.shape), 0.0)
    better = improved(moves, own)
    block = PERCENT * blocked(people, attack, looks, lived)
    unrest = own.get("block_unrest", 0.0) * people.random.standard_normal((2, count))
    onls = people.read("onls", attack, looks, lived).sum(axis=2).round()
    found: Outcomes = {}
    for n, (arm, mine) in enumerate((("IVIG", first), ("placebo", ~first))):
        found[f"grip {arm}"] = np.where(mine, grip[:, 1] - grip[:, 0], grip[:, 3] - grip[:, 2])
        found[f"block {arm}"] = unrest[n] + np.where(
            mine, block[:, 1] - block[:, 0], block[:, 3] - block[:, 2]
        )
        found[f"better {arm}"] = PERCENT * np.where(mine, better[:, 0], better[:, 1])
        found[f"abler {arm}"] = PERCENT * np.where(mine, onls[:, 1] < onls[:, 0], onls[:, 3] < onls[:, 2])
    found["untreated kg"] = grip[:, 0]
    return found


def improved(moves: Array, own: dict[str, float]) -> Mask:
    """Whether strength improved in each of two periods (P, 2).

    So many weak movements gained so much of what they had, and none lost too much.
    """
    before, after = moves[:, [0, 2]], moves[:, [1, 3]]
    weak = before < own.get("weak_below", 1.0)
    gains = (
        weak
        & (after >= before * (1 + own.get("gain", 0.5)))
        & (after - before >= own.get("gain_points", 0.0))
    )
    losses = (before >= own.get("gain_points", 0.0)) & (after < before * (1 - own.get("loss", 1.0)))
    return (gains.sum(axis=2) >= own.get("movements", 1.0)) & ~losses.any(axis=2)


def blocked(people: Persons, attack: Array, days_on: Array, lived: Array) -> Array:
    """Mean conduction block (P, T) over the supplies blocked by half or more without treatment."""
    now = people.library.measures["blocked"][people.who, 0, UNTREATED]
    chosen = now >= np.minimum(now.max(axis=1, keepdims=True), 0.5)
    shares = people.read("blocked", attack, days_on, lived)
    return np.sum(shares * chosen[:, None, :], axis=2) / chosen.sum(axis=1)[:, None]


def parallel(trial: Design, rules: Rules | None, count: int, seed: int) -> Outcomes:
    """Some courses of IVIG or of placebo; who says at the end that the most impaired movements go better."""
    own = trial.numbers
    people = persons(count, seed, own["weight_kg"], own["weaker_below"], rules)
    days = np.arange(0.0, own["look_day"] + 1)
    weakest = int(own["movements"])
    noise = own["noise"] * people.random.standard_normal(count)
    found: Outcomes = {}
    courses = infusions(own["every_days"] * np.arange(own["courses"]), own["g_kg"], own["over_days"])
    for arm, doses in (("IVIG", courses), ("placebo", infusions(NONE, 1.0, 1.0))):
        attack = people.attack(doses, days)
        at = np.array([0, len(days) - 1])
        moves = people.read("moves", attack[:, at], days[at], mean_lived(attack, days, 0.0)[:, at])
        chosen = np.argsort(moves[:, 0], axis=1)[:, :weakest]
        own_moves = np.take_along_axis(moves, chosen[:, None, :], axis=2).mean(axis=2)
        found[f"better {arm}"] = PERCENT * (own_moves[:, 1] - own_moves[:, 0] + noise >= own["gain"])
    return found
