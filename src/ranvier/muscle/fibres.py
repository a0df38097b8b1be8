"""The muscle fibres of a pool, one by one in a cross-section of the muscle: what a needle comes to lie among.

A unit's fibres are scattered evenly over its territory, a disc about the unit's own place. Fibres it took
over lie beside its own (grouping), are thinner and are reached later. Fibres that no unit moves stay where
they were born.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.evidence.value import numbers_of
from ranvier.muscle.pool import MotorPool, shape
from ranvier.muscle.volume import source

Array = NDArray[np.float64]
Places = NDArray[np.int64]

NOBODY = -1
COLUMNS = ("unit", "across_mm", "depth_mm", "diameter_um", "endplate_mm", "late_ms", "speed")
THINNEST, THICKEST = 0.3, 2.0
"""Limits of a fibre's diameter as shares of the mean."""


@cache
def numbers(part: str) -> dict[str, float]:
    """The numbers of one part of `needle.toml`."""
    return numbers_of(Path(__file__).with_name("needle.toml"))[part]


@dataclass(frozen=True, eq=False)
class MuscleFibres:
    """One entry per muscle fibre: whose it is (NOBODY: no nerve), where it lies, how it is reached.

    `across_mm` and `depth_mm` lie in the cross-section, `endplate_mm` along the muscle. `late_ms`: how much
    later than the unit's mean the impulse comes to its end-plate. `speed`: of the unit's fibres against the
    ordinary. `width_mm`: of the muscle.
    """

    unit: Places
    across_mm: Array
    depth_mm: Array
    diameter_um: Array
    endplate_mm: Array
    late_ms: Array
    speed: Array
    width_mm: float

    def __len__(self) -> int:
        return len(self.unit)

    def only(self, which: NDArray[np.bool_] | Places) -> "MuscleFibres":
        """Some of the fibres."""
        return replace(self, **{name: getattr(self, name)[which] for name in COLUMNS})


def muscle_fibres(pool: MotorPool, random: np.random.Generator) -> MuscleFibres:
    """All fibres of a muscle. What a unit was born with is the same whatever it lost or took over since."""
    real = numbers("innervation")[pool.muscle] / shape(pool.muscle).fibres
    wholes = random.random(len(pool))
    counts = np.floor(pool.at_birth * real + wholes).astype(np.int64)
    native = born_fibres(pool, counts, random)
    rank = np.arange(len(native)) - np.repeat(np.cumsum(counts) - counts, counts)
    kept = rank < np.floor(np.minimum(pool.fibres, pool.at_birth) * real + wholes)[native.unit]
    taken = np.floor(np.maximum(pool.fibres - pool.at_birth, 0) * real + wholes).astype(np.int64)
    left = orphans(native, np.flatnonzero(~kept), round(pool.orphans * real), random)
    return joined(native.only(kept), adopted(pool, native.only(kept), taken, random), left)


def born_fibres(pool: MotorPool, counts: Places, random: np.random.Generator) -> MuscleFibres:
    """The fibres with which each unit was born, within the muscle."""
    layout, body = numbers("layout"), shape(pool.muscle)
    width = float(counts.sum() / layout["packing"] / (body.deep - body.shallow))
    middle = random.uniform(0, width, len(pool))
    unit = np.repeat(np.arange(len(pool)), counts)
    widest = 2 * np.sqrt(counts / (np.pi * layout["density"]))
    radius = np.clip(widest, layout["narrowest"], layout["widest"]) / 2
    away = radius[unit] * np.sqrt(random.random(len(unit)))
    turn = random.uniform(0, 2 * np.pi, len(unit))
    return MuscleFibres(
        unit,
        folded(middle[unit] + away * np.cos(turn), 0, width),
        folded(pool.depth_mm[unit] + away * np.sin(turn), body.shallow, body.deep),
        diameters(len(unit), 1.0, layout["diameter_spread"], random),
        endplates(pool, unit, random),
        pool.jitter_ms[unit] * random.standard_normal(len(unit)),
        pool.speed[unit],
        width,
    )


def adopted(pool: MotorPool, own: MuscleFibres, taken: Places, random: np.random.Generator) -> MuscleFibres:
    """Fibres that units took over, each beside a fibre of its unit; a unit without fibres takes none over."""
    rule, body = numbers("adopted"), shape(pool.muscle)
    have = np.bincount(own.unit, minlength=len(pool))
    unit = np.repeat(np.arange(len(pool)), np.where(have > 0, taken, 0))
    beside = (np.cumsum(have) - have)[unit] + (random.random(len(unit)) * have[unit]).astype(np.int64)
    apart = rule["beside"] * random.standard_normal((2, len(unit)))
    late = pool.jitter_ms[unit] * random.standard_normal(len(unit))
    return MuscleFibres(
        unit,
        folded(own.across_mm[beside] + apart[0], 0, own.width_mm),
        folded(own.depth_mm[beside] + apart[1], body.shallow, body.deep),
        diameters(len(unit), rule["thinness"], rule["diameter_spread"], random),
        endplates(pool, unit, random),
        late + random.exponential(rule["sprout"], len(unit)),
        pool.speed[unit],
        own.width_mm,
    )


def orphans(native: MuscleFibres, lost: Places, count: int, random: np.random.Generator) -> MuscleFibres:
    """Those of the lost fibres that are still there without a nerve: thin, and nobody's."""
    chosen = native.only(random.permutation(lost)[:count])
    thin = chosen.diameter_um * numbers("denervated")["thinness"]
    return replace(chosen, unit=np.full(len(chosen), NOBODY), diameter_um=thin)


def joined(*parts: MuscleFibres) -> MuscleFibres:
    """The fibres of several parts of one muscle."""
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS}
    return replace(parts[0], **columns)


def diameters(count: int, mean: float, spread: float, random: np.random.Generator) -> Array:
    """Diameters of muscle fibres, um; `mean` as a share of the ordinary fibre's."""
    shares = mean * (1 + spread * random.standard_normal(count))
    return source().diameter * np.clip(shares, THINNEST, THICKEST)


def endplates(pool: MotorPool, unit: Places, random: np.random.Generator) -> Array:
    """Where along the muscle the fibres of a unit have their end-plates, as scattered as near a needle."""
    scatter = numbers("layout")["near_scatter"] * pool.scatter_mm
    return pool.endplate_mm[unit] + scatter[unit] * random.standard_normal(len(unit))


def folded(place: Array, low: float, high: float) -> Array:
    """Places beyond the edges of the muscle, mirrored back into it."""
    span = high - low
    turned = np.abs(place - low) % (2 * span)
    return low + span - np.abs(span - turned)
