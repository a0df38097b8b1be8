"""Simulated patients at a plan: what they bring, and how a plan is judged by their truth."""

from dataclasses import fields, replace

import numpy as np
import pytest

from ranvier.cohort.plan_cases import IGG, plan_cases
from ranvier.cohort.plans import Judged, figures, judged
from ranvier.treatment.given import immunoglobulin
from ranvier.treatment.plan import Candidate

FIXED = Candidate("ivig", 80, 21)
SEED = 4


def test_a_patient_brings_three_values_of_igg_and_sixty_readings_of_grip():
    for case in plan_cases(3, SEED):
        count = {each.measure: len(each.day) for each in case.readings}
        assert count.pop(IGG) == 3
        assert count == {"grip right": 30, "grip left": 30}
        assert case.current.grams == pytest.approx(case.weight_kg, abs=2.5)
        gaps = np.diff([each.day for each in case.given])
        assert 12 < gaps.min() < gaps.max() < 30


def test_the_same_seed_gives_the_same_patient_whatever_their_number():
    (one,), (same, other) = plan_cases(1, SEED), plan_cases(2, SEED)
    assert np.array_equal(one.readings[1].value, same.readings[1].value)
    assert one.targets == same.targets != other.targets


def test_the_truth_is_the_person_on_the_last_day():
    for case in plan_cases(4, SEED):
        days = np.arange(-260.0, 21.01, 0.25)
        attack = case.truth.attack(immunoglobulin(case.given), days)
        for each in case.readings:
            if each.measure != IGG:
                level = np.interp(each.day, days, case.truth.hands[each.measure].strength(attack)[0])
                assert np.mean(each.value / level) == pytest.approx(1, abs=0.06)


def test_the_target_lies_below_the_good_days():
    for case in plan_cases(4, SEED):
        for wanted, each in zip(case.targets, case.readings[1:], strict=True):
            assert 0.4 * each.value.max() < wanted.at_least < each.value.max()


def test_a_plan_that_knew_the_truth_is_right_and_saves_grams():
    plans = [judged(case, lambda case: case.truth) for case in plan_cases(6, SEED)]
    at = figures(plans, FIXED)
    assert at.within == at.middle == at.safe_kept == 1
    assert at.longer == at.shorter == 0
    assert at.vein_saved_pct > 5
    assert at.vein_above_change >= 0
    assert at.any_saved_pct >= at.vein_saved_pct
    assert at.population < 1


def test_the_figures_count_what_they_say():
    plain = Judged(**{each.name: 21.0 for each in fields(Judged)})
    rows = [
        replace(plain, chosen_days=22.0, vein_grams=21.0),
        replace(plain, chosen_days=24.0, vein_grams=0.0),
        replace(plain, chosen_days=42.0, true_days=42.0, vein_grams=0.0, vein_above=21.3),
        replace(plain, chosen_days=14.0, safe_days=21.5, vein_grams=21.0),
    ]
    at = figures(rows, FIXED)
    assert (at.within, at.within_inside, at.longer, at.shorter) == (0.5, pytest.approx(1 / 3), 0.25, 0.25)
    assert (at.inside, at.safe_kept, at.staying) == (0.75, 0.75, 0.75)
    assert at.vein_saved_pct == pytest.approx(50)
    assert at.vein_above_change == pytest.approx(0.075)
