"""Weak limbs, symmetry, reflexes and sensation, limb by limb."""

import pytest

from builders import WHO, charted, examination, feels, history, patient, rule, study
from ranvier.diagnosis import limbs
from ranvier.diagnosis.answer import apply
from ranvier.findings.truth import Range
from ranvier.patient import NeurologicalExamination, Reflex

CIDP, MULTI, VASCULITIS, GOLD = (
    "EAN_PNS_2021_CIDP",
    "EAN_PNS_2021_MULTIFOCAL_CIDP",
    "VASCULITIC_2010",
    "GOLD_COAST_2020",
)


def answer(id, *entries, criteria=CIDP):
    asked = rule(id, criteria)
    return getattr(limbs, asked.measure)(charted(patient(*entries), criteria), asked)


def status(id, *entries, criteria=CIDP):
    return apply(rule(id, criteria), answer(id, *entries, criteria=criteria)).status


def test_weak_limbs_are_counted_and_ungraded_ones_are_open():
    arms = examination({"thumb_abduction": (3, 5)})
    assert answer("C.limbs", arms).number == Range(1, 3)
    assert answer("C.limbs", arms).missing == ("examination: MRC grades of the left leg, right leg",)
    everywhere = examination({"elbow_flexion": (4, 4), "hip_flexion": (4, 4)})
    assert answer("C.limbs", everywhere).number == Range(4, 4)
    assert answer("C.limbs").number == Range(0, 4)


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ({"elbow_flexion": (4, 4), "hip_flexion": (3, 4)}, "met"),
        ({"elbow_flexion": (2, 5), "hip_flexion": (4, 4)}, "failed"),
        ({"elbow_flexion": (4, 3), "hip_flexion": (3, 4)}, "met"),
        ({"elbow_flexion": (4, None)}, "unknown"),
    ],
)
def test_symmetry_is_that_of_the_mean(grades, expected):
    assert status("C.symmetry", examination(grades)) == expected


def test_without_grades_the_examiners_word_stands():
    assert status("C.symmetry", examination({}, asymmetric=True)) == "failed"
    assert status("C.symmetry", examination({}, asymmetric=False)) == "met"


def reflexes(**grades):
    """Grades of right and left."""
    rows = tuple(
        Reflex(name, side, grade)
        for name, both in grades.items()
        for side, grade in zip(("right", "left"), both, strict=True)
    )
    return NeurologicalExamination(**WHO, reflexes=rows)


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ({"biceps": ("absent", "reduced"), "ankle": ("absent", "absent")}, "met"),
        ({"biceps": ("absent", "reduced")}, "unknown"),
        ({"biceps": ("absent", "normal"), "ankle": ("absent", "absent")}, "failed"),
        (
            {"biceps": ("absent", "absent"), "triceps": ("normal", "normal"), "ankle": ("absent", "absent")},
            "met",
        ),
        (
            {"biceps": ("absent", "absent"), "knee": ("brisk", "normal"), "ankle": ("absent", "absent")},
            "failed",
        ),
        ({}, "unknown"),
    ],
)
def test_reflexes_of_every_limb(grades, expected):
    assert status("C.reflexes", reflexes(**grades)) == expected


def test_a_reflex_without_a_side_is_that_of_both():
    rows = (Reflex("biceps", None, "absent"), Reflex("ankle", None, "reduced"))
    assert status("C.reflexes", NeurologicalExamination(**WHO, reflexes=rows)) == "met"


def test_sensory_loss_comes_late_and_still_counts():
    early, late = examination(sensory="normal", when="2020"), examination(sensory="abnormal", when="2021")
    assert status("C.sensory", early) == "failed"
    assert status("C.sensory", early, late) == "met"
    assert status("C.sensory", examination(sensory=None)) == "unknown"
    minor = examination(sensory="minor vibration loss in the legs")
    assert status("C.sensory", minor) == "met"
    assert status("T.sensory", minor, criteria=VASCULITIS) == "failed"


def test_abnormal_sensory_nerves():
    bad, good = feels(amplitude=1.0), feels("ulnar")
    assert answer("sensory.2", study(sensory=[bad, good])).number == Range(1, float("inf"))
    assert answer("3.sensory", study(sensory=[bad, good]), criteria=GOLD).number == Range(1, 1)
    assert answer("3.sensory", study(sensory=[good]), criteria=GOLD).number == Range(0, 0)
    assert answer("3.sensory", criteria=GOLD).number == Range(0, float("inf"))
    assert answer("3.sensory", study(sensory_verdict="normal"), criteria=GOLD).number == Range(0, 0)
    assert answer("3.sensory", study(sensory_verdict="abnormal"), criteria=GOLD).number == Range(
        1, float("inf")
    )
    twice = study(sensory=[bad], when="2020"), study(sensory=[bad], when="2021")
    assert answer("sensory.2", *twice).number.low == 1
    both = study(sensory=[bad, feels(side="left", amplitude=1.0)])
    assert answer("sensory.2", both).number.low == 2


def test_only_nerves_of_weak_limbs_count_for_the_multifocal_form():
    legs = study(sensory=[feels("sural", amplitude=0.5), feels(amplitude=1.0)])
    arm_weak = examination({"thumb_abduction": (3, 5), "hip_flexion": (5, 5)})
    assert answer("sensory.2", arm_weak, legs, criteria=MULTI).number.low == 1
    assert answer("sensory.2", legs, criteria=MULTI).number.low == 0
    assert answer("sensory.2", arm_weak, legs).number.low == 2


@pytest.mark.parametrize(("told", "expected"), [(True, "met"), (False, "failed"), (None, "unknown")])
def test_complaints(told, expected):
    assert status("T.pain", history(pain=told), criteria=VASCULITIS) == expected
    assert status("T.pain", history(pain=told), history(), criteria=VASCULITIS) == expected


def test_a_complete_examination_that_is_silent_of_sensation_leaves_it_open():
    normal, silent = (NeurologicalExamination(**WHO, sensory=word) for word in ("normal", None))
    strength_only = NeurologicalExamination(**WHO, scope="strength only")
    assert status("C.sensory", normal) == "failed"
    assert status("C.sensory", normal, strength_only) == "failed"
    assert status("C.sensory", normal, silent) == "unknown"
