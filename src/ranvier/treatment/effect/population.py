"""People with MMN, as the effect of immunoglobulin differs between them: what a new patient may be."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from ranvier.evidence.value import numbers_of
from ranvier.treatment.effect.hand import Array, Hand
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.kinetics import Disposition, typical

HANDS = ("grip right", "grip left")
Rules = Mapping[str, Mapping[str, float]]


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `effect.toml`."""
    return numbers_of(Path(__file__).with_name("effect.toml"))


def people(
    random: np.random.Generator, count: int, weight_kg: float | None = None, rules: Rules | None = None
) -> Treated:
    """`count` persons drawn from the population, all of one weight, with both hands affected.

    `rules`: other numbers in place of those of `effect.toml`, as when they are being fitted. However they
    differ, the same random numbers serve the same persons.
    """
    known = rules or numbers()
    usual = typical(weight_kg, count)
    own = Disposition(
        usual.clearance * factor(random, known, "clearance", count),
        usual.central * factor(random, known, "central", count),
        usual.exchange, usual.peripheral, usual.absorption, usual.bioavailable,
    )  # fmt: skip
    return Treated(
        disposition=own,
        own_g_l=drawn(random, known, "own_igg", count),
        most=chance(random, known["most"]["typical"], known["most"]["between"], count),
        half_g_l=drawn(random, known, "half", count),
        turnover_per_day=drawn(random, known, "turnover", count),
        decline_per_year=drawn(random, known, "decline", count),
        hands=hands(random, known["grip"], count),
    )


def hands(random: np.random.Generator, rule: Mapping[str, float], count: int) -> dict[str, Hand]:
    """Both hands, which block; what they are without block goes together in a person."""
    person = np.sqrt(rule["whole_together"]) * random.standard_normal(count)
    return {name: hand(random, rule, person) for name in HANDS}


def hand(random: np.random.Generator, rule: Mapping[str, float], person: Array) -> Hand:
    """One hand of each person; `person` (P,): what both hands share of how strong they are."""
    count = len(person)
    own = np.sqrt(1 - rule["whole_together"]) * random.standard_normal(count)
    return Hand(
        rule["whole"] * np.exp(rule["whole_between"] * (person + own)),
        chance(random, rule["least"], rule["least_between"], count),
        rule["depth"] + rule["depth_between"] * random.standard_normal(count),
        rule["width"] * np.exp(rule["width_between"] * random.standard_normal(count)),
    )


def drawn(random: np.random.Generator, rules: Rules, name: str, count: int) -> Array:
    """A log-normal number of the population."""
    return rules[name]["typical"] * factor(random, rules, name, count)


def factor(random: np.random.Generator, rules: Rules, name: str, count: int) -> Array:
    """How much each person departs from the typical."""
    return np.exp(rules[name]["between"] * random.standard_normal(count))


def chance(random: np.random.Generator, typical: float, between: float, count: int) -> Array:
    """A share whose logit is normal."""
    logit = np.log(typical / (1 - typical)) + between * random.standard_normal(count)
    return 1 / (1 + np.exp(-logit))
