"""`ranvier cohort`: what it says while it works, when it is done, and when it cannot work."""

import pytest
from typer.testing import CliRunner

import ranvier.cohort
from ranvier.cli import app
from ranvier.cli.cohort import line, progress, span
from ranvier.cohort import CohortError
from ranvier.cohort.follow import follow

runner = CliRunner()


def asked(*words):
    return runner.invoke(app, ["cohort", *map(str, words)])


@pytest.fixture
def run(monkeypatch):
    calls = []

    def stand_in(*words, **named):
        calls.append((words, named))
        named["progress"](2, 4)
        if stand_in.error:
            raise stand_in.error
        named["progress"](4, 4)

    stand_in.error, stand_in.calls = None, calls
    monkeypatch.setattr(ranvier.cohort, "run", stand_in)
    return stand_in


def test_it_runs_the_seeds_that_are_asked_for(run, tmp_path):
    done = asked(
        "mmn", "--patients", 4, "--years", 2, "--seed", 7, "--output", tmp_path, "--workers", 2, "--chunk", 3
    )
    assert done.exit_code == 0
    ((task, seeds, folder), named), *_ = run.calls
    assert (task, seeds, folder) == (follow("mmn", 2.0), range(7, 11), tmp_path)
    assert (named["workers"], named["chunk"], named["scheduler"]) == (2, 3, None)
    assert done.stdout == f"4 patients (simulated) are in {tmp_path}\n"
    assert "4 of 4 patients" in done.stderr


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ValueError("holds another cohort"), 2, "holds another cohort"),
        (CohortError("seed 3 failed"), 2, "seed 3 failed"),
        (KeyboardInterrupt(), 130, "the same command goes on"),
    ],
)
def test_it_says_why_it_ended(run, tmp_path, error, code, said):
    run.error = error
    done = asked("mmn", "--output", tmp_path)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr


def test_an_unknown_disease_is_refused_before_anything_is_made(tmp_path):
    done = asked("mnm", "--output", tmp_path / "new")
    assert done.exit_code == 2
    assert "mmn" in done.stderr
    assert not (tmp_path / "new").exists()


def test_help_shows_how():
    assert "ranvier cohort mmn --patients 100" in asked("--help").stdout


def test_progress_tells_rate_and_time_left():
    assert line(0, 1000, 0, 5.0) == "0 of 1000 patients"
    assert line(520, 1000, 20, 10.0) == "520 of 1000 patients, 120 a minute, 4 min left"
    assert [span(each) for each in (40, 600, 9000)] == ["40 s", "10 min", "2.5 h"]


def test_progress_speaks_now_and_then_and_at_the_end(capsys):
    times = iter([0.0, 0.0, 10.0, 40.0, 50.0])
    tell = progress(False, lambda: next(times))
    for done in (500, 510, 540, 1000):
        tell(done, 1000)
    assert [each.strip() for each in capsys.readouterr().err.splitlines()] == [
        "500 of 1000 patients",
        "540 of 1000 patients, 60 a minute, 8 min left",
        "1000 of 1000 patients, 600 a minute, 0 s left",
    ]


def test_progress_rewrites_one_line_of_a_terminal(capsys):
    times = iter([0.0, 1.0, 2.0])
    tell = progress(True, lambda: next(times))
    tell(1, 2)
    tell(2, 2)
    said = capsys.readouterr().err
    assert said.count("\r") == 2
    assert said.count("\n") == 1
