"""Tapers, withdrawal and a first course: what is expected, when it is seen, and what it begins from."""

import numpy as np
import pytest
from plan_people import WEIGHT_KG, one_person, without_effect

from ranvier.treatment.plan import Candidate, induction, taper, withdrawal
from ranvier.treatment.plan.cycle import cycle

CURRENT = Candidate("ivig", 80, 21)


@pytest.mark.parametrize("how", ["dose", "interval"])
def test_each_step_of_a_taper_gives_less_and_is_expected_weaker(how):
    person = one_person()
    steps = taper(person, CURRENT, WEIGHT_KG, how).steps
    grams = [each.candidate.grams_a_year for each in steps]
    trough = [each.expected["grip right"].trough.typical for each in steps]
    fall = [each.expected["grip right"].fall_chance for each in steps]
    assert len(steps) == 4
    assert np.all(np.diff([CURRENT.grams_a_year, *grams]) < 0)
    assert np.all(np.diff(trough) < 0)
    assert np.all(np.diff(fall) >= 0)
    assert [each.from_day for each in steps[1:]] == [each.look_day for each in steps[:-1]]


def test_on_the_day_to_look_most_of_a_steps_change_is_there():
    person = one_person()
    found = taper(person, CURRENT, WEIGHT_KG)
    now, first = cycle(person, CURRENT), found.steps[0]
    hand = person.hands["grip right"]
    usual = float(np.median(hand.strength(now.attack).min(axis=1)))
    shown = np.interp(first.look_day - 0.01, found.course.days, found.course.measures["grip right"].typical)
    change = first.expected["grip right"].trough.typical - usual
    assert (shown - usual) / change > 0.85


def test_the_course_of_a_withdrawal_goes_from_the_present_level_to_the_untreated_one():
    person = one_person()
    found = withdrawal(person, CURRENT)
    one, hand = cycle(person, CURRENT), person.hands["grip right"]
    lines = found.course.measures["grip right"]
    assert found.course.days[0] == 0
    assert lines.typical[0] == pytest.approx(np.median(hand.strength(one.attack)[:, 0]), rel=5e-3)
    untreated = np.median(hand.strength(np.ones((len(person.most), 1))))
    assert untreated * 0.96 < lines.typical[-1] < untreated
    assert found.course.igg_g_l.typical[-1] == pytest.approx(np.median(person.own_g_l), rel=0.02)


def test_a_fall_comes_after_the_usual_interval_and_the_test_is_over_once_nearly_all_would_have_fallen():
    found = withdrawal(one_person(), CURRENT)
    fall = found.falls["grip right"]
    assert fall.chance == 1
    assert fall.day
    assert fall.day.low > CURRENT.every_days
    assert found.over_by >= fall.day.high


def test_where_the_drug_does_nothing_only_the_natural_decline_is_left():
    found = withdrawal(without_effect(one_person()), CURRENT)
    assert found.falls["grip right"].chance == 0
    assert found.falls["grip right"].day is None
    lost = found.falls["grip right"].most.typical / found.course.measures["grip right"].typical[0]
    assert lost == pytest.approx(0.04 * 168 / 365.25, rel=0.1)


def test_a_first_course_begins_untreated_and_lifts():
    person = one_person()
    found = induction(person, WEIGHT_KG)
    untreated = np.median(person.hands["grip right"].strength(np.ones((len(person.most), 1))))
    rise = found.rises["grip right"]
    assert found.given == "ivig 160 g over 5 d"
    assert found.course.measures["grip right"].typical[0] == pytest.approx(untreated)
    assert rise.chance == 1
    assert rise.day
    assert 1 < rise.day.typical < 30
    assert induction(without_effect(person), WEIGHT_KG).rises["grip right"].chance == 0


def test_another_way_to_taper_is_refused():
    with pytest.raises(ValueError, match="dose or interval"):
        taper(one_person(), CURRENT, WEIGHT_KG, "hope")
