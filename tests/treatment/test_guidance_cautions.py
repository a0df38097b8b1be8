"""Cautions: three-valued, each with its value and its source."""

import pytest
from guided import background, dose, laboratory, patient

from ranvier.anatomy import UnknownNameError
from ranvier.evidence import EvidenceError
from ranvier.treatment.drug import drugs
from ranvier.treatment.guidance import cautions
from ranvier.treatment.guidance.cautions import check, checks
from ranvier.treatment.guidance.facts import FACTS, highest_course

IG = ("ivig", "scig", "fscig")
ROW = {
    "id": "a",
    "fact": "kidney",
    "drugs": ["ivig"],
    "says": "caution",
    "title": "t",
    "text": "x",
    "source": "s",
}


def answers(one, *names):
    return {each.rule.id: each for each in cautions(one, names or drugs())}


def test_of_an_empty_record_nothing_is_known_and_each_rule_says_what_is_missing():
    for each in cautions(patient(), drugs()):
        assert each.holds is None, each.rule.id
        assert each.value.startswith("not known: ")


def test_every_condition_is_asked_by_a_rule_and_every_drug_but_those_that_do_not_help_has_one():
    assert {each.fact for each in checks()} == set(FACTS)
    without = set(drugs()) - {name for each in checks() for name in each.drugs}
    assert without == {"prednisone", "dexamethasone", "plasma-exchange"}


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (
            "pregnant",
            {"ivig": "possible", "cyclophosphamide": "contraindicated", "mycophenolate": "contraindicated"},
        ),
        (
            "breastfeeding",
            {"ivig": "possible", "cyclophosphamide": "contraindicated", "mycophenolate": "contraindicated"},
        ),
        (
            "wishes_children",
            {"scig": "possible", "cyclophosphamide": "contraindicated", "mycophenolate": "contraindicated"},
        ),
    ],
)
@pytest.mark.parametrize("truth", [True, False])
def test_pregnancy_leaves_immunoglobulin_and_rules_out_what_harms_the_child(state, says, truth):
    one = patient(background(**{state: truth}))
    for name, word in says.items():
        rule = answers(one, name)[f"{state}_{'immunoglobulin' if name in IG else name}"]
        assert (rule.rule.says, rule.holds) == (word, truth)


def test_a_man_is_not_asked_whether_he_is_pregnant_but_whether_he_wishes_children():
    found = answers(patient(sex="male"), "cyclophosphamide")
    assert found["pregnant_cyclophosphamide"].holds is False
    assert found["wishes_children_cyclophosphamide"].holds is None
    assert answers(patient(sex=None), "cyclophosphamide")["pregnant_cyclophosphamide"].holds is None


@pytest.mark.parametrize(
    ("entries", "holds"),
    [
        ((), None),
        ((laboratory(egfr_ml_min=59.0),), True),
        ((laboratory(egfr_ml_min=60.0),), False),
        ((background(kidney_disease=False),), False),
        ((background(kidney_disease=False), laboratory(egfr_ml_min=40.0)), True),
        ((background(kidney_disease=True), laboratory(egfr_ml_min=90.0)), True),
        ((laboratory("2026-01-01", egfr_ml_min=40.0), laboratory("2026-02-01", egfr_ml_min=80.0)), False),
    ],
)
def test_the_kidney_is_told_by_disease_or_by_the_last_filtration_rate(entries, holds):
    found = answers(patient(*entries), "ivig")["kidney_immunoglobulin"]
    assert found.holds is holds


def test_a_value_is_told_with_its_unit_and_date():
    one = answers(patient(laboratory(egfr_ml_min=45.0)), "ivig")["kidney_immunoglobulin"]
    assert one.value == "eGFR 45 mL/min/1.73 m2 (2026-01-05)"
    assert (one.source, one.mark, one.drugs) == ("gammagard_label", "seen", ("ivig",))


