"""Nerve excitability in words: its indices, and where they differ from healthy people."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite, isinf, isnan

import numpy as np

from ranvier.evidence import Value
from ranvier.nerve.basis import basis
from ranvier.nerve.excitability import TEST_MS, Excitability, human_targets
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.track import Electrode
from ranvier.report.fibre_words import USE
from ranvier.report.words import plain

__all__ = ["INDICES", "USE", "Index"]

APART = 0.2
"""A share of the healthy value; an index that is further from it differs."""

INTO_THE_AXON = (
    "Currents go into the axon at one node, not through the skin: compare ratios and percentages with "
    "patients, not nA."
)
HEALTHY = "healthy people, median nerve to APB, skin about 32 °C"


@dataclass(frozen=True)
class Index:
    """How one of the `Indices` is told."""

    field: str
    name: str
    digits: int
    unit: str


INDICES = (
    Index("strength_duration_time_constant_ms", "Strength-duration time constant", 2, "ms"),
    Index("rheobase_na", "Rheobase", 3, "nA"),
    Index("ted_10_20", "TEd(10-20 ms), +40 %", 1, "%"),
    Index("ted_90_100", "TEd(90-100 ms), +40 %", 1, "%"),
    Index("teh_90_100", "TEh(90-100 ms), -40 %", 1, "%"),
    Index("resting_slope", "Resting I/V slope", 2, ""),
    Index("relative_refractory_period_ms", "Relative refractory period", 2, "ms"),
    Index("superexcitability", "Superexcitability", 1, "%"),
    Index("subexcitability", "Subexcitability", 1, "%"),
)


def value_of(found: Excitability, index: Index) -> float | None:
    """An index of this axon; None where it cannot be told."""
    value = float(getattr(found.indices, index.field))
    return value if isfinite(value) else None


def told(found: Excitability, index: Index) -> str:
    """An index of this axon as text; a dash where it cannot be told."""
    value = value_of(found, index)
    return plain(None if value is None else round(value, index.digits) + 0.0, index.digits, "–")


def recalled(healthy: Value) -> str:
    """What to think of a healthy value: recalled, or its kind."""
    return "recalled" if healthy.mark == "recalled" else healthy.kind


def electrode(fibre: Fibre) -> str:
    """Where the axon is tested: `stimulated at node 10, impulse awaited at node 18`."""
    place = Electrode.of(fibre)
    return f"stimulated at node {place.node}, impulse awaited at node {place.watched}"


def threshold(found: Excitability) -> str:
    """The test pulse and its threshold."""
    return f"threshold of a {TEST_MS:g} ms pulse at rest {found.threshold_na:.3f} nA"


def differences(found: Excitability) -> str:
    """Where this axon differs from healthy people, in one line."""
    named = "; ".join(apart(found))
    if not named:
        return "No index that is known in healthy people differs by more than a fifth."
    return f"Differs from healthy people by more than a fifth: {named}."


def apart(found: Excitability) -> Iterator[str]:
    """Each index that differs: `TEh(90-100 ms), -40 %: -51.1, not -120 %`."""
    for index in INDICES:
        healthy, value = human_targets().get(index.field), value_of(found, index)
        if healthy and value is not None and abs(value - healthy.number) > APART * abs(healthy.number):
            name = index.name.split(",")[0]
            yield f"{name} {told(found, index)}, not {healthy.number:g} {index.unit}"


def remarks(found: Excitability) -> tuple[str, ...]:
    """Why a number is missing."""
    return (*about_recovery(found), *about_tests(found))


def about_recovery(found: Excitability) -> Iterator[str]:
    """Why there is no relative refractory period."""
    if not isnan(found.indices.relative_refractory_period_ms):
        return
    if found.recovery[0] <= 0:
        yield f"The axon is no longer refractory at the shortest interval, {found.intervals_ms[0]:g} ms."
    elif not np.any(found.recovery <= 0):
        yield (
            "After an impulse the threshold never falls below its resting value: the axon has no "
            "superexcitability, and the end of its refractory period cannot be told."
        )


def about_tests(found: Excitability) -> Iterator[str]:
    """Tests that have no threshold."""
    tests = np.concatenate([found.reduction.ravel(), found.level_reduction, found.recovery])
    early, none = sum(map(isnan, tests)), sum(map(isinf, tests))
    if early:
        yield f"In {early} of {len(tests)} tests an impulse came without the test pulse: no threshold there."
    if none:
        yield f"In {none} of {len(tests)} tests no test pulse excited the axon."


def basis_in_words(fibre: Fibre) -> str:
    """What the axon and the healthy values rest on."""
    values, people = basis(fibre), human_targets().values()
    assumed = sum(value.kind == "assumed" for value in values)
    unread = sum(value.kind == "assumed" for value in people)
    return (
        f"{assumed} of the {len(values)} values the axon rests on and {unread} of the {len(people)} values "
        "of healthy people are assumed or recalled, not verified in their source."
    )
