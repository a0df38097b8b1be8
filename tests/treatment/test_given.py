"""What was given on one clock: courses dose by dose, grams, days, and times of day."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from builders import WHO, patient
from ranvier.patient import Dose, Note
from ranvier.patient.problem import RecordError
from ranvier.treatment.given import Given, given, immunoglobulin

BEGIN = date(2026, 1, 5).toordinal()


def dose(when="2026-01-05", **fields):
    return Dose(**WHO, when=when, **{"drug": "ivig", "amount": 70.0, **fields})


def test_amounts_are_grams_and_times_days():
    one = dose("2026-01-05T06:00", drug="prednisolone", amount=60.0, unit="mg", hours=12.0)
    assert given(patient(one)) == (Given("prednisone", BEGIN + 0.25, 0.06, 0.5),)


def test_a_dose_without_hours_is_given_at_once():
    assert given(patient(dose())) == (Given("ivig", BEGIN, 70.0, 0.0),)


def test_doses_come_oldest_first_whatever_the_order_on_the_record():
    who = patient(dose("2026-02-01"), Note(**WHO, text="n"), dose("2026-01-05T09:00"), dose("2026-01-05"))
    assert [each.day - BEGIN for each in given(who)] == [0, pytest.approx(0.375), 27]


@pytest.mark.parametrize(
    ("when", "until", "count"),
    [
        ("2026-01-05", "2026-01-05", 1),
        ("2026-01-05", "2026-01-25", 1),
        ("2026-01-05", "2026-01-26", 2),
        ("2026-01-05T18:00", "2026-01-26", 2),
        ("2026-01-05T18:00", "2026-01-26T17:00", 1),
        ("2026-01-05T18:00", "2026-01-26T18:00", 2),
        ("2026-01-05", "2026-01", 2),
        ("2026-01-05", "2026-12-31", 18),
    ],
)
def test_a_course_goes_on_to_the_end_of_its_last_day(when, until, count):
    found = given(patient(dose(when, every_days=21.0, until=until)))
    assert len(found) == count
    assert [round(b.day - a.day, 9) for a, b in pairwise(found)] == [21] * (count - 1)


@every(st.integers(1, 30), st.integers(0, 300), st.integers(-10, 320))
def test_a_course_is_the_single_doses_that_it_stands_for(every_days, lasted, until):
    first, last = date.fromordinal(BEGIN), date.fromordinal(BEGIN + lasted)
    course = dose(str(first), every_days=float(every_days), until=str(last))
    single = [dose(str(date.fromordinal(day))) for day in range(BEGIN, BEGIN + lasted + 1, every_days)]
    both = [given(patient(*entries), until=BEGIN + until) for entries in ([course], single)]
    assert both[0] == both[1]
    assert all(each.day <= BEGIN + until for each in both[0])


def test_doses_without_a_day_and_of_unknown_drugs_are_all_named_with_the_remedy():
    who = patient(dose("2026-01"), dose(), dose("month 3"), dose("unknown"), dose(drug="ivigg"))
    with pytest.raises(RecordError) as caught:
        given(who)
    told = str(caught.value).splitlines()
    assert [line.split(" ")[0] for line in told] == [
        "timeline[0].when", "timeline[2].when", "timeline[3].when", "timeline[4].drug",
    ]  # fmt: skip
    assert "is '2026-01', not the day of a dose; write the day, such as 2026-11-20" in told[0]
    assert "unknown drug 'ivigg'. Did you mean 'ivig'?" in told[3]


def test_only_immunoglobulin_counts_as_such():
    who = patient(dose(), dose(drug="scig", amount=20.0), dose(drug="prednisone", amount=0.06))
    found = immunoglobulin(given(who))
    assert found.grams.tolist() == [70, 20]
    assert found.depot.tolist() == [False, True]
