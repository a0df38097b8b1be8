"""Challenge: where a record contradicts itself or the label under which the patient is seen.

Only here is the given diagnosis read. No rule and no probability knows of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.criteria import CriteriaResult
from ranvier.diagnosis.differential.posterior import Differential
from ranvier.diagnosis.watches import WATCHES, Basis, Case, tables
from ranvier.evidence import Value, values_in
from ranvier.patient import Patient


@dataclass(frozen=True)
class Alert:
    """Something on the record that does not fit, the entries and rules it rests on, and the numbers."""

    id: str
    title: str
    text: str
    basis: Basis
    values: tuple[Value, ...] = ()


def alerts(
    patient: Patient, chart: Chart, results: Iterable[CriteriaResult], found: Differential | None
) -> tuple[Alert, ...]:
    """Every alert the record raises, in the order of `alerts.toml`.

    `chart` is the record as one block table grades it; `results` what every criteria set says of it;
    `found` the differential, if there is one.
    """
    case = Case(patient, chart, tuple(results), found)
    raised = ((id, WATCHES[id](case)) for id in tables()["alert"])
    return tuple(alert(id, case, basis) for id, basis in raised if basis)


def alert(id: str, case: Case, basis: Basis) -> Alert:
    """An alert with its words filled in."""
    table = tables()["alert"][id]
    words = {
        "label": " and ".join(dict.fromkeys(entry.label for entry in case.given)),
        "leading": case.found.candidates[0].title if case.found else "",
    }
    values = tuple(values_in(table, f"alert.{id}"))
    return Alert(id, table["title"].format(**words), table["text"].format(**words), basis, values)
