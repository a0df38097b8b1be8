"""Whether immunoglobulin helped, from readings before and after."""

import pytest
from guided import BEGIN, background, dose, graded, on, patient, scale, treatment

from ranvier.treatment.guidance import response_assessment
from ranvier.treatment.guidance.measured import days, measures


def verdict(*entries):
    return response_assessment(patient(*entries)).verdict


def least(id):
    return next(one.change.number for one, _ in measures() if one.id == id)


def test_the_least_changes_are_the_published_ones():
    found = {one.id: (one.change.number, one.unit) for one, _ in measures()}
    assert found["grip_kg"] == (4, "kg")
    assert found["grip_kpa"] == (8, "kPa")
    assert found["mrc_sum"] == (2, "points")
    assert found["mmn_rods"] == (4, "points")


@pytest.mark.parametrize(
    ("gain", "wanted"), [(4.0, "response"), (3.9, "no response"), (0.0, "no response"), (-4.0, "no response")]
)
@pytest.mark.parametrize("day", [21, 30, 42])
def test_grip_counts_from_4_kg_in_weeks_3_to_6(gain, wanted, day):
    assert verdict(scale(-3, 10.0), dose(), scale(day, 10.0 + gain)) == wanted


@pytest.mark.parametrize(("gain", "wanted"), [(4.0, "response"), (1.0, "too early"), (-4.0, "too early")])
def test_before_3_weeks_a_gain_counts_and_its_lack_says_nothing(gain, wanted):
    assert verdict(scale(-3, 10.0), dose(), scale(14, 10.0 + gain)) == wanted


def test_readings_in_the_window_go_before_earlier_and_later_ones():
    entries = [scale(-3, 10.0), dose(), scale(7, 16.0), scale(28, 11.0), scale(70, 18.0)]
    assert verdict(*entries) == "no response"
    assert verdict(*entries[:3], entries[4]) == "response"
    assert response_assessment(patient(*entries)).changes[0].days == 28


def test_a_reading_after_a_course_has_worn_off_does_not_count():
    late = int(days("lasts_days")) + 1
    assert verdict(scale(-3, 10.0), dose(), scale(late, 10.0)) == "cannot tell"


def test_many_readings_are_judged_by_their_median():
    before = [scale(-day, 10.0 + (6 if day == 2 else 0)) for day in range(1, 6)]
    after = [scale(day, 10.5 + (9 if day == 30 else 0)) for day in range(28, 33)]
    found = response_assessment(patient(*before, dose(), *after))
    assert found.verdict == "no response"
    assert (found.changes[0].before, found.changes[0].after) == (10.0, 10.5)


def test_the_start_is_the_readings_of_two_weeks_before_else_the_last_one():
    old, new = scale(-60, 20.0), scale(-10, 10.0)
    assert verdict(old, new, dose(), scale(28, 15.0)) == "response"
    assert (
        response_assessment(patient(old, scale(-40, 12.0), dose(), scale(28, 15.0))).changes[0].before == 12.0
    )


@pytest.mark.parametrize(
    ("name", "unit", "id", "worse"),
    [
        ("grip", "kPa", "grip_kpa", False),
        ("MRC sum score", "points", "mrc_sum", False),
        ("MMN-RODS", "points", "mmn_rods", False),
        ("ONLS arm", "points", "onls_arm", True),
    ],
)
def test_each_measure_counts_from_its_own_least_change_towards_the_better(name, unit, id, worse):
    way = -1 if worse else 1

    def told(gain):
        rows = (scale(-3, 30.0, name, unit, None), scale(28, 30.0 + way * gain, name, unit, None))
        return verdict(rows[0], dose(), rows[1])

    assert told(least(id)) == "response"
    assert told(least(id) * 0.9) == "no response"
    assert response_assessment(patient()).verdict == "cannot tell"


def test_kilopascal_are_not_taken_for_kilograms():
    assert verdict(scale(-3, 30.0, unit="kPa"), dose(), scale(28, 35.0, unit="kPa")) == "no response"
    assert verdict(scale(-3, 30.0, unit="kPa"), dose(), scale(28, 35.0)) == "cannot tell"


def test_the_own_function_score_is_not_the_mmn_rods():
    name = "function score (RODS-like)"
    rows = scale(-3, 30.0, name, "points", None), scale(28, 40.0, name, "points", None)
    assert verdict(rows[0], dose(), rows[1]) == "cannot tell"


