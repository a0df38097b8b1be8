"""A virtual person with one thin muscle nerve, for tests that need lesions of known axons."""

from dataclasses import fields, replace
from functools import cache

import numpy as np

from ranvier.anatomy.course import course
from ranvier.body import Body, MotorSupply, healthy
from ranvier.exam.motor import Recording
from ranvier.exam.session import Session
from ranvier.muscle.pool import MotorPool
from ranvier.nerve.bundle import Focus

HEIGHT = 178


@cache
def person(units: int = 60) -> Body:
    """A healthy man whose right ADM has fewer units, so that tests are quick; no crossing fibres."""
    body = healthy("male", 45, HEIGHT, 7)
    supply = replace(body.motor["right", "ADM"], detour=None)
    few = np.linspace(0, len(supply.pool) - 1, units).astype(int)
    return with_supply(body, replace(supply, pool=picked(supply.pool, few)))


def picked(pool: MotorPool, units) -> MotorPool:
    """Some units of a pool."""
    parts = {each.name: getattr(pool, each.name) for each in fields(pool)}
    return MotorPool(
        **{name: part[units] if isinstance(part, np.ndarray) else part for name, part in parts.items()}
    )


def with_supply(body: Body, supply: MotorSupply) -> Body:
    return replace(body, motor={**body.motor, ("right", "ADM"): supply})


def ill(foci: tuple[Focus, ...], affected=None, units: int = 60) -> Body:
    """That man with lesions of some axons (all of them if not said)."""
    body = person(units)
    supply = body.motor["right", "ADM"]
    own = np.ones((len(supply.pool), len(foci)), bool) if affected is None else np.asarray(affected)
    return with_supply(body, supply.ill(foci, own))


def recording(body: Body, quiet: bool = True, seed: int = 0) -> Recording:
    return Recording.of(Session(body, seed, quiet), "right", "ulnar", "ADM")


def place(site: str) -> float:
    return course("ulnar", HEIGHT).at(site)


def between(first: str, second: str) -> float:
    return (place(first) + place(second)) / 2
