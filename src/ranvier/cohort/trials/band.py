"""What a trial repeated a thousand times on virtual patients finds, and where the published figure lies."""

from dataclasses import dataclass
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ranvier.cohort.trials import blinded, courses, maintained, other_drugs, withdrawal
from ranvier.cohort.trials.design import Design, Figure
from ranvier.treatment.effect.population import Rules

Array = NDArray[np.float64]
Verdict = Literal["inside 80 %", "inside 90 %", "meets its interval", "outside", "agrees"]
ENGINES = {
    "withdrawal": withdrawal.withdrawal,
    "crossover": blinded.crossover,
    "parallel": blinded.parallel,
    "change of treatment": maintained.changed,
    "need": maintained.need,
    "open courses": courses.opened,
    "natural course": courses.course,
    "drug alone": other_drugs.alone,
    "drug beside": other_drugs.beside,
}
PERSONS, REPLICATES = 4000, 1000
QUANTILES = (0.05, 0.1, 0.5, 0.9, 0.95)
LEAST = 30
DIGITS = 1
"""To which figures are printed, and compared."""


@dataclass(frozen=True)
class Predicted:
    """One figure of a trial with its bands: quantiles 5, 10, 50, 90 and 95 % of what replicates find."""

    trial: Design
    figure: Figure
    quantiles: tuple[float, ...]
    mean: float

    @property
    def verdict(self) -> Verdict:
        """Whether the published figure, or at least its interval, lies in the band; see `told` for words."""
        low, ten, _, ninety, high = (round(each, DIGITS) for each in self.quantiles)
        seen, printed = round(self.figure.observed.number, DIGITS), self.figure.printed
        if self.figure.compare == "words":
            return "agrees" if self.told else "outside"
        if low <= seen <= high:
            return "inside 80 %" if ten <= seen <= ninety else "inside 90 %"
        return "meets its interval" if printed and printed[0] <= high and low <= printed[1] else "outside"

    @property
    def told(self) -> bool:
        """Whether the virtual figure keeps the limits that stand for words."""
        least = -np.inf if self.figure.least is None else self.figure.least
        most = np.inf if self.figure.most is None else self.figure.most
        return least <= self.mean <= most


def simulated(
    trial: Design, count: int = PERSONS, rules: Rules | None = None, seed: int = 1
) -> dict[str, Array]:
    """What every person of a pool has at the end of a trial; nan for who is not counted."""
    own = crc32(trial.id.encode()) % 2**31
    return ENGINES[trial.engine](trial, rules, count, own + seed)


def predicted(
    trial: Design,
    count: int = PERSONS,
    replicates: int = REPLICATES,
    rules: Rules | None = None,
    seed: int = 1,
) -> tuple[Predicted, ...]:
    """Every figure of a trial in so many replicates of its real size, drawn from a pool of `count` persons.

    Raises ValueError if hardly anyone of the pool can be counted.
    """
    outcome = simulated(trial, count, rules, seed)
    return tuple(banded(trial, each, outcome[each.id], replicates, seed) for each in trial.figures)


def banded(trial: Design, figure: Figure, values: Array, replicates: int, seed: int) -> Predicted:
    """The bands of one figure."""
    counted = values[np.isfinite(values)]
    if len(counted) < LEAST:
        raise ValueError(f"{trial.id}: {figure.id} has {len(counted)} persons; ask for a larger pool.")
    random = np.random.default_rng([seed, crc32(figure.id.encode())])
    found = random.choice(counted, (replicates, figure.n)).mean(axis=1)
    quantiles = tuple(float(each) for each in np.quantile(found, QUANTILES))
    return Predicted(trial, figure, quantiles, float(counted.mean()))
