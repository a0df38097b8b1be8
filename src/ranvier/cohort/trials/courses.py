"""Open courses of IVIG: how soon, how many, for how long; and the natural course with and without it."""

import numpy as np
from numpy.typing import NDArray

from ranvier.cohort.trials.blinded import PERCENT, Outcomes
from ranvier.cohort.trials.design import Design
from ranvier.cohort.trials.persons import Persons, infusions, mean_lived, persons
from ranvier.exam.scales import points
from ranvier.muscle.strength import MRC, grade_limits
from ranvier.treatment.effect.population import Rules

Array = NDArray[np.float64]
GRADES = np.array(list(MRC.values()))


def graded(share: Array, slip: Array | float = 0.0) -> NDArray[np.int64]:
    """Which step of the MRC scale force shares are given: `muscle.strength.mrc` for arrays."""
    steps = np.log(grade_limits())
    log = np.log(np.maximum(share, 1e-9))
    beyond = np.maximum((log - steps[-1]) / (steps[-1] - steps[-2]), 0.0)
    place = beyond + np.interp(log, steps, np.arange(1, len(GRADES))) + slip
    found = np.clip(np.floor(place), 0, len(GRADES) - 1).astype(np.int64)
    return np.where(share < np.exp(steps[0]), 0, found)


def opened(trial: Design, rules: Rules | None, count: int, seed: int) -> Outcomes:
    """Courses in people without treatment: gain of grip at the look, of MRC, and how long it lasts."""
    own = trial.numbers
    people = persons(count, seed, own["weight_kg"], own["weaker_below"], rules)
    days = np.arange(0.0, own["follow_days"] + 1)
    doses = infusions(own.get("every_days", 0.0) * np.arange(own["courses"]), own["g_kg"], own["over_days"])
    attack = people.attack(doses, days)
    lived = mean_lived(attack, days, 0.0)
    true = people.grip_kg(attack, days, lived)
    natural = people.grip_kg(np.ones_like(attack), days)
    gain = true - natural
    look = int(own["look_day"])
    responds = gain.max(axis=1) >= (own["responds_by"] - 1) * np.maximum(true[:, 0], own["measurable_kg"])
    left = gain >= own["gone"] * gain.max(axis=1, keepdims=True)
    lasts = left.shape[1] - 1 - np.argmax(left[:, ::-1], axis=1)
    readings = people.reading(true[:, [0, look]])
    change = PERCENT * (readings[:, 1] / np.maximum(readings[:, 0], own["measurable_kg"]) - 1)
    return {
        "gain": np.where(responds, change, np.nan),
        "lasts": np.where(responds, days[lasts], np.nan),
        "gone": np.where(responds, PERCENT * (days[lasts] <= own["gone_by"]), np.nan),
        "better MRC": PERCENT
        * better_mrc(people, attack[:, [0, look]], days[[0, look]], lived[:, [0, look]], own),
    }


def better_mrc(people: Persons, attack: Array, days: Array, lived: Array, own: dict[str, float]) -> Array:
    """Who gains a point of the MRC scale (4- 3.67, 4+ 4.33) in so many movements between two looks (P,)."""
    moves = people.read("moves", attack, days, lived)
    slip = own["slip"] * people.random.standard_normal(moves.shape)
    grade = GRADES[graded(moves, slip)]
    return ((grade[:, 1] - grade[:, 0]) >= 1).sum(axis=1) >= own["movements"]


def course(trial: Design, rules: Rules | None, count: int, seed: int) -> Outcomes:
    """Points of weakness a year: untreated until the first look, then for a year with IVIG in many."""
    own = trial.numbers
    people = persons(count, seed, own["weight_kg"], own["weaker_below"], rules)
    each = np.array([points()[grade] for grade in GRADES])
    years = people.library.years[people.who]
    one = np.ones((count, 1))
    before = each[graded(people.read("moves", one, np.zeros(1))[:, 0])].sum(axis=1)
    days = np.arange(0.0, 366.0)
    doses = infusions(np.arange(0.0, 366.0, own["every_days"]), own["g_kg"], own["over_days"])
    treated = people.attack(doses, days)[:, 28:].mean(axis=1, keepdims=True)
    on_drug = people.random.random(count) < own["treated"]
    attack = np.where(on_drug[:, None], treated, one)
    now = each[graded(people.read("moves", attack, np.zeros(1))[:, 0])].sum(axis=1)
    later = each[graded(people.read("moves", attack, np.full(1, 365.25), attack)[:, 0])].sum(axis=1)
    return {"before": before / years, "after": later - now}
