"""The differential: how probable each disease is, given what is known.

    P(d | findings)  ~  prior(d)  *  product over known findings f of  P(outcome of f | d) ^ w(f)

An unknown finding drops out, which is what summing over its outcomes gives. The power w, 0 to 1, is below 1
where findings say in part the same; it was fitted so that the probabilities are calibrated. A disease of
several kinds (entrapment of one nerve or another) sums over them.
"""

from dataclasses import dataclass
from functools import cache
from math import log

from ranvier.diagnosis.differential.classes import DEFAULT_SETTING, classes, settings
from ranvier.diagnosis.differential.finding import Finding, Observed, findings
from ranvier.diagnosis.differential.likelihoods import chances, weight
from ranvier.diagnosis.differential.typicality import enough, unusual
from ranvier.diagnosis.differential.weighing import weighing
from ranvier.evidence import Value

__all__ = [
    "DEFAULT_SETTING", "Candidate", "Contribution", "Differential",
    "chances", "differential", "probabilities", "settings", "weight",
]  # fmt: skip


@dataclass(frozen=True)
class Contribution:
    """What one known finding adds for one disease.

    `log_ratio`: natural logarithm of the weighted likelihood of this outcome in the disease over its mean in
    all others, by their priors. Above 0 the finding speaks for the disease.
    """

    finding: Finding
    outcome: str
    log_ratio: float


@dataclass(frozen=True)
class Candidate:
    """One disease with its prior and its probability; contributions, the strongest first."""

    disease: str
    title: str
    prior: float
    probability: float
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True)
class Differential:
    """Every disease that was weighed, the most probable first; the probabilities sum to 1.

    `unusual`: the findings together are unlike every disease that is weighed, and `unusual_reason` says so;
    the probabilities then mean little. `enough`: False where so little is known that only the prior speaks.
    """

    setting: str
    candidates: tuple[Candidate, ...]
    observed: Observed
    unusual: bool
    unusual_reason: str
    enough: bool

    @property
    def values(self) -> tuple[Value, ...]:
        """The priors of the setting and the published chances of what is known; the rest was counted."""
        published = (findings()[id].published.values() for id in self.observed)
        chances = (value for rows in published for row in rows for value in row)
        return (*settings()[self.setting].values, *chances)


def probabilities(observed: Observed, setting: str = DEFAULT_SETTING) -> dict[str, float]:
    """The probability of each disease; they sum to 1.

    Raises ValueError for a finding, outcome or setting that is not there, with those that are.
    """
    return weighing(setting).posterior(observed)


def differential(observed: Observed, setting: str = DEFAULT_SETTING) -> Differential:
    """The whole differential with every contribution; raises ValueError as `probabilities` does."""
    weighed = weighing(setting)
    found = weighed.posterior(observed)
    added = contributions(observed, setting)
    reason = unusual(observed)
    return Differential(
        setting=setting,
        candidates=tuple(
            Candidate(id, classes()[id].title, weighed.priors[id], found[id], added[id])
            for id in sorted(found, key=lambda id: -found[id])
        ),
        observed=dict(observed),
        unusual=bool(reason),
        unusual_reason=reason,
        enough=enough(observed),
    )


def contributions(observed: Observed, setting: str) -> dict[str, tuple[Contribution, ...]]:
    """What each known finding adds for each disease, the strongest first."""
    added = [contributed(id, outcome, setting) for id, outcome in observed.items()]
    return {
        disease: tuple(sorted((each[disease] for each in added), key=strength, reverse=True))
        for disease in classes()
    }


def strength(one: Contribution) -> float:
    """How far a contribution moves its disease, up or down."""
    return abs(one.log_ratio)


@cache
def contributed(id: str, outcome: str, setting: str) -> dict[str, Contribution]:
    """For each disease, log of the outcome's likelihood in it over its mean in all others."""
    weighed = weighing(setting)
    found, priors = weighed.likelihood(id, outcome), weighed.priors
    total = sum(priors[disease] * each for disease, each in found.items())
    return {
        disease: Contribution(
            findings()[id],
            outcome,
            log(each * (1 - priors[disease]) / (total - priors[disease] * each)),
        )
        for disease, each in found.items()
    }
