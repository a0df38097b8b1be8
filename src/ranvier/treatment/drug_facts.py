"""What a drug's file tells, row by row: studies, doses in use, harms, what to watch, costs and products."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from ranvier.evidence import EvidenceError, Value, fetch, is_value, value_from
from ranvier.evidence.tables import one_of, only

MARKS = ("seen", "recalled")
F = TypeVar("F", bound="Fact")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing said of a drug, with its source and whether the source was seen; its numbers by name."""

    id: str
    text: str
    source: str
    mark: str = "seen"
    numbers: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Study(Fact):
    """A study: how it was made (`design`), in whom, and what it found (`text`)."""

    design: str = ""
    disease: str = "MMN"


@dataclass(frozen=True, kw_only=True)
class Practice(Fact):
    """A dose as it is used."""

    phase: str = ""


@dataclass(frozen=True, kw_only=True)
class Watch(Fact):
    """What is watched under a drug (`text`) and when."""

    when: str = ""


@dataclass(frozen=True, kw_only=True)
class Cost(Fact):
    """What a drug costs, where and in which year."""

    country: str = ""


@dataclass(frozen=True, kw_only=True)
class Brand(Fact):
    """A product, with the limits of its label."""

    title: str


@dataclass(frozen=True, kw_only=True)
class Label:
    """The limits of dose and rate that a label or a guideline sets; None where the file has none.

    Amounts in g for each kg of weight; rates for each kg, in mL an hour and mg a minute.
    """

    least_g_per_kg_month: float | None = None
    most_g_per_kg_month: float | None = None
    most_g_per_kg_dose: float | None = None
    most_g_per_kg_day: float | None = None
    start_ml_per_kg_h: float | None = None
    most_ml_per_kg_h: float | None = None
    start_mg_per_kg_min: float | None = None
    most_mg_per_kg_min: float | None = None


def facts(kind: type[F], data: dict[str, Any], key: str, where: str) -> tuple[F, ...]:
    """The rows of one list of the file; none where it has no such list. Raises EvidenceError."""
    if key not in data:
        return ()
    rows = fetch(data, key, list, where)
    if not all(isinstance(row, dict) for row in rows):
        raise EvidenceError(f"{where}: '{key}' must be a list of tables, [[{key}]].")
    return tuple(fact(kind, row, f"{where}.{key}") for row in rows)


def fact(kind: type[F], row: dict[str, Any], where: str) -> F:
    """One row: texts by the names of the record's fields, every other entry a Value."""
    id = fetch(row, "id", str, where)
    here = f"{where}.{id}"
    named = tuple(each.name for each in fields(kind) if each.name != "numbers")
    numbers = {key: value_from(f"{here}.{key}", entry) for key, entry in row.items() if is_value(entry)}
    texts = {key: entry for key, entry in row.items() if key not in numbers}
    only(texts, named, here)
    for key in ("text", "source", *texts):
        fetch(row, key, str, here)
    one_of(MARKS, texts.get("mark", "seen"), f"{here}.mark")
    return kind(**texts, numbers=numbers)


def label(data: dict[str, Any], where: str) -> Label:
    """The limits in the file's [label]; raises EvidenceError for one that means nothing."""
    table = data.get("label", {})
    only(table, tuple(each.name for each in fields(Label)), f"{where}.label")
    return Label(**{key: value_from(f"{where}.label.{key}", table[key]).number for key in table})
