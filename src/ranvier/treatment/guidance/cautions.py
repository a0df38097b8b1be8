"""Cautions: what on the record speaks for care with a drug, what does not, and what is not known.

The rules stand in `cautions.toml`. Nothing here orders anything: each caution says its rule, the value on the
record and the source.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from ranvier.evidence import EvidenceError, fetch, fetch_tables, read_toml
from ranvier.evidence.tables import one_of, only
from ranvier.findings.truth import Truth
from ranvier.patient import Patient
from ranvier.treatment.drug import drug
from ranvier.treatment.drug_facts import MARKS
from ranvier.treatment.guidance.facts import FACTS

FILE = Path(__file__).with_name("cautions.toml")
Says = Literal["contraindicated", "caution", "possible", "option"]
KEYS = ("id", "fact", "drugs", "says", "title", "text", "source", "mark")


@dataclass(frozen=True)
class Check:
    """One rule: the condition it asks for, the drugs it bears on, and what it says where it holds."""

    id: str
    fact: str
    drugs: tuple[str, ...]
    says: Says
    title: str
    text: str
    source: str
    mark: str = "seen"


@dataclass(frozen=True)
class Caution:
    """A rule as this record answers it.

    `drugs`: those asked for that it bears on. `holds`: True, False, or None where the record does not tell.
    `value`: what the record shows, or `not known: IgA`.
    """

    rule: Check
    drugs: tuple[str, ...]
    holds: Truth
    value: str

    @property
    def source(self) -> str:
        """The source of the rule."""
        return self.rule.source

    @property
    def mark(self) -> str:
        """Whether the source was seen or is recalled."""
        return self.rule.mark


@cache
def checks() -> tuple[Check, ...]:
    """Every rule of `cautions.toml`; raises EvidenceError with the entry that is wrong."""
    return tuple(check(row) for row in fetch_tables(read_toml(FILE), "check", FILE.name))


def check(row: dict[str, Any]) -> Check:
    """One rule of the file."""
    where = f"{FILE.name}: {row.get('id', 'check')}"
    only(row, KEYS, where)
    one_of(tuple(FACTS), fetch(row, "fact", str, where), f"{where}.fact")
    one_of(get_args(Says), fetch(row, "says", str, where), f"{where}.says")
    one_of(MARKS, row.get("mark", "seen"), f"{where}.mark")
    texts = {key: fetch(row, key, str, where) for key in ("id", "title", "text", "source")}
    named = tuple(fetch(row, "drugs", list, where))
    for name in named:
        if drug(name).name != name:
            raise EvidenceError(f"{where}: write '{drug(name).name}' for the drug '{name}'.")
    return Check(**texts, fact=row["fact"], drugs=named, says=row["says"], mark=row.get("mark", "seen"))


def cautions(patient: Patient, drugs: Iterable[str]) -> tuple[Caution, ...]:
    """Every rule that bears on one of the drugs, answered by the record; in the order of the file.

    Raises UnknownNameError for a drug that no file has.
    """
    wanted = [drug(name).name for name in drugs]
    return tuple(
        answered(patient, rule, tuple(name for name in rule.drugs if name in wanted))
        for rule in checks()
        if set(rule.drugs) & set(wanted)
    )


def answered(patient: Patient, rule: Check, drugs: tuple[str, ...]) -> Caution:
    """A rule with the answer of this record."""
    found = FACTS[rule.fact](patient)
    return Caution(rule, drugs, found.truth, found.value)
