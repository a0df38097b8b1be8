"""Differential, next tests, alerts and explanations as plain data."""

from typing import Any

from ranvier.diagnosis.alerts import Alert
from ranvier.diagnosis.apparent_block import Explanation
from ranvier.diagnosis.differential.next_test import NextTest
from ranvier.diagnosis.differential.posterior import Candidate, Contribution, Differential

DIGITS = 6


def differential_data(found: Differential) -> dict[str, Any]:
    """Every candidate with its probability and what each known finding adds (`log_ratio`: natural log)."""
    return {
        "setting": found.setting,
        "enough": found.enough,
        "unusual": found.unusual,
        "unusual_reason": found.unusual_reason,
        "observed": dict(found.observed),
        "candidates": [candidate_data(one) for one in found.candidates],
    }


def candidate_data(candidate: Candidate) -> dict[str, Any]:
    """One disease."""
    return {
        "disease": candidate.disease,
        "title": candidate.title,
        "prior": exact(candidate.prior),
        "probability": exact(candidate.probability),
        "contributions": [contribution_data(one) for one in candidate.contributions],
    }


def contribution_data(one: Contribution) -> dict[str, Any]:
    """What one finding adds."""
    return {
        "finding": one.finding.id,
        "outcome": one.outcome,
        "words": one.finding.worded(one.outcome),
        "log_ratio": exact(one.log_ratio),
    }


def next_test_data(test: NextTest) -> dict[str, Any]:
    """One test with its outcomes."""
    return {
        "id": test.id,
        "title": test.title,
        "expected_change": exact(test.expected_change),
        "cost_eur": test.cost,
        "burden": test.burden,
        "minutes": test.minutes,
        "information_bits": exact(test.information_bits),
        "new_leader": exact(test.new_leader),
        "gain": exact(test.gain),
        "also": list(test.also),
        "note": test.note,
        "outcomes": [
            {
                "words": one.words,
                "chance": exact(one.chance),
                "leading": one.leading,
                "probabilities": {disease: exact(p) for disease, p in one.probabilities.items()},
            }
            for one in test.outcomes
        ],
    }


def alert_data(alert: Alert) -> dict[str, Any]:
    """One alert with its basis."""
    return {"id": alert.id, "title": alert.title, "text": alert.text, "basis": list(alert.basis)}


def explanation_data(one: Explanation) -> dict[str, Any]:
    """One explanation of a fall other than block."""
    return {
        "id": one.id,
        "title": one.title,
        "state": one.state,
        "probability": None if one.probability is None else exact(one.probability),
        "reason": one.reason,
        "settles": one.settles,
    }


def exact(number: float) -> float:
    """A number rounded far below what anybody can tell."""
    return round(number, DIGITS)
