"""How likely phase cancellation alone explains a fall: what it did in simulated first visits.

`cancellation.json` holds a logistic regression for each set of what may be known, estimated on falls of which
the truth is known by `make cancellation`: an unknown input is integrated out, never taken for normal.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

from ranvier.diagnosis.apparent_block.fall import Fall

FILE = Path(__file__).with_name("cancellation.json")
CONSTANT = "one"


@dataclass(frozen=True)
class Model:
    """p = 1 / (1 + exp(-sum of weight x term)), for falls within the bounds of those it was estimated on."""

    weights: Mapping[str, float]
    bounds: Mapping[str, tuple[float, float]]
    falls: int

    def outside(self, terms: Mapping[str, float]) -> tuple[str, ...]:
        """The terms in which a fall is like none that the model was estimated on."""
        return tuple(name for name, (low, high) in self.bounds.items() if not low <= terms[name] <= high)

    def probability(self, terms: Mapping[str, float]) -> float:
        """The probability, never nearer to 0 or 1 than so many falls can tell."""
        total = self.weights[CONSTANT] + sum(self.weights[name] * terms[name] for name in self.bounds)
        least = 1 / (self.falls + 2)
        return min(max(1 / (1 + exp(-total)), least), 1 - least)


@cache
def file() -> dict[str, Any]:
    """The content of `cancellation.json`."""
    return json.loads(FILE.read_text(encoding="utf-8"))


@cache
def models() -> Mapping[str, Model]:
    """The model for each set of what is known, as `key` names it."""
    return {
        name: Model(
            each["weights"],
            {term: (low, high) for term, (low, high) in each["bounds"].items()},
            each["falls"],
        )
        for name, each in file()["models"].items()
    }


def provenance() -> Mapping[str, Any]:
    """Where the probabilities come from: cohorts, seeds, program, date, and the mixture of causes."""
    return file()["provenance"]


def key(known: tuple[str, ...]) -> str:
    """The name of a set of what is known."""
    return ", ".join(known) or "amplitude alone"


def model_for(fall: Fall) -> Model:
    """The model that asks no more than is known of a fall."""
    return models()[key(fall.known)]


def probability(fall: Fall) -> float | None:
    """That phase cancellation alone explains a fall; None where no simulated fall was like it."""
    model, terms = model_for(fall), fall.terms
    return None if model.outside(terms) else model.probability(terms)
