"""The investigations that can be done, with what each costs and asks of the patient."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.diagnosis.differential.finding import Finding, findings
from ranvier.evidence import EvidenceError, fetch, read_toml
from ranvier.evidence.value import number_in

TESTS = Path(__file__).with_name("tests.toml")
UNLESS_SAID = {"when": "always", "limb": "", "note": "", "suspects": (), "stretches": (), "leave": ()}


@dataclass(frozen=True)
class Investigation:
    """One investigation: what it answers, when it makes sense, and its price.

    `findings`: those it answers. `when`: the occasion on which it is offered. `suspects`: the diseases
    without which it would not be done. `stretches`: those of nerve that it looks at, of one `limb` if that is
    named. `discomfort`: 0 to 3. `note`: what it rests on, or why it makes sense.
    """

    id: str
    title: str
    findings: tuple[Finding, ...]
    when: str
    suspects: tuple[str, ...]
    stretches: tuple[str, ...]
    limb: str
    cost_eur: float
    minutes: float
    discomfort: int
    risk: str
    note: str

    @property
    def burden(self) -> str:
        """What it asks of the patient, in words."""
        risk = "" if self.risk == "none" else f"; {self.risk}"
        return f"{('no', 'little', 'some', 'much')[self.discomfort]} discomfort{risk}"


@cache
def tables() -> dict[str, Any]:
    """The content of tests.toml."""
    return read_toml(TESTS)


@cache
def investigations() -> Mapping[str, Investigation]:
    """Every investigation, by id, in the order of `tests.toml`."""
    return {id: investigation_from(id, table) for id, table in tables()["tests"].items()}


def investigation_from(id: str, table: dict[str, Any]) -> Investigation:
    """One investigation of the file; raises EvidenceError that names it."""
    where, entry = f"tests.{id}", {**UNLESS_SAID, "asks": id, **table}
    asks = fetch(entry, "asks", str, where)
    answered = tuple(f for f in findings().values() if f.test == asks and f.id not in entry["leave"])
    if asks and not answered:
        raise EvidenceError(f"{where}: no finding of findings.toml is answered by '{asks}'.")
    return Investigation(
        id=id,
        title=fetch(entry, "title", str, where),
        findings=answered,
        when=fetch(entry, "when", str, where),
        suspects=tuple(entry["suspects"]),
        stretches=tuple(entry["stretches"]),
        limb=fetch(entry, "limb", str, where),
        cost_eur=number_in(entry, "cost", where),
        minutes=number_in(entry, "minutes", where),
        discomfort=int(number_in(entry, "discomfort", where)),
        risk=fetch(entry, "risk", str, where),
        note=fetch(entry, "note", str, where),
    )


@cache
def assumed(table: str, key: str) -> float:
    """One number of `tests.toml` that belongs to no investigation."""
    return number_in(tables()[table], key, f"tests.{table}")
