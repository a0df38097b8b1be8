"""The patient file: one JSON document, schema `ranvier.patient/1`."""

import json
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import GenericAlias
from typing import Any, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ranvier.formats.files import InputError, read_text, sentence
from ranvier.patient import ENTRY_KINDS, SCHEMA, AnyEntry, Identity, Patient
from ranvier.patient.check import Place, Problem, RecordError, checked, dotted

STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
SENTENCES = {
    "unexpected_keyword_argument": "is not a field of this record; take it out or check its spelling",
    "missing": "is missing",
    "missing_keyword_only_argument": "is missing",
    "missing_argument": "is missing",
    "float_type": "must be a number, without quotes or unit",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true, false or null (null: not known)",
    "string_type": "must be text in quotes",
    "tuple_type": "must be a list [ ... ]",
    "dataclass_type": "must be an object { ... }",
    "dataclass_exact_type": "must be an object { ... }",
    "finite_number": "must be a finite number",
}


@cache
def adapter(kind: type) -> TypeAdapter[Any]:
    """The validator of one kind of record. The list carries the strict settings to all it holds."""
    listed: Any = GenericAlias(list, kind)
    return TypeAdapter(listed, config=STRICT)


def read_patient(path: Path) -> tuple[Patient, tuple[str, ...]]:
    """A patient and the remarks made while reading; raises InputError naming file and field."""
    text, remarks = read_text(path)
    try:
        return patient_from(parse(text)), remarks
    except RecordError as error:
        raise InputError(path, [sentence(said_of(problem)) for problem in error.problems]) from error


def said_of(problem: Problem) -> str:
    """One problem with its place on the record."""
    return f"{dotted(problem.place)} {problem.text}".strip()


def parse(text: str) -> dict[str, Any]:
    """The JSON object in a text, with no name given twice and no NaN; raises RecordError."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise RecordError([Problem((), f"the field '{twice}' stands twice in one object")])
        return dict(pairs)

    def refuse(constant: str) -> float:
        raise RecordError([Problem((), f"holds {constant}; write null for what is not known")])

    try:
        data = json.loads(text, object_pairs_hook=once, parse_constant=refuse)
    except json.JSONDecodeError as error:
        where = (
            f"is not JSON: {error.msg.lower()} at line {error.lineno}, column {error.colno}; "
            "mend it there, or start from `ranvier template patient`"
        )
        raise RecordError([Problem((), where)]) from error
    except (RecursionError, ValueError) as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError([Problem((), "is not JSON that can be a patient record")]) from error
    if not isinstance(data, dict):
        raise RecordError([Problem((), "must hold one JSON object; see `ranvier template patient`")])
    return data


def patient_from(data: dict[str, Any]) -> Patient:
    """A checked patient from the content of a patient file; raises RecordError."""
    problems = [
        Problem((name,), "is not a field of a patient file; it has schema, identity and timeline")
        for name in data
        if name not in ("schema", "identity", "timeline")
    ]
    if data.get("schema") != SCHEMA:
        problems.append(Problem(("schema",), f'must be "{SCHEMA}"'))
    entries = data.get("timeline")
    if not isinstance(entries, list):
        problems.append(Problem(("timeline",), "must be a list of entries"))
        entries = []
    identity = validated(Identity, data.get("identity"), ("identity",), problems)
    timeline = [entry_from(entry, ("timeline", i), problems) for i, entry in enumerate(entries)]
    if problems or identity is None:
        raise RecordError(problems)
    return checked(Patient(identity, tuple(timeline)))


def entry_from(data: Any, place: Place, problems: list[Problem]) -> Any:
    """One entry of the timeline; what is wrong with it is added to `problems`."""
    kind = data.get("kind") if isinstance(data, dict) else None
    if not isinstance(kind, str) or kind not in ENTRY_KINDS:
        known = ", ".join(ENTRY_KINDS)
        problems.append(Problem((*place, "kind"), f"must be one of: {known}"))
        return None
    return validated(ENTRY_KINDS[kind], data, place, problems)


def validated(kind: type, data: Any, place: Place, problems: list[Problem]) -> Any:
    """`data` as a record of this kind, or None with the problems added."""
    try:
        return adapter(kind).validate_json(json.dumps([data]))[0]
    except ValidationError as error:
        problems += [
            Problem((*place, *item["loc"][1:]), said(item))
            for item in error.errors(include_url=False, include_context=True)
        ]
    except (RecursionError, UnicodeEncodeError, ValueError):
        problems.append(Problem(place, "cannot be read as a record"))
    return None


def said(item: Any) -> str:
    """A validator's finding as a clinician would want to read it."""
    if item["type"] in ("literal_error", "enum"):
        return f"must be one of: {item['ctx']['expected'].replace(' or ', ', ')}"
    return SENTENCES.get(item["type"]) or str(item["msg"]).lower()


