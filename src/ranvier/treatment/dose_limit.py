"""How much no dose can be, whatever was written."""

from functools import cache
from pathlib import Path

from ranvier.evidence.value import numbers_of
from ranvier.findings.plausible import bounds
from ranvier.treatment.drug import Drug


@cache
def never() -> float:
    """How many times the most of its label no dose can be."""
    return numbers_of(Path(__file__).with_name("dose_check.toml"))["amount"]["never"]


def possible(grams: float, known: Drug, weight_kg: float | None) -> float:
    """The grams of one dose, where they can be given; raises ValueError ten times beyond the label."""
    most = known.label.most_g_per_kg_dose
    weight = weight_kg or bounds()["identity", "weight_kg"].high.number
    if most is not None and grams >= never() * most * weight:
        told = f"{grams:g} g of {known.name} cannot be one dose: its label gives {most:g} g/kg at most"
        raise ValueError(f"{told}; check amount and unit.")
    return grams
