"""Simulated diaries and the truth beside them."""

import numpy as np
import pytest

from ranvier.cohort.diaries import KINDS, diary
from ranvier.cohort.diary_truth import OTHERS, SUM, grade, top
from ranvier.muscle.strength import MRC, grade_limits
from ranvier.treatment.effect.population import HANDS

SEEDS = range(40, 48)


@pytest.fixture(scope="module", params=KINDS)
def some(request):
    return [diary(seed, request.param) for seed in SEEDS]


def test_truth_is_as_it_would_have_been_until_something_happens(some):
    for one in some:
        before = one.days < (one.change_day or np.inf)
        for name, level in one.level.items():
            assert level[before] == pytest.approx(one.undisturbed[name][before], rel=1e-9)
            assert (level <= one.undisturbed[name] * (1 + 1e-9) + 1e-9).all() or one.kind == KINDS[1]
            assert (one.plateau[name] >= one.undisturbed[name]).all()


def test_what_happens_makes_people_weaker(some):
    after = [
        np.log(one.level[name] / one.undisturbed[name])[one.days > (one.change_day or 0) + 30].min()
        for one in some
        for name in HANDS
    ]
    assert min(after) == pytest.approx(0) if some[0].kind == "none" else min(after) < -0.2


def test_grip_is_read_with_the_noise_and_the_gaps_it_is_told():
    every = [diary(seed, "none") for seed in range(60, 75)]
    error, kept = [], []
    for one in every:
        for each in one.readings[:2]:
            level = np.interp(each.day, one.days, one.level[each.measure])
            error.append(np.std(np.log(each.value / level)[40:]))
            kept.append(len(each.day) / len(one.days))
    assert np.median(error) == pytest.approx(0.06, rel=0.2)
    assert np.mean(kept) == pytest.approx(0.8, abs=0.02)


def test_first_readings_fall_short():
    every = [diary(seed, "none") for seed in range(60, 90)]
    first = [np.log(each.value[0] / one.level[each.measure][0]) for one in every for each in one.readings[:2]]
    assert np.mean(first) == pytest.approx(-0.05, abs=0.025)


def test_late_infusions_come_later_and_no_other_kind_changes_them():
    late, calm = diary(11, KINDS[1]), diary(11, "none")
    assert late.change_day is not None
    assert len(late.given) < len(calm.given)
    assert [each.day for each in late.given if each.day < late.change_day] == [
        each.day for each in calm.given if each.day < late.change_day
    ]
    assert [each.day for each in diary(11, "relapse").given] == [each.day for each in calm.given]


def test_the_same_seed_tells_the_same_diary():
    for one, other in zip(diary(5).readings, diary(5).readings, strict=True):
        assert (one.value == other.value).all()


def test_scores_are_whole_points_within_their_scale():
    for seed in SEEDS:
        for each, most in zip(diary(seed).readings[2:], (60, 50), strict=True):
            assert (each.value == np.round(each.value)).all()
            assert each.value.min() >= 0
            assert each.value.max() <= most


def test_grades_go_through_the_limits_of_the_bedside_grades():
    assert grade(grade_limits()) == pytest.approx(list(MRC.values())[1:])
    assert grade(np.array([0.0, 1.0])) == pytest.approx([0, 5])
    assert diary(3).level[SUM].max() <= 60 + 1e-9
    assert len(OTHERS) == 4


def test_the_top_looks_back_one_cycle():
    assert top(np.array([3.0, 5.0, 1.0, 1.0, 2.0]), 2) == pytest.approx([3, 5, 5, 5, 2])
