"""Strength at the bedside: MRC grades by hand, and grip by dynamometer."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from ranvier.anatomy import SIDES, Side, UnknownNameError
from ranvier.anatomy.muscles import movement
from ranvier.body import Body
from ranvier.body.condition import region
from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import number_in
from ranvier.exam.voluntary import AS_FAR_AS, Effort
from ranvier.muscle.strength import mrc
from ranvier.patient.entries import Scale, Strength

MDC_OF_SD = 1.96 * np.sqrt(2)
NAMES = {"grip": "grip", "pinch": "key pinch"}
"""The dynamometers and what they measure."""


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


@cache
def limb(name: str) -> str:
    """Whether a movement is one of the 'arm' or the 'leg'; raises UnknownNameError."""
    muscle, _, _ = next(iter(weights("movement", movement(name)))).partition(AS_FAR_AS)
    return "arm" if region(muscle) == "cervical" else "leg"


def movement_share(body: Body, side: Side, name: str) -> float:
    """The force of a movement as a share of what it was when healthy; raises UnknownNameError."""
    return moved(Effort(body), side, name)


def moved(effort: Effort, side: Side, name: str) -> float:
    """That share in an effort whose ways may be known already; raises UnknownNameError."""
    known = movement(name)
    if known not in movements():
        raise UnknownNameError("movement of a virtual person", name, list(movements()))
    return together(effort, side, weights("movement", known))


def together(effort: Effort, side: Side, parts: Mapping[str, float]) -> float:
    """The force of several parts, each with its weight."""
    return sum(weight * effort.share(side, part) for part, weight in parts.items())


def strength(
    body: Body, names: Sequence[str], seed: int, sides: Sequence[Side] = SIDES
) -> tuple[Strength, ...]:
    """MRC grades of some movements on both sides, as one examiner gives them in one session."""
    return grades(Effort(body), names, seed, sides)


def grades(
    effort: Effort, names: Sequence[str], seed: int, sides: Sequence[Side] = SIDES
) -> tuple[Strength, ...]:
    """The same in an effort whose ways may be known already."""
    return tuple(felt(effort, side, movement(name), seed) for name in names for side in sides)


def graded(body: Body, side: Side, name: str, seed: int) -> Strength:
    """One grade as the examiner gives it."""
    return felt(Effort(body), side, name, seed)


def felt(effort: Effort, side: Side, name: str, seed: int) -> Strength:
    """One grade; the examiner's hand errs by a part of it, and what seems a little weak is tried again."""
    random, share = stream(effort.body, seed, side, name), moved(effort, side, name)
    rater = weights("rater")
    grade = mrc(share, float(rater["slip"] * random.standard_normal()))
    if grade == rater["again"]:
        grade = max(grade, mrc(share, float(rater["slip"] * random.standard_normal())))
    return Strength(name, side, grade)


def stream(body: Body, seed: int, *name: str) -> np.random.Generator:
    """Random numbers of their own for each part of an examination."""
    return np.random.default_rng([body.seed, seed, crc32(" ".join(name).encode())])


def grip_share(body: Body, side: Side) -> float:
    """Grip as a share of what it was when healthy."""
    return gripped(Effort(body), side)


def gripped(effort: Effort, side: Side) -> float:
    """Small muscles of the hand and flexors of the forearm press; the extensors hold the wrist."""
    pressing = sum(together(effort, side, weights("grip", name)) for name in ("hand", "forearm"))
    lost = (weight * (1 - effort.share(side, part)) for part, weight in weights("grip", "wrist").items())
    return pressing * (1 - sum(lost))


def pinched(effort: Effort, side: Side) -> float:
    """Key pinch as a share of the healthy: the thumb's adductor and the first interosseous press."""
    return together(effort, side, weights("pinch", "hand"))


def healthy_grip_kg(body: Body, side: Side) -> float:
    """What this hand would press when healthy."""
    return healthy_kg(body, side, "grip")


def healthy_kg(body: Body, side: Side, device: str) -> float:
    """A healthy hand on a dynamometer ('grip', 'pinch'): the norm for age and sex, and the person's own."""
    norm, spread = weights(device, body.person.sex), weights(device, "spread")
    mean = float(np.interp(body.person.age_years, [float(age) for age in norm], list(norm.values())))
    own, hand = (
        np.random.default_rng([body.seed, crc32(name.encode())]).standard_normal()
        for name in (device, f"{device} {side}")
    )
    return mean * max(1 + float(spread["people"] * own + spread["sides"] * hand), 0.0)


def grip_kg(body: Body, side: Side, seed: int) -> tuple[float, ...]:
    """The tries of one session on the grip dynamometer, kg."""
    return tries_kg(body, side, "grip", grip_share(body, side), seed)


def tries_kg(body: Body, side: Side, device: str, share: float, seed: int) -> tuple[float, ...]:
    """The tries of one session, kg: sessions differ, and each try falls a little short."""
    spread, random = weights(device, "spread"), stream(body, seed, side, device)
    session = 1 + spread["change"] / MDC_OF_SD * random.standard_normal()
    best = healthy_kg(body, side, device) * share * max(session, 0.0)
    short = np.abs(spread["short"] * random.standard_normal(int(spread["tries"])))
    return tuple(round(float(best * (1 - each)), 1) for each in short)


def grip(body: Body, side: Side, seed: int, when: str = "unknown") -> Scale:
    """Grip of one hand, the best of the tries, as an entry of the record."""
    return reading(Effort(body), side, "grip", seed, when)


def reading(effort: Effort, side: Side, device: str, seed: int, when: str = "unknown") -> Scale:
    """Grip or key pinch of one hand, the best of the tries, as an entry of the record."""
    share = gripped(effort, side) if device == "grip" else pinched(effort, side)
    tries = tries_kg(effort.body, side, device, share, seed)
    told = "tries " + ", ".join(f"{each:g}" for each in tries)
    return Scale(
        when=when, origin="simulated", source="simulated examination", remark=told,
        name=NAMES[device], score=max(tries), unit="kg", side=side,
    )  # fmt: skip
