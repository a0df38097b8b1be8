"""What a regimen is predicted to do, once it has been given for long, with what is not known of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.plan.band import Band, band
from ranvier.treatment.plan.burden import Burden, Prices, burden
from ranvier.treatment.plan.candidate import Candidate
from ranvier.treatment.plan.candidates import outside
from ranvier.treatment.plan.cycle import Cycle, cycle
from ranvier.treatment.plan.rules import rules
from ranvier.treatment.plan.target import Target, known

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Level:
    """One measure over a cycle: lowest, highest, and the swing between them as % of the highest; the share of
    time at or above its target, None where it has no target."""

    trough: Band
    peak: Band
    swing_pct: Band
    above: Band | None


@dataclass(frozen=True)
class Outcome:
    """A regimen at steady state. `measures`: by name. `above`: share of time with every target met at once.

    `chance`: probability that this share reaches what is asked for (`plan.toml` part_of_time). `igg_trough`:
    lowest total IgG, g/L. `label`: the limit that it breaks, in words; None if none. The slow natural decline
    is not in a cycle: it lowers every level a little each year, whatever the interval.
    """

    candidate: Candidate
    measures: Mapping[str, Level]
    above: Band
    chance: float
    igg_trough_g_l: Band
    burden: Burden
    label: str | None


def evaluate(
    treated: Treated,
    candidates: Iterable[Candidate],
    targets: tuple[Target, ...],
    weight_kg: float,
    prices: Prices | None = None,
    part_of_time: float | None = None,
) -> tuple[Outcome, ...]:
    """The outcome of each regimen in the order given; `treated` holds draws of one person.

    Raises ValueError for a target whose measure this person has not.
    """
    known(treated, targets)
    part = rules()["target"]["part_of_time"] if part_of_time is None else part_of_time
    return tuple(outcome(treated, each, targets, weight_kg, prices, part) for each in candidates)


def outcome(
    treated: Treated,
    candidate: Candidate,
    targets: tuple[Target, ...],
    weight_kg: float,
    prices: Prices | None,
    part: float,
) -> Outcome:
    """One regimen."""
    one = cycle(treated, candidate)
    levels = {name: hand.strength(one.attack) for name, hand in treated.hands.items()}
    all_met = above(least_margin(levels, targets), one.days)
    return Outcome(
        candidate=candidate,
        measures={name: measured(levels[name], one, name, targets) for name in levels},
        above=band(all_met),
        chance=float(np.mean(all_met >= part)),
        igg_trough_g_l=band(treated.own_g_l + one.igg_above_g_l.min(axis=1)),
        burden=burden(candidate, weight_kg, prices),
        label=outside(candidate, weight_kg),
    )


def measured(level: Array, one: Cycle, name: str, targets: tuple[Target, ...]) -> Level:
    """One measure (P, T) over a cycle."""
    trough, peak = level.min(axis=1), level.max(axis=1)
    met = [band(above(level - each.at_least, one.days)) for each in targets if each.measure == name]
    return Level(band(trough), band(peak), band(100 * (1 - trough / peak)), met[0] if met else None)


def least_margin(levels: Mapping[str, Array], targets: tuple[Target, ...]) -> Array:
    """By how much the target that is nearest to being missed is passed (P, T), as a share of it."""
    return np.min([(levels[each.measure] - each.at_least) / each.at_least for each in targets], axis=0)


def above(margin: Array, days: Array) -> Array:
    """Share of the time (P,) in which a margin (P, T), linear between times, is 0 or more."""
    left, right = margin[:, :-1], margin[:, 1:]
    high, low = np.maximum(left, right), np.minimum(left, right)
    crossing = np.where(low < 0, np.maximum(high, 0) / np.where(high > low, high - low, 1.0), 1.0)
    return np.minimum(crossing @ np.diff(days) / (days[-1] - days[0]), 1.0)


def share_above(treated: Treated, candidate: Candidate, targets: tuple[Target, ...]) -> Array:
    """Share of time (P,) with every target met, at steady state."""
    one = cycle(treated, candidate)
    levels = {each.measure: treated.hands[each.measure].strength(one.attack) for each in targets}
    return above(least_margin(levels, targets), one.days)
