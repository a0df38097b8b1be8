"""What history and examination answer, rule by rule."""

from math import inf

import pytest

from builders import WHO, charted, examination, history, motor, patient, rule, study
from ranvier.anatomy import movements
from ranvier.diagnosis import bedside
from ranvier.diagnosis.answer import apply
from ranvier.evidence import EvidenceError
from ranvier.findings.truth import Range
from ranvier.patient import NeurologicalExamination, Note, Scale, Sign

AAEM = "AAEM_2003"


def answer(id, *entries, criteria="EFNS_PNS_2010"):
    asked = rule(id, criteria)
    return getattr(bedside, asked.measure)(charted(patient(*entries), criteria), asked)


def status(id, *entries, criteria="EFNS_PNS_2010"):
    return apply(rule(id, criteria), answer(id, *entries, criteria=criteria)).status


def silent(**fields):
    return NeurologicalExamination(**WHO, **fields)


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        ("slowly progressive", "met"),
        ("stepwise progressive", "met"),
        ("acute", "failed"),
        ("stable", "failed"),
        (None, "unknown"),
    ],
)
def test_course(course, expected):
    assert status("C1.course", history(course=course)) == expected


def test_one_progressive_history_suffices():
    assert status("C1.course", history(course="stable"), history(course="slowly progressive")) == "met"
    assert status("C1.course", history(course="stable"), history(course=None)) == "unknown"
    assert status("C1.course") == "unknown"


@pytest.mark.parametrize(
    ("right", "left", "expected"),
    [
        (4, 5, True),
        (5, 4, True),
        (4.33, 5, None),
        (4.67, 3.67, True),
        (3, 4, None),
        (3, 5, True),
        (2, 4, True),
        (1, 2.33, None),
        (3.01, 4.01, True),
        (5, 5, None),
        (0, 0, None),
        (None, 5, None),
    ],
)
def test_asymmetry_is_one_grade_above_three_and_two_from_three_down(right, left, expected):
    found = answer("C1.asymmetry", examination({"thumb_abduction": (right, left)}))
    assert found.words == (expected,)
    assert [v.number for v in found.basis] == [3, 1, 2]
    assert found.missing == ("examination: MRC grades of the same muscles on both sides",)


def test_symmetry_is_certain_only_when_said_or_when_everything_was_graded():
    assert status("C1.asymmetry", examination(dict.fromkeys(movements(), (4, 4)))) == "failed"
    assert status("C1.asymmetry", examination({}, asymmetric=False)) == "failed"
    assert status("C1.asymmetry", examination({}, asymmetric=True)) == "met"
    assert status("C1.asymmetry", examination({"thumb_abduction": (3, 5)}, asymmetric=False)) == "met"
    assert status("C1.asymmetry") == "unknown"


def test_grades_are_compared_within_one_examination():
    sides = [examination({"thumb_abduction": pair}) for pair in ((3, None), (None, 5))]
    assert status("C1.asymmetry", *sides) == "unknown"


def test_weak_nerves_are_counted_by_side():
    found = answer("C1.nerves", examination({"thumb_abduction": (4, 4), "finger_abduction": (5, 4)}))
    assert found.number.low == 3
    one = answer("C1.nerves", examination({"thumb_abduction": (4, 5), "thumb_flexion": (3, 5)}))
    assert one.number.low == 1


def test_a_movement_of_two_nerves_counts_once_for_neither():
    assert answer("C1.nerves", examination({"grip": (3, 5)})).number.low == 1
    assert answer("C1.nerves", examination({"grip": (3, 3)})).number.low == 1
    both = examination({"grip": (3, 5), "thumb_abduction": (3, 5)})
    assert answer("C1.nerves", both).number.low == 1


def test_nerves_not_graded_may_be_weak():
    everything = dict.fromkeys(movements(), (5, 5))
    assert answer("C1.nerves", examination(everything)).number == Range(0, 0)
    assert answer("C1.nerves", examination({**everything, "elbow_flexion": (4, 5)})).number == Range(1, 1)
    assert status("C1.one_nerve", examination({**everything, "elbow_flexion": (4, 5)})) == "met"
    del everything["elbow_flexion"]
    found = answer("C1.nerves", examination(everything))
    assert found.number == Range(0, 2)
    assert found.missing == (
        "examination: MRC grades of muscles of these nerves: both sides musculocutaneous",
    )


def test_ungraded_nerves_are_named_by_side():
    nerves = {
        ("left", "tibial"),
        ("right", "tibial"),
        ("left", "median"),
        ("right", "ulnar"),
        ("left", "axillary"),
    }
    assert bedside.by_side(nerves) == "both sides tibial; left axillary, median; right ulnar"


