"""What lasts of doses and what is missing after sessions, against sums written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.treatment.effect.lasting import at_work, missing

DAYS = np.arange(0.0, 40.0, 0.5)


@given(st.lists(st.floats(-20, 39), min_size=1, max_size=6), st.floats(0.01, 3))
def test_at_work_is_the_sum_of_what_is_left_of_each_dose(begins, rate):
    day = np.sort(np.array(begins))
    grams = 1.0 + np.arange(len(day))
    since = DAYS[:, None] - day[None, :]
    expected = np.where(since >= 0, grams * np.exp(-rate * np.maximum(since, 0)), 0.0).sum(axis=1)
    found = at_work(day, grams, DAYS, np.array([rate]))
    np.testing.assert_allclose(found[0], expected, rtol=1e-9, atol=1e-12)


def test_a_session_takes_its_share_of_what_is_there():
    found = missing(np.array([0.0, 0.0, 10.0]), DAYS, np.array([0.6]), np.array([0.1]))[0]
    assert found[0] == pytest.approx(1 - 0.4**2)
    assert found[18] == pytest.approx((1 - 0.4**2) * np.exp(-0.9))
    left = 1 - (1 - 0.4**2) * np.exp(-1.0)
    assert found[20] == pytest.approx(1 - left * 0.4)


def test_nothing_given_is_nothing():
    none = np.array([])
    assert not at_work(none, none, DAYS, np.array([0.1, 1.0])).any()
    assert not missing(none, DAYS, np.array([0.5]), np.array([0.1])).any()
