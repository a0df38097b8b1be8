"""The invented patients in the rule files come out as their files say."""

from pathlib import Path

import pytest

from ranvier.diagnosis.rule_file import criteria_set, shipped_sets
from ranvier.diagnosis.worked import examples_of, outcome, tried_on_nobody
from ranvier.evidence import EvidenceError
from ranvier.formats.patient_json import patient_from

EXAMPLES = [(name, example) for name in shipped_sets() for example in examples_of(name)]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[f"{n}-{e.id}" for n, e in EXAMPLES])
def test_an_example_comes_out_as_its_file_says(name, example):
    assert outcome(criteria_set(name), example, patient_from(example.record)).slips == ()


@pytest.mark.parametrize("name", shipped_sets())
def test_every_set_has_examples_and_one_of_them_is_open(name):
    found = [example.expected for example in examples_of(name)]
    assert len(found) >= 2
    assert "indeterminate" in found


@pytest.mark.parametrize("name", shipped_sets())
def test_every_level_of_every_set_can_be_reached(name):
    reached = {example.expected for example in examples_of(name)}
    assert {level.id for level in criteria_set(name).levels} <= reached


OWN = """
[[example]]
id = "first"
title = "A story and two examinations"
expected = "indeterminate"
identity = { age_years = 60.0 }

[[example.timeline]]
kind = "history"
when = 2020-05-01
course = "slowly progressive"

[[example.timeline]]
kind = "neurological examination"
bulbar_signs = false

[[example]]
id = "second"
title = "The story told anew, and no examination"
like = "first"
without = ["neurological examination"]
expected = "not met"
rules = { "C1.course" = "met", "C1.curse" = "met" }

[[example.timeline]]
kind = "history"
course = "acute"
"""


def own(tmp_path, text=OWN):
    path = tmp_path / "own.toml"
    path.write_text(text)
    return str(path)


def test_an_example_starts_from_an_earlier_one(tmp_path):
    first, second = (example.record for example in examples_of(own(tmp_path)))
    assert first["timeline"][0]["when"] == "2020-05-01"
    assert {entry["origin"] for entry in first["timeline"]} == {"simulated"}
    assert second["identity"] == first["identity"]
    assert first["identity"]["age_years"] == 60.0
    assert [(e["kind"], e["course"]) for e in second["timeline"]] == [("history", "acute")]
    assert patient_from(second).simulated


def test_an_example_that_comes_out_otherwise_says_how(tmp_path):
    efns = criteria_set("EFNS_PNS_2010")
    first, second = examples_of(own(tmp_path))
    assert outcome(efns, first, patient_from(first.record)).slips == ()
    assert outcome(efns, second, patient_from(second.record)).slips == (
        "expects the rule 'C1.course' to be met; it is failed.",
        "speaks of the rule 'C1.curse', which the set does not have.",
    )
    raised = examples_of(own(tmp_path, OWN.replace('"indeterminate"', '"definite"')))[0]
    assert outcome(efns, raised, patient_from(raised.record)).slips == (
        "expects definite, and comes out as indeterminate.",
    )
    strange = examples_of(own(tmp_path, OWN.replace('"indeterminate"', '"sure"')))[0]
    assert "is no outcome of the set" in outcome(efns, strange, patient_from(strange.record)).slips[0]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('like = "first"', 'like = "third"', "own.example.second: 'like' names 'third', which is no example"),
        ('id = "second"', 'id = "first"', "own.example.first: stands twice"),
        ('title = "A', 'titel = "A', "unknown key 'titel'. Did you mean 'title'"),
        ('"met", "C1.curse" = "met"', '"yes"', "'yes' is not one of met, failed, unknown"),
        ('expected = "not met"', "", "'expected' is missing"),
    ],
)
def test_a_slip_in_an_example_is_named(tmp_path, old, new, message):
    assert old in OWN
    with pytest.raises(EvidenceError, match=message):
        examples_of(own(tmp_path, OWN.replace(old, new)))


@pytest.mark.parametrize("name", shipped_sets())
def test_nobody_is_told_nothing(name):
    assert tried_on_nobody(criteria_set(name)).level == "indeterminate"


def test_the_example_shown_in_the_documents_can_be_read(tmp_path):
    text = (Path(__file__).parents[2] / "docs" / "criteria.md").read_text(encoding="utf-8")
    first, second = examples_of(own(tmp_path, text.split("```toml\n")[3].split("```")[0]))
    assert patient_from(first.record).timeline[0].duration_months == 12
    assert (first.expected, second.record["timeline"]) == ("definite", first.record["timeline"])
