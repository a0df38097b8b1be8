"""Worked examples of a criteria set: invented patients in its rule file, with the level each must reach.

An example is laid out here as the plain content of a patient file; reading that into a patient is for
whoever runs it, since the reader of patient files lives at the edge.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from ranvier.diagnosis.answer import Status
from ranvier.diagnosis.chart import charts
from ranvier.diagnosis.criteria import CriteriaResult, evaluate
from ranvier.diagnosis.rule_file import OUTCOMES, shipped_sets
from ranvier.diagnosis.rules import CriteriaSet
from ranvier.evidence import EvidenceError, fetch, fetch_tables, read_toml
from ranvier.evidence.tables import one_of, only
from ranvier.findings.norms import shipped_norms
from ranvier.patient import SCHEMA, Identity, Patient

Table = dict[str, Any]
KEYS = ("id", "title", "expected", "rules", "identity", "like", "without", "timeline")
WHO = {"sex": "male", "age_years": 45.0}
INVENTED = {"origin": "simulated", "source": "invented example"}


@dataclass(frozen=True)
class Worked:
    """One example: what it shows, the level it must reach, and how some of the rules must stand."""

    id: str
    title: str
    expected: str
    rules: dict[str, Status]
    record: Table
    """The content of a patient file, schema ranvier.patient/1."""


@dataclass(frozen=True)
class Outcome:
    """What became of an example, and in which sentences it differs from what it should be."""

    example: Worked
    level: str
    slips: tuple[str, ...]


def examples_of(name: str) -> tuple[Worked, ...]:
    """The examples of a criteria set, by its id or rule file; raises EvidenceError naming the entry."""
    path = shipped_sets().get(name.upper()) or Path(name)
    data = read_toml(path)
    found: dict[str, Worked] = {}
    for table in fetch_tables({"example": [], **data}, "example", path.stem):
        example = worked_from(table, found, f"{path.stem}.example.{table.get('id', '?')}")
        found[example.id] = example
    return tuple(found.values())


def worked_from(table: Table, earlier: dict[str, Worked], where: str) -> Worked:
    """One example; `like` names an earlier one that it starts from."""
    only(table, KEYS, where)
    id = fetch(table, "id", str, where)
    if id in earlier:
        raise EvidenceError(f"{where}: stands twice; give one of them another id.")
    base = table.get("like")
    if base is not None and base not in earlier:
        raise EvidenceError(f"{where}: 'like' names '{base}', which is no example above this one.")
    rules = fetch({"rules": {}, **table}, "rules", dict, where)
    return Worked(
        id=id,
        title=fetch(table, "title", str, where),
        expected=fetch(table, "expected", str, where),
        rules={rule: one_of(get_args(Status), status, where) for rule, status in rules.items()},
        record=record_from(table, earlier[base].record if base else {}, where),
    )


def record_from(table: Table, base: Table, where: str) -> Table:
    """The content of a patient file: that of `base`, the entries given in place of those of their kind."""
    given = fetch_tables({"timeline": [], **table}, "timeline", where)
    gone = {*fetch({"without": [], **table}, "without", list, where), *(e.get("kind") for e in given)}
    kept = [entry for entry in base.get("timeline", []) if entry["kind"] not in gone]
    identity = fetch({"identity": {}, **table}, "identity", dict, where)
    record = {
        "schema": SCHEMA,
        "identity": {"pseudonym": "example", **WHO, **base.get("identity", {}), **identity},
        "timeline": kept + [{**INVENTED, **entry} for entry in given],
    }
    return cast(Table, json.loads(json.dumps(record, default=str)))  # TOML has dates, a patient file has text


def outcome(criteria: CriteriaSet, example: Worked, patient: Patient) -> Outcome:
    """What the set says of the patient of one of its examples."""
    (chart,) = charts(patient, shipped_norms(), (criteria.blocks,))
    result = evaluate(criteria, chart)
    return Outcome(example, result.level, tuple(slips(example, result)))


def slips(example: Worked, result: CriteriaResult) -> Iterator[str]:
    """Each way in which a result is not what the example says it must be."""
    known = (*result.levels, *OUTCOMES)
    if example.expected not in known:
        yield f"expects '{example.expected}', which is no outcome of the set: {', '.join(known)}."
    elif result.level != example.expected:
        yield f"expects {example.expected}, and comes out as {result.level}."
    found = {one.rule.id: one.status for one in result.rules}
    for rule, status in example.rules.items():
        if rule not in found:
            yield f"speaks of the rule '{rule}', which the set does not have."
        elif found[rule] != status:
            yield f"expects the rule '{rule}' to be {status}; it is {found[rule]}."


def tried_on_nobody(criteria: CriteriaSet) -> CriteriaResult:
    """The set applied to an empty record: a rule that no record could answer raises EvidenceError."""
    (chart,) = charts(Patient(Identity("nobody")), shipped_norms(), (criteria.blocks,))
    return evaluate(criteria, chart)
