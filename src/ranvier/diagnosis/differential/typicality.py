"""Whether a patient is like any disease that is weighed, and whether enough is known to say anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

from ranvier.diagnosis.differential.classes import ANYTHING, classes, kinds
from ranvier.diagnosis.differential.finding import Finding, Observed, findings
from ranvier.diagnosis.differential.likelihoods import MODEL, Tables, assumed, shipped, tables, weight
from ranvier.evidence import fetch, read_toml

NAMED = 3
"""How many of the least expected findings are named."""


@dataclass(frozen=True)
class Expected:
    """Of one finding in one kind of patient: w log P of each outcome, its mean and its variance."""

    logs: Mapping[str, float]
    mean: float
    variance: float


@cache
def expectations() -> dict[str, dict[str, Expected]]:
    """What each kind of patient leads one to expect, by kind and finding."""
    return expectations_from(tables(), {id: weight(each) for id, each in findings().items()})


def expectations_from(chances: Tables, weights: Mapping[str, float]) -> dict[str, dict[str, Expected]]:
    """The same for any tables and weights; 'anything' is left out, since everything is like it."""
    return {
        kind: {id: expected(each, chances[id][kind], weights[id]) for id, each in findings().items()}
        for kind in kinds()
        if kind != ANYTHING
    }


def expected(finding: Finding, chances: tuple[float, ...], power: float) -> Expected:
    """Mean and variance of a finding's weighted log likelihood when the kind is the true one."""
    logs = [power * log(p) for p in chances]
    mean = sum(p * each for p, each in zip(chances, logs, strict=True))
    variance = sum(p * (each - mean) ** 2 for p, each in zip(chances, logs, strict=True))
    return Expected(dict(zip(finding.outcomes, logs, strict=True)), mean, variance)


def standardised(observed: Observed, expects: Mapping[str, Expected]) -> float:
    """How far the log likelihood of all findings lies from what the kind leads one to expect.

    z = sum (l_f - E l_f) / sqrt(sum Var l_f), before dependence is allowed for.
    """
    known = [(expects[id], outcome) for id, outcome in observed.items()]
    variance = sum(each.variance for each, _ in known)
    if variance <= 0:
        return 0.0
    return sum(each.logs[outcome] - each.mean for each, outcome in known) / sqrt(variance)


def fits(observed: Observed) -> tuple[str, float]:
    """The kind of patient whom the findings fit best, and how well: z over the root of the inflation."""
    spread = sqrt(shipped().typical.inflation)
    found = {kind: standardised(observed, each) / spread for kind, each in expectations().items()}
    best = max(found, key=lambda kind: found[kind])
    return best, found[best]


def unusual(observed: Observed) -> str:
    """Why the findings together are unlike every disease that is weighed; empty where they are not.

    Empty too where too little is known to say.
    """
    kind, fit = fits(observed)
    typical = shipped().typical
    if not enough(observed) or fit >= typical.least:
        return ""
    named = ", ".join(findings()[id].worded(observed[id]) for id in least_expected(observed, kind))
    return (
        f"Together these findings are unlike every disease that is weighed: fewer than {typical.share:.0%} "
        f"of virtual patients lie as far from their own. Closest is {classes()[kinds()[kind]].title}, for "
        f"which the least expected are: {named}."
    )


def least_expected(observed: Observed, kind: str) -> Iterator[str]:
    """The findings that fit a kind of patient least."""
    expects = expectations()[kind]
    off = {id: expects[id].logs[outcome] - expects[id].mean for id, outcome in observed.items()}
    yield from sorted((id for id in off if off[id] < 0), key=lambda id: off[id])[:NAMED]


@cache
def groups() -> frozenset[str]:
    """The groups of which one finding at least must be known."""
    return frozenset(fetch(read_toml(MODEL)["enough"], "groups", list, "model.enough"))


def enough(observed: Observed) -> bool:
    """Whether enough is known to say more than the prior does; the rule is in `model.toml`."""
    known = {findings()[id].group for id in observed}
    return len(observed) >= assumed("enough", "findings") and bool(known & groups())
