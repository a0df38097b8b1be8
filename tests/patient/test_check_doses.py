"""Doses, courses, blood values and readings that nobody can have are refused with place and remedy."""

import pytest
from hypothesis import given

from builders import WHO, laboratory, patient
from patient.strategies import courses
from ranvier.patient import Background, Dose, Scale
from ranvier.patient.check import RecordError, checked


def dose(**fields):
    return Dose(**WHO, **{"when": "2026-01-05", "drug": "ivig", "amount": 70.0, **fields})


def problem(*entries, **identity):
    with pytest.raises(RecordError) as caught:
        checked(patient(*entries, **identity))
    (one,) = caught.value.problems
    return f"{one.place[-1]} {one.text}"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": 0.0}, "amount is 0; leave out"),
        ({"amount": -1.0}, "amount is -1, and cannot be negative"),
        ({"amount": 1e9}, "amount is not a number anybody has"),
        ({"hours": 300.0}, "hours is 300 h: it looks like minutes; write hours"),
        ({"hours": 0.0}, "hours is 0 h: "),
        ({"every_days": 21.0}, "until is missing; a course has both"),
        ({"until": "2026-05-01"}, "every_days is missing; a course has both"),
        ({"every_days": 0.0, "until": "2026-05-01"}, "every_days is 0 days: "),
        ({"every_days": 504.0, "until": "2026-05-01"}, "every_days is 504 days: it looks like hours"),
        ({"every_days": 21.0, "until": "2026-01-04"}, "until is 2026-01-04, before the first dose of 2026-01-05"),
        ({"every_days": 21.0, "until": "month 3"}, "until is 'month 3'; write the day of the last dose"),
        ({"every_days": 21.0, "until": "soon"}, "until cannot be read"),
        ({"every_days": 21.0, "until": "2206-01-05"}, "no course is that long"),
        ({"drug": ""}, "drug is empty"),
    ],
)  # fmt: skip
def test_a_dose_that_cannot_be_is_refused(fields, words):
    assert problem(dose(**fields)).startswith(words) or words in problem(dose(**fields))


@given(courses())
def test_a_course_of_equal_doses_can_be(course):
    assert checked(patient(course)).timeline == (course,)


def test_a_course_may_end_on_the_day_on_which_it_began():
    assert checked(patient(dose(when="2026-01-05T09:00", every_days=21.0, until="2026-01-05T09:00")))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"igg_g_l": 1420.0}, "mg/dL; write grams per litre"),
        ({"igg_g_l": 0.0}, "write grams per litre"),
        ({"iga_g_l": 210.0}, "mg/dL"),
        ({"haemoglobin_g_l": 14.2}, "g/dL or mmol/L; write grams per litre"),
        ({"egfr_ml_min": 0.4}, "mL/min"),
        ({"egfr_ml_min": 900.0}, "mL/min"),
    ],
)
def test_a_blood_value_in_another_unit_is_refused(values, words):
    text = problem(laboratory(**values))
    assert text.startswith(next(iter(values)))
    assert words in text


def test_iga_may_be_absent():
    assert checked(patient(laboratory(iga_g_l=0.0)))


@pytest.mark.parametrize(
    ("name", "unit", "score"),
    [("grip", "kg", 185.0), ("grip", "kg", -5.0), ("grip", "kPa", 900.0), ("weight", "kg", 8.2),
     ("MRC sum score", "points", 200.0), ("key pinch", "kg", 60.0)],
)  # fmt: skip
def test_a_reading_beyond_what_a_hand_can_do_is_refused_once(name, unit, score):
    assert problem(Scale(**WHO, name=name, unit=unit, score=score)).startswith("score is ")


def test_a_reading_of_a_name_without_bounds_is_let_be():
    assert checked(patient(Scale(**WHO, name="change", unit="kg", score=-300.0)))


@pytest.mark.parametrize("weight", [-82.0, 8.2, 820.0, 1e9])
def test_a_weight_that_nobody_has_is_refused(weight):
    assert problem(weight_kg=weight).startswith("weight_kg is ")


def test_a_background_cannot_say_yes_and_no_at_one_time():
    pair = [Background(**WHO, when="2026-01-05", pregnant=answer) for answer in (True, False)]
    assert "contradicts" in problem(*pair)
