"""What the posterior needs for one setting, multiplied out once: priors and weighted log likelihoods."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log

from ranvier.anatomy import UnknownNameError
from ranvier.diagnosis.differential.classes import classes, kinds, setting_of
from ranvier.diagnosis.differential.finding import Finding, Observed, findings
from ranvier.diagnosis.differential.likelihoods import Tables, tables, weight

Row = tuple[float, ...]


@dataclass(frozen=True)
class Weighing:
    """Priors and weighted log likelihoods of one setting, one number for each kind of patient.

    `log_priors`: of each kind. `rows`: w log P(outcome | kind) of each outcome of each finding, in the order
    of `kinds`. `spans`: the first kind and the one after the last of each class.
    """

    priors: Mapping[str, float]
    kinds: tuple[str, ...]
    spans: Mapping[str, tuple[int, int]]
    log_priors: Row
    log_shares: Row
    rows: Mapping[str, Mapping[str, Row]]

    def posterior(self, observed: Observed) -> dict[str, float]:
        """The probability of each class: prior times the product of P(outcome | kind)^w, over its kinds."""
        logs = tuple(map(sum, zip(self.log_priors, *self.told(observed), strict=True)))
        most = max(logs)
        odds = [exp(each - most) for each in logs]
        total = sum(odds)
        return {id: sum(odds[first:last]) / total for id, (first, last) in self.spans.items()}

    def told(self, observed: Observed) -> list[Row]:
        """The rows of what is known; raises ValueError for a finding or outcome that is not there."""
        try:
            return [self.rows[id][outcome] for id, outcome in observed.items()]
        except (KeyError, TypeError):
            raise refusal(observed) from None

    def likelihood(self, id: str, outcome: str) -> dict[str, float]:
        """The weighted likelihood of one outcome in each class: the mean of P^w over its kinds."""
        row, shares = self.rows[id][outcome], self.log_shares
        return {
            disease: sum(exp(row[k] + shares[k]) for k in range(first, last))
            for disease, (first, last) in self.spans.items()
        }


@cache
def weighing(setting: str) -> Weighing:
    """The shipped likelihoods in one setting; raises UnknownNameError for a setting that is not there."""
    return weighed(setting, tables(), {id: weight(each) for id, each in findings().items()})


def weighed(setting: str, chances: Tables, weights: Mapping[str, float]) -> Weighing:
    """Any tables and weights in one setting."""
    priors = setting_of(setting).priors
    shares = {kind: classes()[of].kinds[kind] for kind, of in kinds().items()}
    return Weighing(
        priors=priors,
        kinds=tuple(kinds()),
        spans=spans(),
        log_priors=tuple(log(priors[of] * shares[kind]) for kind, of in kinds().items()),
        log_shares=tuple(log(share) for share in shares.values()),
        rows={id: log_rows(each, chances[id], weights[id]) for id, each in findings().items()},
    )


def spans() -> dict[str, tuple[int, int]]:
    """Where the kinds of each class begin and end."""
    found: dict[str, tuple[int, int]] = {}
    first = 0
    for id, each in classes().items():
        found[id] = (first, first + len(each.kinds))
        first += len(each.kinds)
    return found


def log_rows(finding: Finding, table: Mapping[str, Row], power: float) -> dict[str, Row]:
    """The weighted log likelihood of each outcome in each kind."""
    return {
        outcome: tuple(power * log(table[kind][n]) for kind in kinds())
        for n, outcome in enumerate(finding.outcomes)
    }


def refusal(observed: Observed) -> ValueError:
    """Why something observed cannot be weighed, in a sentence."""
    for id, outcome in observed.items():
        if id in classes():
            return ValueError(f"findings: '{id}' is a diagnosis, not a finding; enter what was seen.")
        if id not in findings():
            return UnknownNameError("finding", str(id), list(findings()))
        if outcome not in findings()[id].outcomes:
            return UnknownNameError(f"outcome of '{id}'", str(outcome), list(findings()[id].outcomes))
    return ValueError("findings: needs one outcome for each finding.")
