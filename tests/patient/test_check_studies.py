"""Inching, repetitive, exercise, collision and scan studies, needle numbers and markers set by hand."""

from dataclasses import replace
from math import inf, nan

import pytest

from builders import WHO, patient, study
from ranvier.findings.study import (
    CMAPScan,
    ExerciseTest,
    FWave,
    Inching,
    MotorSite,
    MotorStudy,
    RepetitiveStudy,
    SensoryStudy,
    TripleStimulation,
    Waveform,
)
from ranvier.patient import NeedleEMG, NeedleFinding
from ranvier.patient.check import RecordError, checked

PLACE = ("right", "median", "APB")
FLAT = Waveform(0, 0, (0.0, 1.0))
WRIST, ELBOW = MotorSite("wrist", 3.6, 8.0), MotorSite("elbow", 7.9, 7.0)
STEPS = (WRIST, MotorSite("wrist + 25 mm", 4.1, 7.9, distance_mm=25))


def problems(**fields):
    with pytest.raises(RecordError) as caught:
        checked(patient(study(**fields)))
    return str(caught.value)


def named(**fields):
    return checked(patient(study(**fields))).timeline[0]


def steps(*names):
    return (Inching(*PLACE, tuple(MotorSite(name) for name in names)),)


def test_the_steps_of_inching_are_spelled_one_way():
    found = named(inching=steps("WRIST", "Wrist+25mm", "antecubital fossa  +  12.50 MM"))
    assert [row.site for row in found.inching[0].steps] == ["wrist", "wrist + 25 mm", "elbow + 12.5 mm"]


@pytest.mark.parametrize(
    "name", ["wrist + mm", "wrist + -5 mm", "wrist 25 mm", "+ 25 mm", "wrist + 25 cm", ""]
)
def test_a_step_of_another_form_is_refused(name):
    assert "inching[0].steps[1] names the unknown median stimulation site" in problems(
        inching=steps("wrist", name)
    )


def test_steps_are_as_short_as_they_are_and_no_shorter():
    short = (WRIST, replace(STEPS[1], site="wrist + 10 mm", distance_mm=10))
    assert named(inching=(Inching(*PLACE, short),))
    wrong = (WRIST, replace(STEPS[1], distance_mm=1))
    assert "steps[1].distance_mm is 1 mm: write the length" in problems(inching=(Inching(*PLACE, wrong),))
    motor = MotorStudy(*PLACE, (WRIST, replace(ELBOW, distance_mm=10)))
    with pytest.raises(RecordError, match="centimetres"):
        checked(patient(study(motor)))


def test_every_name_of_every_kind_of_study_is_checked():
    place = ("left", "median", "EDB")
    text = problems(
        inching=(Inching(*place, STEPS),),
        repetitive=(RepetitiveStudy(*PLACE, 3, "knee"),),
        exercise=(ExerciseTest(*PLACE, 60, (MotorSite("knee"),), (MotorSite("ankle"),)),),
        triple=(TripleStimulation(*PLACE, "erb", "ankle"),),
        scans=(CMAPScan("left", "vagus", "APB", "wrist"),),
    )
    for place, name in (
        ("inching[0] ", "'EDB'"),
        ("repetitive[0] ", "'knee'"),
        ("exercise[0].before[0] ", "'knee'"),
        ("exercise[0].after[0] ", "'ankle'"),
        ("triple[0] ", "'ankle'"),
        ("scans[0] ", "'vagus'"),
    ):
        assert any(place in line and name in line for line in text.splitlines()), place


