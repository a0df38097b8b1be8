"""The measures a patient follows, and the fall of each that matters."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ranvier.evidence.value import numbers_of
from ranvier.treatment.least_change import STRENGTH, least_change

LEAST = {"grip_kg": "grip_kg", "grip_kpa": "grip_kpa", "mrc_sum": "mrc_sum", "rods": "mmn_rods"}
"""The least change of each kind of measure; the function score is taken to move as the MMN-RODS."""


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `wear_off.toml`."""
    return numbers_of(Path(__file__).with_name("wear_off.toml"))


@dataclass(frozen=True)
class Measure:
    """How one measure is followed.

    `logarithmic`: strengths, whose noise and changes are shares. `noise`: SD of one reading on that scale.
    `per_log`: how far it moves when the logarithm of strength moves by 1; 1 for strengths. `important`: the
    minimal important change in its unit, `share` as a share of the plateau; either may be infinite.
    """

    kind: str
    logarithmic: bool
    noise: float
    per_log: float
    important: float
    share: float

    def scaled(self, value: np.ndarray | float) -> np.ndarray:
        """Values on the scale on which the measure is followed."""
        return np.log(value) if self.logarithmic else np.asarray(value, float)

    def unscaled(self, value: np.ndarray | float) -> np.ndarray:
        """Values in the measure's unit."""
        return np.exp(value) if self.logarithmic else np.asarray(value, float)

    def fall_that_matters(self, plateau: np.ndarray | float) -> np.ndarray:
        """The important change in the measure's unit, for plateaus in that unit."""
        return np.minimum(self.important, self.share * np.asarray(plateau, float))

    def scaled_fall(self, plateau: np.ndarray) -> np.ndarray:
        """The same fall on the scale on which it is followed, for plateaus on that scale."""
        if not self.logarithmic:
            return np.full_like(plateau, self.important)
        whole = np.exp(plateau)
        return -np.log1p(-self.fall_that_matters(whole) / whole)


def kind_of(name: str, unit: str) -> str | None:
    """Which kind of measure a name and a unit mean; None for what is no measure of strength or function."""
    said = name.casefold()
    if said.startswith("grip"):
        return {"kg": "grip_kg", "kpa": "grip_kpa"}.get(unit.casefold(), "other")
    if "mrc sum" in said:
        return "mrc_sum"
    if "rods" in said:
        return "rods"
    return "other" if unit.casefold() in {"kg", "n", "nm", "kpa"} else None


def measure(kind: str) -> Measure:
    """A kind of measure with its numbers."""
    of = numbers()[kind]
    return Measure(
        kind=kind,
        logarithmic="per_log" not in of,
        noise=of["noise"],
        per_log=of.get("per_log", 1.0),
        important=least_change(LEAST[kind]).number if kind in LEAST else np.inf,
        share=np.inf if "per_log" in of else least_change(STRENGTH).number,
    )