def test_one_hand_that_gains_is_a_response_and_one_that_also_loses_makes_it_open():
    right = [scale(-3, 10.0), scale(28, 15.0)]
    left = [scale(-3, 20.0, side="left"), scale(28, 20.0, side="left")]
    assert verdict(dose(), *right, *left) == "response"
    assert verdict(dose(), *right, left[0], scale(28, 15.0, side="left")) == "cannot tell"


def test_a_loss_is_told():
    found = response_assessment(patient(scale(-3, 10.0), dose(), scale(28, 5.0)))
    assert found.changes[0].verdict == "worse"
    assert "lost what matters" in " ".join(found.told)


def test_pinch_counts_only_with_grip_by_a_fifth_of_the_same_hand():
    grip = [scale(-3, 10.0), scale(28, 12.0)]
    pinch = [scale(-3, 2.0, "key pinch"), scale(28, 2.4, "key pinch")]
    assert verdict(dose(), *grip) == "no response"
    assert verdict(dose(), *grip, *pinch) == "response"
    assert verdict(dose(), *pinch) == "cannot tell"
    assert verdict(dose(), *grip, pinch[0], scale(28, 2.2, "key pinch")) == "no response"
    other = [scale(-3, 2.0, "key pinch", side="left"), scale(28, 2.4, "key pinch", side="left")]
    assert verdict(dose(), *grip, *other) == "no response"


def test_grades_of_the_same_movements_stand_in_for_the_sum():
    before = graded(-3, wrist_extension=3.0, finger_extension=2.0, thumb_abduction=4.0)
    after = graded(28, wrist_extension=4.0, finger_extension=3.0)
    found = response_assessment(patient(before, dose(), after))
    assert found.verdict == "response"
    assert (found.changes[0].before, found.changes[0].after) == (5.0, 7.0)
    summed = [
        scale(-3, 50.0, "MRC sum score", "points", None),
        scale(28, 51.0, "MRC sum score", "points", None),
    ]
    assert verdict(before, dose(), after, *summed) == "no response"


def test_a_pause_in_which_a_course_wears_off_begins_a_new_treatment():
    first = [scale(-400, 10.0), dose(-390), scale(-360, 20.0)]
    found = response_assessment(patient(*first, scale(-2, 10.0), dose(), dose(21), scale(28, 10.0)))
    assert found.verdict == "no response"
    assert found.began.first == BEGIN.toordinal()


def test_other_drugs_do_not_begin_a_treatment():
    found = response_assessment(patient(scale(-3, 10.0), dose(0, "prednisone"), scale(28, 20.0)))
    assert (found.verdict, found.began) == ("cannot tell", None)


def test_a_dose_of_the_same_morning_as_the_reading_comes_after_it():
    morning = scale(0, 10.0)
    assert verdict(morning, dose(), scale(28, 15.0)) == "response"


def test_the_words_of_the_record_count_only_when_measured():
    assert verdict(treatment(response="improved", objective=True)) == "response"
    assert verdict(treatment(response="unchanged", objective=True)) == "no response"
    assert verdict(treatment(response="improved", objective=False)) == "cannot tell"
    assert verdict(treatment(response="improved")) == "cannot tell"
    assert verdict(treatment(when="unknown", response="improved", objective=True)) == "response"
    assert verdict(treatment("corticosteroid", response="improved", objective=True)) == "cannot tell"


def test_without_readings_it_is_too_early_until_three_weeks_have_passed():
    assert verdict(treatment(), background()) == "too early"
    assert verdict(dose(), scale(10, 10.0)) == "too early"
    assert verdict(dose(), scale(25, 10.0)) == "cannot tell"


def test_times_since_onset_are_compared_with_each_other_and_never_with_the_calendar():
    months = [treatment(when="month 20")]
    rows = [scale(0, 10.0), scale(0, 16.0)]
    before, after = (
        type(rows[0])(**{**vars(row), "when": when})
        for row, when in zip(rows, ("month 19", "month 21"), strict=True)
    )
    assert verdict(before, *months, after) == "response"
    assert verdict(scale(-3, 10.0), *months, scale(28, 16.0)) == "cannot tell"
    assert on(0) == "2026-03-02"
