"""Splints, aids, physiotherapy and occupational therapy, by what is weak. No trial figures exist for any."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.anatomy import movement
from ranvier.evidence import Value, fetch_tables, read_toml, value_from
from ranvier.findings.truth import Truth
from ranvier.patient import NeurologicalExamination, Patient, Strength
from ranvier.patient.entries import Scale
from ranvier.treatment.guidance.facts import Known

FILE = Path(__file__).with_name("aids.toml")
EVIDENCE = "no trial figures"


@dataclass(frozen=True)
class Aid:
    """Something that may replace or support what is weak, as this record answers it.

    `fits`: True where a movement that it stands for is weak enough, False where those graded are not, None
    where none was graded. `value`: the grades on the record.
    """

    id: str
    title: str
    text: str
    fits: Truth
    value: str
    source: str
    mark: str
    evidence: str = EVIDENCE


@cache
def tables() -> dict[str, Any]:
    """The content of `aids.toml`."""
    return read_toml(FILE)


@cache
def limit(name: str) -> Value:
    """A limit of `[weak]`."""
    return value_from(f"weak.{name}", tables()["weak"][name])


def aids(patient: Patient) -> tuple[Aid, ...]:
    """Every aid with whether it fits this record, in the order of the file."""
    grades = last_grades(patient)
    found = []
    for row in fetch_tables(tables(), "aid", FILE.name):
        known = by_scale(patient, row) if "scale" in row else by_movement(grades, row)
        texts = {key: row[key] for key in ("id", "title", "text", "source")}
        found.append(Aid(**texts, fits=known.truth, value=known.value, mark=row.get("mark", "seen")))
    return tuple(found)


def last_grades(patient: Patient) -> dict[tuple[str, str], Strength]:
    """The last grade of each movement and side."""
    rows = (one for each in patient.entries(NeurologicalExamination) for one in each.strength)
    return {(movement(one.movement), one.side): one for one in rows if one.mrc is not None}


def by_movement(grades: dict[tuple[str, str], Strength], row: dict[str, Any]) -> Known:
    """Whether a movement of the aid is weak enough, and which."""
    own = [one for (name, _), one in grades.items() if name in row["movements"]]
    if not own:
        names = ", ".join(spoken(name) for name in row["movements"][:3])
        return Known(None, f"not known: grades of {names}")
    weak = [one for one in own if (one.mrc or 0.0) <= limit(row["least"]).number]
    if not weak:
        return Known(False, f"weakest MRC {min(one.mrc or 0.0 for one in own):g}")
    return Known(True, "; ".join(f"{one.side} {spoken(one.movement)} MRC {one.mrc:g}" for one in weak))


def by_scale(patient: Patient, row: dict[str, Any]) -> Known:
    """Whether the last score of a scale is high enough."""
    words = row["scale"].replace("onls", "ONLS")
    known = [each for each in patient.entries(Scale) if each.name.casefold().rstrip("s") == row["scale"]]
    scored = [(each.score, each.when) for each in known if each.score is not None]
    if not scored:
        return Known(None, f"not known: {words}")
    score, when = scored[-1]
    return Known(score >= limit(row["least"]).number, f"{words} {score:g} ({when})")


def spoken(name: str) -> str:
    """A movement in words."""
    return name.replace("_", " ")
