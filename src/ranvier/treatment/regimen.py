"""A regimen as it is written: `ivig 1 g/kg every 21 d from 2026-01`."""

import re
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ranvier.findings.plausible import bounds, outside
from ranvier.patient.when import When

PATTERN = re.compile(
    r"(?P<drug>[a-zA-Z][\w -]*?)\s+(?P<amount>\d{1,7}(\.\d+)?)\s*(?P<unit>g/kg|mg/kg|g|mg)"
    r"(\s+over\s+(?P<over>\d{1,3})\s*(d|days?))?"
    r"(\s+every\s+(?P<every>\d{1,7}(\.\d+)?)\s*(?P<step>d|days?|w|weeks?))?"
    r"(\s+from\s+(?P<begin>\d{4}(-\d{2}(-\d{2})?)?))?"
    r"(\s+until\s+(?P<end>\d{4}(-\d{2}(-\d{2})?)?))?",
    re.ASCII,
)
HOW = "write it as: ivig 1 g/kg [over 2 d] every 21 d [from 2026-01] [until 2026-12]"
DAYS = {"d": 1.0, "w": 7.0}
GRAMS = {"g": 1.0, "mg": 1e-3}


@dataclass(frozen=True)
class Regimen:
    """Equal doses of a drug at equal intervals; `amount` in g or mg, for each kg of weight if `per_kg`.

    `over_days`: one dose is split evenly over so many days. `every_days` None: once. `begin`, `end`: days of
    the calendar as ordinal numbers; None where the text leaves them open.
    """

    drug: str
    amount: float
    unit: str
    per_kg: bool
    every_days: float | None
    over_days: int = 1
    begin: int | None = None
    end: int | None = None

    def grams(self, weight_kg: float | None) -> float:
        """One dose in grams; raises ValueError if the weight is needed and missing."""
        if self.per_kg and weight_kg is None:
            raise ValueError(
                f"{self.drug} {self.amount:g} {self.unit}/kg needs the patient's weight; enter weight_kg."
            )
        return self.amount * GRAMS[self.unit] * (weight_kg or 0.0 if self.per_kg else 1.0)

    def begins(self, first: float, last: float) -> np.ndarray:
        """The days on which doses begin, from the regimen's begin (or `first`) up to `last`."""
        start = float(self.begin) if self.begin is not None else first
        stop = min(last, float(self.end)) if self.end is not None else last
        if self.every_days is None:
            return np.array([start]) if start <= stop else np.array([])
        return np.arange(start, stop + 1e-9, self.every_days)

    def at(self, begin: int) -> "Regimen":
        """The same regimen from a day on."""
        return replace(self, begin=begin)


def regimen(text: str) -> Regimen:
    """A regimen from its text; raises ValueError with the form it must have."""
    found = PATTERN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"'{text}' is not a regimen; {HOW}.")
    unit, per, _ = found["unit"].partition("/")
    every = float(found["every"]) * DAYS[found["step"][0]] if found["every"] else None
    over = max(int(found["over"] or 1), 1)
    check_days(text, every, over)
    return Regimen(
        drug=found["drug"].strip().casefold(),
        amount=float(found["amount"]),
        unit=unit,
        per_kg=bool(per),
        every_days=every,
        over_days=over,
        begin=day(found["begin"], 0),
        end=day(found["end"], 1),
    )


def check_days(text: str, every: float | None, over: int) -> None:
    """Refuse an interval that no course on a record can have, and days of infusion beyond it."""
    if every is None:
        return
    if wrong := outside(every, bounds()["dose", "every_days"]):
        raise ValueError(f"'{text}': the interval {wrong}.")
    if over > every:
        fit = f"{over} days of infusion do not fit into every {every:g} days"
        raise ValueError(f"'{text}': {fit}; enter a longer interval or fewer days.")


def day(text: str | None, which: int) -> int | None:
    """The first (0) or last (1) day that a date can mean, as an ordinal number."""
    if text is None:
        return None
    days = When(text).days
    if days is None or not date.min <= days[which]:
        raise ValueError(f"'{text}' is not a day of the calendar.")
    return days[which].toordinal()
