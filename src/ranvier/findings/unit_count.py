"""The number of motor units in a CMAP scan, from currents and amplitudes alone (after Bostock's MScanFit).

A unit of amplitude a fires at current I with the chance p = Phi(ln(I / T) / s): threshold T, relative spread
s. The scan's mean is sum(a p) and its variance sum(a^2 p (1 - p)) plus noise. Amplitudes over a grid of
thresholds are fitted to the mean (least squares, none below 0); the size of a unit is the one whose variance
explains how much neighbouring responses differ; neighbours that one unit explains as well are joined, and at
last each group gets as many units as explain it best. Where thresholds are crowded little more than
sum(a)^2 / sum(a^2) shows, which is less than the number of units when their sizes differ.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy import optimize as scipy_optimize  # pyright: ignore[reportMissingTypeStubs]
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs]

from ranvier.evidence.value import numbers_of

Array = NDArray[np.float64]
optimize, special = cast(Any, scipy_optimize), cast(Any, scipy_special)


@cache
def numbers() -> dict[str, float]:
    """The numbers of `unit_count.toml`."""
    return numbers_of(Path(__file__).with_name("unit_count.toml"))["count"]


@dataclass(frozen=True)
class UnitCount:
    """Motor units with the interval that holds 95 % of counts of like scans.

    Units below `smallest_mv` are not seen; `size_mv` is the usual size of a unit.
    """

    units: float
    low: float
    high: float
    smallest_mv: float
    size_mv: float


@dataclass(frozen=True, eq=False)
class Fit:
    """A scan and groups of units fitted to it.

    Of each group `threshold` (logarithm, above the weakest current, as `log_current`), `amplitude` (mV) and
    `members` (units); `size` of a usual unit, mV.
    """

    log_current: Array
    response: Array
    noise_variance: float
    threshold: Array
    amplitude: Array
    members: Array
    size: float

    def chance(self) -> Array:
        """The chance that each group fires at each stimulus (stimuli, groups)."""
        away = self.log_current[:, None] - self.threshold[None, :]
        return np.asarray(special.ndtr(away / numbers()["relative_spread"]), np.float64)

    def variance(self, chance: Array) -> Array:
        """The variance of each response."""
        return chance * (1 - chance) @ (self.amplitude**2 / self.members) + self.noise_variance

    def misfit(self) -> float:
        """-2 log likelihood, with the price of each group."""
        chance = self.chance()
        variance, rest = self.variance(chance), self.response - chance @ self.amplitude
        return float(np.sum(np.log(variance) + rest**2 / variance)) + numbers()["price"] * len(self.amplitude)

    def apart(self, chance: Array) -> Array:
        """The squared differences of neighbouring responses beyond the rise of the mean."""
        return (np.diff(self.response) - np.diff(chance @ self.amplitude)) ** 2

    def of_size(self, size: float) -> "Fit":
        """The same groups made of units of one size."""
        return replace(self, size=size, members=np.maximum(1.0, self.amplitude / size))


def unit_count(current_ma: Array, amplitude_mv: Array) -> UnitCount:
    """The motor units of a scan of at least 50 stimuli, in any order.

    Raises ValueError for a scan that is too short or has currents or amplitudes that are no numbers.
    """
    current, amplitude = np.asarray(current_ma, np.float64), np.asarray(amplitude_mv, np.float64)
    refuse(current, amplitude)
    found = fitted(current, amplitude)
    smallest = numbers()["seen"] * found.noise_variance**0.5
    if not len(found.amplitude):
        return UnitCount(0.0, 0.0, 0.0, smallest, 0.0)
    count = float(found.members.sum())
    low, high = np.quantile(repeats(found), (0.025, 0.975)) * count
    return UnitCount(count, float(low), float(high), smallest, found.size)


def refuse(current: Array, amplitude: Array) -> None:
    """Refuse a scan in which nothing can be counted."""
    fewest = round(numbers()["fewest"])
    if current.ndim != 1 or current.shape != amplitude.shape or len(current) < fewest:
        raise ValueError(f"scan: give at least {fewest} currents, and as many amplitudes.")
    if not (np.isfinite(current).all() and np.isfinite(amplitude).all() and (current > 0).all()):
        raise ValueError("scan: currents must be above 0 mA, and all amplitudes must be numbers.")
    if np.ptp(current) == 0:
        raise ValueError(
            "scan: all currents are the same; give responses from below threshold to the maximum."
        )


def fitted(current: Array, amplitude: Array) -> Fit:
    """Groups of units fitted to a scan."""
    order = np.argsort(current, kind="stable")
    log_current, raw = np.log(current[order] / current.min()), amplitude[order]
    quiet = raw[: round(numbers()["ends"])]
    noise = max(float(np.var(quiet)), float(np.finfo(np.float32).eps * np.ptp(raw)) ** 2, 1e-18)
    grid = np.arange(log_current[0], log_current[-1], numbers()["relative_spread"])
    fit = Fit(log_current, raw - np.median(quiet), noise, grid, np.zeros(len(grid)), np.ones(len(grid)), 1.0)
    for _ in range(round(numbers()["passes"])):
        fit = sized(amplitudes(fit))
    return own_sizes(sized(joined(seen(fit))))


def amplitudes(fit: Fit) -> Fit:
    """The amplitudes, none below 0, that come nearest to the responses, each weighed by its variance."""
    chance = fit.chance()
    variance = fit.variance(chance)
    weight = 1 / np.sqrt(variance + numbers()["floor"] * float(np.median(variance)))
    found = optimize.nnls(chance * weight[:, None], fit.response * weight)[0]
    return replace(fit, amplitude=np.asarray(found, np.float64))


def unevenness(variance: Array, apart: Array) -> Array:
    """-2 log likelihood of how neighbouring responses differ, for each of some courses of the variance
    (stimuli, courses); `apart`: their squared differences beyond the rise of the mean.
    """
    both = variance[1:] + variance[:-1]
    return np.sum(np.log(both) + apart[:, None] / both, axis=0)


def sized(fit: Fit) -> Fit:
    """The one unit size that explains best how neighbouring responses differ."""
    chance, top = fit.chance(), float(np.max(np.abs(fit.response))) or 1.0
    sizes = np.geomspace(top / 1000, top, round(numbers()["sizes"]))
    each = fit.amplitude[:, None] ** 2 / np.maximum(1.0, fit.amplitude[:, None] / sizes)
    variance = chance * (1 - chance) @ each + fit.noise_variance
    return fit.of_size(float(sizes[np.argmin(unevenness(variance, fit.apart(chance)))]))


def own_sizes(fit: Fit) -> Fit:
    """Each group with as many units as explain it best; sizes far from the usual one are rare."""
    chance, members = fit.chance(), fit.members.copy()
    wobble, apart, whole = chance * (1 - chance), fit.apart(chance), fit.amplitude
    smallest = numbers()["seen"] * fit.noise_variance**0.5
    for _ in range(round(numbers()["passes"])):
        for k in range(len(whole)):
            usual = float(np.average(np.log(whole / members), weights=members))
            counts = np.geomspace(1.0, max(1.0, float(whole[k]) / smallest), round(numbers()["counts"]))
            others = np.delete(np.arange(len(whole)), k)
            rest = wobble[:, others] @ (whole[others] ** 2 / members[others]) + fit.noise_variance
            variance = rest[:, None] + wobble[:, k, None] * whole[k] ** 2 / counts
            away = (np.log(whole[k] / counts) - usual) / numbers()["size_spread"]
            members[k] = counts[np.argmin(unevenness(variance, apart) + away**2)]
    return replace(fit, members=members)


def seen(fit: Fit) -> Fit:
    """Without groups that noise can make."""
    clear = fit.amplitude > numbers()["seen"] * fit.noise_variance**0.5
    return replace(
        fit, threshold=fit.threshold[clear], amplitude=fit.amplitude[clear], members=fit.members[clear]
    )


def joined(fit: Fit) -> Fit:
    """Neighbouring groups made one for as long as that explains the scan better."""
    while True:
        gaps = np.diff(fit.threshold)
        close = np.flatnonzero(gaps < numbers()["near"] * numbers()["relative_spread"])
        if not len(close):
            return fit
        best = min((join(fit, int(k)) for k in close), key=Fit.misfit)
        best = seen(amplitudes(best).of_size(fit.size))
        if best.misfit() >= fit.misfit():
            return fit
        fit = best


def join(fit: Fit, k: int) -> Fit:
    """Group `k` and the next as one, between them."""
    pair = fit.amplitude[k : k + 2]
    threshold, amplitude = np.delete(fit.threshold, k + 1), np.delete(fit.amplitude, k + 1)
    threshold[k] = float(np.average(fit.threshold[k : k + 2], weights=pair))
    amplitude[k] = float(pair.sum())
    return replace(fit, threshold=threshold, amplitude=amplitude).of_size(fit.size)


def repeats(fit: Fit) -> Array:
    """Counts of scans drawn from the fitted model, as shares of their mean."""
    random = np.random.default_rng(len(fit.response))
    members = np.maximum(1, np.round(fit.members).astype(int))
    chance, each = fit.chance(), fit.amplitude / members
    counts = np.empty(round(numbers()["repeats"]))
    for n in range(len(counts)):
        fired = random.binomial(members[None, :], chance)
        noise = fit.noise_variance**0.5 * random.standard_normal(len(fit.response))
        counts[n] = fitted(np.exp(fit.log_current), fired @ each + noise).members.sum()
    return counts / max(float(counts.mean()), 1.0)
