"""Trials in people whom immunoglobulin holds: another way of giving it, less of it, how much they need."""

import numpy as np
from numpy.typing import NDArray

from ranvier.cohort.trials.blinded import PERCENT, Outcomes
from ranvier.cohort.trials.design import Design
from ranvier.cohort.trials.persons import DAYS_PER_MONTH, Persons, infusions, mean_lived, persons
from ranvier.treatment.drug import drug
from ranvier.treatment.effect.population import Rules
from ranvier.treatment.kinetics import Doses

Array = NDArray[np.float64]
LEAST = 0.01
"""Of the healthy force, that a change is told of."""
MONTHLY_G_KG = np.array([0.4, 0.55, 0.75, 1.0, 1.3, 1.6, 2.0, 2.5, 3.0])
"""The doses that are tried, from little to as much as anyone gets."""


def maintenance(until: float, every: float, over_days: float, monthly: float = 1.0) -> Doses:
    """IVIG at an interval up to a day, for `monthly` g/kg a month."""
    return infusions(np.arange(0.0, until, every), monthly * every / DAYS_PER_MONTH, over_days)


def needed(people: Persons, own: dict[str, float]) -> tuple[Array, NDArray[np.bool_]]:
    """The IVIG of each person, g/kg a month (P,), as a physician finds it, and who responds to the most.

    It is the least of the doses tried that keeps, at the end of a cycle, so much of the grip that the
    largest keeps. Responders gain enough from the largest.
    """
    until, every = own["before_days"], own["every_days"]
    days = np.arange(0.0, until + 1)
    doses = maintenance(until, every, own["over_days"])
    at = np.array([len(days) - 1])
    kept: list[Array] = []
    for monthly in MONTHLY_G_KG:
        attack = people.attack(doses, days, np.full(len(people), monthly))[:, at]
        kept.append(people.grip_kg(attack, np.zeros(1))[:, 0])
    grip = np.array(kept)
    enough = np.argmax(grip >= own["keeps"] * grip[-1], axis=0)
    untreated = people.grip_kg(np.ones((len(people), 1)), np.zeros(1))[:, 0]
    responds = (grip[-1] >= own["responds_by"] * untreated) & (grip[-1] >= own["measurable_kg"])
    return MONTHLY_G_KG[enough], responds


def changed(trial: Design, rules: Rules | None, count: int, seed: int) -> Outcomes:
    """Maintenance in the dose that each needs, then under the skin, or less, from a day on.

    Gives who feels weaker at the look than in the last cycle before, and strength in percent of the start.
    """
    own = trial.numbers
    people = persons(count, seed, own["weight_kg"], own["weaker_below"], rules)
    monthly, responds = needed(people, own)
    start = own["before_days"]
    taken = responds & (monthly >= own.get("least_monthly", 0.0))
    days = np.arange(0.0, start + own["look_day"] + 1)
    first = start - own["every_days"]
    parts = (maintenance(start, own["every_days"], own["over_days"]), after(trial, start))
    attack = people.attack(joined(*parts), days, monthly)
    lived = mean_lived(attack, days, start)
    last = days >= start + own["look_day"] - own["every_days"]
    before = np.flatnonzero((days >= first) & (days < start))
    look = np.flatnonzero(last)
    then = people.grip_kg(attack[:, before], days[before] - start).mean(axis=1)
    now = people.grip_kg(attack[:, look], days[look] - start, lived[:, look]).mean(axis=1)
    felt = people.felt(np.stack([then, now], axis=1))
    worse = felt[:, 1] <= (1 - own["noticed"]) * felt[:, 0]
    force = strength(people, attack, days, lived, start, before, look)
    noisy = force * np.maximum(1 + own["force_noise"] * people.random.standard_normal((count, 2)), 0.0)
    found: Outcomes = {
        "worse": PERCENT * worse,
        "stable": PERCENT * ~worse,
        "force": PERCENT * noisy[:, 1] / np.maximum(noisy[:, 0], LEAST),
        "monthly": monthly,
    }
    return {name: np.where(taken, values, np.nan) for name, values in found.items()}


def strength(
    people: Persons, attack: Array, days: Array, lived: Array, start: float, *looks: NDArray[np.int64]
) -> Array:
    """Mean force of the movements that are weak without treatment, in the middle of each look (P, looks)."""
    at = np.array([each[len(each) // 2] for each in looks])
    untreated = people.read("moves", np.ones((len(people), 1)), np.zeros(1))
    weak = untreated < 0.9
    moves = people.read("moves", attack[:, at], days[at] - start, lived[:, at])
    return (moves * weak).sum(axis=2) / np.maximum(weak.sum(axis=2), 1)


def after(trial: Design, start: float) -> Doses:
    """What is given from the start of the trial on, for 1 g/kg of IVIG a month before."""
    own, known = trial.numbers, drug(trial.words["drug"])
    every = own["then_every_days"]
    begin = np.arange(start + min(every, own["every_days"]), start + own["look_day"], every)
    grams = own["ratio"] * every / DAYS_PER_MONTH
    return infusions(begin, grams, own["over_days"], known.is_subcutaneous, known.gain)


def joined(*doses: Doses) -> Doses:
    """Doses one after the other."""
    fields = ("day", "grams", "days_long", "depot", "gain")
    return Doses(*(np.concatenate([getattr(each, name) for each in doses]) for name in fields))


def need(trial: Design, rules: Rules | None, count: int, seed: int) -> Outcomes:
    """How much IVIG the patients of a registry need."""
    own = trial.numbers
    people = persons(count, seed, own["weight_kg"], own["weaker_below"], rules)
    monthly, responds = needed(people, own)
    return {"monthly": np.where(responds, monthly, np.nan)}
