"""Slips in a treatment history are refused where they cannot be right, and asked about where they can."""

from dataclasses import replace
from datetime import date

import pytest

from builders import WHO, patient
from ranvier.patient import Dose, Identity, Patient, Scale
from ranvier.treatment.dose_check import never, slips
from ranvier.treatment.drug import drug

TODAY = date(2026, 11, 21).toordinal()
MOST, DAILY = (getattr(drug("ivig").label, f"most_g_per_kg_{per}") for per in ("dose", "day"))
WEIGHT = 70.0


def dose(amount=WEIGHT, when="2026-11-20", **fields):
    return Dose(**WHO, when=when, **{"drug": "ivig", "amount": amount, **fields})


def found(*doses, weight=WEIGHT, today=TODAY, first=0, **identity):
    return slips(patient(*doses, weight_kg=weight, **identity), today, first)


def only(*doses, **options):
    (slip,) = found(*doses, **options)
    return slip


def test_the_limits_are_those_of_the_label():
    assert MOST
    assert DAILY
    assert found(dose(DAILY * WEIGHT)) == ()
    assert not only(dose(DAILY * WEIGHT * 1.1)).certain


def test_grams_for_grams_per_kg_are_asked_about():
    slip = only(dose(1.0))
    assert slip.place == ("timeline", 0, "amount")
    assert slip.text == "is 1 g of ivig, 0.01429 g/kg at 70 kg; did you mean 1 g/kg, which is 70 g?"
    assert not slip.certain


def test_milligrams_for_grams_are_refused_with_the_amount_that_was_meant():
    slip = only(dose(70_000.0))
    assert slip.certain
    assert "write 70 g if it was 70000 mg" in slip.text


def test_grams_entered_as_milligrams_are_asked_about():
    assert "did you mean 70 g?" in only(dose(70.0, unit="mg")).text
    assert found(dose(70_000.0, unit="mg")) == ()


def test_more_than_the_label_is_asked_about_and_ten_times_as_much_refused():
    over, limit = only(dose(MOST * WEIGHT * 1.2)), MOST * WEIGHT * never()
    assert not over.certain
    assert "its label gives" in over.text
    assert not only(dose(limit * 0.99)).certain
    assert only(dose(limit)).certain


def test_a_slip_is_seen_without_a_weight_and_the_missing_weight_is_asked_about_for_each_dose():
    asked = found(dose(), dose(when="2026-10-30"), weight=None)
    assert [slip.place for slip in asked] == [("timeline", n, "amount") for n in range(2)]
    assert all("enter the weight first" in slip.text and not slip.certain for slip in asked)
    assert [slip.certain for slip in found(dose(70_000.0), weight=None)] == [True, False]
    assert "1 g/kg?" in found(dose(1.0), weight=None)[0].text


def test_a_weight_that_was_weighed_is_used():
    weighed = Scale(**WHO, when="2026-11-01", name="weight", unit="kg", score=WEIGHT)
    assert found(weighed, dose(), weight=None) == ()


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"when": "2026-11-22"}, "when", "after 2026-11-21; enter a dose once it was given"),
        ({"when": "2026-11-01", "every_days": 10.0, "until": "2026-12-01"}, "until", "after 2026-11-21; end the"),
        ({"when": "2026-11"}, "when", "not the day of a dose"),
        ({"drug": "ivigg"}, "drug", "Did you mean 'ivig'?"),
    ],
)  # fmt: skip
def test_what_cannot_have_been_is_refused(fields, place, words):
    slip = only(dose(**fields))
    assert slip.certain
    assert slip.place == ("timeline", 0, place)
    assert words in slip.text


def test_today_and_a_course_whose_last_dose_was_today_can_be():
    assert found(dose(when="2026-11-21T23:00")) == ()
    assert found(dose(when="2026-11-01", every_days=20.0, until="2026-11-25")) == ()


def test_a_dose_before_birth_is_refused():
    assert "before the year of birth, 1980" in only(dose(when="1926-11-20"), birth_year=1980).text


def test_infusions_that_overlap_are_asked_about_once_for_each_entry():
    first, inside, after = (dose(35.0, f"2026-11-20T{hour}:00", hours=5.0) for hour in ("09", "12", "14"))
    assert found(first, after) == ()
    slip = only(first, inside)
    assert slip.place == ("timeline", 1, "when")
    assert "meets the dose of ivig of 2026-11-20 that still runs" in slip.text
    assert not slip.certain
    assert only(inside, first).place == ("timeline", 1, "when")
    assert found(first, replace(inside, drug="scig")) == ()


def test_a_short_dose_inside_a_long_one_does_not_hide_the_long_one():
    long = dose(35.0, "2026-11-20T06:00", hours=10.0)
    short, late = dose(7.0, "2026-11-20T07:00", hours=1.0), dose(7.0, "2026-11-20T12:00", hours=1.0)
    assert {slip.place[1] for slip in found(long, short, late)} == {1, 2}


def test_the_same_dose_twice_on_one_day_is_asked_about():
    assert "take out what stands twice" in only(dose(20.0), dose(20.0)).text


def test_a_course_that_runs_over_a_single_dose_is_asked_about():
    course = dose(35.0, "2026-10-01", every_days=7.0, until="2026-11-12")
    assert found(course, dose(35.0, "2026-10-09")) == ()
    assert "meets" in only(course, dose(35.0, "2026-10-08")).text


def test_more_in_a_day_than_the_label_gives_is_asked_about():
    share = DAILY * WEIGHT * 0.6
    parts = (dose(share, f"2026-11-20T{hour}:00", hours=4.0) for hour in ("08", "14"))
    assert "a day at most" in only(*parts).text


def test_an_infusion_that_ran_too_fast_is_asked_about():
    slip = only(dose(hours=0.25))
    assert slip.place[-1] == "hours"
    assert "mg/kg a minute" in slip.text


def test_only_new_entries_are_told_but_old_ones_count():
    old, new = dose(20.0), dose(20.0)
    assert found(dose(1.0), dose(), first=2) == ()
    assert only(old, new, first=1).place == ("timeline", 1, "when")
    assert found(old, new, first=2) == ()


def test_a_dose_is_held_against_the_weight_of_its_day():
    doses = [Dose(when=f"2026-0{n}-10", drug="ivig", amount=80, hours=6, **WHO) for n in (1, 6)]
    weights = [
        Scale(when=when, name="weight", unit="kg", score=score, **WHO)
        for when, score in (("2026-01-01", 80.0), ("2026-06-01", 40.0))
    ]
    patient = Patient(Identity("one", weight_kg=None), (*weights, *doses))
    assert (patient.weight_on(0.0), patient.weight_kg) == (80.0, 40.0)
    found = slips(patient, date(2026, 12, 1).toordinal())
    assert {each.place[1] for each in found} == {3}
