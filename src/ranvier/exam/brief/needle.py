"""Needle EMG without traces: which units lie by the needle, and what the blind analysis would say of them.

A needle at a random place meets a unit with the chance that it lies in the unit's territory or within reach
of it. What a potential looks like follows from how densely the unit's fibres stand, and how many of them it
took over; the numbers of `needle.toml` hold these relations, fitted on the full examination with traces
(`exam.needle`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side
from ranvier.body import Body
from ranvier.evidence.value import numbers_of
from ranvier.exam.needle import Pattern
from ranvier.exam.needle import numbers as full
from ranvier.exam.session import Session
from ranvier.exam.voluntary import muscle_supply, reached
from ranvier.findings.measure.rows import rounded
from ranvier.muscle.drive import rates_hz, recruitment
from ranvier.muscle.fibres import numbers as tissue
from ranvier.muscle.pool import MotorPool, shape
from ranvier.muscle.strength import excitation_for
from ranvier.patient.entries import NeedleEMG, NeedleFinding

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
STEPS = 12
"""Halvings in which the weak effort is found."""
SLIGHT = 1e-9


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `needle.toml`."""
    return numbers_of(Path(__file__).with_name("needle.toml"))


@dataclass(frozen=True, eq=False)
class Probed:
    """A muscle with a needle in it, told without traces.

    `able`: whose impulses come down from the cord. `fasciculation_per_min`: of each unit.
    """

    pool: MotorPool
    able: Mask
    fasciculation_per_min: float | Array
    random: np.random.Generator

    @cached_property
    def per_unit(self) -> float:
        """Muscle fibres that one fibre of the pool's own count stands for."""
        return tissue("innervation")[self.pool.muscle] / shape(self.pool.muscle).fibres

    @cached_property
    def area_mm2(self) -> float:
        """The cross-section of the muscle."""
        return self.per_unit * float(self.pool.at_birth.sum()) / tissue("layout")["packing"]

    @cached_property
    def territory_mm2(self) -> Array:
        """The area over which the fibres of each unit are scattered."""
        layout = tissue("layout")
        widest = 2 * np.sqrt(self.per_unit * self.pool.at_birth / (np.pi * layout["density"]))
        return np.pi / 4 * np.clip(widest, layout["narrowest"], layout["widest"]) ** 2

    @cached_property
    def density(self) -> Array:
        """Fibres of each unit per mm2 of its territory, against what is usual."""
        return self.per_unit * self.pool.fibres / self.territory_mm2 / tissue("layout")["density"]

    def meets(self, reach_mm: float) -> Array:
        """The chance that one insertion lies within reach of each unit's territory."""
        radius = np.sqrt(self.territory_mm2 / np.pi) + reach_mm
        return np.where(self.pool.fibres > 0, np.minimum(np.pi * radius**2 / self.area_mm2, 1.0), 0.0)

    def firing_hz(self, effort: float) -> Array:
        """How fast each unit is seen to fire at a share of the healthy force; 0: not at all."""
        most = recruitment().most
        excitation = most if effort >= 1 else excitation_for(self.pool, self.able, effort, STEPS)
        return np.where(self.able & (self.pool.fibres > 0), rates_hz(self.pool, excitation), 0.0)

    def insertions(self, rate_hz: Array, reach_mm: float, sites: int) -> Mask:
        """Which firing units the needle meets at each insertion (sites, units)."""
        chance = np.where(rate_hz > 0, self.meets(reach_mm), 0.0)
        return self.random.random((sites, len(chance))) < chance


def potentials(muscle: Probed) -> dict[str, float | int | None]:
    """Count, mean size, length, shape and rate of the potentials at weak effort."""
    rule, protocol = numbers()["potential"], full("protocol")
    rate = muscle.firing_hz(protocol["weak"])
    near = muscle.insertions(rate, rule["reach"], int(protocol["sites"]))
    told_apart = 1 / (1 + near.sum(axis=1, keepdims=True) / rule["crowd"])
    seen = np.nonzero(near & (muscle.random.random(near.shape) < told_apart))[1]
    if not len(seen):
        return {"potentials": 0}
    return {
        "potentials": len(seen),
        "amplitude_mv": rounded(float(amplitudes_mv(muscle, seen).mean())),
        "duration_ms": round(float(durations_ms(muscle, seen).mean()), 1),
        "polyphasic_percent": round(100 * float(polyphasic(muscle, seen).mean()), 1),
        "firing_rate_hz": round(float(rate[seen].mean()), 1),
    }


