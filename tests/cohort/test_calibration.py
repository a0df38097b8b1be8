"""Scores of probabilities, by hand and against what they must be for probabilities that are right."""

import numpy as np
import pytest

from ranvier.cohort.calibration import (
    Scored,
    area_under_curve,
    bins,
    by_class,
    calibration_error,
    scored,
    separation,
)
from ranvier.cohort.known import Known
from ranvier.diagnosis.differential.classes import classes
from ranvier.diagnosis.differential.posterior import probabilities

MANY = len(classes())


def test_log_loss_and_ranks_by_hand():
    rows = np.full((2, MANY), 0.1 / (MANY - 2))
    rows[0, :2], rows[1, :2] = (0.6, 0.3), (0.5, 0.4)
    found = Scored(rows, np.array([0, 1]), np.array([0.75, 0.25]))
    assert found.log_loss() == pytest.approx(-0.75 * np.log(0.6) - 0.25 * np.log(0.4))
    assert found.correct() == 0.75
    assert found.among_first(2) == 1.0
    assert found.top_error() == pytest.approx(0.75 * 0.4 + 0.25 * 0.5)
    table = by_class(found)
    first = list(classes())[:2]
    assert table[first[0]][:4] == (1, 1.0, 1.0, 0.6)
    assert table[first[1]][:4] == (1, 0.0, 1.0, pytest.approx(0.4))
    assert set(table) == set(first)


def test_right_probabilities_are_calibrated_and_shifted_ones_are_not():
    random = np.random.default_rng(1)
    given = random.uniform(size=20000)
    true = random.random(20000) < given
    counts = np.full(20000, 1 / 20000)
    assert calibration_error(given, true, counts) < 0.02
    assert calibration_error(given**2, true, counts) > 0.1
    assert sum(each.share for each in bins(given, true, counts)) == pytest.approx(1)


def test_a_bin_is_as_sure_as_its_equal_patients():
    given, true = np.array([0.11, 0.12, 0.9]), np.array([True, False, True])
    one, other = bins(given, true, np.array([0.45, 0.05, 0.5]))
    assert one.given == pytest.approx(0.111)
    assert one.found == pytest.approx(0.9)
    assert one.alike == pytest.approx(1 / 0.82)
    assert other.alike == pytest.approx(1)


def test_separation_is_of_the_odds_and_not_of_one_probability():
    """The patient with MMN has the lower probability of MMN, and yet the higher odds against ALS."""
    rows = np.full((2, MANY), 0.01)
    mmn, als = (list(classes()).index(id) for id in ("mmn", "als"))
    rows[0, [mmn, als]], rows[1, [mmn, als]] = (0.3, 0.01), (0.4, 0.5)
    assert separation(Scored(rows, np.array([mmn, als]), np.array([0.5, 0.5]))) == 1.0


def test_area_under_curve_by_counting():
    random = np.random.default_rng(2)
    cases, controls = random.integers(0, 5, 12).astype(float), random.integers(0, 4, 9).astype(float)
    won = np.mean([(a > b) + 0.5 * (a == b) for a in cases for b in controls])
    assert area_under_curve(cases, controls) == pytest.approx(won)


def test_scored_gives_what_the_differential_gives():
    some = [Known("mmn", 2, {"definite_blocks": "two"}), Known("als", 2, {"bulbar": "yes"})]
    found = scored(some)
    assert list(found.probabilities[0]) == list(probabilities(some[0].observed).values())
    assert found.counts[1] / found.counts[0] == pytest.approx(20)
    assert separation(found) == 1.0
