"""Regimens as the doses that were given, and as the record tells them."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from ranvier.evidence.value import numbers_of
from ranvier.patient import Dose
from ranvier.treatment.dose_limit import possible
from ranvier.treatment.drug import drug
from ranvier.treatment.given import HOURS_PER_DAY, Given
from ranvier.treatment.regimen import GRAMS, Regimen


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `simulated.toml`."""
    return numbers_of(Path(__file__).with_name("simulated.toml"))


def given_by(regimen: Regimen, weight_kg: float, first: float, last: float) -> tuple[Given, ...]:
    """The doses of a regimen from its begin (or `first`) up to `last`, at the time of day of an infusion.

    Amounts are whole grams, or milligrams where the regimen is in mg. Raises ValueError where a dose would
    be nothing.
    """
    known, rule = drug(regimen.drug), numbers()["infusion"]
    amount = written(regimen, weight_kg)
    runs = known.is_immunoglobulin and not known.is_subcutaneous
    long = rule["hours"] / HOURS_PER_DAY if runs else 0.0
    return tuple(
        Given(known.name, float(day) + n + rule["clock"] / HOURS_PER_DAY, amount * GRAMS[regimen.unit], long)
        for day in regimen.begins(first, last)
        for n in range(regimen.over_days)
        if day + n < last
    )


def written(regimen: Regimen, weight_kg: float) -> float:
    """What is given at once, in the regimen's unit."""
    grams = possible(regimen.grams(weight_kg), drug(regimen.drug), weight_kg)
    amount = float(round(grams / GRAMS[regimen.unit] / regimen.over_days))
    if amount < 1:
        raise ValueError(f"{regimen.drug}: a dose must be at least 1 {regimen.unit}; write a larger one.")
    return amount


def entered(regimen: Regimen, given: Sequence[Given]) -> Iterator[Dose]:
    """The entries of the record: each dose, or one course where doses come every day or nearly so."""
    if not given:
        return
    often = regimen.every_days is not None and regimen.every_days < numbers()["infusion"]["often_days"]
    for each in given[:1] if often else given:
        yield Dose(
            when=clock(each.day),
            origin="simulated",
            source="simulated treatment",
            drug=each.drug,
            amount=round(each.grams / GRAMS[regimen.unit], 6),
            unit="mg" if regimen.unit == "mg" else "g",
            hours=each.days_long * HOURS_PER_DAY or None,
            every_days=regimen.every_days if often else None,
            until=date.fromordinal(int(given[-1].day)).isoformat() if often else None,
        )


def clock(day: float) -> str:
    """A day number as it stands on a record: `2021-04-12T08:30`."""
    minutes = round((day - int(day)) * HOURS_PER_DAY * 60)
    whole, left = divmod(minutes, HOURS_PER_DAY * 60)
    return f"{date.fromordinal(int(day) + whole).isoformat()}T{left // 60:02d}:{left % 60:02d}"
