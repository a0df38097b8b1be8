from dataclasses import fields, replace
from math import inf, nan

import pytest

from builders import WHO, examination, feels, history, laboratory, motor, no_crossing, patient, site, study
from ranvier.findings.study import FWave, MotorSite, MotorStudy, Waveform
from ranvier.patient import Identity, NeurologicalExamination, Patient, Scale, Strength
from ranvier.patient.check import RecordError, checked


def problems(*entries, **identity):
    with pytest.raises(RecordError) as caught:
        checked(patient(*entries, **identity))
    return str(caught.value)


def at_wrist(**numbers):
    return study(MotorStudy("right", "median", "APB", (MotorSite("wrist", **numbers),)))


def test_names_are_spelled_as_anatomy_spells_them():
    rows = (MotorSite("Antecubital  Fossa"), MotorSite("WRIST"))
    entry = study(MotorStudy("left", "Median", "abductor pollicis brevis", rows), sensory=[feels("SURAL")])
    graded = examination({"APB": (3, None)})
    named, exam = checked(patient(entry, graded)).timeline
    assert [r.site for r in named.motor[0].sites] == ["elbow", "wrist"]
    assert (named.motor[0].nerve, named.motor[0].muscle) == ("median", "APB")
    assert named.sensory[0].nerve == "sural"
    assert exam.strength[0].movement == "thumb_abduction"


def test_all_problems_are_told_at_once_with_their_places():
    text = problems(at_wrist(latency_ms=-1), study(motor("meridian")), laboratory(ck_u_l=-2))
    assert "timeline[0].motor[0].sites[0].latency_ms is -1" in text
    assert "timeline[1].motor[0] names the unknown motor nerve 'meridian'. Did you mean 'median'?" in text
    assert "timeline[2].ck_u_l is -2, and cannot be negative" in text


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ({"latency_ms": 0.0036}, "seconds; write milliseconds"),
        ({"latency_ms": 3600}, "microseconds; write milliseconds"),
        ({"latency_ms": 0}, "seconds; write milliseconds"),
        ({"amplitude_mv": 8200}, "microvolts; write millivolts"),
        ({"amplitude_mv": 0.0082}, "volts; write millivolts"),
        ({"area_mv_ms": 28100}, "microvolts times milliseconds; write mV ms"),
        ({"duration_ms": 0.0059}, "seconds; write milliseconds"),
        ({"distance_mm": 8}, "centimetres; write millimetres"),
        ({"distance_mm": 80000}, "millimetres"),
        ({"velocity_m_s": 5500}, "metres per second"),
        ({"temperature_c": 91.4}, "Fahrenheit; write degrees Celsius"),
        ({"amplitude_mv": 0, "area_mv_ms": 5}, "above 0 although the amplitude is 0"),
        ({"amplitude_mv": 5, "area_mv_ms": 0}, "leave it empty if it was not measured"),
        ({"amplitude_mv": 8, "duration_ms": 6, "area_mv_ms": 100}, "check the three units"),
        ({"amplitude_mv": 8, "duration_ms": 6, "area_mv_ms": 2}, "check the three units"),
        ({"amplitude_mv": 0.4, "duration_ms": 5e-324, "area_mv_ms": 9}, "seconds; write milliseconds"),
        ({"latency_ms": nan}, "is not a number"),
        ({"latency_ms": inf}, "is not a number"),
        ({"amplitude_mv": -inf}, "is not a number"),
    ],
)
def test_an_impossible_number_is_refused_with_the_remedy_and_never_converted(numbers, wanted):
    assert wanted in problems(at_wrist(**numbers))


def test_every_number_of_a_motor_row_is_refused_when_negative():
    numbers = [f.name for f in fields(MotorSite) if f.type == float | None]
    assert len(numbers) == 7
    for field in numbers:
        assert f"{field} is -1, and cannot be negative" in problems(at_wrist(**{field: -1.0}))


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (feels(amplitude=-1), "sensory[0].amplitude_uv is -1"),
        (feels(amplitude=0.02), "millivolts; write microvolts"),
        (feels(velocity=None, peak_latency_ms=0.003), "seconds; write milliseconds"),
        (feels(velocity=None, distance_mm=14), "centimetres; write millimetres"),
        (feels("vagus"), "unknown sensory nerve 'vagus'"),
    ],
)
def test_a_wrong_sensory_row_is_refused(row, wanted):
    assert wanted in problems(study(sensory=[row]))