def patient_text(patient: Patient) -> str:
    """The patient file as text. What is not known is left out; reading it back gives the same patient."""
    data = {
        "schema": patient.schema,
        "identity": known(patient.identity),
        "timeline": [entry_data(entry) for entry in patient.timeline],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def entry_data(entry: AnyEntry) -> dict[str, Any]:
    """One entry as it stands in the file, its kind first."""
    return {"kind": entry.kind, **known(entry)}


def known(record: Any) -> Any:
    """A record as plain data, without the fields that stand at their default: not known, or not given."""
    if isinstance(record, tuple):
        return [known(item) for item in cast(tuple[Any, ...], record)]
    if not is_dataclass(record):
        return record
    held = ((f, getattr(record, f.name)) for f in fields(record))
    return {field.name: known(value) for field, value in held if value != field.default}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a patient file, made from the same records that the program uses."""
    definitions: dict[str, Any] = {}

    def reference(kind: type) -> dict[str, Any]:
        schema = adapter(kind).json_schema(ref_template="#/$defs/{model}")
        definitions.update(schema.get("$defs", {}))
        return schema["items"]

    def entry(kind: type) -> dict[str, Any]:
        found = reference(kind)
        definitions[kind.__name__]["required"].append("kind")
        return found

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:ranvier:schema:ranvier.patient/1",
        "title": "A patient, schema ranvier.patient/1",
        "type": "object",
        "additionalProperties": False,
        "required": ["schema", "identity", "timeline"],
        "properties": {
            "schema": {"const": SCHEMA},
            "identity": reference(Identity),
            "timeline": {
                "type": "array",
                "items": {"oneOf": [entry(kind) for kind in ENTRY_KINDS.values()]},
            },
        },
        "$defs": definitions,
    }


def template() -> str:
    """A patient file to fill in, with an entry of each kind that the criteria ask for."""
    unknown = {"when": "2024-05", "origin": "measured", "source": "our clinic"}
    study = {
        "motor": [
            {"side": "right", "nerve": "median", "muscle": "APB", "sites": [
                {"site": "wrist", "latency_ms": 3.6, "amplitude_mv": 8.4, "area_mv_ms": 28.1,
                 "duration_ms": 5.9, "distance_mm": 80, "stimulus": "supramaximal"},
                {"site": "elbow", "latency_ms": 7.9, "amplitude_mv": 7.8, "area_mv_ms": 26.4,
                 "duration_ms": 6.2, "distance_mm": 235, "stimulus": "supramaximal"},
            ]},
        ],
        "sensory": [
            {"side": "right", "nerve": "median", "amplitude_uv": 28, "onset_latency_ms": 2.6,
             "peak_latency_ms": 3.3, "distance_mm": 140},
        ],
    }  # fmt: skip
    data = {
        "schema": SCHEMA,
        "identity": {"pseudonym": "patient-1", "sex": "male", "age_years": 45, "height_cm": 178,
                     "weight_kg": 80},
        "timeline": [
            {"kind": "history", **unknown, "duration_months": 18, "course": "stepwise progressive",
             "predominant_limbs": "arms", "diffuse_symmetric_onset": False},
            {"kind": "neurological examination", **unknown, "strength": [
                {"movement": "thumb_abduction", "side": "right", "mrc": 3},
                {"movement": "thumb_abduction", "side": "left", "mrc": 5},
             ], "sensory": "normal", "upper_motor_neuron_signs": False, "bulbar_signs": False},
            {"kind": "nerve conduction study", **unknown, **study},
            {"kind": "laboratory", **unknown, "antibodies": [
                {"antigen": "GM1", "isotype": "IgM", "result": None}], "csf_protein": None},
            {"kind": "dose", **unknown, "when": "2024-05-14T09:00", "drug": "ivig", "amount": 70,
             "unit": "g", "hours": 5},
            {"kind": "treatment", **unknown, "agent": "IVIG", "dose": "", "response": None,
             "objective": None},
        ],
    }  # fmt: skip
    return json.dumps(data, indent=1) + "\n"
