"""Normal, abnormal or not known: sensory conduction."""

from math import inf

import pytest

from builders import charted, feels, patient, rule, study
from ranvier.diagnosis.answer import apply
from ranvier.diagnosis.sensory import beside, sensory_conduction_normal, sensory_nerves_tested
from ranvier.findings.norms import Person, shipped_norms
from ranvier.findings.sensation import normal, velocity_m_s
from ranvier.findings.study import SensoryStudy
from ranvier.findings.truth import Range

NOBODY = Person()


def truth(nerve="median", **fields):
    return normal(SensoryStudy("right", nerve, **fields), shipped_norms(), NOBODY)[0]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"amplitude_uv": 10, "velocity_m_s": 43.75}, True),
        ({"amplitude_uv": 9.9, "velocity_m_s": 50}, False),
        ({"amplitude_uv": 10, "velocity_m_s": 43.7}, False),
        ({"amplitude_uv": 10, "onset_latency_ms": 3.2, "distance_mm": 140}, True),
        ({"amplitude_uv": 10, "onset_latency_ms": 3.3, "distance_mm": 140}, False),
        ({"amplitude_uv": 10, "peak_latency_ms": 4.0, "distance_mm": 140}, True),
        ({"amplitude_uv": 10, "peak_latency_ms": 4.1, "distance_mm": 140}, False),
        ({"amplitude_uv": 10, "peak_latency_ms": 4.1, "distance_mm": 130}, None),
        ({"amplitude_uv": 10, "peak_latency_ms": 4.0}, None),
        ({"amplitude_uv": 10}, None),
        ({"velocity_m_s": 50}, None),
        ({"velocity_m_s": 30}, False),
        ({"amplitude_uv": 0}, False),
        ({"amplitude_uv": 0, "verdict": "normal"}, False),
        ({"verdict": "normal"}, True),
        ({"verdict": "abnormal"}, False),
        ({"amplitude_uv": 5, "verdict": "normal"}, False),
        ({"amplitude_uv": 20, "verdict": "normal"}, True),
        ({}, None),
    ],
)
def test_a_study_is_normal_when_amplitude_and_speed_are(fields, expected):
    assert truth(**fields) is expected


def test_a_nerve_without_limits_is_neither_normal_nor_abnormal():
    assert truth("saphenous", amplitude_uv=20, velocity_m_s=50) is None
    assert truth("radial", amplitude_uv=20, velocity_m_s=50) is None
    assert truth("radial", amplitude_uv=20, peak_latency_ms=2.8, distance_mm=100) is True


def test_the_limits_used_are_listed():
    study_of = SensoryStudy("right", "median", amplitude_uv=20, velocity_m_s=50)
    assert [v.number for v in normal(study_of, shipped_norms(), NOBODY)[1]] == [10, 140, 3.2, 4.0]
    told = SensoryStudy("right", "median", verdict="normal")
    assert normal(told, shipped_norms(), NOBODY) == (True, ())


def test_velocity_is_printed_or_computed():
    assert (
        velocity_m_s(SensoryStudy("left", "sural", velocity_m_s=45, distance_mm=140, onset_latency_ms=2))
        == 45
    )
    assert velocity_m_s(SensoryStudy("left", "sural", distance_mm=140, onset_latency_ms=2.8)) == 50
    assert velocity_m_s(SensoryStudy("left", "sural", onset_latency_ms=2.8)) is None
    assert velocity_m_s(SensoryStudy("left", "sural", distance_mm=140)) is None


def test_beside_a_motor_nerve_only_its_own_territory_counts():
    chart = charted(
        patient(study(sensory=[feels(), feels("ulnar", amplitude=2), feels("median", "left", 2)]))
    )
    assert beside(chart, "right", "median") is True
    assert beside(chart, "left", "median") is False
    assert beside(chart, "right", "ulnar") is False
    assert beside(chart, "left", "ulnar") is None


def test_beside_a_motor_nerve_all_studies_must_be_normal():
    chart = charted(patient(study(sensory=[feels()], when="2020"), study(sensory=[feels(velocity=None)])))
    assert beside(chart, "right", "median") is None


def test_a_verdict_on_all_studies_counts_where_none_is_listed():
    assert beside(charted(patient(study(sensory_verdict="normal"))), "right", "median") is True
    assert beside(charted(patient(study(sensory_verdict="abnormal"))), "right", "median") is None
    two = patient(study(sensory_verdict="normal"), study(sensory_verdict="abnormal"))
    assert beside(charted(two), "right", "median") is None
    motor_only = patient(study(sensory_verdict="normal"), study(when="2021"))
    assert beside(charted(motor_only), "right", "median") is True
    listed = patient(study(sensory=[feels(amplitude=1)], sensory_verdict="normal"))
    assert beside(charted(listed), "right", "median") is False


def everywhere(*studies):
    asked = rule("sensory")
    return apply(asked, sensory_conduction_normal(charted(patient(*studies)), asked))


def test_every_tested_nerve_must_be_normal():
    assert everywhere(study(sensory=[feels(), feels("ulnar")])).status == "met"
    assert everywhere(study(sensory=[feels(), feels("ulnar", amplitude=2)])).status == "failed"
    assert everywhere(study(sensory=[feels(), feels("ulnar", velocity=None)])).status == "unknown"
    assert everywhere(study()).status == "unknown"
    assert everywhere().status == "unknown"


def test_a_verdict_on_all_stands_where_no_study_is_listed():
    assert everywhere(study(sensory_verdict="normal")).status == "met"
    assert everywhere(study(sensory_verdict="abnormal")).status == "failed"
    bare = feels(velocity=None)
    assert everywhere(study(sensory=[bare], sensory_verdict="normal")).status == "unknown"
    assert everywhere(study(sensory=[feels(amplitude=1)], sensory_verdict="normal")).status == "failed"
    assert everywhere(study(sensory=[feels()], sensory_verdict="abnormal")).status == "failed"
    assert everywhere(study(sensory=[feels()]), study(sensory=[feels(amplitude=1)])).status == "failed"


def test_what_is_missing_is_named():
    assert everywhere().answer.missing == ("sensory nerve conduction studies",)
    open_ = everywhere(study(sensory=[feels(velocity=None), feels("ulnar")]))
    assert open_.missing == (
        "amplitude, and velocity or latency with distance, of the right median sensory nerve",
    )
    assert [v.number for v in open_.answer.basis][:1] == [10]


def test_nerves_are_counted_once_and_there_may_be_more():
    asked = rule("4.tested", "AAEM_2003")

    def tested(*sensory):
        return sensory_nerves_tested(charted(patient(study(sensory=sensory))), asked)

    assert tested().number == Range(0, inf)
    assert tested(feels(), feels(), feels(side="left")).number == Range(2, inf)
    assert tested(feels(amplitude=0, velocity=None)).number == Range(1, inf)
    assert tested(feels(amplitude=None, velocity=None)).number == Range(0, inf)
    assert tested(feels(amplitude=None, velocity=None, verdict="normal")).number == Range(1, inf)
    assert tested(feels()).missing == ("sensory studies of more nerves than the 1 on record",)
