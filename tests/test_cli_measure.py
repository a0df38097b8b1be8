"""`ranvier measure` and `ranvier export`, as a user runs them."""

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from builders import WHO, patient
from findings.measure.synthetic import added, response, wave
from ranvier.cli import app
from ranvier.findings.study import FWave, Inching, MotorSite, MotorStudy, SensoryStudy
from ranvier.formats.patient_json import patient_text, read_patient
from ranvier.patient import NerveConductionStudy
from ranvier.patient.traces import agreeing, measured_patient, traced

PLACE = ("right", "median", "APB")


def trace(seed):
    time_ms, clean, _ = response(seed)
    return wave(time_ms, clean + added(time_ms, seed))


WRIST = MotorSite("wrist", 3.0, 5.0, waveform=trace(0))
ELBOW = MotorSite("elbow", waveform=trace(4))
STUDY = NerveConductionStudy(**WHO, motor=(MotorStudy(*PLACE, (WRIST, ELBOW)),))


def run(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "patient.json"
    path.write_text(patient_text(patient(STUDY)))
    return path


def test_every_marker_stands_beside_what_the_file_says(file):
    found = run("measure", file)
    assert found.exit_code == 0
    wrist, elbow = found.stdout.split("\n\n")
    assert wrist.splitlines()[0] == "right median APB wrist"
    assert wrist.splitlines()[1].split() == ["latency", "3.257", "ms", "automatic", "file:", "3"]
    assert elbow.splitlines()[1].split()[-2:] == ["file:", "-"]


def test_a_marker_set_by_hand_is_said_to_be_and_moves_the_rest(file, tmp_path):
    out = tmp_path / "out.json"
    found = run("measure", file, "--set", "right median APB wrist latency_ms=3.0", "--output", out)
    assert found.exit_code == 0, found.output
    row, above = read_patient(out)[0].timeline[0].motor[0].sites
    assert (row.latency_ms, row.by_hand) == (3.0, ("latency_ms",))
    assert row.duration_ms == pytest.approx(4.511, abs=0.01)
    assert above.by_hand == ()
    again = run("measure", out)
    assert "3 ms     by hand" in again.stdout


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            "right median APB wris latency_ms=3",
            "no row is called 'right median APB wris'. Known: right median",
        ),
        ("right median APB wrist onset=3", "'onset' is not a marker of that row. Known: latency_ms"),
        ("right median APB wrist latency_ms=three", "cannot be read; write it as"),
        ("latency_ms=3", "cannot be read; write it as"),
        ("right median APB wrist", "cannot be read; write it as"),
        ("right median APB wrist latency_ms=400", "outside the trace"),
        ("right median APB wrist latency_ms=nan", "at least 0"),
        ("right median APB wrist latency_ms=30", "not later than"),
        ("right median APB wrist duration_ms=0.01", "measured, timeline[0].motor[0].sites[0].duration_ms"),
    ],
)
def test_a_marker_that_cannot_be_set_is_refused_and_nothing_written(file, tmp_path, given, wanted):
    out = tmp_path / "out.json"
    found = run("measure", file, "--set", given, "--output", out)
    assert found.exit_code == 2
    assert wanted in found.stderr
    assert not out.exists()


def test_measure_refuses_what_it_cannot_do(file, tmp_path, cases):
    assert "there is nothing to measure" in run("measure", cases / "katirji-case-25.json").stderr
    assert "is what is being read" in run("measure", file, "--output", file).stderr
    assert "must end in .json" in run("measure", file, "--output", tmp_path / "out.edf").stderr
    assert "cannot be read" in run("measure", tmp_path / "none.json").stderr


def test_export_and_import_go_round(file, tmp_path):
    edf = tmp_path / "study.edf"
    found = run("export", file, edf)
    assert found.exit_code == 0, found.output
    assert "holds waveforms only" in found.stdout
    checked = run("validate-file", edf)
    assert checked.exit_code == 0
    assert "can be used, 1 entry" in checked.stdout
    assert "markers were set by the program" in checked.stdout
    assert run("measure", edf).stdout.split("file:")[0] == run("measure", file).stdout.split("file:")[0]
    examined = run("examine", edf, "--format", "json")
    assert examined.exit_code == 0
    assert '"wrist"' in examined.stdout


def test_export_refuses_what_it_cannot_do(file, tmp_path, cases):
    assert "must end in .edf" in run("export", file, tmp_path / "x.json").stderr
    found = run("export", cases / "katirji-case-25.json", tmp_path / "x.edf")
    assert found.exit_code == 2
    assert "holds no waveform" in found.stderr
    assert run("export", file, tmp_path / "none" / "x.edf").exit_code == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["patient.json"]


def test_a_simulated_patient_is_marked_in_the_table(tmp_path):
    path = tmp_path / "p.json"
    path.write_text(patient_text(patient(replace(STUDY, origin="simulated"))))
    assert run("measure", path).stdout.startswith("SIMULATED")


def test_rows_of_two_sessions_are_told_apart():
    later = replace(STUDY, when="2024-05", motor=(MotorStudy(*PLACE, (replace(WRIST, latency_ms=None),)),))
    steps = (Inching(*PLACE, (WRIST, replace(WRIST, site="wrist + 25 mm"))),)
    feels = (SensoryStudy("left", "sural", waveform=trace(0)), SensoryStudy("left", "sural", "calf"))
    late = (FWave(*PLACE, waveforms=(trace(0),)),)
    who = patient(replace(STUDY, inching=steps, sensory=feels, f_waves=late), later, later)
    assert [each.name for each in traced(who)] == [
        "unknown right median APB wrist",
        "right median APB elbow",
        "inching right median APB wrist",
        "inching right median APB wrist + 25 mm",
        "left sural sensory",
        "right median APB F waves",
        "2024-05 right median APB wrist (1)",
        "2024-05 right median APB wrist (2)",
    ]


def test_a_latency_found_that_contradicts_another_site_is_left_out_and_said():
    back = (replace(WRIST, waveform=trace(4)), replace(ELBOW, waveform=trace(0)))
    who = measured_patient(patient(replace(STUDY, motor=(MotorStudy(*PLACE, back),))))
    found, (remark,) = agreeing(who)
    assert [row.latency_ms is None for row in found.timeline[0].motor[0].sites] == [False, True]
    assert "timeline[0].motor[0].sites[1]" in remark
    assert "set it by hand" in remark
