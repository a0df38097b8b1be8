"""What is not known of a patient before anything is measured: each number with what patients are like."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from ranvier.evidence.value import numbers_of
from ranvier.treatment.effect import population
from ranvier.treatment.kinetics import typical

Array = NDArray[np.float64]
Scale = Literal["logarithm", "logit", "plain"]
PARTS: dict[str, Scale] = {
    "whole": "logarithm",
    "least": "logit",
    "depth": "plain",
    "width": "logarithm",
    "noise": "logarithm",
    "trend": "plain",
    "gain": "logarithm",
    "practised": "logarithm",
}
"""The numbers of a measure, and the scale on which they are normal between patients."""
TRAINED = ("gain", "practised")
UNITS = {"practised": "readings", "trend": "1/year"}


@dataclass(frozen=True)
class Unknown:
    """A number that differs between patients: typical value and SD on the scale on which it is normal."""

    name: str
    typical: float
    between: float
    scale: Scale = "logarithm"
    unit: str = "1"

    def at(self, steps: Array) -> Array:
        """The number so many SDs from typical."""
        moved = self.between * steps
        if self.scale == "plain":
            return self.typical + moved
        if self.scale == "logit":
            return expit(logit(self.typical) + moved)
        return self.typical * np.exp(moved)

    def steps(self, value: Array) -> Array:
        """How many SDs from typical values are."""
        if self.scale == "plain":
            return (value - self.typical) / self.between
        if self.scale == "logit":
            return (logit(value) - logit(self.typical)) / self.between
        return np.log(value / self.typical) / self.between


@cache
def tables() -> dict[str, dict[str, float]]:
    """The numbers of `measures.toml`, those of grip filled in from the population's."""
    own = numbers_of(Path(__file__).with_name("measures.toml"))
    grip = {**own["grip"], **population.numbers()["grip"]}
    bases = {"grip": grip, "reading": own.pop("reading")}
    return {**{name: {**grip, **table} for name, table in own.items()}, **bases}


def kind(measure: str) -> str | None:
    """Which table of `measures.toml` a measure follows; None for one that no table describes."""
    if measure in tables() and measure != "reading":
        return measure
    word, unit = measure.split(" ")[0], "(kPa)" if measure.endswith("(kPa)") else ""
    name = f"{word} {unit}".strip()
    known = word in ("grip", "pinch", "conduction") and (unit or not measure.endswith(")"))
    return name if known and name in tables() else None


def personal(weight_kg: float) -> tuple[Unknown, ...]:
    """What is unknown of a person of this weight: kinetics, own IgG, the effect and the decline."""
    rule, usual = population.numbers(), typical(weight_kg)
    return (
        Unknown("clearance", float(usual.clearance[0]), rule["clearance"]["between"], unit="L/day"),
        Unknown("central", float(usual.central[0]), rule["central"]["between"], unit="L"),
        Unknown("own IgG", rule["own_igg"]["typical"], rule["own_igg"]["between"], unit="g/L"),
        Unknown("most", rule["most"]["typical"], rule["most"]["between"], "logit"),
        Unknown("half", rule["half"]["typical"], rule["half"]["between"], unit="g/L"),
        Unknown("turnover", rule["turnover"]["typical"], rule["turnover"]["between"], unit="1/day"),
        Unknown("decline", rule["decline"]["typical"], rule["decline"]["between"], unit="1/year"),
    )


def of_measure(measure: str) -> tuple[Unknown, ...]:
    """What is unknown of one measure; what practice brings belongs to the device and not to the hand."""
    name = kind(measure) or ""
    table = tables()[name]
    trained = name.startswith(("grip", "pinch"))
    own = [(f"{measure} {part}", part) for part in PARTS if part not in TRAINED]
    shared = [(f"{name} {part}", part) for part in TRAINED if trained]
    return tuple(
        Unknown(called, table[part], table[f"{part}_between"], PARTS[part], UNITS.get(part, "1"))
        for called, part in own + shared
    )
