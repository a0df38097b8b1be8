"""Spontaneous activity in a recording made at rest, as far as one channel at one place can show it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ranvier.findings.needle.filters import Array, Places, times
from ranvier.findings.needle.potential import Potential, measured
from ranvier.findings.needle.rules import rules
from ranvier.findings.needle.templates import stretches
from ranvier.findings.needle.unit import Unit


@dataclass(frozen=True)
class Rest:
    """What was found at rest: True, False, or None where the recording is too short to deny it.

    `fasciculation_per_min` counts discharges of whole units outside every regular train. `voluntary` is the
    number of units that fire as in a contraction: the muscle was not at rest.
    """

    fibrillations: bool | None
    positive_sharp_waves: bool | None
    fasciculations: bool | None
    fasciculation_per_min: float
    voluntary: int


def rest(units: tuple[Unit, ...], samples: Array, spikes: Places, step_ms: float) -> Rest:
    """Spontaneous activity among units and single discharges of a recording made at rest.

    Fibrillation: regular, up to 6 ms, up to 1 mV, two or three phases. Positive sharp wave: regular,
    positive first and mostly. Fasciculation: a discharge of unit size outside every regular train, rarer
    than 4 per second.
    """
    rule = rules("rest")
    duration_s = len(samples) * step_ms / 1000
    sharp = [unit for unit in units if positive_sharp(unit)]
    fibrillating = [unit for unit in units if unit not in sharp and fibrillation_like(unit)]
    single = singles(units, samples, spikes, step_ms)
    rate = len(single) / duration_s
    long_enough = duration_s >= rule["least_duration"]

    def known(found: bool) -> bool | None:
        return found or (False if long_enough else None)

    return Rest(
        known(bool(fibrillating)),
        known(bool(sharp)),
        known(0 < rate < rule["fasciculation_fastest"]),
        60 * rate,
        len(units) - len(sharp) - len(fibrillating),
    )


def fibrillation_like(unit: Unit) -> bool:
    """Small, short and simple, and not faster than muscle fibres fire by themselves."""
    rule, potential = rules("rest"), unit.potential
    return (
        potential.duration_ms <= rule["fibrillation_longest"]
        and potential.amplitude_mv <= rule["fibrillation_largest"]
        and potential.phases <= rule["fibrillation_phases"]
        and unit.firing.rate_hz <= rule["fastest"]
    )


def positive_sharp(unit: Unit) -> bool:
    """A positive wave first, twice or more as large as the negative one that follows it."""
    rule, inside = rules("rest"), unit.potential.inside
    top, bottom = int(np.argmax(inside)), int(np.argmin(inside))
    return (
        top < bottom
        and float(inside[top]) >= rule["positive_share"] * -float(inside[bottom])
        and unit.potential.phases <= rule["fibrillation_phases"]
        and unit.potential.duration_ms <= rule["positive_longest"]
        and unit.firing.rate_hz <= rule["fastest"]
    )


def singles(units: tuple[Unit, ...], samples: Array, spikes: Places, step_ms: float) -> list[Potential]:
    """The discharges of unit size that belong to no unit, each once."""
    rule, about = rules("rest"), rules("potential")
    before, after = round(about["before"] / step_ms), round(about["after"] / step_ms)
    taken = np.concatenate([np.empty(0), *(1000 * unit.times_s for unit in units)])
    alone = np.array(list(apart(times(spikes, step_ms), taken, about["before"])), float)
    cut = stretches(samples, np.round(alone / step_ms).astype(np.int64), before, after)
    found = [measured(one, step_ms) for one in cut]
    return [
        one
        for one in found
        if one.duration_ms > rule["fibrillation_longest"] and one.amplitude_mv >= rule["fasciculation_least"]
    ]


def apart(times_ms: Array, taken_ms: Array, least_ms: float) -> Iterator[float]:
    """The times that are at least so far from all taken ones, and from the last of their own."""
    last = -np.inf
    for time in map(float, times_ms):
        if time - last >= least_ms and (taken_ms.size == 0 or np.min(np.abs(taken_ms - time)) >= least_ms):
            yield time
            last = time
