"""A virtual person's needle EMG, judged by the blind analysis."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from ranvier.anatomy import UnknownNameError
from ranvier.body import healthy
from ranvier.exam import needle
from ranvier.exam.needle import (
    NeedleStudy,
    anywhere,
    needle_emg,
    needle_finding,
    needle_study,
    needled,
    recruitment,
)
from ranvier.nerve.bundle import Focus


@pytest.fixture(scope="module")
def body():
    return healthy("male", 45, 175, 11)


def blocked(body, muscle):
    supply = body.motor["left", muscle]
    every = np.ones((len(supply.pool), 1), bool)
    ill = supply.ill((Focus("na", 0.0, supply.length_mm / 2, 12),), every)
    return replace(body, motor={**body.motor, ("left", muscle): ill})


def shorter(study, weak=2):
    return NeedleStudy(study.muscle, study.side, study.weak[:weak], study.full, study.rest[:1])


def test_a_healthy_muscle_has_ordinary_potentials_full_recruitment_and_is_silent_at_rest(body):
    found = needle_finding(shorter(needle_study(needled(body, "left", "TA", 1), "left")))
    assert (found.muscle, found.side) == ("TA", "left")
    assert found.potentials >= 2
    assert 0.2 < found.amplitude_mv < 2
    assert 5 < found.duration_ms < 15
    assert 6 < found.firing_rate_hz < 14
    assert found.recruitment == "full"
    assert (found.fibrillations, found.positive_sharp_waves, found.fasciculations) == (False, False, False)


def test_a_wholly_blocked_muscle_shows_nothing_at_all_and_no_denervation(body, monkeypatch):
    monkeypatch.setitem(needle.numbers("protocol"), "sites", 1)
    monkeypatch.setitem(needle.numbers("protocol"), "rest_sites", 1)
    entry = needle_emg(blocked(body, "APB"), [("left", "APB")], 1, "2024-01")
    (found,) = entry.muscles
    assert (entry.origin, entry.when) == ("simulated", "2024-01")
    assert (found.potentials, found.recruitment, found.turns_per_s) == (0, "none", 0)
    assert (found.amplitude_mv, found.firing_rate_hz, found.turn_amplitude_mv) == (None, None, None)
    assert (found.fibrillations, found.positive_sharp_waves, found.fasciculations) == (False, False, False)


def test_recordings_say_that_they_are_simulated_and_the_seed_decides(body):
    study = needle_study(needled(body, "right", "EDB", 1), "right")
    assert all(recording.simulated for recording in (*study.weak, study.full, *study.rest))
    assert (len(study.weak), len(study.rest)) == (6, 3)
    again, other = (needled(body, "right", "EDB", seed).record(6, 1.0, 2.0) for seed in (1, 2))
    assert np.array_equal(study.full.samples_mv, again)
    assert not np.array_equal(again, other)


def test_the_words_for_recruitment():
    train = SimpleNamespace(firing=SimpleNamespace(rate_hz=20.0), potential=SimpleNamespace(turns=3))
    assert recruitment(900.0, [], [train]) == "full"
    assert recruitment(300.0, [], [train]) == "reduced"
    assert recruitment(60.0, [train], []) == "single unit"
    assert recruitment(300.0, [train], []) == "reduced"  # others are there that could not be told apart
    assert recruitment(40.0, [train, train], []) == "reduced"
    assert recruitment(0.0, [], [train]) == "reduced"  # silent here, not everywhere
    assert recruitment(0.0, [], []) == "none"


def test_what_one_site_shows_is_there_and_only_all_sites_deny_it():
    assert anywhere([False, True, None]) is True
    assert anywhere([False, False]) is False
    assert anywhere([False, None]) is None
    assert anywhere([]) is None


def test_an_unknown_muscle_is_named_with_those_there_are(body):
    with pytest.raises(UnknownNameError, match="gluteus"):
        needled(body, "left", "gluteus", 1)
