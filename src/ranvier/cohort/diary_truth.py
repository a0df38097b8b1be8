"""What happens underneath a simulated diary: infusions, the disease's change, and the true levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.evidence.value import numbers_of
from ranvier.muscle.strength import MRC, grade_limits
from ranvier.treatment.effect.attack import followed, held_back
from ranvier.treatment.effect.hand import Hand
from ranvier.treatment.effect.population import HANDS, people
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.given import Given, immunoglobulin
from ranvier.treatment.kinetics import concentration

Array = NDArray[np.float64]
START = date(2026, 1, 1).toordinal()
WEIGHT_KG, BEFORE, DOSES_BEFORE = 82.0, 60, 240
"""Days that are followed before the diary, and days of the regimen before it."""

SUM, SCORE = "MRC sum score", "function score (RODS-like)"
OTHERS = ("right arm", "left arm", "right leg", "left leg")
GROUPS = {"grip right": 1, "grip left": 1, "right arm": 2, "left arm": 2, "right leg": 3, "left leg": 3}
"""How many of the 12 movements of the MRC sum each region has."""


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `diaries.toml`."""
    return numbers_of(Path(__file__).with_name("diaries.toml"))


@dataclass(frozen=True, eq=False)
class Change:
    """What happens: rise of the logarithm of the attack by region (T,), of the half-effective IgG (T,)."""

    attack: Mapping[str, Array]
    half: Array


def elsewhere(random: np.random.Generator) -> dict[str, Hand]:
    """The other regions, each as likely to block as a hand."""
    drawn = (people(random, 1).hands[name] for _ in range(2) for name in HANDS)
    return dict(zip(OTHERS, drawn, strict=True))


def infusions(random: np.random.Generator, grams: float, every: int, length: int) -> tuple[Given, ...]:
    """The regimen from long before the diary to its end, each infusion on a morning."""
    first = START - DOSES_BEFORE + int(random.integers(every))
    return tuple(Given("ivig", float(day) + 0.4, grams, 0.2) for day in range(first, START + length, every))


def delayed(
    random: np.random.Generator, given: tuple[Given, ...], every: int, begin: float
) -> tuple[Given, ...]:
    """The same infusions, of which some intervals from a day on are longer."""
    of = numbers()["change"]
    extra = np.round(every * (random.uniform(of["stretch_least"], of["stretch_most"]) - 1))
    after = [n for n, each in enumerate(given) if each.day >= begin]
    late = {n: extra * min(k + 1, of["stretch_cycles"]) for k, n in enumerate(after)}
    return tuple(
        Given(each.drug, each.day + float(late.get(n, 0)), each.grams, each.days_long)
        for n, each in enumerate(given)
    )


def changed(
    random: np.random.Generator, kind: str, days: Array, begin: float, regions: Mapping[str, Hand]
) -> Change:
    """What happens from a day on."""
    of, still = numbers()["change"], np.zeros(len(days))
    if kind == "loss of response":
        last = random.uniform(of["loss_soonest"], of["loss_latest"])
        rise = random.uniform(of["loss_least"], of["loss_most"])
        return Change(dict.fromkeys(regions, still), rise * ramp(days, begin, last))
    if kind != "relapse":
        return Change(dict.fromkeys(regions, still), still)
    last = random.uniform(of["relapse_soonest"], of["relapse_latest"])
    size = random.uniform(of["relapse_least"], of["relapse_most"]) * ramp(days, begin, last)
    reached = {name: size * (random.random() < of["regions"]) for name in regions}
    return Change(reached, still)


def ramp(days: Array, begin: float, last: float) -> Array:
    """From 0 to 1 in so many days."""
    return np.clip((days - begin) / last, 0.0, 1.0)


def lived(
    person: Treated, regions: Mapping[str, Hand], given: tuple[Given, ...], days: Array, change: Change
) -> dict[str, Array]:
    """The true level of every measure by day."""
    above = concentration(person.disposition, immunoglobulin(given), days)
    # half grows by a factor: the same as so much less IgG
    target = held_back(above * np.exp(-change.half), person.most, person.half_g_l)
    attack = followed(target, days, person.turnover_per_day)
    force = {name: each.strength(attack * np.exp(change.attack[name])) for name, each in regions.items()}
    kept = person.measured(HANDS[0], attack, days) / person.hands[HANDS[0]].strength(attack)
    level = {name: (each * kept)[0] for name, each in force.items()}
    share = {name: level[name] / regions[name].whole[0] for name in regions}
    return {**{name: level[name] for name in HANDS}, SUM: mrc_sum(share), SCORE: score(share)}


def mrc_sum(share: Mapping[str, Array]) -> Array:
    """The MRC sum, 0 to 60, as it would come out on average."""
    return sum((GROUPS[name] * grade(each) for name, each in share.items()), np.zeros(1))


def grade(share: Array) -> Array:
    """MRC grades of shares of strength, between the grades too."""
    reached = list(MRC.values())[1:]
    return np.interp(np.log(np.maximum(share, 1e-9)), np.log(grade_limits()), reached, left=MRC["0"])


def score(share: Mapping[str, Array]) -> Array:
    """A function score, 0 to 50: tasks of the hands and of the limbs, each easy with enough strength."""
    full = numbers()["diary"]["score_full"]
    parts = [np.minimum(each / full, 1.0) * (2 if name in HANDS else 1) for name, each in share.items()]
    return 50 * np.sum(parts, axis=0) / (len(share) + len(HANDS))


def top(level: Array, every: int) -> Array:
    """The highest level over the last cycle."""
    window = np.lib.stride_tricks.sliding_window_view(
        np.concatenate([np.full(every, level[0]), level]), every + 1
    )
    return window.max(axis=1)
