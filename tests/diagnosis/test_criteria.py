"""Levels of whole patients, and the engine that reaches them."""

from dataclasses import replace

import pytest

from builders import (
    charted,
    definite,
    examination,
    feels,
    gm1,
    history,
    ivig,
    motor,
    mri,
    no_crossing,
    patient,
    rule,
    site,
    study,
    ulnar,
)
from ranvier.anatomy import movements
from ranvier.diagnosis.answer import Answer, RuleResult, apply
from ranvier.diagnosis.criteria import MEASURES, evaluate, holds, measure, reached
from ranvier.diagnosis.rule_file import criteria_set, shipped_sets
from ranvier.diagnosis.rules import Formula
from ranvier.evidence import EvidenceError
from ranvier.findings.study import MotorStudy
from ranvier.findings.truth import Range

EFNS, AAEM = "EFNS_PNS_2010", "AAEM_2003"


def result(who, criteria=EFNS):
    return evaluate(criteria_set(criteria), charted(who, criteria))


def level(who, criteria=EFNS):
    return result(who, criteria).level


def three_sensory():
    return [feels(), feels(side="left"), feels("ulnar")]


def test_efns_definite():
    found = result(definite())
    assert found.level == "definite"
    assert found.missing == ()
    assert found.levels == {"definite": True, "probable": None, "possible": None}


@pytest.mark.parametrize(
    ("entry", "changes"),
    [
        (0, {"course": "acute"}),
        (0, {"duration_months": 1}),
        (0, {"diffuse_symmetric_onset": True}),
        (1, {"sensory": "abnormal"}),
        (1, {"upper_motor_neuron_signs": True}),
        (1, {"bulbar_signs": True}),
    ],
)
def test_each_clinical_rule_can_fail_every_efns_level(entry, changes):
    who = definite()
    timeline = list(who.timeline)
    timeline[entry] = replace(timeline[entry], **changes)
    assert level(replace(who, timeline=tuple(timeline))) == "not met"


@pytest.mark.parametrize(
    ("entry", "changes", "missing"),
    [
        (0, {"course": None}, "history: course"),
        (0, {"duration_months": None}, "history: when weakness began, or for how long it lasts"),
        (1, {"sensory": None}, "examination: sensory"),
        (1, {"bulbar_signs": None}, "examination: bulbar signs"),
    ],
)
def test_what_is_not_known_leaves_the_level_open_and_is_asked_for(entry, changes, missing):
    who = definite()
    timeline = list(who.timeline)
    timeline[entry] = replace(timeline[entry], **changes)
    found = result(replace(who, timeline=tuple(timeline)))
    assert found.level == "indeterminate"
    assert missing in found.missing


def test_efns_probable_by_two_nerves():
    two = study(motor(drop=0.4), motor(side="left", drop=0.4), sensory=three_sensory())
    found = result(patient(history(), examination(), two))
    assert found.level == "probable"
    assert found.levels["definite"] is None
    assert any("no motor conduction values on record" in text for text in found.missing)
    assert not any("GM1" in text for text in found.missing)


def test_efns_probable_by_one_nerve_and_two_supportive_tests():
    one = study(motor(drop=0.4), sensory=[feels()])
    base = (history(), examination(), one)
    assert level(patient(*base)) == "indeterminate"
    assert level(patient(*base, gm1())) == "indeterminate"
    swollen = mri(t2_hyperintensity=True, diffuse_nerve_swelling=True)
    assert level(patient(*base, gm1(), swollen)) == "probable"
    assert level(patient(*base, gm1("negative"), swollen)) == "indeterminate"


def test_efns_possible_without_block_by_response_to_treatment():
    answered = ivig(response="improved", objective=True)
    base = (history(), examination(), study(motor(), sensory=[feels()]))
    assert level(patient(*base, answered)) == "possible"
    assert level(patient(*base, ivig(response="improved"))) == "indeterminate"


def test_efns_possible_in_one_nerve():
    grades = dict.fromkeys(movements(), (5, 5)) | {"thumb_abduction": (3, 5)}
    one = patient(history(), examination(grades), study(motor(drop=0.6), sensory=[feels()]))
    found = result(one)
    assert found.level == "possible"
    assert found.levels == {"definite": False, "probable": False, "possible": True}


def test_aaem_definite_takes_two_nerves_and_three_sensory_studies():
    def who(*sensory, drop=0.6):
        return patient(
            history(), examination(), study(motor(drop=0.6), motor(side="left", drop=drop), sensory=sensory)
        )

    assert level(who(*three_sensory()), AAEM) == "definite"
    assert level(who(*three_sensory()[:2]), AAEM) == "indeterminate"
    assert level(who(*three_sensory(), feels("sural", amplitude=1)), AAEM) == "not met"
    assert level(who(*three_sensory(), drop=0.35), AAEM) == "probable"
    assert level(who(*three_sensory(), drop=0.0), AAEM) == "indeterminate"


def test_aaem_takes_no_vibration_loss():
    who = patient(
        history(),
        examination(sensory="minor vibration loss in the legs"),
        study(motor(drop=0.6), motor(side="left", drop=0.6), sensory=three_sensory()),
    )
    assert level(who, AAEM) == "not met"
    assert level(who) == "definite"


def test_an_empty_record_decides_nothing():
    for criteria in shipped_sets():
        found = result(patient(), criteria)
        assert found.level == "indeterminate"
        assert len(found.missing) >= 5
        assert {r.status for r in found.rules} == {"unknown"}


