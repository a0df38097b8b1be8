"""The body of a person at a stage of the illness: lesions, lost axons, muscles and what is found besides."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from math import exp
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import REGIONS, Side
from ranvier.body import Body, MotorSupply, SensorySupply
from ranvier.body.body import OLDEST
from ranvier.body.condition import Condition, region
from ranvier.body.healthy import stream
from ranvier.disease.axons import CUT, Exposure, Fate
from ranvier.disease.exposed import Key
from ranvier.disease.illness import Illness, Stage
from ranvier.disease.reinnervation import pool_now
from ranvier.disease.wasting import bulk
from ranvier.evidence.value import numbers_of
from ranvier.muscle.pool import MotorPool
from ranvier.nerve.bundle import Focus
from ranvier.nerve.response import surface
from ranvier.nerve.transit import Warmth

Array = NDArray[np.float64]
SLIGHT, DIGITS = 0.02, 2
"""Severities below the first are left out; all are rounded, so that what is computed once serves again."""
SHORT_MM = 1.0


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `fasciculation.toml`."""
    return numbers_of(Path(__file__).with_name("fasciculation.toml"))


def body_at(illness: Illness, stage: Stage) -> Body:
    """The body as it is now, with the person's age."""
    healthy, who = illness.healthy, illness.healthy.person
    age = min(who.age_years + max(stage.years, 0.0), OLDEST)
    return replace(
        healthy,
        person=replace(who, age_years=age),
        motor={key: ill_motor(illness, stage, key, supply) for key, supply in healthy.motor.items()},
        sensory={key: ill_sensory(illness, stage, key, supply) for key, supply in healthy.sensory.items()},
    )


def ill_motor(illness: Illness, stage: Stage, key: Key, supply: MotorSupply) -> MotorSupply:
    """A muscle's axons and units as they are now, and the share of effort that the brain sends."""
    fate, wasting = stage.motor[key], illness.disease.wasting
    foci, degree = lesions(illness.motor[key], fate, stage.years, fate.cut_mm)
    left = bulk(wasting, *key, stage.years, illness.seed) if wasting else 1.0
    pool = pool_now(supply.pool, stage.muscles[key], left)
    drive = illness.disease.beside.effort
    if illness.decline:
        drive *= 1 - illness.decline.upper_lost(region(key[1]), stage.years)
    return replace(supply, pool=slowed(illness, key, pool), foci=foci, affected=degree, drive=drive)


def slowed(illness: Illness, key: Key, pool: MotorPool) -> MotorPool:
    """A pool with the last stretch of its nerve slowed, where the disease does that."""
    rule = illness.disease.beside
    if rule.terminal_factor == 1.0:
        return pool
    own = stream(illness.seed, *key, "terminal").standard_normal()
    factor = max(1.0, rule.terminal_factor * exp(rule.terminal_between * own))
    return replace(pool, terminal_ms=pool.terminal_ms * factor)


def ill_sensory(illness: Illness, stage: Stage, key: Key, supply: SensorySupply) -> SensorySupply:
    """The axons of a sensory nerve now; those without a living stump end short of the electrode."""
    exposure, fate = illness.sensory[key], stage.sensory[key]
    ends = np.where(fate.gone(stage.years, exposure), supply.recording_mm - SHORT_MM, fate.cut_mm)
    foci, degree = lesions(exposure, fate, stage.years, ends)
    return replace(supply, foci=foci, affected=degree)


def lesions(exposure: Exposure, fate: Fate, years: float, cut_mm: Array) -> tuple[tuple[Focus, ...], Array]:
    """Foci and the degree to which each axon has each (N, F): injuries that are felt, and cuts by place."""
    degree = np.round(exposure.severities(years), DIGITS)
    degree[degree < SLIGHT] = 0.0
    felt = np.flatnonzero(degree.any(axis=0))
    cut = fate.cut(years)
    places = np.unique(cut_mm[cut])
    foci = [focus(exposure, int(n)) for n in felt] + [Focus(CUT, 1.0, float(mm), 1) for mm in places]
    severed = (cut[:, None] & (cut_mm[:, None] == places[None, :])).astype(float)
    return tuple(foci), np.concatenate([degree[:, felt], severed], axis=1)


def focus(exposure: Exposure, n: int) -> Focus:
    """An attack as a lesion of the nerve; each axon has its own degree of it."""
    attack = exposure.attacks[n]
    return Focus(attack.injury, 1.0, attack.place.mm, attack.nodes)


def condition_at(illness: Illness, stage: Stage, body: Body) -> Condition:
    """What is found besides nerve and muscle at a stage."""
    beside, random, own = illness.disease.beside, stream(illness.seed, "beside"), illness.decline
    pain, cranial, family, infection, systemic = (float(x) for x in random.random(5))
    return Condition(
        upper_motor_neuron={name: own.upper_lost(name, stage.years) for name in REGIONS} if own else {},
        bulbar=own.lost("bulbar", stage.years) if own else 0.0,
        cranial=cranial < beside.cranial,
        pain=pain < beside.pain,
        family_history=family < beside.family,
        preceding_infection=infection < beside.infection,
        systemic=systemic < beside.systemic,
        fasciculation_per_min=twitching(illness, stage, body),
    )


def twitching(illness: Illness, stage: Stage, body: Body) -> Mapping[tuple[Side, str], Array]:
    """How often each unit discharges: from depolarised nodes, dying neurons, or benignly."""
    found: dict[tuple[Side, str], Array] = {}
    for key, supply in body.motor.items():
        rate = from_lesions(supply, body.warmth(supply.nerve)) + benign(illness, key)
        if illness.decline:
            dying = illness.decline.dying(*key, illness.roots[key], stage.years)
            rate = rate + illness.decline.rule.fasciculation_per_min * dying
        alive = ~stage.motor[key].gone(stage.years, illness.motor[key])
        if (rate * alive).any():
            found[key] = rate * alive
    return found


def benign(illness: Illness, key: Key) -> float:
    """How often each unit twitches, per minute, in a muscle of a person whose muscles do so benignly."""
    rule = numbers()["benign"]
    if stream(illness.seed, "twitches").random() >= illness.disease.beside.twitches:
        return 0.0
    return rule["per_min"] * bool(stream(illness.seed, "twitches", *key).random() < rule["muscles"])


def from_lesions(supply: MotorSupply, warmth: Warmth) -> Array:
    """Discharges per minute of each axon from the resting potential of its lesions."""
    rule, rate = numbers()["axon"], np.zeros(len(supply.pool))
    for n, each in enumerate(supply.foci):
        if each.severs:
            continue
        warm = float(warmth.at(np.array(each.centre_mm)))
        degree = supply.affected[:, n]
        shift = surface().shift_mv(each.quality, degree, each.count, warm, supply.pool.diameter_um)
        rate += rule["per_min_per_mv"] * np.maximum(shift - rule["above_mv"], 0.0)
    return rate