def amplitudes_mv(muscle: Probed, seen: NDArray[np.int64]) -> Array:
    """a = a0 density^k exp(s z): the nearest fibres decide, and they are nearer where they stand denser."""
    rule = numbers()["amplitude"]
    drawn = rule["spread"] * muscle.random.standard_normal(len(seen))
    found = rule["usual"] * muscle.density[seen] ** rule["power"] * np.exp(drawn)
    return np.maximum(found, rule["least"])


def durations_ms(muscle: Probed, seen: NDArray[np.int64]) -> Array:
    """d = d0 + a scatter + b (fibres taken over per own fibre) + c log density, and a normal error."""
    rule = numbers()["duration"]
    drawn = rule["spread"] * muscle.random.standard_normal(len(seen))
    dense = rule["density"] * np.log(np.maximum(muscle.density[seen], SLIGHT))
    found = rule["usual"] + rule["scatter"] * shape(muscle.pool.muscle).endplates + dense + drawn
    return np.maximum(found + rule["adopted"] * adopted(muscle.pool)[seen], rule["least"])


def polyphasic(muscle: Probed, seen: NDArray[np.int64]) -> Mask:
    """More than four phases: more often, the larger the share of fibres that were taken over."""
    rule, more = numbers()["polyphasic"], adopted(muscle.pool)[seen]
    chance = rule["scatter"] * shape(muscle.pool.muscle).endplates + rule["adopted"] * more / (1 + more)
    return muscle.random.random(len(seen)) < np.clip(chance, 0.0, 1.0)


def adopted(pool: MotorPool) -> Array:
    """How many fibres each unit took over for each that it was born with."""
    return np.maximum(pool.fibres / np.maximum(pool.at_birth, SLIGHT) - 1, 0.0)


def pattern(muscle: Probed, potentials: int) -> Pattern:
    """The strongest effort at one place: turns rise with the discharges near the needle, up to a most."""
    rule, rate = numbers()["turns"], muscle.firing_hz(1.0)
    (near,) = muscle.insertions(rate, rule["reach"], 1)
    per_s = float(rate[near].sum())
    error = np.exp(rule["spread"] * muscle.random.standard_normal())
    if rule["most"] * per_s / (per_s + rule["half"]) * error >= full("recruitment")["reduced"]:
        return "full"
    if near.sum() == 1:
        return "single unit"
    return "reduced" if near.any() or potentials else "none"


def at_rest(muscle: Probed) -> dict[str, bool]:
    """Whether fibres without a nerve, injured ones and whole units fire by themselves at any place."""
    rule, protocol = numbers()["rest"], full("protocol")
    per_mm2 = muscle.per_unit * muscle.pool.orphans * tissue("fibrillation")["active"] / muscle.area_mm2

    def alone(kind: str) -> float:
        return rule[f"{kind}_found"] * -np.expm1(-np.pi * rule[f"{kind}_reach"] ** 2 * per_mm2)

    per_s = muscle.fasciculation_per_min * muscle.meets(rule["fasciculation_reach"]) / 60
    missed = (1 - rule["mistaken"]) * np.exp(-protocol["rest_lasts"] * float(np.sum(per_s)))
    chances = {
        "fibrillations": alone("fibrillation"),
        "positive_sharp_waves": alone("sharp"),
        "fasciculations": 1 - missed,
    }
    places = muscle.random.random((int(protocol["rest_sites"]), len(chances)))
    return {name: bool((places[:, n] < chance).any()) for n, (name, chance) in enumerate(chances.items())}


def brief_finding(muscle: Probed, side: Side) -> NeedleFinding:
    """What the blind analysis would say of one muscle."""
    found = potentials(muscle)
    seen = pattern(muscle, int(found["potentials"] or 0))
    return NeedleFinding(muscle=muscle.pool.muscle, side=side, recruitment=seen, **found, **at_rest(muscle))  # type: ignore[arg-type]


def brief_needle(
    body: Body,
    muscles: Sequence[tuple[Side, str]],
    seed: int,
    when: str = "unknown",
    fasciculation_per_min: Mapping[tuple[Side, str], float | Array] | None = None,
) -> NeedleEMG:
    """Needle EMG of some muscles as an entry of the record, from the state of their units alone.

    `fasciculation_per_min`: how often each unit of a muscle twitches by itself. Turns stay unknown. Raises
    UnknownNameError.
    """
    twitching, session = fasciculation_per_min or {}, Session(body, seed)
    rows: list[NeedleFinding] = []
    for side, name in muscles:
        supply = muscle_supply(body, side, name)
        own = session.random("brief needle", side, name)
        each = Probed(supply.pool, reached(body, supply), twitching.get((side, name), 0.0), own)
        rows.append(brief_finding(each, side))
    return NeedleEMG(when=when, origin="simulated", source="simulated examination", muscles=tuple(rows))
