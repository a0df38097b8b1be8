"""A regimen that could be given: which immunoglobulin, how much, how often, over how many days."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from ranvier.patient.when import DAYS_PER_MONTH, DAYS_PER_YEAR
from ranvier.treatment.dose_limit import possible
from ranvier.treatment.drug import drug
from ranvier.treatment.given import HOURS_PER_DAY
from ranvier.treatment.kinetics import Doses
from ranvier.treatment.plan.rules import rules
from ranvier.treatment.regimen import Regimen, regimen

INTRAVENOUS, SUBCUTANEOUS, FACILITATED = "ivig", "scig", "fscig"
ALL = (INTRAVENOUS, SUBCUTANEOUS, FACILITATED)


@dataclass(frozen=True)
class Candidate:
    """`grams` of a drug `every_days`, split evenly over `over_days` days in a row."""

    drug: str
    grams: float
    every_days: float
    over_days: int = 1

    def __post_init__(self) -> None:
        if not drug(self.drug).is_immunoglobulin:
            raise ValueError(f"'{self.drug}' is no immunoglobulin; a plan compares ivig, scig and fscig.")
        if self.grams < 0:
            raise ValueError(f"grams {self.grams:g} is below 0; enter what one dose holds.")
        if self.over_days > rules()["giving"]["over_most"]:
            raise ValueError(
                f"{self.over_days} days of infusion in a row are no single dose; enter fewer days."
            )
        if self.over_days < 1 or self.every_days < self.over_days:
            raise ValueError(
                f"{self.over_days} days of infusion do not fit into every {self.every_days:g} days; "
                "enter a longer interval or fewer days."
            )

    @property
    def text(self) -> str:
        """The regimen as it is written: `ivig 80 g over 2 d every 21 d`."""
        over = f" over {self.over_days} d" if self.over_days > 1 else ""
        return f"{self.drug} {self.grams:g} g{over} every {self.every_days:g} d"

    @property
    def is_subcutaneous(self) -> bool:
        """Whether it is given under the skin, at home."""
        return drug(self.drug).is_subcutaneous

    @property
    def doses_a_year(self) -> float:
        """How often a year."""
        return DAYS_PER_YEAR / self.every_days

    @property
    def infusions_a_year(self) -> float:
        """Days of infusion a year."""
        return self.doses_a_year * self.over_days

    @property
    def grams_a_year(self) -> float:
        """Grams a year."""
        return self.doses_a_year * self.grams

    def grams_per_kg_month(self, weight_kg: float) -> float:
        """Grams for each kg of weight in a month."""
        return self.grams_a_year * DAYS_PER_MONTH / DAYS_PER_YEAR / weight_kg

    @property
    def doses(self) -> Doses:
        """One cycle, from day 0."""
        return self.repeated(1)

    def repeated(self, cycles: int, first_day: float = 0.0) -> Doses:
        """So many cycles from a day on."""
        known, count = drug(self.drug), cycles * self.over_days
        begin = first_day + self.every_days * np.arange(cycles, dtype=np.float64)
        long = 0.0 if known.is_subcutaneous else rules()["giving"]["hours"] / HOURS_PER_DAY
        return Doses(
            day=(begin[:, None] + np.arange(self.over_days)).ravel(),
            grams=np.full(count, self.grams / self.over_days),
            days_long=np.full(count, long),
            depot=np.full(count, known.is_subcutaneous),
            gain=np.full(count, known.gain),
        )


def candidate(given: str | Regimen, weight_kg: float | None = None) -> Candidate:
    """A candidate from a regimen or its text, with `weight_kg` where the dose is per kg.

    Raises ValueError for a regimen that is given once, or needs the weight.
    """
    known = regimen(given) if isinstance(given, str) else given
    if known.every_days is None:
        raise ValueError(f"'{known.drug}' is given once; write its interval, such as 'every 21 d'.")
    own = drug(known.drug)
    grams = possible(known.grams(weight_kg), own, weight_kg)
    return Candidate(own.name, grams, known.every_days, known.over_days)


def whole_vials(name: str, grams: float) -> float:
    """The amount of a drug in whole vials, at least one."""
    vial = rules()["giving"]["sc_vial" if drug(name).is_subcutaneous else "vial"]
    return max(round(grams / vial), 1) * vial


def days_needed(name: str, grams: float, weight_kg: float) -> int:
    """Over how many days an amount must be split by the drug's limit for one day."""
    known = drug(name)
    if known.is_subcutaneous:
        return 1
    most = known.label.most_g_per_kg_day or rules()["giving"]["day_most"]
    return max(ceil(grams / (most * weight_kg) - 0.05), 1)