def test_names_are_spelled_as_anatomy_spells_them_in_every_kind_of_study():
    place = ("left", "Median", "abductor pollicis brevis")
    found = named(
        repetitive=(RepetitiveStudy(*place, 3, "WRIST"),),
        exercise=(ExerciseTest(*place, 60, (WRIST,), (MotorSite("Wrist"),)),),
        triple=(TripleStimulation(*place, "Erb's point", "Wrist"),),
        scans=(CMAPScan(*place, "Wrist"),),
    )
    assert {
        (r.nerve, r.muscle) for r in (*found.repetitive, *found.exercise, *found.triple, *found.scans)
    } == {("median", "APB")}
    assert (found.triple[0].proximal, found.triple[0].distal) == ("erb", "wrist")
    assert found.exercise[0].after[0].site == found.repetitive[0].site == found.scans[0].site == "wrist"


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"repetitive": RepetitiveStudy(*PLACE, 3000)}, "rate_hz is 3000 Hz"),
        ({"repetitive": RepetitiveStudy(*PLACE, 3, amplitude_mv=8200)}, "write millivolts"),
        ({"repetitive": RepetitiveStudy(*PLACE, 3, decrement_percent=120)}, "more than 100 percent"),
        ({"repetitive": RepetitiveStudy(*PLACE, 3, "", 0, 10)}, "the first amplitude is 0"),
        ({"exercise": ExerciseTest(*PLACE, 0.5, (WRIST,), (WRIST,))}, "minutes; write seconds"),
        ({"exercise": ExerciseTest(*PLACE, 60, (), (WRIST,))}, "before is empty"),
        ({"exercise": ExerciseTest(*PLACE, 60, (WRIST,), ())}, "after is empty"),
        ({"exercise": ExerciseTest(*PLACE, 60, (WRIST,), (ELBOW,))}, "not stimulated before"),
        (
            {"exercise": ExerciseTest(*PLACE, 60, (WRIST, WRIST), (WRIST,))},
            "before[0].site repeats the wrist",
        ),
        ({"exercise": ExerciseTest(*PLACE, 60, (WRIST,), (replace(WRIST, waveform=FLAT),))}, "be drawn"),
        ({"triple": TripleStimulation(*PLACE, "wrist", "erb")}, "does not lie above the erb"),
        ({"triple": TripleStimulation(*PLACE, "erb", "erb")}, "does not lie above the erb"),
        ({"triple": TripleStimulation(*PLACE, "erb", "wrist", 0.9)}, "fraction; write percent"),
        ({"scans": CMAPScan(*PLACE, "wrist", (1.0, 2.0), (0.1,))}, "1 amplitudes for 2 currents"),
        ({"scans": CMAPScan(*PLACE, "wrist", (1.0, nan), (0.1, 1))}, "current_ma holds a value that is not"),
        ({"scans": CMAPScan(*PLACE, "wrist", (1.0,), (8000.0,))}, "microvolts; write millivolts"),
        ({"scans": CMAPScan(*PLACE, "wrist", (-1.0,), (8.0,))}, "cannot be negative"),
        ({"scans": CMAPScan(*PLACE, "wrist", units=50, units_low=60)}, "units must lie between"),
        ({"scans": CMAPScan(*PLACE, "wrist", units=-5)}, "units is -5, and cannot be negative"),
        ({"inching": Inching(*PLACE, ())}, "needs at least two steps"),
        ({"inching": Inching(*PLACE, (WRIST,))}, "needs at least two steps"),
        ({"inching": Inching(*PLACE, (WRIST, WRIST))}, "repeats the wrist"),
        ({"inching": Inching(*PLACE, (WRIST, replace(STEPS[1], amplitude_mv=8e3)))}, "write millivolts"),
        ({"inching": Inching(*PLACE, (WRIST, replace(STEPS[1], waveform=FLAT)))}, "be drawn"),
        ({"f_waves": FWave(*PLACE, 28, mean_latency_ms=26)}, "before the minimal latency"),
        ({"f_waves": FWave(*PLACE, 28, 80, 34, 3)}, "after the latest F wave at 31 ms"),
        ({"f_waves": FWave(*PLACE, 28, mean_latency_ms=0.029)}, "write milliseconds"),
        ({"f_waves": FWave(*PLACE, 28, chronodispersion_ms=-1)}, "cannot be negative"),
        ({"f_waves": FWave(*PLACE, stimuli=0)}, "how many stimuli"),
        ({"f_waves": FWave(*PLACE, stimuli=10**400)}, "is not a number"),
        ({"f_waves": FWave(*PLACE, stimuli=1, waveforms=(Waveform(0, 1, (0.0, 1.0)),) * 2)}, "2 traces"),
        ({"f_waves": FWave(*PLACE, waveforms=(FLAT,))}, "waveforms[0] cannot be drawn"),
        ({"sensory": SensoryStudy("left", "sural", waveform=FLAT)}, "waveform cannot be drawn"),
        ({"sensory": SensoryStudy("left", "sural", temperature_c=91)}, "Fahrenheit"),
    ],
)
def test_what_cannot_be_is_refused_with_place_and_remedy(fields, wanted):
    ((name, row),) = fields.items()
    text = problems(**{name: (row,)})
    assert wanted in text
    assert f"timeline[0].{name}[0]" in text


def test_an_increment_and_an_absent_response_can_be():
    assert named(
        repetitive=(RepetitiveStudy(*PLACE, 30, "wrist", 1.0, -250.0), RepetitiveStudy(*PLACE, 3, "", 0))
    )
    assert named(triple=(TripleStimulation(*PLACE, "erb", "wrist", 0, 0),))


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("inching", Inching(*PLACE, STEPS)),
        ("repetitive", RepetitiveStudy(*PLACE, 3)),
        ("exercise", ExerciseTest(*PLACE, 60, (WRIST,), (WRIST,))),
        ("triple", TripleStimulation(*PLACE, "erb", "wrist")),
        ("scans", CMAPScan(*PLACE, "wrist")),
    ],
)
def test_a_study_that_stands_twice_is_refused(name, row):
    assert f"{name}[1] repeats right median to APB" in problems(**{name: (row, row)})


def test_two_rates_are_two_studies():
    assert named(repetitive=(RepetitiveStudy(*PLACE, 3), RepetitiveStudy(*PLACE, 20)))


@pytest.mark.parametrize("by_hand", [("area_mv_ms",), ("latency_ms", "latency_ms"), ("site",), ("onset",)])
def test_by_hand_names_markers_that_the_row_has_once(by_hand):
    row = replace(WRIST, by_hand=by_hand)
    with pytest.raises(RecordError, match=r"by_hand\[\d\] is .* it has latency_ms, amplitude_mv"):
        checked(patient(study(MotorStudy(*PLACE, (row,)))))
    feels = SensoryStudy("left", "sural", amplitude_uv=9, by_hand=by_hand)
    assert "it has amplitude_uv" in problems(sensory=(feels,))


def test_a_marker_set_by_hand_is_kept():
    row = replace(WRIST, by_hand=("latency_ms",))
    assert checked(patient(study(MotorStudy(*PLACE, (row,))))).timeline[0].motor[0].sites[0] == row


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ({"potentials": -1}, "cannot be negative"),
        ({"amplitude_mv": 800}, "microvolts; write millivolts"),
        ({"duration_ms": 0.01}, "seconds; write milliseconds"),
        ({"polyphasic_percent": 0.3}, "fraction; write percent"),
        ({"firing_rate_hz": inf}, "is not a number"),
        ({"turns_per_s": -3}, "cannot be negative"),
        ({"turn_amplitude_mv": 400}, "write millivolts"),
    ],
)
def test_impossible_needle_numbers_are_refused(numbers, wanted):
    entry = NeedleEMG(**WHO, muscles=(NeedleFinding("APB", **numbers),))
    with pytest.raises(RecordError, match=rf"muscles\[0\]\.{next(iter(numbers))} .*{wanted}"):
        checked(patient(entry))
