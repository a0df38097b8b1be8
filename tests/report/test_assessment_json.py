import json

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from builders import WHO, definite, patient, study
from patient.strategies import patients
from ranvier.diagnosis import examine
from ranvier.diagnosis.differential.classes import classes
from ranvier.findings.study import ReportedFinding
from ranvier.formats.patient_json import read_patient
from ranvier.patient import Note
from ranvier.report.assessment_json import assessment_data, assessment_text
from ranvier.report.words import INTENDED_USE
from report.weighing import weighed

TEXT, NUMBER = {"type": "string"}, {"type": ["number", "null"]}
CHANCE = {"type": "number", "minimum": 0, "maximum": 1}
CHANCE_OR_NULL = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
TEXTS = {"type": "array", "items": TEXT}
GRADE = {"enum": ["definite", "probable", "none", "not assessable"]}


def objects(**properties):
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def listed(**properties):
    return {"type": "array", "items": objects(**properties)}


RULE = {
    "id": TEXT,
    "text": TEXT,
    "status": {"enum": ["met", "failed", "unknown"]},
    "value": True,
    "threshold": True,
    "op": TEXT,
    "unit": TEXT,
    "margin": NUMBER,
    "source": TEXT,
    "mark": {"enum": ["seen", "recalled"]},
}
EXPLANATION = {
    "id": TEXT, "title": TEXT, "state": {"enum": ["likely", "possible", "excluded", "unknown"]},
    "probability": CHANCE_OR_NULL, "reason": TEXT, "settles": TEXT,
}  # fmt: skip
CONTRIBUTION = {"finding": TEXT, "outcome": TEXT, "words": TEXT, "log_ratio": {"type": "number"}}
CANDIDATE = {
    "disease": TEXT, "title": TEXT, "prior": CHANCE, "probability": CHANCE,
    "contributions": listed(**CONTRIBUTION),
}  # fmt: skip
OUTCOME = {
    "words": TEXT, "chance": CHANCE, "leading": TEXT,
    "probabilities": {"type": "object", "additionalProperties": CHANCE},
}  # fmt: skip
NEXT_TEST = {
    "id": TEXT, "title": TEXT, "expected_change": CHANCE, "cost_eur": {"type": "number"}, "burden": TEXT,
    "minutes": {"type": "number"}, "information_bits": {"type": "number"}, "new_leader": CHANCE,
    "gain": CHANCE, "also": TEXTS, "note": TEXT, "outcomes": listed(**OUTCOME),
}  # fmt: skip
BLOCK = {
    "pseudo_block_probability": CHANCE_OR_NULL,
    "explanations": listed(**EXPLANATION),
    "side": {"enum": ["left", "right"]},
    "nerve": TEXT,
    "muscle": TEXT,
    "from": TEXT,
    "to": TEXT,
    "when": TEXT,
    "grade": GRADE,
    "area_drop": NUMBER,
    "amplitude_drop": NUMBER,
    "duration_rise": NUMBER,
    "velocity_m_s": NUMBER,
    "reasons": TEXTS,
    "grades": {"type": "object", "additionalProperties": objects(grade=GRADE, reasons=TEXTS)},
}
PROMISED = objects(
    schema={"const": "ranvier.assessment/1"},
    version=TEXT,
    intended_use={"const": INTENDED_USE},
    patient=TEXT,
    simulated={"type": "boolean"},
    reading=TEXTS,
    record=listed(kind=TEXT, when=TEXT, origin={"enum": ["measured", "reported", "simulated"]}, source=TEXT),
    alerts=listed(id=TEXT, title=TEXT, text=TEXT, basis=TEXTS),
    differential=objects(
        setting=TEXT, enough={"type": "boolean"}, unusual={"type": "boolean"}, unusual_reason=TEXT,
        observed={"type": "object", "additionalProperties": TEXT}, candidates=listed(**CANDIDATE),
    ),
    next_tests=listed(**NEXT_TEST),
    blocks=listed(**BLOCK),
    reported=listed(
        when=TEXT, side={"enum": ["left", "right", None]}, nerve=TEXT, segment=TEXT, finding=TEXT,
        block={"type": ["boolean", "null"]},
    ),
    quality=listed(where=TEXT, gate=TEXT, text=TEXT),
    criteria=listed(
        id=TEXT, title=TEXT, level=TEXT,
        levels={"type": "object", "additionalProperties": {"enum": ["met", "failed", "unknown"]}},
        note=TEXT, rules=listed(**RULE), missing=TEXTS,
    ),
    sources=listed(id=TEXT, reference=TEXT, read=TEXT),
    assumed_values={"type": "integer", "minimum": 0},
    values={"type": "integer", "minimum": 0},
)  # fmt: skip
SCHEMA = Draft202012Validator(PROMISED)


def strictly(text):
    """The data of a JSON text that holds no NaN and no infinity."""

    def refuse(constant):
        raise AssertionError(constant)

    return json.loads(text, parse_constant=refuse)


