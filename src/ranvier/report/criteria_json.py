"""Criteria sets as JSON, schema `ranvier.criteria-sheet/1`."""

import json
from collections.abc import Sequence
from typing import Any

from ranvier import __version__
from ranvier.diagnosis.rules import BlockRow, CriteriaSet, Rule
from ranvier.diagnosis.worked import Outcome
from ranvier.evidence import Value
from ranvier.report import criteria_words as words
from ranvier.report.words import INTENDED_USE

SCHEMA = "ranvier.criteria-sheet/1"
Data = dict[str, Any]


def list_text(sets: Sequence[CriteriaSet]) -> str:
    """All sets, one short object each."""
    return text({"sets": [head(each) for each in sets]})


def sheet_text(criteria: CriteriaSet, outcomes: Sequence[Outcome]) -> str:
    """One set with everything it says."""
    return text(
        {
            **head(criteria),
            "reference": words.reference(criteria.source),
            "levels": [
                {
                    "id": one.id,
                    "takes": words.formula_in_words(one.formula),
                    "source": one.source,
                    "mark": one.mark,
                }
                for one in criteria.levels
            ],
            "rules": [rule_data(rule) for rule in criteria.rules],
            "block_table": {
                "id": criteria.blocks.id,
                "title": criteria.blocks.title,
                "source": criteria.blocks.source,
                "rows": [row_data(row) for row in criteria.blocks.rows],
            },
            "performance": [
                {"id": value.id.rsplit(".", 1)[1], **value_data(value)} for value in criteria.performance
            ],
            "examples": [
                {
                    "id": each.example.id,
                    "title": each.example.title,
                    "expected": each.example.expected,
                    "level": each.level,
                    "slips": list(each.slips),
                }
                for each in outcomes
            ],
        }
    )


def text(data: Data) -> str:
    """The data under the heading of the schema."""
    told = {"schema": SCHEMA, "version": __version__, "intended_use": INTENDED_USE, **data}
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def head(criteria: CriteriaSet) -> Data:
    """What the list says of a set."""
    return {
        "id": criteria.id,
        "title": criteria.title,
        "disease": criteria.disease,
        "year": criteria.year,
        "source": criteria.source,
        "note": criteria.face,
        "levels": [level.id for level in criteria.levels],
        "rule_count": len(criteria.rules),
        "recalled_rules": len(criteria.recalled),
    }


def rule_data(rule: Rule) -> Data:
    """One rule."""
    return {
        "id": rule.id,
        "text": rule.text,
        "measure": rule.measure,
        "asks": words.asked_in_words(rule),
        "op": rule.op,
        "threshold": value_data(rule.threshold) if rule.threshold else None,
        "expected": list(rule.expected),
        "with": {
            key: value_data(entry) if isinstance(entry, Value) else entry for key, entry in rule.with_.items()
        },
        "source": rule.source,
        "mark": rule.mark,
    }


def row_data(row: BlockRow) -> Data:
    """One row of the block table."""
    return {
        "id": row.id,
        "grade": row.grade,
        "nerves": list(row.nerves),
        "stretches": list(row.stretches),
        "when": words.row_in_words(row),
        "mark": words.row_mark(row),
    }


def value_data(value: Value) -> Data:
    """One number with its basis."""
    return {
        "number": value.number,
        "unit": value.unit,
        "kind": value.kind,
        "source": value.source,
        "mark": value.mark,
        "note": value.note,
    }