def test_a_doubt_about_the_only_block_is_asked_for():
    who = patient(history(onset="2018"), examination(), study(ulnar(drop=0.6)[0], sensory=[feels("ulnar")]))
    found = result(who)
    assert found.level == "indeterminate"
    assert "Martin-Gruber anastomosis not excluded" in found.missing[0]
    settled = who.adding(study(ulnar(drop=0.6)[0], no_crossing(), when="2021"))
    assert level(settled) == "definite"


def test_every_rule_of_every_set_has_a_measure_and_an_answer():
    for criteria in shipped_sets():
        for asked in criteria_set(criteria).rules:
            assert measure(asked).__name__ == asked.measure
            assert measure(asked)(charted(patient(), criteria), asked).missing
    assert MEASURES


def test_an_unknown_measure_is_named():
    with pytest.raises(
        EvidenceError, match="rule 'C2': unknown measure 'telepathy'. Known: asymmetric_weakness"
    ):
        measure(rule("C2", measure="telepathy"))


@pytest.mark.parametrize(
    ("truths", "expected"),
    [
        ({"definite": True, "probable": None}, "definite"),
        ({"definite": None, "probable": True}, "probable"),
        ({"definite": False, "probable": None}, "indeterminate"),
        ({"definite": None, "probable": False}, "indeterminate"),
        ({"definite": False, "probable": False}, "not met"),
        ({}, "not met"),
    ],
)
def test_the_highest_level_that_is_met_is_reached(truths, expected):
    assert reached(truths) == expected


def test_formulas_are_three_valued():
    truths = {"a": True, "b": None, "c": False, "d": True}
    assert holds("b", truths) is None
    assert holds(Formula(2, ("a", "d")), truths) is True
    assert holds(Formula(2, ("a", "b")), truths) is None
    assert holds(Formula(2, ("a", "c")), truths) is False
    assert holds(Formula(2, ("a", "b", "c")), truths) is None
    assert holds(Formula(1, (Formula(2, ("a", "c")), "d")), truths) is True
    assert Formula(1, ("a", Formula(1, ("b", "a")))).rule_ids() == ("a", "b")


def test_the_values_of_a_result_are_its_rules_and_answers():
    ids = {value.id for value in result(definite()).values}
    assert "diagnosis.rules.efns_pns_2010.rule.E1.threshold" in ids
    assert "diagnosis.rules.efns_pns_2010.rule.C1.asymmetry.with.strong_above" in ids
    assert "findings.norms.sensory.median.amplitude_uv_min" in ids


@pytest.mark.parametrize(
    ("op", "number", "margin"),
    [
        (">=", Range(3, 3), 1),
        (">=", Range(3, 9), 1),
        (">=", Range(0, 1), -1),
        (">=", Range(1, 3), None),
        ("<=", Range(1, 1), 1),
        ("<=", Range(0, 1), 1),
        ("<=", Range(4, 9), -2),
        ("==", Range(2, 2), None),
    ],
)
def test_the_margin_is_what_is_certain(op, number, margin):
    asked = rule("C1.nerves", op=op)
    assert apply(asked, Answer(number=number)).margin == margin


def test_a_rule_in_words_has_no_margin():
    found = apply(rule("C2"), Answer(words=("normal",)))
    assert (found.margin, found.truth) == (None, True)


def test_every_word_must_fit_or_one_of_them():
    asked = rule("C2")
    mixed = ("normal", "abnormal")
    assert apply(asked, Answer(words=mixed)).truth is True
    assert apply(asked, Answer(words=mixed, every=True)).truth is False
    assert apply(asked, Answer(words=("normal", None), every=True)).truth is None
    assert apply(asked, Answer(words=(), every=True)).truth is None


def test_a_settled_rule_misses_nothing():
    open_ = RuleResult(rule("C2"), Answer(missing=("x",)), None)
    assert open_.missing == ("x",)
    assert open_.status == "unknown"
    assert RuleResult(rule("C2"), Answer(missing=("x",)), False).missing == ()
    assert RuleResult(rule("C2"), Answer(missing=("x",)), False).status == "failed"


def test_a_rule_that_does_not_fit_its_measure_is_a_fault_of_the_rule_file():
    with pytest.raises(EvidenceError, match=r"rule 'E1': 'nerves_with_block' needs expected = \[...\]"):
        apply(rule("E1"), Answer())
    with pytest.raises(EvidenceError, match="rule 'C2': 'sensory_signs' needs op and threshold"):
        apply(rule("C2"), Answer(number=Range(1, 1)))


def test_unstudied_side_of_a_normal_study_stays_open():
    rows = (site("wrist"), site("elbow"), site("axilla", stimulus="supramaximal"))
    who = patient(history(), examination(), study(MotorStudy("right", "median", "APB", rows)))
    assert result(who).level == "indeterminate"


def test_a_study_of_which_the_time_is_not_known_reaches_no_level():
    def who(**told):
        blocks = study(
            motor(drop=0.6), motor(side="left", drop=0.6), sensory=three_sensory(), when="2026-03-02"
        )
        return patient(history(duration_months=None, **told), examination(), blocks)

    assert level(who(onset="2020"), AAEM) == "definite"
    unknown = result(who(), AAEM)
    assert unknown.level == "indeterminate"
    assert any("when weakness began" in text for text in unknown.missing)
    assert level(who(onset="2026-03-01"), AAEM) == "indeterminate"


def test_an_answer_no_measure_gives_is_a_fault_of_the_rule_file():
    with pytest.raises(EvidenceError, match="'slow progressive' is no answer of 'course', which are: slowly"):
        apply(rule("C1.course", expected=("slow progressive",)), Answer(words=("stable",)))
    with pytest.raises(EvidenceError, match="'maybe' is no answer of 'bulbar_signs', which are: true, false"):
        apply(rule("C9", expected=("maybe",)), Answer(words=(True,)))