def test_a_nerve_with_one_ungraded_muscle_may_be_weak():
    everything = dict.fromkeys(movements(), (5, 5)) | {"thumb_abduction": (None, 5)}
    assert answer("C1.nerves", examination(everything)).number == Range(0, 1)


def test_the_examiners_own_count_stands():
    assert answer("C1.nerves", examination({}, weak_nerve_territories=3)).number == Range(3, 3)
    grades = {"thumb_abduction": (3, 3), "finger_abduction": (3, 5)}
    assert answer("C1.nerves", examination(grades, weak_nerve_territories=1)).number == Range(3, 3)
    assert answer("C1.nerves", examination({}, weak_nerve_territories=0)).number == Range(0, 0)


def test_aaem_counts_only_the_nerves_it_names():
    grades = {"thumb_abduction": (3, 5), "elbow_flexion": (3, 5)}
    found = answer("1.weakness", examination(grades), criteria=AAEM)
    assert found.number == Range(1, 9)
    told = answer("1.weakness", examination(grades, weak_nerve_territories=2), criteria=AAEM)
    assert told.number == Range(1, 2)
    none = answer("1.weakness", examination({}, weak_nerve_territories=0), criteria=AAEM)
    assert none.number == Range(0, 0)
    shared = answer("1.weakness", examination({"grip": (3, 5)}), criteria=AAEM)
    assert shared.number.low == 1


def test_duration_is_the_longest_time_on_record():
    assert answer("C1.duration", history(duration_months=14)).number == Range(14, 14)
    assert answer("C1.duration").number == Range(0, inf)
    assert answer("C1.duration", history(duration_months=None)).number == Range(0, inf)
    later = (
        history(onset="2020-01-01", duration_months=None, when="2020-02"),
        study(motor(), when="2021-01-01"),
    )
    number = answer("C1.duration", *later).number
    assert number.low == pytest.approx(366 / 30.4375)
    assert number.high == pytest.approx(366 / 30.4375)


def test_notes_and_scales_do_not_lengthen_the_disease():
    note = Note(**WHO, when="month 30", text="well again")
    scale = Scale(**WHO, when="month 31", name="grip")
    assert answer("C1.duration", history(duration_months=2), note, scale).number == Range(2, 2)
    assert answer("C1.duration", examination(when="month 7")).number == Range(7, 7)


@pytest.mark.parametrize(
    ("sensory", "c2", "aaem"),
    [
        ("normal", "met", "met"),
        ("minor vibration loss in the legs", "met", "failed"),
        ("abnormal", "failed", "failed"),
        (None, "unknown", "unknown"),
    ],
)
def test_sensory_signs(sensory, c2, aaem):
    assert status("C2", examination(sensory=sensory)) == c2
    assert status("1.sensory_signs", examination(sensory=sensory), criteria=AAEM) == aaem


def test_a_sign_must_be_absent_in_every_complete_examination():
    calm, loss = examination(sensory="normal"), examination(sensory="abnormal")
    assert status("C2", calm, loss) == "failed"
    assert status("C2", calm, silent(when="2021")) == "unknown"
    assert answer("C2", calm, silent(when="2021")).missing == ("examination: sensory (2021)",)
    assert answer("C2", calm, silent()).missing == ("examination: sensory (undated)",)
    assert answer("C2", silent()).missing == ("examination: sensory",)
    assert answer("C2", silent(when="2021"), silent()).missing == ("examination: sensory (2021, undated)",)


def test_a_follow_up_of_strength_alone_takes_no_sign_away():
    assert status("C2", examination(), silent(scope="strength only")) == "met"
    assert status("C2", silent(scope="strength only")) == "unknown"
    assert status("C2", examination(), silent(scope="strength only", sensory="abnormal")) == "failed"


def test_upper_motor_neuron_signs():
    assert status("C8", examination(upper_motor_neuron_signs=False)) == "met"
    assert status("C8", examination(upper_motor_neuron_signs=True)) == "failed"
    assert status("C8", examination(upper_motor_neuron_signs=None)) == "unknown"
    brisk = (Sign("pathologically brisk reflexes", True),)
    assert status("C8", examination(upper_motor_neuron_signs=None, upper_motor_neuron=brisk)) == "failed"
    one = (Sign("babinski", False),)
    assert status("C8", examination(upper_motor_neuron_signs=None, upper_motor_neuron=one)) == "unknown"
    assert answer("C8", silent()).missing[0].startswith("examination: babinski, hoffmann, clonus")


