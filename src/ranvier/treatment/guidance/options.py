"""The treatments that guideline and evidence put before a patient with MMN, what to expect, what to watch."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from ranvier.evidence import fetch, fetch_tables, read_toml
from ranvier.evidence.tables import one_of, only
from ranvier.treatment.drug import drug
from ranvier.treatment.drug_facts import Fact, Study, Watch, fact

FOLDER = Path(__file__).parent
Standing = Literal["first line", "instead of IVIG", "second line", "in trials", "not helpful"]


@dataclass(frozen=True)
class Option:
    """A treatment with its standing in MMN, its basis and the studies behind it."""

    drug: str
    title: str
    standing: Standing
    text: str
    source: str
    mark: str
    studies: tuple[Study, ...]


@dataclass(frozen=True, kw_only=True)
class Step(Fact):
    """One step of treatment with immunoglobulin and what to expect of it."""

    title: str


@dataclass(frozen=True)
class Monitoring:
    """What is watched under one drug."""

    drug: str
    watch: Watch


@cache
def options() -> tuple[Option, ...]:
    """Every option of `options.toml`, first line first, what does not help last."""
    data = read_toml(FOLDER / "options.toml")
    return tuple(option(row) for row in fetch_tables(data, "option", "options.toml"))


def option(row: dict[str, Any]) -> Option:
    """One option; raises EvidenceError or UnknownNameError for an entry that is wrong."""
    where = f"options.toml: {row.get('drug', 'option')}"
    only(row, ("drug", "standing", "text", "source", "mark"), where)
    known = drug(fetch(row, "drug", str, where))
    standing = one_of(get_args(Standing), fetch(row, "standing", str, where), where)
    text, source = fetch(row, "text", str, where), fetch(row, "source", str, where)
    return Option(known.name, known.title, standing, text, source, row.get("mark", "seen"), known.evidence)


@cache
def steps() -> tuple[Step, ...]:
    """What to expect, step by step."""
    data = read_toml(FOLDER / "steps.toml")
    return tuple(fact(Step, row, "steps.toml") for row in fetch_tables(data, "step", "steps.toml"))


def monitoring(names: tuple[str, ...]) -> tuple[Monitoring, ...]:
    """What the files of these drugs say is watched."""
    return tuple(Monitoring(drug(name).name, watch) for name in names for watch in drug(name).monitoring)
