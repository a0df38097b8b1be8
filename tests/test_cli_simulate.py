"""`ranvier simulate healthy`: a patient file that `ranvier examine` takes like any other."""

import json
import os
import subprocess
import sys

import pytest
from tests.exam.test_examination import SMALL


def ranvier(*words, cwd):
    code = "from ranvier.cli import main; main()"
    env = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120"}
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("simulated")
    (folder / "small.toml").write_text(SMALL)
    done = ranvier(
        "simulate", "healthy", "--sex", "f", "--age", 45, "--height-cm", 168, "--seed", 7,
        "--exam", "small.toml", "--output", "patient.json", "--figure", "traces.svg",
        "--edf", "patient.edf", "--truth", "truth.json", cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def test_it_writes_the_patient_the_figure_the_traces_and_the_truth_apart(made):
    assert sorted(path.name for path in made.iterdir()) == [
        "patient.edf", "patient.json", "small.toml", "traces.svg", "truth.json",
    ]  # fmt: skip


def test_every_file_is_marked_as_simulated(made):
    assert '"origin": "simulated"' in (made / "patient.json").read_text()
    assert "SIMULATED DATA" in (made / "traces.svg").read_text()
    assert b"simulated" in (made / "patient.edf").read_bytes()[:1000].lower()
    assert json.loads((made / "truth.json").read_text())["simulated"] is True


@pytest.mark.parametrize("file", ["patient.json", "patient.edf"])
def test_examine_takes_it_like_any_other_and_says_that_it_is_simulated(made, file):
    done = ranvier("examine", file, cwd=made)
    assert done.returncode == 0, done.stderr
    assert "SIMULATED" in done.stdout
    assert "median" in done.stdout


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--age", "7"], "age_years must lie between 18 and 100"),
        (["--height-cm", "20"], "height_cm must lie between 120 and 230"),
        (["--exam", "everything"], "no protocol 'everything'. Known: first-visit, mmn, standard"),
        (["--date", "yesterday"], "'yesterday' is not a time"),
        (["--figure", "traces.png"], "must end in .svg"),
        (["--figure", "patient.json"], "must end in .svg"),
        (["--truth", "p.json"], "is named twice"),
        (["--exam", "small.toml", "--figure", "nowhere/traces.svg"], "its folder does not exist"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(tmp_path, asked, said):
    (tmp_path / "small.toml").write_text(SMALL)
    done = ranvier("simulate", "healthy", *asked, "--output", "p.json", cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["small.toml"]


def test_help_has_examples(tmp_path):
    done = ranvier("simulate", "healthy", "--help", cwd=tmp_path)
    assert (
        "ranvier simulate healthy --sex f" in done.stdout.replace("\n", " ").replace("  ", " ")
        or "--sex f" in done.stdout
    )


def test_exported_sweeps_are_no_needle_emg(made):
    done = ranvier("emg", "patient.edf", cwd=made)
    assert done.returncode == 2
    assert "holds stimulated responses, not needle EMG" in done.stderr


def test_a_needle_recording_is_written_and_analysed_as_simulated(tmp_path):
    made = ranvier("simulate", "needle", "--muscle", "TA", "--seconds", 4, "--output", "n.edf", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert b"simulated" in (tmp_path / "n.edf").read_bytes()[:256]
    done = ranvier("emg", "n.edf", cwd=tmp_path)
    assert "A simulated recording" in done.stdout
    wrong = ranvier("simulate", "needle", "--muscle", "tongue", "--output", "x.edf", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "unknown muscle of a virtual person 'tongue'. Known: ADM" in wrong.stderr
