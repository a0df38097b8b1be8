"""The motor units of one muscle: an axon each, and the muscle fibres it moves."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy.course import UnknownNameError
from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import filled
from ranvier.nerve.temperature import factor

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """One muscle of `muscles.toml`, mm, ms and muscle fibres per unit."""

    half_length: float
    shallow: float
    deep: float
    reference: float
    endplates: float
    terminal: float
    fibres: float
    fibres_between: float
    terminal_between: float


@dataclass(frozen=True)
class Unit:
    """The numbers of `pool.toml`."""

    size_spread: float
    size_of_diameter: float
    terminal_spread: float
    terminal_least: float
    endplate_jitter: float
    speed_spread: float
    terminal_q10: float
    terminal_reference: float


@cache
def shape(muscle: str) -> Shape:
    """The shape of a muscle; raises UnknownNameError."""
    table = read_toml(Path(__file__).with_name("muscles.toml"))
    if muscle not in table:
        raise UnknownNameError("muscle", muscle, list(table))
    return filled(Shape, table[muscle], muscle)


@cache
def unit() -> Unit:
    """The numbers of `pool.toml`."""
    table = read_toml(Path(__file__).with_name("pool.toml"))["unit"]
    return filled(Unit, table, "unit")


@dataclass(frozen=True, eq=False)
class MotorPool:
    """N motor units of a muscle, thinnest axon first; every array has one entry per unit.

    `terminal_ms` holds at the reference temperature of `pool.toml`. `fibres` is how many muscle fibres the
    unit moves now: 0 where its axon is lost and nobody took them over, more than it was born with where it
    took over others'. `scatter_mm` is the SD of its end-plates along the muscle, `jitter_ms` that of their
    arrival times, `speed` the velocity of its muscle fibres against the mean. `born_fibres` is what each
    unit was born with (None: what it has now); of the fibres that no unit moves any more the share
    `orphaned` is still there, without a nerve.
    """

    muscle: str
    diameter_um: Array
    fibres: Array
    depth_mm: Array
    endplate_mm: Array
    scatter_mm: Array
    terminal_ms: Array
    jitter_ms: Array
    speed: Array
    born_fibres: Array | None = None
    orphaned: float = 1.0

    @property
    def at_birth(self) -> Array:
        """How many muscle fibres each unit was born with."""
        return self.fibres if self.born_fibres is None else self.born_fibres

    @property
    def orphans(self) -> float:
        """How many muscle fibres are without a nerve."""
        return self.orphaned * max(float(self.at_birth.sum() - self.fibres.sum()), 0.0)

    def __len__(self) -> int:
        return len(self.diameter_um)

    def terminal_at(self, skin_c: float) -> Array:
        """Time from the last of the myelinated axon to the muscle fibres of each unit, ms."""
        numbers = unit()
        return self.terminal_ms / float(factor(numbers.terminal_q10, numbers.terminal_reference, skin_c))


def born(muscle: str, diameter_um: Array, fibres_per_unit: float, random: np.random.Generator) -> MotorPool:
    """A healthy pool with these axons: larger units tend to have thicker axons, other places are random."""
    numbers, body = unit(), shape(muscle)
    axons = np.sort(diameter_um)
    count = len(axons)
    rank = (axons - axons.mean()) / (axons.std() or 1)
    share = numbers.size_of_diameter
    size = share * rank + np.sqrt(1 - share**2) * random.standard_normal(count)
    fibres = np.exp(numbers.size_spread * size - numbers.size_spread**2 / 2) * fibres_per_unit
    terminal = body.terminal + numbers.terminal_spread * random.standard_normal(count)
    return MotorPool(
        muscle=muscle,
        diameter_um=axons,
        fibres=fibres,
        depth_mm=random.uniform(body.shallow, body.deep, count),
        endplate_mm=body.endplates * random.standard_normal(count),
        scatter_mm=np.full(count, body.endplates),
        terminal_ms=np.maximum(terminal, numbers.terminal_least),
        jitter_ms=np.full(count, numbers.endplate_jitter),
        speed=np.exp(numbers.speed_spread * random.standard_normal(count)),
        born_fibres=fibres,
    )
