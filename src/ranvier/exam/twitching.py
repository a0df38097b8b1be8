"""Fasciculations and cramps, from how often the units of a body twitch by themselves."""

import numpy as np

from ranvier.anatomy import Side
from ranvier.body import Body
from ranvier.body.condition import Condition
from ranvier.body.healthy import stream as born_with
from ranvier.exam.signs import numbers
from ranvier.exam.strength import stream
from ranvier.exam.voluntary import muscle_supply


def twitches_per_min(body: Body, condition: Condition, side: Side, muscle: str) -> float:
    """How often the units of a muscle that still move fibres twitch; raises UnknownNameError, ValueError."""
    pool = muscle_supply(body, side, muscle).pool
    rate = np.asarray(condition.fasciculation_per_min.get((side, muscle), 0.0), float)
    if rate.ndim and len(rate) != len(pool):
        what = f"condition: fasciculation_per_min of {side} {muscle}"
        raise ValueError(f"{what} must have {len(pool)} units, not {len(rate)}.")
    return float(np.sum(np.where(pool.fibres > 0, rate, 0.0)))


def load_per_min(body: Body, condition: Condition) -> float:
    """Twitches of all muscles."""
    return sum(twitches_per_min(body, condition, *name) for name in condition.fasciculation_per_min)


def fasciculating(body: Body, condition: Condition, seed: int) -> tuple[tuple[Side, str], ...]:
    """The muscles in which an examiner who looks for so long sees one twitch or more (Poisson)."""
    rule = numbers()["fasciculation"]
    waited = rule["looking"] * rule["seen"]
    return tuple(
        name
        for name in condition.fasciculation_per_min
        if happens(
            waited * twitches_per_min(body, condition, *name),
            stream(body, seed, *name, "looking").random(),
        )
    )


def noticed(body: Body, condition: Condition, seed: int) -> bool:
    """Whether the person has seen a muscle twitch since the last visit."""
    rule = numbers()["fasciculation"]
    drawn = stream(body, seed, "twitches noticed").random()
    return happens(rule["noticed"] * rule["seen"] * load_per_min(body, condition), drawn)


def cramps(body: Body, condition: Condition) -> bool:
    """Whether the person reports cramps: motor axons that fire by themselves also fire in trains.

    Who gets them is settled with the person, so that they do not come and go between visits.
    """
    expected = load_per_min(body, condition) / numbers()["fasciculation"]["cramp_load"]
    return happens(expected, born_with(body.seed, "cramps").random())


def happens(expected: float, drawn: float) -> bool:
    """Whether something expected so often happens at all, for a number drawn between 0 and 1."""
    return bool(drawn < -np.expm1(-expected))
