"""Exercise and repetitive stimulation: block that depends on activity, by mechanism."""

import numpy as np
import pytest
from nerves import between, ill, person, recording

from ranvier.exam.exercise import exercise_test
from ranvier.exam.repetitive import repetitive_study
from ranvier.nerve.bundle import Focus

SITES = ("wrist", "above elbow")


def lesion(share: float) -> Focus:
    return Focus("na", share, between("wrist", "below elbow"), 8)


def proximal(found) -> tuple[float, float]:
    return found.before[1].amplitude_mv, found.after[1].amplitude_mv


def test_a_healthy_nerve_is_not_changed_by_exercise():
    found = exercise_test(recording(person()), SITES)
    assert found.before == found.after
    assert [row.site for row in found.before] == list(SITES)
    assert found.seconds == 60


def test_a_lesion_that_just_conducts_blocks_after_exercise_and_recovers_within_minutes():
    own = recording(ill((lesion(0.215),), units=24))
    at_once = exercise_test(own, SITES, rest_s=2)
    before, after = proximal(at_once)
    assert after < 0.2 * before
    assert at_once.after[0].amplitude_mv == pytest.approx(at_once.before[0].amplitude_mv, rel=1e-6)
    before, later = proximal(exercise_test(own, SITES, rest_s=180))
    assert later == pytest.approx(before, rel=0.02)


def test_a_milder_lesion_and_a_shorter_effort_leave_conduction_as_it_is():
    before, after = proximal(exercise_test(recording(ill((lesion(0.4),), units=24)), SITES))
    assert after == pytest.approx(before, rel=0.02)
    before, after = proximal(exercise_test(recording(ill((lesion(0.215),), units=24)), SITES, seconds=3))
    assert after == pytest.approx(before, rel=0.02)


def test_an_impossible_effort_is_refused():
    with pytest.raises(ValueError, match="seconds between 0 and 3600"):
        exercise_test(recording(person()), SITES, seconds=-1)


def test_a_quiet_healthy_train_has_no_decrement_and_movement_gives_a_few_percent():
    for rate in (3, 30):
        assert repetitive_study(recording(person()), "wrist", rate).decrement_percent == pytest.approx(
            0, abs=1e-6
        )
    falls = [
        repetitive_study(recording(person(), False, seed), "wrist").decrement_percent for seed in range(6)
    ]
    assert 0 < np.std(falls) < 4
    assert max(map(abs, falls)) < 6


def test_a_marginal_lesion_lets_slow_trains_pass_and_not_fast_ones():
    own = recording(ill((lesion(0.21),), units=24))
    slow, fast = (repetitive_study(own, "above elbow", rate) for rate in (3, 50))
    assert slow.amplitude_mv == fast.amplitude_mv > 0
    assert slow.decrement_percent == pytest.approx(0, abs=1e-6)
    assert fast.decrement_percent > 50
    assert repetitive_study(own, "wrist", 50).decrement_percent == pytest.approx(0, abs=1e-6)


def test_a_rate_that_nobody_gives_is_refused_and_no_response_has_no_decrement():
    with pytest.raises(ValueError, match="rate_hz must lie above 0 and up to 100, not 0"):
        repetitive_study(recording(person()), "wrist", 0)
    found = repetitive_study(recording(ill((lesion(0.0),), units=24)), "above elbow")
    assert (found.amplitude_mv, found.decrement_percent) == (0, None)
