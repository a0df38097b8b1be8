"""The JSON Schema of a rule file, `ranvier.criteria/1`, made from what the program itself reads."""

from typing import Any, get_args

from ranvier.anatomy import motor_nerves
from ranvier.diagnosis.answer import Status
from ranvier.diagnosis.criteria import MEASURES
from ranvier.diagnosis.rules import Grade, Op
from ranvier.evidence import Kind, Mark
from ranvier.patient import ENTRY_KINDS

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}


def rule_schema() -> Schema:
    """The schema of a criteria set, or of a block table alone."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:ranvier:schema:ranvier.criteria/1",
        "title": "A criteria set or a block table (TOML), schema ranvier.criteria/1",
        **closed(
            ("id", "title", "source"),
            id=TEXT,
            title=TEXT,
            disease=TEXT,
            source=TEXT,
            year={"type": "integer"},
            rank={"type": "integer"},
            note=TEXT,
            block_table=TEXT,
            performance={"type": "object", "additionalProperties": ref("value")},
            block=several("block"),
            rule=several("rule"),
            level=several("level"),
            example=several("example"),
        ),
        "anyOf": [{"required": ["disease", "rule", "level"]}, {"required": ["block"]}],
        "$defs": {
            "value": value(),
            "block": block(),
            "test": test(),
            "rule": rule(),
            "level": level(),
            "group": group(),
            "part": {"anyOf": [TEXT, ref("group")]},
            "example": example(),
        },
    }


def ref(name: str) -> Schema:
    """What is described once, under this name."""
    return {"$ref": f"#/$defs/{name}"}


def several(name: str, least: int = 1) -> Schema:
    """A list of these."""
    return {"type": "array", "minItems": least, "items": ref(name)}


def closed(required: tuple[str, ...], **properties: Schema) -> Schema:
    """A table with these keys and no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


def words(allowed: Any) -> Schema:
    """One of these words."""
    return {"enum": list(allowed)}


def value() -> Schema:
    """A number with unit, kind and source; one that is recalled is of kind 'assumed'."""
    recalled = {"required": ["mark"], "properties": {"mark": {"const": "recalled"}}}
    return {
        **closed(
            ("number", "unit", "kind", "source"),
            number={"type": "number"},
            unit=TEXT,
            kind=words(get_args(Kind)),
            source=TEXT,
            mark=words(get_args(Mark)),
            spread=TEXT,
            note=TEXT,
        ),
        "if": recalled,
        "then": {"properties": {"kind": {"const": "assumed"}}},
    }


def block() -> Schema:
    """A row of the block table: in these nerves and stretches, one test of each group must hold."""
    return closed(
        ("grade", "nerves", "stretches", "conditions"),
        id=TEXT,
        grade=words(get_args(Grade)),
        nerves={"type": "array", "items": words(sorted(motor_nerves()))},
        stretches={"type": "array", "items": words(sorted(stretches()))},
        conditions={"type": "array", "items": several("test")},
    )


def stretches() -> set[str]:
    """Every named stretch of a motor nerve."""
    return {stretch for nerve in motor_nerves().values() for stretch in nerve.stretches}


def test() -> Schema:
    """One measure of a segment against a limit."""
    fraction = {"allOf": [ref("value"), {"properties": {"unit": {"const": "fraction"}}}]}
    measures = words(("area_drop", "amplitude_drop", "duration_rise"))
    return closed(
        ("measure", "op", "threshold"), measure=measures, op=words(get_args(Op)), threshold=fraction
    )


def rule() -> Schema:
    """A rule compares a number with a threshold, or asks for one of the words expected."""
    answer = {"type": ["boolean", "string"]}
    parameter = {"anyOf": [TEXT, {"type": "boolean"}, TEXTS, ref("value")]}
    return {
        **closed(
            ("id", "text", "measure", "mark"),
            id=TEXT,
            text=TEXT,
            measure=words(sorted(MEASURES)),
            op=words(get_args(Op)),
            threshold=ref("value"),
            expected={"anyOf": [answer, {"type": "array", "minItems": 1, "items": answer}]},
            source=TEXT,
            mark=words(get_args(Mark)),
            **{"with": {"type": "object", "additionalProperties": parameter}},
        ),
        "oneOf": [{"required": ["op", "threshold"]}, {"required": ["expected"]}],
    }


PARTS = ("all", "any", "of")


def formula() -> dict[str, Schema]:
    """The keys that combine rules: all of them, any of them, or so many of them."""
    parts = {key: several("part") for key in PARTS}
    return {**parts, "at_least": {"type": "integer", "minimum": 1}}


def combining() -> Schema:
    """One way of combining, and not two."""
    return {
        "oneOf": [{"required": [key]} for key in PARTS],
        "dependentRequired": {"of": ["at_least"], "at_least": ["of"]},
    }


def level() -> Schema:
    """A level of certainty and what it takes."""
    named = {"id": TEXT, "source": TEXT, "mark": words(get_args(Mark))}
    return {**closed(("id", "mark"), **named, **formula()), **combining()}


def group() -> Schema:
    """A combination within another."""
    return {**closed((), **formula()), **combining()}


def example() -> Schema:
    """An invented patient and the level it must reach; the entries are those of a patient file."""
    entry = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": words(ENTRY_KINDS)},
    }
    return closed(
        ("id", "title", "expected"),
        id=TEXT,
        title=TEXT,
        expected=TEXT,
        rules={"type": "object", "additionalProperties": words(get_args(Status))},
        identity={"type": "object"},
        like=TEXT,
        without={"type": "array", "items": words(ENTRY_KINDS)},
        timeline={"type": "array", "items": entry},
    )
