"""A healthy virtual person: drawn from how people differ, with one seed for all that is drawn."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import SIDES, Side
from ranvier.anatomy.course import course, muscle_course, sensory_course
from ranvier.body.body import ALONG, Body, Detour, MotorSupply, Person, SensorySupply
from ranvier.evidence import read_toml
from ranvier.evidence.value import number_in, numbers_of
from ranvier.muscle.pool import born, shape

Array = NDArray[np.float64]
MOST_SD = 2.3
LEAST_ROOT = 0.2
SENSORY_SAMPLE = 400
"""Axons that stand for all those of a sensory nerve."""


@cache
def people() -> dict[str, dict[str, float]]:
    """The numbers of `people.toml`."""
    return numbers_of(Path(__file__).with_name("people.toml"))


@cache
def recorded() -> dict[str, Any]:
    """The recorded muscles with their roots and unit numbers."""
    import ranvier.anatomy as anatomy

    return read_toml(Path(anatomy.__file__).with_name("recorded.toml"))


@cache
def sensory_table() -> dict[str, Any]:
    """The content of `sensory.toml`."""
    return read_toml(Path(__file__).with_name("sensory.toml"))


def stream(seed: int, *name: str) -> np.random.Generator:
    """Random numbers of their own for each part of a person, the same whatever else is drawn."""
    return np.random.default_rng([seed, crc32(" ".join(name).encode())])


def healthy(sex: str, age_years: float, height_cm: float, seed: int) -> Body:
    """A healthy person; raises ValueError for an impossible one.

    Axon diameters, unit counts and sizes, depths, terminal delays, variants of anatomy and skin temperatures
    are drawn as `people.toml` says.
    """
    person = Person(sex, age_years, height_cm)  # type: ignore[arg-type]
    if seed < 0:
        raise ValueError(f"seed must be 0 or more, not {seed}.")
    numbers = people()
    warm = numbers["temperature"]
    draw = stream(seed, "limbs")
    spread = numbers["between"]["skin"]
    skin = {
        limb: max(warm[limb] + spread * float(draw.standard_normal()), warm[f"{limb}_least"])
        for limb in ("arm", "leg")
    }
    return Body(
        person=person,
        seed=seed,
        motor={(side, muscle): supply(person, side, muscle, seed) for side in SIDES for muscle in recorded()},
        sensory={
            (side, name): sensory(person, side, name, seed) for side in SIDES for name in sensory_table()
        },
        core_c=warm["core"],
        skin_c=skin,
        cooling=tuple(warm[f"at_{share}"] for share in ALONG),
        muscle_cooling=warm["muscle"],
    )


def thickness(person: Person, side: Side, nerve: str, kind: str, seed: int) -> float:
    """Mean axon diameter of one nerve of this person, um."""
    numbers = people()
    leg = kind.endswith("leg")
    means = numbers["axons"]
    mean = means.get(nerve, means[kind]) if not kind.startswith("sensory") else means[kind]
    years = person.age_years - numbers["age"]["from_years"]
    change = numbers["age"]["diameter"] * years
    if leg:
        change += numbers["height"]["leg_diameter"] * (person.height_cm - numbers["height"]["from_cm"])
    own = numbers["between"]["diameter"] * stream(seed, "axons").standard_normal()
    of_nerve = numbers["between"]["nerve"] * stream(seed, side, nerve, "axons").standard_normal()
    return mean * (1 + change + own + of_nerve)


def axons(mean_um: float, spread: float, count: int, random: np.random.Generator) -> Array:
    """Diameters of the axons of a nerve, within the limits of `people.toml`."""
    limits = people()["axons"]
    shares = 1 + spread * random.standard_normal(count)
    drawn = mean_um * np.clip(shares, limits["least"], limits["most"])
    return np.clip(drawn, limits["thinnest"], limits["thickest"])


def supply(person: Person, side: Side, muscle: str, seed: int) -> MotorSupply:
    """One muscle with its units and axons."""
    random, numbers = stream(seed, side, muscle), people()
    way = muscle_course(muscle, person.height_cm)
    kind = "leg" if way.nerve in ("fibular", "tibial", "femoral") else "arm"
    mean = thickness(person, side, way.nerve, kind, seed)
    between = numbers["between"]
    count = unit_count(person, muscle, random)
    body, own = shape(muscle), between["own"]
    drawn = random.standard_normal() * own + stream(seed, "size").standard_normal() * np.sqrt(1 - own**2)
    fibres = body.fibres * share(body.fibres_between, drawn)
    pool = born(muscle, axons(mean, numbers["axons"][f"{kind}_spread"], count, random), float(fibres), random)
    later = 1 + body.terminal_between * float(np.clip(random.standard_normal(), -MOST_SD, MOST_SD))
    pool = replace(pool, terminal_ms=pool.terminal_ms * later)
    fat = between["fat"] * body.shallow * random.standard_normal()
    return MotorSupply(way.nerve, pool, way.length_mm, float(fat), detour(person, side, muscle, count, seed))


def share(spread: float, drawn: float) -> float:
    """What a person has of the mean when its square root is normal with this spread: never below nothing."""
    within = float(np.clip(drawn, -MOST_SD, MOST_SD))
    return max(1 + spread * within, LEAST_ROOT) ** 2 / (1 + spread**2)


def unit_count(person: Person, muscle: str, random: np.random.Generator) -> int:
    """How many motor units a muscle has at this age."""
    table, age = recorded()[muscle], people()["age"]
    mean, sd = number_in(table, "units", muscle), number_in(table, "units_sd", muscle)
    lost = age["units"] * max(person.age_years - age["units_from"], 0)
    return max(round((mean + sd * random.standard_normal()) * (1 + lost)), 20)


def detour(person: Person, side: Side, muscle: str, count: int, seed: int) -> Detour | None:
    """Axons that take another way: Martin-Gruber in the forearm, accessory fibular at the ankle."""
    if muscle in ("ADM", "FDI"):
        return martin_gruber(person, side, muscle, count, seed)
    if muscle == "EDB":
        return accessory_fibular(person, side, count, seed)
    return None


def martin_gruber(person: Person, side: Side, muscle: str, count: int, seed: int) -> Detour | None:
    """Axons of an ulnar muscle that run in the median nerve down to the forearm."""
    numbers, arm, own = (
        people()["martin_gruber"],
        stream(seed, side, "crossing"),
        stream(seed, side, muscle, "crossing"),
    )
    if arm.random() >= numbers["share"] or own.random() >= numbers[muscle]:
        return None
    way = course("ulnar", person.height_cm)
    elbow, wrist = way.at("below elbow"), way.at("wrist")
    members = own.random(count) < own.uniform(numbers["least"], numbers["most"])
    return Detour("median", 0.0, elbow + numbers["at"] * (wrist - elbow), members)


def accessory_fibular(person: Person, side: Side, count: int, seed: int) -> Detour | None:
    """Axons of EDB that pass behind the lateral malleolus, where the ankle stimulus misses them."""
    numbers, own = people()["accessory_fibular"], stream(seed, side, "accessory fibular")
    if own.random() >= numbers["share"]:
        return None
    way = course("fibular", person.height_cm)
    members = own.random(count) < own.uniform(numbers["least"], numbers["most"])
    return Detour("accessory fibular", way.at("below fibular head") + 1, 10 * person.height_cm, members)


def sensory(person: Person, side: Side, name: str, seed: int) -> SensorySupply:
    """The axons of one sensory study."""
    random, numbers = stream(seed, side, "sensory", name), people()
    way, table = sensory_course(name, person.height_cm), sensory_table()[name]
    kind = "sensory_leg" if way.nerve in ("fibular", "tibial", "femoral") else "sensory_arm"
    mean = thickness(person, side, way.nerve, kind, seed)
    between, years = numbers["between"], person.age_years - numbers["age"]["from_years"]
    spread = number_in(table, "axons_between", name)
    wanted = number_in(table, "axons", name) * share(spread, random.standard_normal())
    years_on = np.exp(numbers["age"]["sensory_count"] * years)
    return SensorySupply(
        nerve=way.nerve,
        diameter_um=axons(mean, numbers["axons"]["sensory_spread"], SENSORY_SAMPLE, random),
        weight=float(wanted * years_on / SENSORY_SAMPLE),
        depth_mm=number_in(table, "depth", name)
        * float(np.exp(between["sensory_depth"] * random.standard_normal())),
        spacing_mm=number_in(table, "spacing", name),
        stimulus_mm=way.stimulus_mm,
        recording_mm=way.recording_mm,
    )
