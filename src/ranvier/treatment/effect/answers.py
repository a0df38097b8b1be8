"""How persons answer to drugs: the [effect] of each drug's file, typical or drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ranvier.evidence import EvidenceError
from ranvier.evidence.value import number_in, numbers_of
from ranvier.treatment.drug import drug, drugs

Array = NDArray[np.float64]
Numbers = Mapping[str, Array]
LINKS: Mapping[str, tuple[str, ...]] = {
    "immunoglobulin": (),
    "formation": ("lasts", "half", "share", "cells"),
    "complement": ("lasts", "volume", "half", "steep", "share"),
    "recycling": ("lasts", "half", "faster"),
    "exchange": ("removes", "rebound"),
    "steroid": ("lasts", "half", "worse"),
}
"""What a drug acts on, and the numbers that its file must have for it."""
CHANCES = ("share", "removes")
"""Numbers between 0 and 1: their logit is normal between persons; of the others, the logarithm."""
BETWEEN = "_between"
BODY = "body"


@dataclass(frozen=True, eq=False)
class Answers:
    """How P persons answer to every drug.

    `drugs`: for each, its numbers by name, each (P,). `body`: the numbers of `links.toml`, each (P,).
    `tolerance_per_year` (P,): the rate at which the IgG needed for half of the effect grows while all of the
    effect is used; 0 where need does not grow.
    """

    drugs: Mapping[str, Numbers]
    body: Numbers
    tolerance_per_year: Array


def usual(count: int) -> Answers:
    """Persons who all answer as is typical, and whose need for immunoglobulin does not grow."""
    whole = {
        name: {key: np.full(count, value) for key, value in own[0].items()} for name, own in all_numbers()
    }
    return Answers(whole, whole[BODY], np.zeros(count))


def answers(random: np.random.Generator, count: int) -> Answers:
    """Persons drawn from how people differ; each drug has a stream of its own, so that none moves another."""
    base = int(random.integers(2**31))
    whole = {
        name: drawn(np.random.default_rng([base, crc32(name.encode())]), *own, count)
        for name, own in all_numbers()
    }
    return Answers(whole, whole[BODY], whole["ivig"].get("tolerance", np.zeros(count)))


def drawn(
    random: np.random.Generator, typical: Mapping[str, float], between: Mapping[str, float], count: int
) -> Numbers:
    """The numbers of one drug in so many persons."""
    found: dict[str, Array] = {}
    for key, value in typical.items():
        apart = between.get(key, 0.0) * random.standard_normal(count)
        odds = np.exp(apart) * value / (1 - value) if key in CHANCES else value * np.exp(apart)
        found[key] = odds / (1 + odds) if key in CHANCES else odds
    return found


@cache
def all_numbers() -> tuple[tuple[str, tuple[Mapping[str, float], Mapping[str, float]]], ...]:
    """Typical numbers and their spread: of each drug that has an effect, and of the body."""
    own = numbers_of(Path(__file__).with_name("links.toml"))[BODY]
    of_drugs = ((name, parted(effect(name))) for name in drugs() if drug(name).effect)
    return (*of_drugs, (BODY, parted(own)))


@cache
def link(name: str) -> str:
    """What a drug acts on; raises EvidenceError where its file does not say, or says it amiss."""
    known = drug(name)
    where = f"{known.name}.toml, [effect]"
    found: Any = known.effect.get("link")
    if found not in LINKS:
        raise EvidenceError(f"{where}: link must be one of {', '.join(LINKS)}, not {found!r}.")
    absent = [key for key in LINKS[found] if key not in known.effect]
    if absent:
        raise EvidenceError(f"{where}: a drug that acts on {found} needs '{absent[0]}'.")
    return found


def effect(name: str) -> Mapping[str, float]:
    """The numbers of a drug's [effect]."""
    link(name)
    own = dict(drug(name).effect)
    return {key: number_in(own, key, f"{name}.effect") for key in own if key != "link"}


def parted(numbers: Mapping[str, float]) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Typical numbers, and the spread of those that have one."""
    typical = {key: value for key, value in numbers.items() if not key.endswith(BETWEEN)}
    between = {key.removesuffix(BETWEEN): value for key, value in numbers.items() if key.endswith(BETWEEN)}
    return typical, between
