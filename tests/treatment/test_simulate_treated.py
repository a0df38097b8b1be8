"""A virtual patient under treatment: the record, the truth apart from it, and what follows by mechanism."""

from datetime import date

import numpy as np
import pytest

from ranvier.diagnosis import examine
from ranvier.disease import fall_ill, simulate
from ranvier.patient import Dose, Treatment
from ranvier.treatment.given import given as on_record
from ranvier.treatment.regimen import regimen
from ranvier.treatment.schedule import clock, entered, given_by
from ranvier.treatment.simulate import Relief, simulate_treated, weighed
from treated_patients import BRIEF, IVIG, stopped

START = date(2017, 1, 1).toordinal()


def strength(found, which):
    return [round(each.truth[which], 3) for each in found.simulated.visits]


def test_the_hand_recovers_under_treatment_and_falls_when_it_stops():
    blocked = strength(stopped(), "blocked motor")
    before, under, after = blocked[1], blocked[2], blocked[4]
    assert under < 0.5 * before
    assert after > 1.5 * blocked[3]


def test_until_the_first_dose_the_patient_is_the_one_without_treatment():
    plain = simulate("mmn", 3, visits=(0.5, 1.8), **BRIEF)
    for one, two in zip(plain.visits, stopped().simulated.visits, strict=False):
        assert one == two
    found = [entry for entry in stopped().simulated.patient.timeline if entry.when < "2017"]
    assert found == list(plain.patient.timeline)


def test_the_later_treatment_begins_the_more_axons_are_lost():
    lost = []
    for begin in ("2015-09", "2018-03", "2020-12"):
        plan = f"ivig 1 g/kg every 21 d from {begin}"
        found = simulate_treated("mmn", 3, [plan], visits=(6.0,), **BRIEF)
        lost.append(found.simulated.visits[-1].truth["lost motor"])
    assert lost == sorted(lost)
    assert lost[0] < 0.8 * lost[-1]


def test_the_record_tells_of_doses_and_of_no_truth():
    patient = stopped().simulated.patient
    told = on_record(patient)
    assert [(x.drug, x.grams) for x in told] == [(x.drug, x.grams) for x in stopped().given]
    np.testing.assert_allclose([x.day for x in told], [x.day for x in stopped().given], atol=1e-3)
    assert {entry.origin for entry in patient.timeline} == {"simulated"}
    assert not patient.entries(Treatment)
    assert patient.identity.weight_kg == pytest.approx(stopped().weight_kg, abs=0.05)
    assert examine(patient).blocks


def test_the_same_seed_is_the_same_patient_and_another_regimen_the_same_person():
    one = simulate_treated("mmn", 4, [IVIG], visits=(2.5,), **BRIEF)
    two = simulate_treated("mmn", 4, ["scig 0.3 g/kg every 7 d from 2017-01"], visits=(2.5,), **BRIEF)
    again = simulate_treated("mmn", 4, [IVIG], visits=(2.5,), **BRIEF)
    assert again.simulated.patient == one.simulated.patient
    assert (one.weight_kg, one.treated.most, one.treated.half_g_l) == (
        two.weight_kg, two.treated.most, two.treated.half_g_l,
    )  # fmt: skip
    assert one.course.attack.min() != two.course.attack.min()


def test_relief_is_the_attack_of_the_course_at_its_day():
    found = stopped()
    day = START + 100.25
    years = (day - found.onset.toordinal()) / 365.25
    expected = np.interp(day, found.course.days, found.course.attack[0])
    assert found.relief(years) == pytest.approx(expected, rel=1e-6)
    assert found.relief(0.0) == found.relief(1.8) == 1.0
    assert {attack.relief for attack in found.simulated.illness.attacks} == {found.relief}


def test_relief_is_linear_between_its_times_and_holds_after_them():
    relief = Relief(1.0, 0.5, (1.0, 0.5, 0.4))
    found = [relief(years) for years in (0.9, 1.0, 1.25, 1.5, 1.75, 2.0, 9.0)]
    assert found == pytest.approx([1.0, 1.0, 0.75, 0.5, 0.45, 0.4, 0.4])


@pytest.mark.parametrize(
    ("disease", "plans", "said"),
    [
        ("cidp", [IVIG], "treatment is simulated in mmn only, not in cidp; leave it out"),
        ("mmn", [], "regimens: name at least one"),
        ("mmn", ["ivig 1 g/kg every 21 d from 2014"], "must lie between the first symptom"),
        ("mmn", ["ivig 1 g/kg every 21 d from 2030"], "ivig begins on 2030-01-01; it must lie between"),
        ("mmn", ["ivig 1 g/kg every 21 d from 2016-05 until 2015-12"], "ends before it begins"),
        ("mmn", ["ivig 0.001 g/kg every 21 d"], "a dose must be at least 1 g"),
        ("mmn", ["magic 1 g every 21 d"], "magic"),
        ("mmn", ["ivig often"], "is not a regimen"),
    ],
)
def test_what_cannot_be_is_refused(disease, plans, said):
    with pytest.raises(ValueError, match=said):
        simulate_treated(disease, 1, plans, visits=(2.0,), **BRIEF)


def test_doses_over_days_are_split_and_their_sum_is_the_regimen():
    plan = regimen("ivig 2 g/kg over 4 d every 28 d from 2017-01 until 2017-02")
    found = given_by(plan, 80.0, 0.0, START + 400.0)
    assert [int(each.day) - START for each in found] == [0, 1, 2, 3, 28, 29, 30, 31, 56, 57, 58, 59]
    assert {each.grams for each in found} == {40.0}
    assert all(each.days_long > 0 for each in found)
    assert not any(each.days_long for each in given_by(regimen("scig 20 g every 7 d"), 80.0, 1.0, 30.0))


def test_daily_doses_stand_as_one_course_and_read_back_as_given():
    plan = regimen("prednisone 1 mg/kg every 1 d from 2017-01 until 2017-01")
    doses = given_by(plan, 60.0, 0.0, START + 400.0)
    (entry,) = entered(plan, doses)
    assert (entry.amount, entry.unit, entry.every_days, entry.until) == (60.0, "mg", 1.0, "2017-01-31")
    assert isinstance(entry, Dose)
    assert len(doses) == 31
    assert doses[0].grams == 0.06


def test_a_day_number_as_it_stands_on_a_record():
    assert clock(START + 8.5 / 24) == "2017-01-01T08:30"
    assert clock(START + 1 - 1e-9) == "2017-01-02T00:00"


def test_weight_follows_height_and_is_that_of_patients():
    people = [fall_ill("mmn", seed).healthy.person for seed in range(1, 60)]
    weights = [weighed(each, seed) for seed, each in enumerate(people, 1)]
    assert 75 < np.median(weights) < 88
    assert 40 < min(weights) < 65
    assert 100 < max(weights) < 140