@pytest.mark.parametrize(
    ("entries", "holds"),
    [
        ((laboratory(iga_g_l=0.05),), True),
        ((laboratory(iga_g_l=1.2),), False),
        ((background(iga_deficiency=True),), True),
        ((), None),
    ],
)
def test_iga_deficiency_is_told_or_measured(entries, holds):
    assert answers(patient(*entries), "ivig")["iga_deficiency"].holds is holds


@pytest.mark.parametrize(("group", "holds"), [("A", True), ("B", True), ("AB", True), ("0", False)])
def test_the_blood_group_tells_of_haemolysis_with_the_largest_course(group, holds):
    one = patient(background(blood_group=group), *(dose(day, grams=35.0) for day in range(4)))
    found = answers(one, "ivig")["blood_group_haemolysis"]
    assert found.holds is holds
    assert found.value == f"blood group {group}; largest course on record 2.0 g/kg"


def test_the_largest_course_adds_doses_of_one_week_only_and_only_immunoglobulin():
    apart = patient(dose(0, grams=70.0), dose(21, grams=70.0), dose(22, "prednisone", grams=700.0))
    assert highest_course(apart) == pytest.approx(1.0)
    repeated = patient(dose(0, grams=28.0, every_days=1, until="2026-03-06"))
    assert highest_course(repeated) == pytest.approx(2.0)
    assert highest_course(patient(dose(), weight_kg=None)) is None


@pytest.mark.parametrize(
    ("values", "holds"), [((140,), None), ((140, 131), False), ((140, 129), True), ((130, 118, 128), True)]
)
def test_a_fall_of_haemoglobin_is_between_two_values_in_a_row(values, holds):
    rows = [laboratory(f"2026-01-{n + 1:02}", haemoglobin_g_l=float(each)) for n, each in enumerate(values)]
    assert answers(patient(*rows), "ivig")["haemoglobin_fall"].holds is holds


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({"m_protein": "none"}, None),
        ({"m_protein": "none", "cryoglobulins": "negative"}, False),
        ({"m_protein": "IgM"}, True),
        ({"cryoglobulins": "positive"}, True),
    ],
)
def test_thick_blood_is_excluded_only_when_both_causes_are(fields, holds):
    assert answers(patient(laboratory(**fields)), "ivig")["thick_blood_immunoglobulin"].holds is holds


@pytest.mark.parametrize(("age", "holds"), [(65.0, False), (66.0, True), (None, None)])
def test_the_age_of_the_label_is_over_65(age, holds):
    assert answers(patient(age_years=age), "ivig")["older_immunoglobulin"].holds is holds


@pytest.mark.parametrize("state", ["thrombosis", "vascular_risk", "heart_failure", "migraine"])
def test_a_background_raises_its_caution(state):
    found = answers(patient(background(**{state: True})), "ivig")[f"{state}_immunoglobulin"]
    assert found.holds is True
    assert answers(patient(background(**{state: False})), "ivig")[found.rule.id].holds is False


def test_poor_veins_and_migraine_make_the_way_under_the_skin_an_option():
    found = answers(patient(background(poor_veins=True, migraine=True)), "scig")
    assert [(found[id].rule.says, found[id].holds) for id in ("poor_veins", "migraine_sc")] == [
        ("option", True)
    ] * 2
    assert "poor_veins" not in answers(patient(background(poor_veins=True)), "ivig")


def test_a_later_background_that_is_silent_takes_nothing_away():
    later = background(migraine=False)
    one = patient(background(thrombosis=True), later)
    assert answers(one, "ivig")["thrombosis_immunoglobulin"].holds is True


def test_a_drug_that_no_file_has_is_refused():
    with pytest.raises(UnknownNameError):
        cautions(patient(), ["aspirin"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"fact": "moon"}, "a.fact: 'moon' is not one of"),
        ({"says": "forbidden"}, "a.says: 'forbidden' is not one of"),
        ({"drugs": ["IVIG"]}, "a: write 'ivig' for the drug 'IVIG'."),
        ({"unit": "1"}, "a: unknown key 'unit'."),
    ],
)
def test_a_slip_in_a_rule_is_said(change, sentence):
    with pytest.raises(EvidenceError, match=sentence):
        check({**ROW, **change})
