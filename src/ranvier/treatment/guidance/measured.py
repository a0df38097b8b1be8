"""What was measured on a patient again and again, and the least change of it that matters."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ranvier.evidence import Value, fetch_tables, read_toml
from ranvier.evidence.value import number_in
from ranvier.patient import NeurologicalExamination, Patient
from ranvier.patient.entries import Scale
from ranvier.treatment.guidance.begun import Clock, clock
from ranvier.treatment.least_change import STRENGTH, least_change

FILE = Path(__file__).with_name("changes.toml")


@dataclass(frozen=True)
class Measure:
    """A measure with the least change that matters; `share`: as a share of the first value."""

    id: str
    title: str
    unit: str
    better: Literal["more", "less"]
    change: Value
    share: bool = False


@dataclass(frozen=True)
class Series:
    """The readings of one measure, on one side where it has sides."""

    measure: Measure
    side: str
    readings: tuple[tuple[Clock, float], ...]


@cache
def tables() -> dict[str, Any]:
    """The content of `changes.toml`."""
    return read_toml(FILE)


def days(key: str) -> float:
    """A time of `[window]`."""
    return number_in(tables()["window"], key, "window")


@cache
def measures() -> tuple[tuple[Measure, tuple[str, ...]], ...]:
    """Every measure with the names under which it stands on a record."""
    rows = fetch_tables(tables(), "measure", FILE.name)
    return tuple((measure(row), tuple(row["names"])) for row in rows)


def measure(row: dict[str, Any]) -> Measure:
    """One [[measure]]."""
    return Measure(row["id"], row["title"], row["unit"], row["better"], least_change(row["id"]))


def series(patient: Patient) -> tuple[Series, ...]:
    """Every measure that the record has readings of, side by side, oldest first."""
    scales = tuple(of_scales(patient))
    summed = any(each.measure.id == "mrc_sum" for each in scales)
    return (*scales, *pinch(patient), *(() if summed else tuple(graded(patient))))


def of_scales(patient: Patient) -> Iterator[Series]:
    """The measures that stand on the record as scales."""
    for one, names in measures():
        for side in ("right", "left", ""):
            found = tuple(readings(patient, names, one.unit, side))
            if found:
                yield Series(one, side, found)


def readings(patient: Patient, names: tuple[str, ...], unit: str, side: str) -> Iterator[tuple[Clock, float]]:
    """The dated readings of a scale."""
    for entry in patient.entries(Scale):
        at = clock(entry.when)
        same = (entry.name.casefold(), entry.unit, entry.side or "")
        if at and entry.score is not None and same[0] in names and same[1:] == (unit, side):
            yield at, entry.score


def pinch(patient: Patient) -> Iterator[Series]:
    """Pinch of each hand, which counts together with grip."""
    one = Measure("pinch", "pinch", "kg", "more", least_change(STRENGTH), share=True)
    for side in ("right", "left"):
        found = tuple(readings(patient, tuple(tables()["pinch"]["names"]), "kg", side))
        if found:
            yield Series(one, side, found)


def graded(patient: Patient) -> Iterator[Series]:
    """The sum of the grades of those movements that every dated examination graded."""
    rows = [
        (
            clock(each.when),
            {(one.movement, one.side): one.mrc for one in each.strength if one.mrc is not None},
        )
        for each in patient.entries(NeurologicalExamination)
    ]
    dated = [(at, grades) for at, grades in rows if at and grades]
    if len(dated) < 2:
        return
    common = sorted(set.intersection(*(set(grades) for _, grades in dated)))
    if common:
        title = f"sum of the MRC grades of {len(common)} movements"
        one = Measure("grades", title, "points", "more", least_change("mrc_sum"))
        yield Series(one, "", tuple((at, sum(grades[each] for each in common)) for at, grades in dated))
