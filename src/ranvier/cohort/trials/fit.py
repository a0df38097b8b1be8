"""The effect of immunoglobulin fitted to three controlled trials, and to nothing else.

The sum of squared deviations (virtual - published) / SE is least, SE being the sampling error of a trial of
that size; weak priors, squared deviations too, hold what the trials leave open. The same random numbers serve
every evaluation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ranvier.cohort.trials.blinded import crossover, parallel
from ranvier.cohort.trials.design import Design, design
from ranvier.cohort.trials.withdrawal import withdrawal
from ranvier.treatment.effect.population import Rules, numbers

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Free:
    """A number that is fitted: where it stands, on which scale, its prior mean and SD on that scale."""

    where: str
    key: str
    scale: str
    prior: float
    spread: float

    def number(self, value: float) -> float:
        """The number from its value on the scale."""
        return float(1 / (1 + np.exp(-value)) if self.scale == "logit" else np.exp(value))


FREE = (
    Free("most", "typical", "logit", 1.0, 1.0),
    Free("most", "between", "log", np.log(0.7), 0.4),
    Free("half", "typical", "log", np.log(8.0), 0.8),
    Free("half", "between", "log", np.log(0.4), 0.3),
    Free("turnover", "typical", "log", np.log(0.2), 1.0),
    Free("grip", "noise_kg", "log", np.log(1.2), 0.5),
    Free("hahn_2013", "rescue", "logit", -1.1, 0.5),
    Free("hahn_2013", "responds_by", "log", np.log(1.1), 0.05),
    Free("leger_2001", "noise", "log", np.log(0.13), 0.5),
)
"""Wide priors, this project's own: they keep a number that three trials do not fix from running away."""
TRIALS = {"hahn_2013": withdrawal, "federico_2000": crossover, "leger_2001": parallel}
SE = {
    "change placebo": 3.6, "change IVIG": 3.1, "switch placebo": 7.1, "switch IVIG": 2.4,
    "grip IVIG": 1.9, "grip placebo": 0.8, "better IVIG": 13.9, "better placebo": 13.9,
}  # fmt: skip
SPREADS = {"grip IVIG": (7.6, 1.4), "grip placebo": (3.2, 0.6)}
"""SDs of the change of grip in Federico 2000 from the printed errors times 4 (16 patients), with their SE."""


def with_values(values: Array) -> tuple[Rules, dict[str, Design]]:
    """The effect and the designs at some values of what is free."""
    rules = {name: dict(table) for name, table in numbers().items()}
    trials = {name: design(name) for name in TRIALS}
    for free, value in zip(FREE, values, strict=True):
        if free.where in trials:
            own = trials[free.where]
            trials[free.where] = replace(own, numbers={**own.numbers, free.key: free.number(value)})
        else:
            rules[free.where][free.key] = free.number(value)
    return rules, trials


def deviations(values: Array, count: int, seed: int) -> dict[str, float]:
    """Every deviation in standard errors."""
    rules, trials = with_values(values)
    found: dict[str, float] = {}
    for name, engine in TRIALS.items():
        outcome = engine(trials[name], rules, count, seed)
        for figure in trials[name].figures:
            if figure.id in SE:
                off = float(np.nanmean(outcome[figure.id])) - figure.observed.number
                found[f"{name} {figure.id}"] = off / SE[figure.id]
            if figure.id in SPREADS:
                sd, error = SPREADS[figure.id]
                found[f"{name} SD {figure.id}"] = (float(np.nanstd(outcome[figure.id])) - sd) / error
    for free, value in zip(FREE, values, strict=True):
        found[f"prior {free.where} {free.key}"] = (value - free.prior) / free.spread
    return found


def fitted(count: int = 3000, seed: int = 7, steps: int = 1500) -> tuple[Array, Mapping[str, float]]:
    """The values at which the sum of squares is least (Nelder-Mead), and the deviations there."""

    def total(values: Array) -> float:
        return sum(each**2 for each in deviations(values, count, seed).values())

    start = np.array([free.prior for free in FREE])
    spread = np.vstack(
        [start, *(start + 0.5 * free.spread * np.eye(len(FREE))[n] for n, free in enumerate(FREE))]
    )
    options = {"maxfev": steps, "initial_simplex": spread, "xatol": 1e-3, "fatol": 1e-3, "adaptive": True}
    best = minimize(total, start, method="Nelder-Mead", options=options)
    return best.x, deviations(best.x, count, seed)
