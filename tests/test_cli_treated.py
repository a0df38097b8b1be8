"""`ranvier simulate mmn --treat ...`: a patient under treatment, the diary at home, and the truth apart."""

import json
import re
from pathlib import Path

import pytest
from tests.exam.test_examination import SMALL
from typer.testing import CliRunner

from printed import alike
from ranvier.cli import app

RUN = CliRunner()
QUICK = ("--brief", "--by", "surface", "--exam", "small.toml")
IVIG = "ivig 1 g/kg every 21 d from 2015-09"
DOCUMENT = (Path(__file__).parent.parent / "docs" / "treated-simulation.md").read_text()


def simulate(*words):
    return RUN.invoke(app, ["simulate", *map(str, words)], env={"COLUMNS": "200", "NO_COLOR": "1"})


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.toml").write_text(SMALL)
    return tmp_path


def test_it_writes_the_treatment_beside_the_three_files_and_examine_takes_the_record(here):
    done = simulate("mmn", "--seed", 3, "--treat", IVIG, "--visits", "0.4,1", *QUICK, "--output", "x")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1].startswith("Treated with ivig 1 g/kg every 21 d (9 doses).")
    truth = json.loads((here / "x" / "treatment.json").read_text())
    assert (truth["schema"], truth["simulated"]) == ("ranvier.treated/1", True)
    assert min(truth["course"]["attack"]) < 0.9
    record = json.loads((here / "x" / "patient.json").read_text())
    doses = [entry for entry in record["timeline"] if entry["kind"] == "dose"]
    assert [(x["when"], x["grams"]) for x in truth["doses"]] == [(x["when"], x["amount"]) for x in doses]
    assert {entry["origin"] for entry in record["timeline"]} == {"simulated"}
    assert not {"attack", "antibody"} & set(str(record))
    assert "Treatment" in (here / "x" / "course.svg").read_text()
    examined = RUN.invoke(app, ["examine", "x/patient.json"])
    assert examined.exit_code == 0, examined.output
    assert "SIMULATED" in examined.stdout


def test_the_diary_at_home_comes_when_asked_for(here):
    words = ("mmn", "--seed", 3, "--treat", IVIG, "--visits", "0.4,0.8", *QUICK, "--weight-kg", 70)
    assert simulate(*words, "--output", "plain").exit_code == 0
    assert simulate(*words, "--diary", "--output", "diary").exit_code == 0
    plain, diary = (json.loads((here / name / "patient.json").read_text()) for name in ("plain", "diary"))
    grips = [x for x in diary["timeline"] if x.get("name") == "grip" and "T" in x["when"]]
    assert len(grips) > 100
    assert [x for x in diary["timeline"] if "T" not in x["when"]] == [
        x for x in plain["timeline"] if "T" not in x["when"]
    ]
    assert diary["identity"]["weight_kg"] == 70.0
    for name in ("truth.json", "treatment.json", "course.svg"):
        assert (here / "plain" / name).read_bytes() == (here / "diary" / name).read_bytes()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["cidp", "--treat", IVIG], "treatment is simulated in mmn only, not in cidp; leave it out."),
        (["mmn", "--treat", "ivig sometimes"], "'ivig sometimes' is not a regimen; write it as"),
        (["mmn", "--treat", "ivig 1 g/kg every 21 d from 2001"], "must lie between the first symptom (2015-03-01)"),
        (["mmn", "--diary"], "--diary needs a treatment; add --treat"),
        (["mmn", "--weight-kg", "80"], "--weight-kg needs a treatment"),
        (["mmn", "--treat", IVIG, "--weight-kg", "8"], "weight-kg must lie between 30 and 200 kg, not 8."),
        (["mmn", "--treat", "aspirin 1 g every 1 d"], "unknown drug 'aspirin'"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(here, asked, said):
    done = simulate(*asked, "--output", "x")
    assert done.exit_code == 2
    assert said in done.stderr
    assert [path.name for path in here.iterdir()] == ["small.toml"]


def test_the_document_says_what_the_command_prints(here):
    command = re.findall(r"^    ranvier simulate (.+)$", DOCUMENT, flags=re.M)[0]
    done = simulate(*[word.strip('"') for word in re.findall(r'"[^"]+"|\S+', command)])
    assert alike(done.stdout, DOCUMENT.split("```text\n")[1].split("```")[0])


def test_the_document_names_every_field_of_the_truth(here):
    assert simulate("mmn", "--treat", IVIG, "--visits", "1", *QUICK, "--output", "x").exit_code == 0
    for field in json.loads((here / "x" / "treatment.json").read_text()):
        assert f"`{field}`" in DOCUMENT or field in ("schema", "simulated"), field