def test_the_json_of_every_example_has_the_promised_keys_and_types(cases):
    for file in sorted(cases.glob("*.json")):
        SCHEMA.validate(strictly(assessment_text(examine(read_patient(file)[0]))))


@settings(max_examples=40, deadline=None)
@given(patients)
def test_the_json_of_every_patient_has_the_promised_keys_and_types(who):
    data = strictly(assessment_text(examine(who)))
    SCHEMA.validate(data)
    assert data["simulated"] == who.simulated


def test_the_block_of_the_definite_example_is_told_with_its_numbers(cases):
    data = assessment_data(examine(read_patient(cases / "synthetic-definite-block.json")[0]))
    (median,) = [
        b for b in data["blocks"] if (b["side"], b["nerve"], b["to"]) == ("right", "median", "elbow")
    ]
    assert (median["from"], median["grade"], median["muscle"]) == ("wrist", "definite", "APB")
    assert median["area_drop"] == pytest.approx(1 - 8.7 / 27.9, abs=1e-4)
    assert median["amplitude_drop"] == pytest.approx(1 - 3.2 / 10.6, abs=1e-4)
    assert median["duration_rise"] == pytest.approx(5.6 / 5.3 - 1, abs=1e-4)
    assert list(median["grades"])[:2] == ["EFNS_PNS_2010", "AAEM_1999"]
    assert data["simulated"] is True


def test_a_rule_tells_its_value_threshold_and_margin():
    (efns, *_) = assessment_data(examine(definite()))["criteria"]
    rules = {rule["id"]: rule for rule in efns["rules"]}
    duration = rules["C1.duration"]
    assert (duration["value"], duration["threshold"], duration["op"], duration["unit"]) == (
        12,
        1,
        ">",
        "months",
    )
    assert (duration["margin"], duration["status"]) == (11, "met")
    assert efns["level"] == "definite"
    assert efns["levels"]["definite"] == "met"


def test_an_empty_record_is_indeterminate_and_everything_is_missing():
    data = assessment_data(examine(patient()))
    SCHEMA.validate(data)
    assert data["blocks"] == []
    for result in data["criteria"]:
        assert result["level"] == "indeterminate"
        assert result["missing"]
        assert {rule["status"] for rule in result["rules"]} == {"unknown"}


def test_remarks_and_reported_findings_are_passed_on_and_not_graded():
    told = ReportedFinding("median", "block in the forearm", "left", "forearm", True)
    data = assessment_data(examine(patient(study(findings=(told,)))), ("read as UTF-16 text",))
    assert data["reading"] == ["read as UTF-16 text"]
    assert data["reported"] == [
        {
            "when": "unknown",
            "side": "left",
            "nerve": "median",
            "segment": "forearm",
            "finding": "block in the forearm",
            "block": True,
        }
    ]
    assert data["blocks"] == []


def test_every_source_named_by_a_rule_is_listed():
    data = assessment_data(examine(definite()))
    named = {rule["source"] for result in data["criteria"] for rule in result["rules"]}
    assert named <= {source["id"] for source in data["sources"]}
    assert 0 < data["assumed_values"] <= data["values"]


def test_free_text_reaches_neither_the_answer_nor_the_page():
    note = Note(**WHO, text="the truth is MMN", remark="truth: MMN")
    with_note, without = (assessment_data(examine(who)) for who in (definite().adding(note), definite()))
    assert len(with_note.pop("record")) == len(without.pop("record")) + 1
    assert with_note == without


def test_the_differential_is_told_whole_and_sums_to_one():
    data = assessment_data(examine(definite()))["differential"]
    assert data["setting"] == "neuromuscular clinic"
    assert len(data["candidates"]) == len(classes())
    assert sum(each["probability"] for each in data["candidates"]) == pytest.approx(1, abs=1e-4)
    first = data["candidates"][0]
    assert {c["finding"]: c["outcome"] for c in first["contributions"]} == data["observed"]


def test_what_was_weighed_is_passed_on_number_by_number():
    data = assessment_data(weighed(examine(definite())))
    SCHEMA.validate(data)
    (alert,), (test,), block = data["alerts"], data["next_tests"], data["blocks"][0]
    assert (alert["id"], alert["basis"]) == ("named", ["labelled ALS"])
    assert (test["id"], test["expected_change"], test["cost_eur"]) == ("antibodies_gm1", 0.18, 60)
    assert [each["chance"] for each in test["outcomes"]] == [0.4, 0.6]
    assert test["outcomes"][0]["probabilities"]["mmn"] == 0.95
    assert block["pseudo_block_probability"] == 0.7
    assert [each["state"] for each in block["explanations"]] == ["likely", "excluded"]
    mmn = data["differential"]["candidates"][0]
    assert (mmn["prior"], mmn["probability"]) == (0.03, 0.72)
    assert mmn["contributions"][0]["words"] == "definite blocks in two nerves"
