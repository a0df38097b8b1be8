import json
from functools import cache

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from formats.bad_inputs import JSON
from patient.strategies import entries, patients
from ranvier.formats import patient_json
from ranvier.formats.files import InputError
from ranvier.formats.patient_json import json_schema, parse, patient_from, patient_text, read_patient
from ranvier.patient import ENTRY_KINDS, Identity, Note, Patient
from ranvier.patient.check import RecordError

STRUCTURAL = [
    "another schema", "a field too many", "no identity", "identity as text", "no pseudonym",
    "a name in the identity", "age as text", "half a birth year", "an unknown sex", "no timeline",
    "timeline as an object", "an entry that is a number", "an entry without kind", "an unknown kind",
    "a truth in an entry", "text left out", "an unknown origin", "text as a number", "a word for a truth",
    "a number for a truth", "a truth for a number", "a wrong course", "strength as an object",
    "a movement without side", "an unknown antigen", "an unknown agent", "a side missing", "sites as text",
    "unit in the number", "a misspelled field", "a kind in a list",
]  # fmt: skip


@cache
def validator():
    return Draft202012Validator(json_schema())


def read_back(text):
    return patient_from(parse(text))


@given(patients)
def test_a_patient_survives_being_written_and_read(patient):
    assert read_back(patient_text(patient)) == patient


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_an_entry_of_every_kind_survives_being_written_and_read(kind):
    @given(entries[kind])
    def survives(entry):
        patient = Patient(Identity("p"), (entry,))
        assert read_back(patient_text(patient)) == patient

    survives()


def test_a_patient_survives_a_file(tmp_path):
    patient = Patient(Identity('äß 😀 \u2028 "q" \\'), (Note(origin="reported", source="µ", text="\x00\n"),))
    file = tmp_path / "patient.json"
    file.write_text(patient_text(patient), encoding="utf-8", newline="")
    assert read_patient(file) == (patient, ())


@pytest.mark.parametrize("field", ["pseudonym", "source", "text"])
def test_a_needed_text_left_empty_is_refused_or_survives(field):
    texts = {"pseudonym": "p", "source": "s", "text": "t", field: ""}
    note = {"kind": "note", "origin": "measured", "source": texts["source"], "text": texts["text"]}
    whole = {"schema": "ranvier.patient/1", "identity": {"pseudonym": texts["pseudonym"]}, "timeline": [note]}
    try:
        patient = patient_from(whole)
    except RecordError as error:
        told = str(error)
    else:
        told = ""
        assert read_back(patient_text(patient)) == patient
    assert not told or field in told


def test_every_example_survives_being_read_written_and_read(cases):
    files = sorted(cases.glob("*.json"))
    assert len(files) > 20
    for file in files:
        patient, remarks = read_patient(file)
        assert read_back(patient_text(patient)) == patient
        assert remarks == ()


def test_the_template_reads_back():
    patient = read_back(patient_json.template())
    assert [type(e).__name__ for e in patient.timeline][:2] == ["History", "NeurologicalExamination"]


def test_utf_16_and_latin_1_are_read_and_said_aloud(tmp_path):
    patient = Patient(Identity("Ä"))
    file = tmp_path / "patient.json"
    for encoding, said in (("utf-16", "UTF-16"), ("latin-1", "Latin-1")):
        file.write_bytes(patient_text(patient).encode(encoding))
        found, (remark,) = read_patient(file)
        assert found == patient
        assert said in remark


def test_what_is_not_known_is_left_out_of_the_file():
    note = Note(origin="measured", source="s", text="t")
    (entry,) = json.loads(patient_text(Patient(Identity("p"), (note,))))["timeline"]
    assert entry == {"kind": "note", "origin": "measured", "source": "s", "text": "t"}
    assert next(iter(entry)) == "kind"


def test_false_and_nought_are_known_and_kept():
    data = {"kind": "history", "origin": "measured", "source": "s", "pain": False, "duration_months": 0}
    whole = {"schema": "ranvier.patient/1", "identity": {"pseudonym": "p"}, "timeline": [data]}
    kept = json.loads(patient_text(patient_from(whole)))["timeline"][0]
    assert kept["pain"] is False
    assert kept["duration_months"] == 0


def test_every_problem_is_told_at_once(tmp_path):
    file = tmp_path / "patient.json"
    file.write_text(json.dumps({"schema": 1, "identity": {}, "timeline": [{"kind": "x"}], "more": 1}))
    with pytest.raises(InputError) as caught:
        read_patient(file)
    assert [p.split(" ")[0] for p in caught.value.problems] == [
        "more", "schema", "identity.pseudonym", "timeline[0].kind",
    ]  # fmt: skip


def test_the_schema_is_a_schema_of_draft_2020_12():
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(json_schema())) == json_schema()


def test_the_schema_accepts_every_example_and_the_template(cases):
    for file in cases.glob("*.json"):
        validator().validate(json.loads(file.read_text(encoding="utf-8")))
    validator().validate(json.loads(patient_json.template()))


@given(patients)
def test_the_schema_accepts_every_patient_that_is_written(patient):
    validator().validate(json.loads(patient_text(patient)))


@pytest.mark.parametrize("name", STRUCTURAL)
def test_the_schema_refuses_what_the_reader_refuses(name):
    (bad,) = [bad for bad in JSON if bad.name == f"json: {name}"]
    data = json.loads(bad.content)
    with pytest.raises(RecordError):
        patient_from(data)
    assert not validator().is_valid(data)
