"""Drugs other than immunoglobulin, alone or beside it; each on its own link (`treatment.effect.course`)."""

import numpy as np
from numpy.typing import NDArray

from ranvier.cohort.trials.blinded import PERCENT, Outcomes
from ranvier.cohort.trials.design import Design
from ranvier.cohort.trials.maintained import needed
from ranvier.cohort.trials.persons import DAYS_PER_MONTH, Persons, mean_lived, persons
from ranvier.treatment.effect.answers import answers
from ranvier.treatment.effect.course import attack_under
from ranvier.treatment.effect.population import Rules
from ranvier.treatment.given import Given

Array = NDArray[np.float64]


def other(trial: Design, start: float) -> list[Given]:
    """The doses of the drug, from a day on."""
    own, drug = trial.numbers, trial.words["drug"]
    return [
        Given(drug, start + own["drug_every_days"] * n, own["drug_grams"])
        for n in range(int(own["drug_doses"]))
    ]


def alone(trial: Design, rules: Rules | None, count: int, seed: int) -> Outcomes:
    """The drug in people without other treatment: who feels weaker or stronger at the look, and how soon."""
    own = trial.numbers
    people = persons(count, seed, own["weight_kg"], own["weaker_below"], rules)
    days = np.arange(0.0, own["look_day"] + 1)
    attack = attack_under(people.treated, other(trial, 0.0), days, answers(people.random, count))
    true = people.grip_kg(attack[:, [0, -1]], days[[0, -1]], mean_lived(attack, days, 0.0)[:, [0, -1]])
    felt = people.felt(true)
    readings = people.reading(true)
    done = attack[:, :1] - attack
    half = np.argmax(done >= 0.5 * done[:, -1:], axis=1)
    return {
        "weaker": PERCENT * (felt[:, 1] <= (1 - own["noticed"]) * felt[:, 0]),
        "stronger": PERCENT * (felt[:, 1] >= (1 + own["noticed"]) * felt[:, 0]),
        "change": PERCENT * (readings[:, 1] / np.maximum(readings[:, 0], own["measurable_kg"]) - 1),
        "half of its effect": np.where(np.abs(done[:, -1]) > 0, days[half] / DAYS_PER_MONTH, np.nan),
    }


def beside(trial: Design, rules: Rules | None, count: int, seed: int) -> Outcomes:
    """The drug, or nothing, beside IVIG that is cut to a part some time later; who holds.

    Each is on the least IVIG that holds him. `held` and `held alone`: who then does not feel weaker; their
    `difference` is that of two arms of other persons. `change`: of the grip with the drug, before any cut.
    """
    own = trial.numbers
    people = persons(count, seed, own["weight_kg"], own["weaker_below"], rules)
    monthly, responds = needed(people, own)
    found = {name: np.full(count, np.nan) for name in ("held", "held alone", "change")}
    for each in np.unique(monthly[responds]):
        mine = responds & (monthly == each)
        some = people.only(mine)
        drawn = answers(people.random, len(some))
        whole = other(trial, own["before_days"])
        for name, more in (("held", whole), ("held alone", [])):
            given = [*maintained(trial, float(each)), *more]
            grip = looked(some, own, given, drawn)
            felt = some.felt(grip)
            found[name][mine] = PERCENT * (felt[:, 2] > (1 - own["noticed"]) * felt[:, 0])
            if more:
                readings = some.reading(grip)
                found["change"][mine] = PERCENT * (
                    readings[:, 1] / np.maximum(readings[:, 0], own["measurable_kg"]) - 1
                )
    return found | {"difference": found["held"] - shuffled(people, found["held alone"])}


def shuffled(people: Persons, values: Array) -> Array:
    """The values of those who are counted, each given to another one."""
    found = values.copy()
    found[np.isfinite(values)] = people.random.permutation(values[np.isfinite(values)])
    return found


def maintained(trial: Design, monthly: float) -> list[Given]:
    """IVIG in a person's own dose, and in a part of it from the cut on."""
    own = trial.numbers
    start, every = own["before_days"], own["every_days"]
    grams = monthly * every / DAYS_PER_MONTH * own["weight_kg"]
    begin = np.arange(0.0, start + own["look_day"], every)
    parts = np.where(begin >= start + own["cut_day"], own["fraction"], 1.0)
    return [
        Given("ivig", float(day), float(grams * share), own["over_days"])
        for day, share in zip(begin, parts, strict=True)
        if share > 0
    ]


def looked(people: Persons, own: dict[str, float], given: list[Given], drawn: object) -> Array:
    """True grip (P, 3) as the mean of the last cycle before the drug, before the cut and at the end."""
    start, every = own["before_days"], own["every_days"]
    days = np.arange(0.0, start + own["look_day"] + 1)
    attack = attack_under(people.treated, given, days, drawn)  # type: ignore[arg-type]
    lived = mean_lived(attack, days, start)
    looks: list[Array] = []
    for end in (start, start + own["cut_day"], start + own["look_day"]):
        at = np.flatnonzero((days > end - every) & (days <= end))
        looks.append(people.grip_kg(attack[:, at], days[at] - start, lived[:, at]).mean(axis=1))
    return np.stack(looks, axis=1)
