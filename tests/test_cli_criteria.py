"""The commands `ranvier criteria` and `ranvier compare`."""

import csv
import json
import shutil

import pytest

from ranvier.diagnosis import criteria_set, shipped_sets
from ranvier.diagnosis.rule_file import RULES
from ranvier.formats.rule_schema import rule_schema
from ranvier.report.words import INTENDED_USE
from test_cli import done, refused, run

EFNS = RULES / "efns_pns_2010.toml"


@pytest.fixture
def folder(cases, tmp_path):
    """Two patients and a document that is none."""
    held = tmp_path / "patients"
    held.mkdir()
    for name in ("synthetic-definite-block", "jbppni-2008-42f"):
        shutil.copy(cases / f"{name}.json", held)
    (held / "truth.json").write_text('{"schema": "ranvier.truth/1"}')
    return held


def own(tmp_path, old, new):
    text = EFNS.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_list_names_every_set_with_its_levels_and_what_is_recalled():
    sets = json.loads(done("criteria", "--format", "json"))["sets"]
    assert [each["id"] for each in sets] == list(shipped_sets())
    efns = criteria_set("EFNS_PNS_2010")
    assert (sets[0]["year"], sets[0]["levels"]) == (2010, ["definite", "probable", "possible"])
    assert (sets[0]["recalled_rules"], sets[0]["rule_count"]) == (len(efns.recalled), len(efns.rules))
    assert "6 of 24" in done("criteria")


def test_a_sheet_holds_every_rule_level_block_row_and_example():
    data = json.loads(done("criteria", "efns_pns_2010", "--format", "json"))
    efns = criteria_set("EFNS_PNS_2010")
    assert [rule["id"] for rule in data["rules"]] == [rule.id for rule in efns.rules]
    assert len(data["block_table"]["rows"]) == len(efns.blocks.rows)
    assert data["block_table"]["rows"][0]["when"] == "area falls by ≥ 50 %, and duration rises by ≤ 30 %"
    levels = {level["id"]: level["takes"] for level in data["levels"]}
    assert levels["possible"].endswith(
        "(any of (all of C1.nerves, sensory, S4), (all of C1.one_nerve, E2+E3 one))"
    )
    assert "(at least 2 of S1, S2, S3, S4)" in levels["probable"]
    assert all(example["level"] == example["expected"] for example in data["examples"])
    text = " ".join(done("criteria", "EFNS_PNS_2010").split())
    for told in (
        "> 1 months",
        "(recalled)",
        "sensitivity 47 % (definite; 53 patients with MMN)",
        INTENDED_USE,
    ):
        assert told in text


def test_the_schema_is_printed():
    assert json.loads(done("criteria", "--schema")) == rule_schema()


def test_an_unknown_set_lists_those_there_are():
    for words in (("criteria", "EFNS"), ("compare", "EFNS", "AAEM_2003", RULES)):
        said = refused(*words)
        assert said.startswith("There is no criteria set 'EFNS'. Known: EFNS_PNS_2010, AAEM_2003")
        assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('measure = "course"', 'measure = "curse"', "rule 'C1.course': unknown measure 'curse'"),
        ('expected = ["arms"]', 'expected = ["hands"]', "'hands' is no answer of 'predominant_limbs'"),
        ("[rule.with]", "[rule.wiht]", "mine.rule.C1.asymmetry: unknown key 'wiht'. Did you mean 'with'?"),
        (
            'kind = "history"',
            'kind = "story"',
            "the patient of the example 'definite' cannot be read: timeline[0].kind must be",
        ),
        ("duration_months = 12", 'duration_months = "a year"', "duration_months must be a number"),
    ],
)
def test_a_slip_in_ones_own_file_is_named_with_file_and_entry(tmp_path, old, new, said):
    path = own(tmp_path, old, new)
    told = refused("criteria", path)
    assert told.startswith(f"{path}: ")
    assert said in told


def test_an_example_that_fails_is_shown_and_ends_with_2(tmp_path):
    path = own(tmp_path, "number = 0.5,", "number = 0.7,")
    result = run("criteria", path)
    assert result.exit_code == 2
    assert "✗" in result.stdout
    assert f"{path}: the example 'definite' expects definite, and comes out as" in result.stderr
    assert run("criteria", EFNS).exit_code == 0


def test_a_folder_is_compared_and_other_documents_are_passed_over(folder):
    data = json.loads(done("compare", "EFNS_PNS_2010", "AAEM_2003", folder, "--format", "json"))
    found = {each["patient"]: each for each in data["patients"]}
    assert set(found) == {"synthetic-definite-block", "jbppni-2008-42f"}
    case = found["jbppni-2008-42f"]
    assert (case["differs"], case["first"]["level"], case["second"]["level"]) == (
        True,
        "not met",
        "indeterminate",
    )
    (rule,) = case["first"]["held_back_by"]
    assert (rule["rule"], rule["status"]) == ("C1.course", "failed")
    assert sum(each["patients"] for each in data["counts"]) == 2
    text = done("compare", "EFNS_PNS_2010", "AAEM_2003", folder)
    assert text.startswith("EFNS_PNS_2010 beside AAEM_2003: 1 of 2 patients differ.")
    assert "✗ C1.course" in text
    assert INTENDED_USE in " ".join(text.split())


def test_a_table_has_a_row_for_each_patient(folder, tmp_path):
    output = tmp_path / "differences.csv"
    done("compare", "EFNS_PNS_2010", "AAEM_2003", folder, "--output", output)
    rows = list(csv.DictReader(output.read_text(encoding="utf-8").splitlines()))
    assert [row["differs"] for row in rows] == ["yes", "no"]
    assert rows[0]["held_back_a"] == "C1.course"


def test_a_file_that_cannot_be_read_is_named_and_the_rest_reported(folder):
    (folder / "broken.json").write_text("{")
    result = run("compare", "EFNS_PNS_2010", "AAEM_2003", folder)
    assert result.exit_code == 2
    assert "1 of 2 patients differ" in result.stdout
    assert "broken.json: is not JSON" in result.stderr
    assert "1 of 3 files could not be used; the rest is reported." in result.stderr


def test_a_folder_without_patients_and_an_output_that_is_read_are_refused(folder, tmp_path):
    assert "holds no patient" in refused("compare", "EFNS_PNS_2010", "AAEM_2003", RULES)
    inside = folder / "jbppni-2008-42f.json"
    assert "is what is being read" in refused(
        "compare", "EFNS_PNS_2010", "AAEM_2003", folder, "--output", inside
    )
    assert "has no known ending" in refused(
        "compare", "EFNS_PNS_2010", "AAEM_2003", folder, "--output", "a.pdf"
    )


def test_a_patient_named_like_a_formula_stays_text(folder, tmp_path):
    (folder / "jbppni-2008-42f.json").rename(folder / "=cmd.json")
    told = done("compare", "EFNS_PNS_2010", "AAEM_2003", folder, "--format", "csv")
    assert "\n'=cmd," in told


def test_the_commands_have_help_with_examples():
    for command in ("criteria", "compare"):
        assert command in done("--help")
        assert f"ranvier {command}" in done(command, "--help")