@pytest.mark.parametrize(
    ("wave", "wanted"),
    [
        (FWave("left", "median", "APB", 0.028), "seconds; write milliseconds"),
        (FWave("left", "median", "APB", 28, 0.8), "fraction; write percent"),
        (FWave("left", "median", "APB", 28, 101), "write percent"),
        (FWave("left", "median", "EDB"), "unknown muscle for the median nerve 'EDB'"),
        (FWave("left", "vagus", "APB"), "unknown motor nerve 'vagus'"),
    ],
)
def test_a_wrong_f_wave_is_refused(wave, wanted):
    assert wanted in problems(study(f_waves=(wave,)))


def test_a_proximal_site_without_a_distal_one_is_refused():
    lone = MotorStudy("right", "median", "APB", (site("elbow"),))
    assert "has only the elbow, a proximal site; add the wrist" in problems(study(lone))


def test_a_distal_site_alone_is_accepted():
    assert checked(patient(at_wrist(latency_ms=3.6)))


def test_a_study_without_sites_is_refused():
    assert "give at least the distal stimulation site" in problems(
        study(MotorStudy("right", "median", "APB", ()))
    )


def test_repeated_sites_and_studies_are_refused():
    twice = MotorStudy("right", "median", "APB", (site("wrist"), site("Wrist")))
    assert "repeats the wrist; keep one row" in problems(study(twice))
    assert "repeats right median to APB" in problems(study(motor(), motor(muscle="abductor pollicis brevis")))


def test_a_repeated_sensory_row_is_refused():
    assert "repeats" in problems(study(sensory=[feels(), feels(amplitude=2)]))


def test_a_repeated_f_wave_is_refused():
    wave = FWave("left", "median", "APB", 28)
    assert "repeats" in problems(study(f_waves=(wave, replace(wave, minimal_latency_ms=40))))


def test_sites_that_contradict_each_other_are_refused():
    back = MotorStudy("right", "median", "APB", (site("wrist", latency_ms=8), site("elbow", latency_ms=4)))
    assert "not later than" in problems(study(back))
    pair = (site("wrist", latency_ms=4), site("elbow", latency_ms=8, distance_mm=23))
    assert "centimetres; write millimetres" in problems(study(MotorStudy("right", "median", "APB", pair)))
    pair = (site("wrist", latency_ms=4), site("elbow", latency_ms=8, distance_mm=230, velocity_m_s=20))
    assert "check the four numbers" in problems(study(MotorStudy("right", "median", "APB", pair)))


def test_strength_outside_0_to_5_or_graded_twice_is_refused():
    assert "MRC grade lies between 0 and 5" in problems(examination({"grip": (6, 5)}))
    assert "MRC grade lies between 0 and 5" in problems(examination({"grip": (nan, 5)}))
    rows = (Strength("APB", "left", 3), Strength("thumb_abduction", "left", 4))
    assert "grades left thumb_abduction 2 times" in problems(NeurologicalExamination(**WHO, strength=rows))
    assert "unknown movement or muscle 'eyebrow'" in problems(examination({"eyebrow": (5, 5)}))


def test_times_that_cannot_be_read_are_refused():
    assert "timeline[0].when cannot be read" in problems(history(when="yesterday"))
    assert "timeline[0].onset cannot be read" in problems(history(onset="2021-13"))
    assert "must be a date such as 2019-05" in problems(history(onset="month 3"))


def test_a_score_may_be_negative_and_a_duration_may_not():
    assert checked(patient(Scale(**WHO, name="change", score=-3.0)))
    assert "cannot be negative" in problems(history(duration_months=-3))
    assert "is not a number" in problems(Scale(**WHO, name="change", score=inf))


def test_a_huge_whole_number_is_refused_and_breaks_nothing():
    assert "weak_nerve_territories" in problems(examination(weak_nerve_territories=10**400))


@pytest.mark.parametrize(
    "identity",
    [
        {"age_years": -5.0},
        {"age_years": nan},
        {"height_cm": -1.0},
        {"height_cm": inf},
        {"birth_year": -3},
        {"birth_year": 10**400},
    ],
)
def test_an_impossible_identity_is_refused(identity):
    assert next(iter(identity)) in problems(**identity)


@pytest.mark.parametrize(
    "trace",
    [
        Waveform(0, -0.1, (0.0, 1.0)),
        Waveform(0, 0, (0.0, 1.0)),
        Waveform(nan, 0.1, (0.0, 1.0)),
        Waveform(0, 0.1, (0.0, inf)),
        Waveform(0, 0.1, ()),
    ],
)
def test_a_trace_that_cannot_be_drawn_is_refused(trace):
    assert "waveform" in problems(at_wrist(waveform=trace))


def test_a_right_record_is_returned_as_it_stands():
    who = patient(history(), examination(), study(motor(), no_crossing(), sensory=[feels()]))
    assert checked(who) == who


def test_an_empty_timeline_can_be_right():
    assert checked(Patient(Identity("nobody"))) == Patient(Identity("nobody"))
