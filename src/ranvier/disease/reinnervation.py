"""Muscle fibres that lost their nerve: neighbours take them over, axons that grow back too, the rest waste.

Both go on at once: of O orphans, O / T a year are taken over, as far as the units have room (a unit holds at
most so many times what it was born with) and in proportion to that room, and O / W a year are lost for good.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ranvier.disease.axons import DAYS, Exposure, Fate, numbers
from ranvier.muscle.pool import MotorPool

Array = NDArray[np.float64]
SLIGHT = 1e-9


@dataclass(frozen=True, eq=False)
class Muscle:
    """Fibres of each unit now, and how many are there without a nerve."""

    fibres: Array
    orphans: float


def cared_for(
    muscle: Muscle, born: Array, fate: Fate, exposure: Exposure, begin: float, end: float
) -> Muscle:
    """The muscle one step on."""
    gone = fate.gone(end, exposure)
    if not gone.any() and muscle.orphans <= 0 and not np.any(fate.back <= end):
        return muscle
    left = np.where(gone, 0.0, muscle.fibres)
    orphans = muscle.orphans + float(muscle.fibres.sum() - left.sum())
    returned = (fate.back <= end) & (left <= 0)
    wanted = np.where(returned, born, 0.0)
    given = wanted * min(1.0, orphans / max(float(wanted.sum()), SLIGHT))
    left, orphans = left + given, orphans - float(given.sum())
    sprouts = np.where(fate.cut(end), 0.0, np.maximum(numbers()["sprouting"]["most"] * born - left, 0.0))
    room = float(sprouts.sum())
    taken, kept = shared(orphans, room, end - begin)
    return Muscle(left + taken * sprouts / max(room, SLIGHT), kept)


def shared(orphans: float, room: float, years: float) -> tuple[float, float]:
    """How many orphans are taken over in a time, and how many are still there."""
    take, waste = 1 / numbers()["sprouting"]["years"], 1 / numbers()["wasting"]["years"]
    gone = -np.expm1(-(take + waste) * years)
    taken = orphans * gone * take / (take + waste)
    if taken <= room:
        return float(taken), float(orphans * (1 - gone))
    return room, float((orphans - room) * np.exp(-waste * years))


def pool_now(pool: MotorPool, muscle: Muscle, bulk: float = 1.0) -> MotorPool:
    """The pool with the fibres it has now; units that took over others' are wider and less exact.

    `bulk`: the share of every unit's fibres that a disease of the muscle itself has left.
    """
    rule, born = numbers()["sprouting"], pool.at_birth
    fibres = muscle.fibres * bulk
    missing = float(born.sum() - fibres.sum())
    adopted = np.maximum(muscle.fibres / np.maximum(born, SLIGHT) - 1, 0.0)
    return replace(
        pool,
        fibres=fibres,
        born_fibres=born,
        orphaned=min(muscle.orphans * bulk / missing, 1.0) if missing > SLIGHT else 1.0,
        scatter_mm=pool.scatter_mm * (1 + rule["scatter"] * adopted),
        jitter_ms=pool.jitter_ms * (1 + rule["jitter"] * adopted),
    )


def stump_years(kind: str, count: int, random: np.random.Generator) -> Array:
    """How long each distal stump still answers a stimulus, years; `kind` is motor or sensory."""
    rule = numbers()["degeneration"]
    return random.uniform(rule[f"{kind}_first"], rule[f"{kind}_last"], count) / DAYS
