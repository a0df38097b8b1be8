"""The longest interval at which a dose still keeps the target."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.plan.band import Band, band
from ranvier.treatment.plan.candidate import Candidate
from ranvier.treatment.plan.cycle import cycle
from ranvier.treatment.plan.outcome import least_margin
from ranvier.treatment.plan.rules import rules
from ranvier.treatment.plan.target import Target, known

Array = NDArray[np.float64]
Choice = Callable[[Array], float]
STEP_DAYS = 1.5
WITHIN = 0.1
HALF = 0.5


@dataclass(frozen=True)
class LongestInterval:
    """The longest interval of a dose, in days, within what is sought (`first` to `last`).

    `chosen`: the one that most likely lies within 10 % of it. `safe`: the one that keeps the target with the
    probability that a plan asks for (`plan.toml` chance). `none`: probability that even the shortest sought
    does not keep the target; `any`: that even the longest sought keeps it.
    """

    chosen: float
    safe: float
    days: Band
    none: float
    any: float
    first: float
    last: float

    @property
    def is_unclear(self) -> bool:
        """Whether the readings leave the interval too wide to choose (`plan.toml` unclear)."""
        return self.days.half_width > rules()["target"]["unclear"]


def longest_interval(
    treated: Treated,
    dose: Candidate,
    targets: tuple[Target, ...],
    part_of_time: float | None = None,
    choice: Choice | None = None,
) -> LongestInterval:
    """The longest interval at which this dose keeps every target for that part of the time.

    `dose`: its interval does not matter. `choice`: how one interval is chosen from the draws; of the rules
    tried on simulated patients `most_likely` came near the truth most often (`docs/plan.md`). Where half of
    the draws last longer than is sought, it is the longest sought.
    """
    draws = longest_intervals(treated, dose, targets, part_of_time)
    first, last = bounds(dose)
    beyond = float(np.mean(draws >= last))
    return LongestInterval(
        chosen=last if beyond >= HALF else (choice or most_likely)(draws),
        safe=float(np.quantile(draws, 1 - rules()["target"]["chance"])),
        days=band(draws),
        none=float(np.mean(draws <= first)),
        any=beyond,
        first=first,
        last=last,
    )


def longest_intervals(
    treated: Treated, dose: Candidate, targets: tuple[Target, ...], part_of_time: float | None = None
) -> Array:
    """The longest interval of each draw (P,), held within the bounds of the search."""
    known(treated, targets)
    part = rules()["target"]["part_of_time"] if part_of_time is None else part_of_time
    first, last = bounds(dose)
    every = np.linspace(first, last, int(np.ceil((last - first) / STEP_DAYS)) + 1)
    kept = [kept_margin(treated, replace(dose, every_days=float(each)), targets, part) for each in every]
    return crossed(every, np.stack(kept))


def kept_margin(treated: Treated, each: Candidate, targets: tuple[Target, ...], part: float) -> Array:
    """By how much the targets are passed (P,) for that part of the time: a quantile of the margin over time.

    It falls evenly with the interval, where the share of time above stays at 1 and then drops.
    """
    one = cycle(treated, each)
    levels = {wanted.measure: treated.hands[wanted.measure].strength(one.attack) for wanted in targets}
    margin = least_margin(levels, targets)
    order = margin.argsort(axis=1)
    gaps = np.diff(one.days) / one.days[-1]
    weight = (np.append(gaps, 0.0) + np.insert(gaps, 0, 0.0)) / 2
    weight, margin = weight[order], np.take_along_axis(margin, order, axis=1)
    below = np.cumsum(weight, axis=1) - weight / 2
    return np.array([np.interp(1 - part, *row) for row in zip(below, margin, strict=True)])


def most_likely(draws: Array, within: float = WITHIN) -> float:
    """The interval that lies within 10 % of most draws, and of those that do the nearest to their middle."""
    days = np.sort(draws)
    last = np.searchsorted(days, days * (1 + within) / (1 - within) * (1 + 1e-9), side="right")
    first = int(np.argmax(last - np.arange(len(days))))
    inside = days[first : last[first]]
    return float(np.clip(np.median(inside), (1 - within) * inside[-1], (1 + within) * inside[0]))


def bounds(dose: Candidate) -> tuple[float, float]:
    """The shortest and longest interval that is sought."""
    rule = rules()["grid"]
    return max(rule["interval_first"], float(dose.over_days)), rule["interval_last"]


def crossed(every: Array, margin: Array) -> Array:
    """Where a margin (K, P) over ascending intervals (K,) first falls below 0, straight between them."""
    below = margin < 0
    at = np.where(below.any(axis=0), below.argmax(axis=0), len(every) - 1)
    one = np.maximum(at, 1)
    draw = np.arange(margin.shape[1])
    before, after = margin[one - 1, draw], margin[one, draw]
    part = before / np.where(before > after, before - after, 1.0)
    found = every[one - 1] + part * (every[one] - every[one - 1])
    return np.where(at == 0, every[0], np.where(below.any(axis=0), found, every[-1]))
