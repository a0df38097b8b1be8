"""A virtual person with few motor units and sensory axons, so that every nerve can be ill in a quick test."""

from dataclasses import replace
from functools import cache

import numpy as np
from nerves import picked

from ranvier.body import Body, MotorSupply, healthy
from ranvier.nerve.bundle import Focus

UNITS = 12


@cache
def person(units: int = UNITS) -> Body:
    """A healthy woman with this many units in each muscle and axons in each sensory nerve."""
    body = healthy("female", 46, 168, 11)
    motor = {name: fewer(supply, units) for name, supply in body.motor.items()}
    sensory = {
        name: replace(supply, diameter_um=supply.diameter_um[:units]) for name, supply in body.sensory.items()
    }
    return replace(body, motor=motor, sensory=sensory)


def fewer(supply: MotorSupply, units: int) -> MotorSupply:
    own = np.linspace(0, len(supply.pool) - 1, units).astype(int)
    return replace(supply, pool=picked(supply.pool, own), detour=None)


def share_of(count: int, share: float):
    """The first part of the axons, as a mask."""
    return np.arange(count) < round(share * count)


def blocked(body: Body, side: str, muscles, place_mm: float, share: float = 1.0) -> Body:
    """Conduction block of some axons of some muscles at a place."""
    motor = dict(body.motor)
    for muscle in muscles:
        supply = motor[side, muscle]
        hit = share_of(len(supply.pool), share)[:, None]
        motor[side, muscle] = supply.ill((Focus("na", 0.0, place_mm, 12),), hit)
    return replace(body, motor=motor)


def lost(body: Body, names, share: float = 1.0, orphaned: float = 0.0) -> Body:
    """The same person after units of these muscles have died; `orphaned` of their fibres are still there."""
    motor = dict(body.motor)
    for name in names:
        pool = motor[name].pool
        fibres = np.where(share_of(len(pool), share), 0.0, pool.fibres)
        changed = replace(pool, fibres=fibres, born_fibres=pool.at_birth, orphaned=orphaned)
        motor[name] = replace(motor[name], pool=changed)
    return replace(body, motor=motor)


def felt_less(body: Body, name, *foci: Focus, share: float = 1.0) -> Body:
    """Lesions of some axons of one sensory nerve."""
    supply = body.sensory[name]
    hit = np.tile(share_of(len(supply.diameter_um), share)[:, None], len(foci))
    return replace(body, sensory={**body.sensory, name: replace(supply, foci=foci, affected=hit)})
