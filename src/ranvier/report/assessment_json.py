"""The assessment as JSON, schema `ranvier.assessment/1`."""

import json
from math import isinf
from typing import Any

from ranvier import __version__
from ranvier.diagnosis import Assessment, Block, CriteriaResult
from ranvier.diagnosis.answer import RuleResult
from ranvier.diagnosis.assessment import SCHEMA
from ranvier.report.differential_json import (
    alert_data,
    differential_data,
    explanation_data,
    next_test_data,
)
from ranvier.report.words import INTENDED_USE, sensitivity_note


def assessment_text(assessment: Assessment, remarks: tuple[str, ...] = ()) -> str:
    """The assessment as an indented JSON text."""
    return json.dumps(assessment_data(assessment, remarks), indent=1, ensure_ascii=False) + "\n"


def assessment_data(assessment: Assessment, remarks: tuple[str, ...] = ()) -> dict[str, Any]:
    """The assessment as plain data."""
    return {
        "schema": SCHEMA,
        "version": __version__,
        "intended_use": INTENDED_USE,
        "patient": assessment.patient.identity.pseudonym,
        "simulated": assessment.patient.simulated,
        "reading": list(remarks),
        "record": [
            {"kind": e.kind, "when": e.when, "origin": e.origin, "source": e.source}
            for e in assessment.patient.in_order
        ],
        "alerts": [alert_data(alert) for alert in assessment.alerts],
        "differential": differential_data(assessment.differential),
        "next_tests": [next_test_data(test) for test in assessment.next_tests],
        "blocks": [block_data(block) for block in assessment.blocks],
        "reported": [
            {
                "when": when,
                "side": told.side,
                "nerve": told.nerve,
                "segment": told.segment,
                "finding": told.finding,
                "block": told.block,
            }
            for when, told in assessment.told
        ],
        "quality": [{"where": r.where, "gate": r.gate, "text": r.text} for r in assessment.quality],
        "criteria": [criteria_data(result) for result in assessment.criteria],
        "sources": [{"id": s.id, "reference": s.reference, "read": s.read} for s in assessment.sources()],
        "assumed_values": len(assessment.assumed()),
        "values": len(assessment.values),
    }


def block_data(block: Block) -> dict[str, Any]:
    """One segment with its grade under the first set, and under each."""
    graded = block.graded[0]
    segment = graded.examined.segment
    return {
        "side": segment.side,
        "nerve": segment.nerve.name,
        "muscle": segment.muscle,
        "from": segment.distal.site,
        "to": segment.proximal.site,
        "when": segment.when,
        "grade": graded.verdict,
        "area_drop": rounded(segment.area_drop),
        "amplitude_drop": rounded(segment.amplitude_drop),
        "duration_rise": rounded(segment.duration_rise),
        "velocity_m_s": rounded(segment.velocity_m_s),
        "pseudo_block_probability": rounded(block.pseudo_block_probability),
        "explanations": [explanation_data(one) for one in block.explanations],
        "reasons": list(graded.reasons),
        "grades": {
            table: {"grade": one.verdict, "reasons": list(one.reasons)}
            for table, one in zip(block.tables, block.graded, strict=True)
        },
    }


def criteria_data(result: CriteriaResult) -> dict[str, Any]:
    """One criteria set: its level, each rule, and what is missing."""
    criteria = result.criteria
    return {
        "id": criteria.id,
        "title": criteria.title,
        "level": result.level,
        "levels": {
            level: {True: "met", False: "failed", None: "unknown"}[truth]
            for level, truth in result.levels.items()
        },
        "note": " ".join(filter(None, (criteria.face, sensitivity_note(result)))),
        "rules": [rule_data(one) for one in result.rules],
        "missing": list(result.missing),
    }


def rule_data(result: RuleResult) -> dict[str, Any]:
    """One rule: its text, what it asks for, what the record says, and the source."""
    rule = result.rule
    threshold = rule.threshold
    return {
        "id": rule.id,
        "text": rule.text,
        "status": result.status,
        "value": value_data(result),
        "threshold": threshold.number if threshold else spread(rule.expected),
        "op": rule.op or "is",
        "unit": threshold.unit if threshold else "",
        "margin": rounded(result.margin),
        "source": rule.source,
        "mark": rule.mark,
    }


def value_data(result: RuleResult) -> Any:
    """The record's answer: a number, a range [low, high] (null: no bound), a word, or null."""
    number = result.answer.number
    if number is None:
        return spread(tuple(dict.fromkeys(w for w in result.answer.words if w is not None)))
    if number.exact is not None:
        return rounded(number.exact)
    return [rounded(number.low), rounded(number.high)]


def spread(words: tuple[Any, ...]) -> Any:
    """One word as it is, several as a list, none as null."""
    return None if not words else words[0] if len(words) == 1 else list(words)


def rounded(number: float | None) -> float | None:
    """A number to four digits after the point; null where it is unknown or without bound."""
    return None if number is None or isinf(number) else round(number, 4)
