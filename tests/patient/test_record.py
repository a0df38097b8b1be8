import pytest
from hypothesis import given

from builders import WHO, examination, history, motor, patient, study
from patient.strategies import entries, patients
from ranvier.patient import History, Laboratory, NerveConductionStudy, Scale, When


@given(patients, entries["laboratory"])
def test_adding_an_entry_keeps_every_earlier_one(before, entry):
    after = before.adding(entry)
    assert after.timeline == (*before.timeline, entry)
    assert after.identity == before.identity


@given(patients)
def test_entries_of_a_kind_come_oldest_first_whatever_their_order(who):
    turned = type(who)(who.identity, who.timeline[::-1])
    assert who.entries(NerveConductionStudy) == turned.entries(NerveConductionStudy)
    orders = [When(entry.when).order for entry in who.entries(NerveConductionStudy)]
    assert orders == sorted(orders)


@given(patients)
def test_one_simulated_entry_marks_the_whole_record(who):
    assert who.simulated == any(entry.origin == "simulated" for entry in who.timeline)
    made = Laboratory(origin="simulated", source="test")
    assert who.adding(made).simulated


def test_the_onset_is_the_earliest_that_was_told():
    told = [history(onset="2020-05"), history(onset="2019"), history()]
    assert patient(*told).onset == When("2019").day_numbers
    assert patient(history()).onset is None


def test_the_age_is_that_of_the_time_of_the_entry():
    born = patient(birth_year=1970, age_years=None)
    assert born.age_at(When("2020-05")) == 50
    assert born.age_at(When("month 3")) is None
    assert patient(age_years=45.0).age_at(When("2020")) == 45


def test_a_told_duration_goes_before_one_computed_from_dates():
    entry = study(motor(), when="2021-01-01")
    dated = patient(history(duration_months=None, onset="2020-01-01", when="2021"), entry)
    assert dated.days_of_disease(entry) == (366, 366)
    told = patient(History(**WHO, duration_months=12, when="2021-01-01", onset="2020-01-01"), entry)
    assert told.days_of_disease(entry) == (365.25, 365.25)
    assert patient(entry).days_of_disease(entry) is None


def test_a_check_for_crossing_fibres_is_no_segment_to_grade():
    checks = motor("median", muscle="ADM")
    assert not list(patient(study(checks)).segments())
    assert len(list(patient(study(checks, motor()), examination()).segments())) == 1


def test_the_onset_can_be_told_by_a_duration_at_another_time():
    day = When("2026-03-01").day_numbers[0]
    (first, last) = patient(history(when="2026-03-01", duration_months=0.1)).onset
    assert first == last == day - 0.1 * 365.25 / 12
    early = patient(history(when="2026-03-01", duration_months=0.1), study(motor(), when="2026-03-02"))
    days = early.days_of_disease(early.timeline[1])
    assert days == pytest.approx((1 + 0.1 * 365.25 / 12,) * 2)


def test_the_weight_is_the_last_that_was_weighed_else_that_of_the_identity():
    def weighed(when, score, unit="kg"):
        return Scale(**WHO, when=when, name="weight", unit=unit, score=score)

    assert patient().weight_kg is None
    assert patient(weight_kg=70.0).weight_kg == 70
    found = patient(weighed("2026-05-01", 80.0), weighed("2026-03-01", 75.0), weight_kg=70.0)
    assert found.weight_kg == 80
    assert (
        patient(weighed("2026-05-01", None), weighed("2026-06-01", 180.0, "lb"), weight_kg=70.0).weight_kg
        == 70
    )