def test_aaem_asks_for_four_signs_only():
    def aaem(**fields):
        return status("5", examination(**fields), criteria=AAEM)

    hoffmann = (Sign("hoffmann", True),)
    assert aaem(upper_motor_neuron_signs=False) == "met"
    assert aaem(upper_motor_neuron_signs=True) == "unknown"
    assert aaem(upper_motor_neuron_signs=True, upper_motor_neuron=hoffmann) == "unknown"
    four = tuple(Sign(n, False) for n in ("spasticity", "clonus", "babinski", "pseudobulbar palsy"))
    assert aaem(upper_motor_neuron_signs=True, upper_motor_neuron=(*four, *hoffmann)) == "met"
    assert aaem(upper_motor_neuron_signs=None, upper_motor_neuron=(Sign("clonus", True),)) == "failed"
    assert aaem(upper_motor_neuron_signs=None, upper_motor_neuron=(Sign("clonus"),)) == "unknown"


@pytest.mark.parametrize(("told", "expected"), [(False, "met"), (True, "failed"), (None, "unknown")])
def test_exclusions(told, expected):
    assert status("C9", examination(bulbar_signs=told)) == expected
    assert status("C5", examination(cranial_nerve_signs=told)) == expected
    assert status("C11", history(diffuse_symmetric_onset=told)) == expected


def test_the_onset_is_one_fact_and_needs_telling_once():
    silent_history = history(diffuse_symmetric_onset=None)
    assert status("C11", history(), silent_history) == "met"
    assert status("C11", history(), history(diffuse_symmetric_onset=True)) == "failed"
    assert answer("C11").missing == ("history: whether weakness was diffuse and symmetric at the start",)


@pytest.mark.parametrize(("limbs", "expected"), [("arms", "met"), ("legs", "failed"), (None, "unknown")])
def test_predominant_limbs(limbs, expected):
    assert status("C3", history(predominant_limbs=limbs)) == expected


@pytest.mark.parametrize(
    ("grade", "expected"),
    [("absent", "met"), ("reduced", "met"), ("normal", "failed"), ("brisk", "failed"), (None, "unknown")],
)
def test_reflexes(grade, expected):
    assert status("C4", examination(reflexes_in_affected_limbs=grade)) == expected


def test_cramps_and_fasciculations_are_both_needed():
    assert status("C6", history(cramps=True), examination(fasciculations=True)) == "met"
    assert status("C6", history(cramps=True), examination(fasciculations=False)) == "unknown"
    assert status("C6", history(cramps=False, fasciculations=True)) == "failed"
    assert status("C6", history(cramps=True)) == "unknown"
    assert status("C6") == "unknown"


def test_a_rule_without_its_number_is_a_fault_of_the_rule_file():
    with pytest.raises(EvidenceError, match="rule 'S2': with.below must have number, unit"):
        rule("S2", with_={"below": "1 g/L"}).limit("below")
    with pytest.raises(EvidenceError, match="rule 'E1': with.grade must be one of definite, probable"):
        rule("E1", with_={"grade": "certain"}).word("grade", ("definite", "probable"))
    with pytest.raises(EvidenceError, match="rule 'S1': with.antigen must be a word"):
        rule("S1", with_={}).word("antigen")


def test_what_is_missing_is_named():
    assert answer("C1.course").missing == ("history: course",)
    assert answer("C3").missing == ("history: arms or legs first",)
    assert answer("C9").missing == ("examination: bulbar signs",)
    assert answer("C5").missing == ("examination: cranial nerves",)
    assert answer("C4").missing == ("examination: reflexes in the affected limbs",)
    assert answer("C6").missing == ("history or examination: cramps and fasciculations",)
    assert answer("C1.duration").missing == ("history: when weakness began, or for how long it lasts",)


def test_a_sign_on_either_side_is_a_sign_in_whatever_order():
    left, right = Sign("babinski", False, "left"), Sign("babinski", True, "right")
    for signs in ((left, right), (right, left)):
        assert status("C8", examination(upper_motor_neuron=signs)) == "failed"
    assert status("C8", examination(upper_motor_neuron=(left, Sign("babinski", None, "right")))) == "unknown"


def test_slow_and_rapid_courses_contradict_each_other():
    both = history(course="slowly progressive"), history(course="rapidly progressive", when="2021")
    assert status("C1.course", *both) == "unknown"
    assert answer("C1.course", *both).missing == (
        "history: course, told as rapidly progressive and slowly progressive",
    )
    assert status("C1.course", history(course="slowly progressive"), history(course="improving")) == "met"
