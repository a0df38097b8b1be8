"""Strength at the bedside: MRC grades by hand, and grip by dynamometer."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from ranvier.anatomy import SIDES, Side, UnknownNameError
from ranvier.anatomy.course import course
from ranvier.anatomy.muscles import movement
from ranvier.body import Body
from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import number_in
from ranvier.exam.voluntary import force_share, muscle_supply, reached
from ranvier.muscle.strength import mrc
from ranvier.patient.entries import Scale, Strength

ELBOW = {"median": "elbow", "ulnar": "above elbow"}
"""Where the branches to the forearm flexors have not yet left the nerve."""
MDC_OF_SD = 1.96 * np.sqrt(2)


@cache
def tables() -> dict[str, Any]:
    """The content of `strength.toml`."""
    return read_toml(Path(__file__).with_name("strength.toml"))


@cache
def weights(*path: str) -> Mapping[str, float]:
    """The numbers of one table of `strength.toml`: `weights("grip", "hand")`."""
    table = tables()
    for name in path:
        table = table[name]
    return {key: number_in(table, key, ".".join(path)) for key in table}


def movements() -> tuple[str, ...]:
    """The bedside movements that the muscles of a virtual person serve."""
    return tuple(tables()["movement"])


def movement_share(body: Body, side: Side, name: str) -> float:
    """The force of a movement as a share of what it was when healthy; raises UnknownNameError."""
    known = movement(name)
    if known not in movements():
        raise UnknownNameError("movement of a virtual person", name, list(movements()))
    return sum(part * force_share(body, side, muscle) for muscle, part in weights("movement", known).items())


def strength(
    body: Body, names: Sequence[str], seed: int, sides: Sequence[Side] = SIDES
) -> tuple[Strength, ...]:
    """MRC grades of some movements on both sides, as one examiner gives them in one session."""
    return tuple(graded(body, side, movement(name), seed) for name in names for side in sides)


def graded(body: Body, side: Side, name: str, seed: int) -> Strength:
    """One grade; the examiner's hand errs by a part of a grade."""
    slip = weights("rater")["slip"] * stream(body, seed, side, name).standard_normal()
    return Strength(name, side, mrc(movement_share(body, side, name), float(slip)))


def stream(body: Body, seed: int, *name: str) -> np.random.Generator:
    """Random numbers of their own for each part of an examination."""
    return np.random.default_rng([body.seed, seed, crc32(" ".join(name).encode())])


def grip_share(body: Body, side: Side) -> float:
    """Grip as a share of what it was when healthy.

    Small muscles of the hand and flexors of the forearm press; the extensors hold the wrist.
    """
    hand = sum(part * force_share(body, side, muscle) for muscle, part in weights("grip", "hand").items())
    forearm = sum(
        part * as_far_as_elbow(body, side, muscle) for muscle, part in weights("grip", "forearm").items()
    )
    lost = (part * (1 - force_share(body, side, muscle)) for muscle, part in weights("grip", "wrist").items())
    return (hand + forearm) * (1 - sum(lost))


def as_far_as_elbow(body: Body, side: Side, muscle: str) -> float:
    """The share of a nerve's impulses that reach the elbow, told from the axons of one hand muscle."""
    supply = muscle_supply(body, side, muscle)
    place = course(supply.nerve, body.person.height_cm).at(ELBOW[supply.nerve])
    born = supply.pool.at_birth
    return float(born[reached(body, supply, place)].sum() / born.sum())


def healthy_grip_kg(body: Body, side: Side) -> float:
    """What this hand would press when healthy: the norm for age and sex, and how this person differs."""
    norm, spread = weights("grip", body.person.sex), weights("grip", "spread")
    mean = float(np.interp(body.person.age_years, [float(age) for age in norm], list(norm.values())))
    own = spread["people"] * np.random.default_rng([body.seed, crc32(b"grip")]).standard_normal()
    hand = (
        spread["sides"] * np.random.default_rng([body.seed, crc32(f"grip {side}".encode())]).standard_normal()
    )
    return mean * max(1 + float(own + hand), 0.0)


def grip_kg(body: Body, side: Side, seed: int) -> tuple[float, ...]:
    """The tries of one session on a dynamometer, kg; sessions differ, and each try falls a little short."""
    spread, random = weights("grip", "spread"), stream(body, seed, side, "grip")
    session = 1 + spread["change"] / MDC_OF_SD * random.standard_normal()
    best = healthy_grip_kg(body, side) * grip_share(body, side) * max(session, 0.0)
    short = np.abs(spread["short"] * random.standard_normal(int(spread["tries"])))
    return tuple(round(float(best * (1 - each)), 1) for each in short)


def grip(body: Body, side: Side, seed: int, when: str = "unknown") -> Scale:
    """Grip of one hand, the best of the tries, as an entry of the record."""
    tries = grip_kg(body, side, seed)
    told = "tries " + ", ".join(f"{each:g}" for each in tries)
    return Scale(
        when=when, origin="simulated", source="simulated examination", remark=told,
        name="grip", score=max(tries), unit="kg", side=side,
    )  # fmt: skip
