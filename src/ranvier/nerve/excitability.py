"""Nerve excitability as the clinic tests it, by threshold tracking on one axon.

The protocol of Kiernan, Burke, Andersen and Bostock (TROND): strength-duration, threshold electrotonus,
current-threshold relation and recovery cycle. Currents enter the axoplasm of the middle node, not the skin,
so ratios and percentages compare with patients, milliamperes do not.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import Value, value_from
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.stimulus import Pulse
from ranvier.nerve.track import Electrode, Trial, thresholds

Array = NDArray[np.float64]

FILE = Path(__file__).with_name("excitability.toml")

TEST_MS = 1.0
WIDTHS_MS = np.array([0.1, 0.2, 0.4, 0.6, 0.8, 1.0])
POLARISING = (0.4, 0.2, -0.2, -0.4)
POLARISED_MS = 100.0
DELAYS_MS = np.array(
    [0, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 101, 105, 110, 120, 140, 160, 180, 210]
)
LEVELS = np.round(np.arange(0.5, -1.01, -0.1), 1)
LEVEL_MS = 200.0
INTERVALS_MS = np.array(
    [1.3, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 7.9, 10, 13, 18, 24, 32, 42, 56, 75, 100, 140, 200]
)
LATEST_SUPEREXCITABLE_MS, EARLIEST_SUBEXCITABLE_MS = 20.0, 10.0
SUPRAMAXIMAL = 3.0
LEAD_MS = 1.0


@dataclass(frozen=True)
class Indices:
    """The numbers a clinician reads off the plots; percentages are changes of threshold (see each)."""

    rheobase_na: float
    strength_duration_time_constant_ms: float
    """From charge against duration (Weiss), 0.2 to 1 ms."""
    ted_10_20: float
    """Depolarising threshold electrotonus (40 %), threshold reduction 10-20 ms after onset, %."""
    ted_90_100: float
    teh_90_100: float
    """Hyperpolarising threshold electrotonus (-40 %), 90-100 ms after onset, %."""
    resting_slope: float
    """Of the current-threshold relation, current from -10 to +10 %, in % of threshold per % of reduction."""
    relative_refractory_period_ms: float
    """Where the recovery cycle first returns to the resting threshold."""
    superexcitability: float
    """Lowest point of the recovery cycle, % (mean of three neighbours)."""
    subexcitability: float
    """Highest point of the recovery cycle after 10 ms, % (mean of three neighbours)."""


@dataclass(frozen=True)
class Excitability:
    """The four plots of one axon. `threshold_na` is that of a 1 ms pulse at rest.

    `reduction` (4, delays) holds threshold reductions in % for currents of +40, +20, -20 and -40 %;
    `level_reduction` those at the end of a 200 ms current of each level; `recovery` threshold changes in %.
    """

    fibre: Fibre
    threshold_na: float
    widths_ms: Array
    width_threshold_na: Array
    delays_ms: Array
    polarising: tuple[float, ...]
    reduction: Array
    levels: Array
    level_reduction: Array
    intervals_ms: Array
    recovery: Array
    indices: Indices


def excitability(fibre: Fibre, progress: Callable[[float], None] | None = None) -> Excitability:
    """Test one axon: a few seconds for `mrg`, some ten for `human`, whose internodes have channels.

    Raises ValueError for an axon that has no threshold at rest, or is too short to have one.
    """
    told = progress or (lambda share: None)
    resting = resting_threshold(fibre)
    widths = np.array([thresholds(fibre, [Trial(LEAD_MS)], float(width))[0] for width in WIDTHS_MS])
    told(0.1)
    recovery = recovery_cycle(fibre, resting)
    told(0.3)
    reduction = electrotonus(fibre, resting)
    told(0.8)
    level_reduction = current_threshold(fibre, resting)
    told(1.0)
    return Excitability(
        fibre=fibre,
        threshold_na=resting,
        widths_ms=WIDTHS_MS,
        width_threshold_na=widths,
        delays_ms=DELAYS_MS,
        polarising=POLARISING,
        reduction=reduction,
        levels=LEVELS,
        level_reduction=level_reduction,
        intervals_ms=INTERVALS_MS,
        recovery=recovery,
        indices=indices(widths, reduction, level_reduction, recovery),
    )


def resting_threshold(fibre: Fibre) -> float:
    """The threshold of a 1 ms pulse at rest.

    Raises ValueError where there is none.
    """
    found = float(thresholds(fibre, [Trial(LEAD_MS)], TEST_MS)[0])
    if np.isinf(found):
        raise ValueError(f"No pulse of {TEST_MS:g} ms excites this axon: it has no threshold to track.")
    if np.isnan(found):
        raise ValueError("This axon fires by itself, without any pulse: it has no threshold to track.")
    return found


def recovery_cycle(fibre: Fibre, resting: float) -> Array:
    """Change of threshold in % at each interval after a supramaximal impulse."""
    impulse = Pulse(LEAD_MS, TEST_MS, SUPRAMAXIMAL * resting, Electrode.of(fibre).node)
    trials = [Trial(LEAD_MS + float(interval), (impulse,)) for interval in INTERVALS_MS]
    return 100 * (thresholds(fibre, trials, TEST_MS, near_na=resting) / resting - 1)


def electrotonus(fibre: Fibre, resting: float) -> Array:
    """Threshold reduction in % during and after 100 ms of each polarising current."""
    node = Electrode.of(fibre).node
    trials = [
        Trial(LEAD_MS + float(delay), (Pulse(LEAD_MS, POLARISED_MS, share * resting, node),))
        for share in POLARISING
        for delay in DELAYS_MS
    ]
    found = thresholds(fibre, trials, TEST_MS, near_na=resting)
    return 100 * (1 - found / resting).reshape(len(POLARISING), -1)


def current_threshold(fibre: Fibre, resting: float) -> Array:
    """Threshold reduction in % at the end of 200 ms of current at each level."""
    node = Electrode.of(fibre).node
    trials = [
        Trial(LEAD_MS + LEVEL_MS, (Pulse(LEAD_MS, LEVEL_MS + TEST_MS, float(level) * resting, node),))
        for level in LEVELS
    ]
    return 100 * (1 - thresholds(fibre, trials, TEST_MS, near_na=resting) / resting)


def indices(widths: Array, reduction: Array, level_reduction: Array, recovery: Array) -> Indices:
    """The numbers read off the plots; not a number where a plot does not show one."""
    rheobase, time_constant = weiss(widths)
    lowest, highest = recovery_extremes(recovery)
    return Indices(
        rheobase_na=rheobase,
        strength_duration_time_constant_ms=time_constant,
        ted_10_20=over(reduction[0], 10, 20),
        ted_90_100=over(reduction[0], 90, 100),
        teh_90_100=over(reduction[-1], 90, 100),
        resting_slope=resting_slope(level_reduction),
        relative_refractory_period_ms=recovered_at(recovery),
        superexcitability=lowest,
        subexcitability=highest,
    )


def weiss(widths: Array) -> tuple[float, float]:
    """Rheobase and strength-duration time constant: threshold charge is a straight line of the width."""
    used = (WIDTHS_MS >= 0.2) & np.isfinite(widths)
    if np.sum(used) < 2:
        return float("nan"), float("nan")
    rheobase, charge = np.polyfit(WIDTHS_MS[used], widths[used] * WIDTHS_MS[used], 1)
    return float(rheobase), float(charge / rheobase)


def recovery_extremes(recovery: Array) -> tuple[float, float]:
    """Lowest point up to 20 ms, and the highest after it and after 10 ms; means of three neighbours."""
    smooth, at = np.convolve(recovery, np.ones(3) / 3, "valid"), INTERVALS_MS[1:-1]
    early = np.where((at <= LATEST_SUPEREXCITABLE_MS) & np.isfinite(smooth), smooth, np.inf)
    if not np.any(np.isfinite(early)):
        return float("nan"), float("nan")
    trough = int(np.argmin(early))
    late = (at > at[trough]) & (at > EARLIEST_SUBEXCITABLE_MS) & np.isfinite(smooth)
    return float(early[trough]), float(np.max(smooth[late])) if np.any(late) else float("nan")


def over(reduction: Array, first_ms: float, last_ms: float) -> float:
    """Mean threshold reduction between two delays."""
    return float(np.mean(reduction[(first_ms <= DELAYS_MS) & (last_ms >= DELAYS_MS)]))


def resting_slope(level_reduction: Array) -> float:
    """Slope of current against threshold reduction about zero."""
    near = (np.abs(LEVELS) < 0.15) & np.isfinite(level_reduction)
    if np.sum(near) < 2:
        return float("nan")
    return float(np.polyfit(level_reduction[near], 100 * LEVELS[near], 1)[0])


def recovered_at(recovery: Array) -> float:
    """Where the recovery cycle first falls through zero, up to 20 ms; not a number where that is not seen."""
    for k in range(1, int(np.sum(INTERVALS_MS <= LATEST_SUPEREXCITABLE_MS))):
        before, after = recovery[k - 1], recovery[k]
        if np.isfinite(before) and before > 0 >= after:
            share = before / (before - after)
            return float(INTERVALS_MS[k - 1] * (INTERVALS_MS[k] / INTERVALS_MS[k - 1]) ** share)
    return float("nan")


@cache
def human_targets() -> dict[str, Value]:
    """What healthy human motor axons show for the `Indices` that are known."""
    table = read_toml(FILE)["median_motor"]
    names = {field.name for field in fields(Indices)} & set(table)
    return {
        name: value_from(f"median_motor.{name}", cast(dict[str, object], table[name]))
        for name in sorted(names)
    }
