"""What fires in a muscle at rest: denervated fibres one by one, and whole units now and then.

A denervated fibre starts its impulse anywhere along its length and repeats it as regularly as a clock: a
fibrillation potential. Where the needle has injured the fibre the impulse ends at the needle: a positive
sharp wave. A fasciculation is the discharge of a whole unit, rare and without a rhythm; it begins in the
axon, so that a block further up does not prevent it.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ranvier.muscle.fibres import NOBODY, MuscleFibres, numbers
from ranvier.muscle.pool import shape
from ranvier.muscle.uptake import Kind, Tip, distance_mm, needle_place_mm, unit_potentials

Array = NDArray[np.float64]


def fibrillations(
    muscle: str, fibres: MuscleFibres, tip: Tip, muscle_c: float, seconds: float, random: np.random.Generator
) -> Iterator[tuple[Array, Array]]:
    """The potential of each fibre that fibrillates within reach, and the times at which it fires."""
    rule = numbers("fibrillation")
    alone = fibres.only(np.flatnonzero(fibres.unit == NOBODY))
    alone = alone.only(random.random(len(alone)) < rule["active"])
    alone = alone.only(distance_mm(alone, tip) < numbers("electrode")["reach"])
    each = started(muscle, alone, random)
    injured = distance_mm(each, tip) < rule["injured_within"]
    rates = np.exp(random.uniform(np.log(rule["slowest"]), np.log(rule["fastest"]), len(each)))
    seeds = random.integers(2**32, size=len(each))
    kinds: dict[Kind, NDArray[np.bool_]] = {"denervated": ~injured, "injured": injured}
    for kind, which in kinds.items():
        for n, wave in unit_potentials(muscle, each.only(which), tip, muscle_c, kind).items():
            yield wave, clockwork_ms(float(rates[n]), seconds, np.random.default_rng(seeds[n]))


def started(muscle: str, fibres: MuscleFibres, random: np.random.Generator) -> MuscleFibres:
    """The same fibres, each its own unit, with impulses that begin anywhere along them."""
    half = shape(muscle).half_length
    begin = random.uniform(-half, needle_place_mm(muscle), len(fibres))
    return replace(fibres, unit=np.arange(len(fibres)), endplate_mm=begin, late_ms=np.zeros(len(fibres)))


def clockwork_ms(rate_hz: float, seconds: float, random: np.random.Generator) -> Array:
    """The times of something that fires at almost equal intervals."""
    most = int(2 * rate_hz * seconds) + 2
    steps = 1000 / rate_hz * (1 + numbers("fibrillation")["variation"] * random.standard_normal(most))
    times = np.cumsum(np.maximum(steps, 0)) - 1000 / rate_hz * random.random()
    return times[(times >= 0) & (times < 1000 * seconds)]


def fasciculations_ms(rate_hz: Array, seconds: float, random: np.random.Generator) -> list[Array]:
    """The times at which each unit twitches by itself: a Poisson process."""
    counts = random.poisson(rate_hz * seconds)
    return [np.sort(random.uniform(0, 1000 * seconds, count)) for count in counts]
