"""Watching without treatment: an option in mild disease, with what on the record makes it mild."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.evidence import read_toml
from ranvier.findings.truth import Truth, all_of
from ranvier.patient import NeurologicalExamination, Patient
from ranvier.patient.entries import Scale
from ranvier.treatment.drug_facts import Fact, fact
from ranvier.treatment.guidance.begun import treated
from ranvier.treatment.guidance.facts import Known, limits

FILE = Path(__file__).with_name("watching.toml")


@dataclass(frozen=True)
class Watching:
    """Whether watching is an option.

    `option`: True where disability is mild and no immunoglobulin is on the record, None where that is not
    known. `basis`: what makes it so, each with the value on the record. `speaks_for`, `speaks_against`: what
    is published of waiting.
    """

    option: Truth
    basis: tuple[Known, ...]
    speaks_for: tuple[Fact, ...]
    speaks_against: tuple[Fact, ...]


@cache
def tables() -> dict[str, Any]:
    """The content of `watching.toml`."""
    return read_toml(FILE)


def watching(patient: Patient) -> Watching:
    """Whether the record's disability is mild enough that watching is an option."""
    basis = (
        disability(patient, "onls arm", "onls_arm"),
        disability(patient, "onls leg", "onls_leg"),
        strongly_graded(patient),
        untreated(patient),
    )
    return Watching(all_of(each.truth for each in basis), basis, rows("for"), rows("against"))


def rows(key: str) -> tuple[Fact, ...]:
    """What is published for or against waiting."""
    return tuple(fact(Fact, row, f"{FILE.name}.{key}") for row in tables()[key])


def disability(patient: Patient, name: str, limit: str) -> Known:
    """Whether the last ONLS of arms or legs is mild."""
    words = name.replace("onls", "ONLS")
    known = [each for each in patient.entries(Scale) if each.name.casefold().rstrip("s") == name]
    scored = [(each.score, each.when) for each in known if each.score is not None]
    if not scored:
        return Known(None, f"not known: {words}")
    score, when = scored[-1]
    return Known(score <= limits()["mild"][limit], f"{words} {score:g} ({when})")


def strongly_graded(patient: Patient) -> Known:
    """Whether no movement of the last examination is weaker than a mild weakness."""
    graded = [
        (min(grades), each.when)
        for each in patient.entries(NeurologicalExamination)
        if (grades := [one.mrc for one in each.strength if one.mrc is not None])
    ]
    if not graded:
        return Known(None, "not known: MRC grades")
    least, when = graded[-1]
    return Known(least >= limits()["mild"]["weakest"], f"weakest movement MRC {least:g} ({when})")


def untreated(patient: Patient) -> Known:
    """Whether no immunoglobulin is on the record."""
    found = treated(patient)
    if found is None:
        return Known(None, "not known: whether immunoglobulin was given")
    return Known(not found, "immunoglobulin is on the record" if found else "no immunoglobulin on the record")
