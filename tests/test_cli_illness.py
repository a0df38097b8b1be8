"""`ranvier simulate DISEASE`: a patient who falls ill, the truth apart, and a sheet of the course."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.exam.test_examination import SMALL
from typer.testing import CliRunner

from printed import alike
from ranvier.cli import app, illness
from ranvier.disease.description import disease, diseases
from ranvier.evidence import read_toml
from ranvier.nerve import injury

SLOW = "Still computing; Ctrl-C stops. (The first run after installing compiles for 20 seconds and more.)"
"""What a slow machine is told."""
RUN = CliRunner()
FILES = ["course.svg", "patient.json", "truth.json"]
QUICK = ("--brief", "--by", "surface", "--exam", "small.toml")


def simulate(*words):
    return RUN.invoke(app, ["simulate", *map(str, words)], env={"COLUMNS": "200", "NO_COLOR": "1"})


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.toml").write_text(SMALL)
    return tmp_path


def test_it_makes_the_folder_with_three_files_and_tells_it_in_three_lines(here):
    done = simulate("mmn", "--seed", 3, "--visits", "0.5,4", *QUICK, "--output", "mmn-3")
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (here / "mmn-3").iterdir()) == FILES
    *written, who, foci, lost = done.stdout.splitlines()
    assert [line.rpartition("/")[2] for line in written] == ["patient.json", "truth.json", "course.svg"]
    assert who.startswith("SIMULATED Multifocal motor neuropathy. ")
    assert "foci" in foci or "focus" in foci
    assert lost.startswith("Axons lost: ")
    assert done.stderr.replace(SLOW, "").strip() == ""
    examined = RUN.invoke(app, ["examine", "mmn-3/patient.json"])
    assert examined.exit_code == 0, examined.output
    assert "SIMULATED" in examined.stdout
    assert json.loads((here / "mmn-3" / "truth.json").read_text())["schema"] == "ranvier.truth/2"


def test_the_same_seed_is_the_same_patient_and_what_is_given_is_kept(here):
    words = ("pma", "--seed", 5, "--visits", "1", *QUICK, "--sex", "f", "--age", 50, "--height-cm", 170)
    for name in ("one", "two"):
        assert simulate(*words, "--onset", "2020-02-29", "--output", name).exit_code == 0
    for file in FILES:
        assert (here / "one" / file).read_bytes() == (here / "two" / file).read_bytes()
    data = json.loads((here / "one" / "patient.json").read_text())
    assert (data["identity"]["sex"], data["identity"]["height_cm"]) == ("female", 170.0)
    assert data["timeline"][0]["onset"] == "2020-02-29"
    assert json.loads((here / "one" / "truth.json").read_text())["onset_age_years"] == 50


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["mmm"], "unknown disease 'mmm'. Known: als, amcbn, carpal-tunnel, cidp,"),
        (["mmn", "--years", "-3"], "years must lie above 0 and up to 60, not -3."),
        (["mmn", "--years", "nan"], "years must lie above 0 and up to 60, not nan."),
        (["mmn", "--years", "-3", "--visits", "1"], "years must lie above 0 and up to 60, not -3."),
        (["mmn", "--age", "7"], "age_years must lie between 18 and 100, not 7."),
        (["mmn", "--height-cm", "20"], "height_cm must lie between 120 and 230"),
        (["mmn", "--visits", "1,0.5"], "visits must rise by at least a day from one to the next, not 1,0.5."),
        (["mmn", "--visits", "1,1.001"], "visits must rise by at least a day"),
        (["mmn", "--visits", "-1,1"], "visits must lie above 0 and up to 60 years, not -1,1."),
        (["mmn", "--visits", "1,nan"], "visits must lie above 0"),
        (["mmn", "--years", "3", "--visits", "1,5"], "visits must lie above 0 and up to 3 years, not 1,5."),
        (["mmn", "--visits", "often"], "visits must be yearly, half-yearly, quarterly, monthly, or years"),
        (["mmn", "--onset", "yesterday"], "onset must be a day such as 2015-03-01, not 'yesterday'."),
        (["mmn", "--hypothesis", "magic"], "hypothesis must be one of nodal, sodium,"),
        (["als", "--hypothesis", "sodium"], "hypothesis: als injures no place of a nerve; leave it out."),
        (["mmn", "--exam", "everything"], "no protocol 'everything'. Known: first-visit, mmn, standard"),
        (["mmn", "--output", "nowhere/x"], "the folder it is to lie in does not exist; make it first."),
        (["mmn", "--output", "small.toml"], "small.toml: is a file; name a folder"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(here, asked, said):
    done = simulate(*asked, *([] if "--output" in asked else ["--output", "x"]))
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in here.iterdir()] == ["small.toml"]


def test_nothing_is_written_when_a_file_cannot_be_made(here, monkeypatch):
    def fail(course):
        raise ValueError("the sheet cannot be drawn.")

    monkeypatch.setattr("ranvier.report.course.page.course_svg", fail)
    done = simulate("pma", "--visits", "1", *QUICK, "--output", "x")
    assert (done.exit_code, done.stderr) == (2, "the sheet cannot be drawn.\n")
    assert not (here / "x").exists()


def test_a_patient_file_that_examine_would_not_take_is_said(here, monkeypatch):
    monkeypatch.setattr("ranvier.formats.files.LARGEST_FILE", 1000)
    done = simulate("pma", "--visits", "1", *QUICK, "--output", "x")
    assert done.exit_code == 0
    assert "patient.json is larger than the 20 MB that `ranvier examine` takes; use --brief" in done.stderr


@pytest.mark.parametrize(
    ("visits", "years", "times"),
    [
        ("yearly", 3.0, (0.5, 1, 2, 3)),
        ("half-yearly", 1.0, (0.25, 0.5, 1)),
        ("quarterly", 0.5, (0.125, 0.25, 0.5)),
        ("monthly", 0.25, (1 / 24, 1 / 12, 2 / 12, 3 / 12)),
        ("0.1, 0.5,2", None, (0.1, 0.5, 2)),
    ],
)
def test_visits_by_name_or_as_a_list(visits, years, times):
    assert illness.visit_times(visits, years) == pytest.approx(times, abs=1e-6)


def test_visits_are_yearly_for_eight_years_if_nothing_is_said():
    assert illness.visit_times("yearly", None) == (0.5, *range(1, 9))


def test_the_help_lists_every_disease_by_its_title():
    page = simulate("--help").stdout
    assert {*illness.titles(), "healthy"} == {*diseases()}
    for name in illness.titles():
        assert re.search(rf"{name} +{re.escape(disease(name).title)}", page), name


@pytest.mark.parametrize("name", sorted(illness.titles()))
def test_every_disease_has_help_with_examples(name):
    page = simulate(name, "--help")
    assert page.exit_code == 0
    assert f"ranvier simulate {name} --seed 3" in page.stdout
    assert "hypothesis" in page.stdout


@pytest.mark.parametrize("words", ["simulate --help", "simulate mmn --help", "simulate xyz"])
def test_help_and_refusals_compute_nothing(words):
    code = (
        f"import sys; sys.argv = ['ranvier', *{words.split()!r}]\n"
        "from ranvier.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'numpy', 'scipy', 'numba', 'dask', 'pyarrow'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


DOCUMENT = (Path(__file__).parent.parent / "docs" / "simulated-course.md").read_text()


def test_the_document_says_what_the_command_prints(here):
    command = re.findall(r"^    ranvier simulate (.+)$", DOCUMENT, flags=re.M)[0]
    done = simulate(*command.split())
    assert alike(done.stdout, DOCUMENT.split("```text\n")[1].split("```")[0])


def test_the_document_lists_every_injury_with_what_speaks_for_and_against_it():
    for name, told in read_toml(injury.FILE).items():
        row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| `{name}` |"))
        assert told["meaning"] in row
        for each in (*told["for"], *told.get("against", [])):
            assert f"{each['text']} [{each['source']}]" in row


def test_the_document_names_every_field_of_the_truth(here):
    assert simulate("pma", "--visits", "1", *QUICK, "--output", "x").exit_code == 0
    for field in json.loads((here / "x" / "truth.json").read_text()):
        assert f"`{field}`" in DOCUMENT or field in ("schema", "simulated"), field
