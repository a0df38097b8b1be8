"""Share and part of a hand against its least and depth, and what the change does to the volume."""

import numpy as np
import pytest
from scipy.special import expit, logit

from ranvier.forecast.places import shape, unfolded

RANDOM = np.random.default_rng(2)
SHARE, PART = RANDOM.normal(size=(2, 40))
WIDTH, MIDDLE = np.exp(RANDOM.normal(-1, 0.3, 40)), RANDOM.normal(-0.7, 0.2, 40)


def test_the_share_and_its_part_come_back():
    least, depth, _ = unfolded(SHARE, PART, WIDTH, MIDDLE)
    conducts = shape(least, depth, WIDTH, MIDDLE[:, None])[:, 0]
    assert conducts == pytest.approx(expit(SHARE))
    assert least == pytest.approx(expit(SHARE) * expit(PART))


def test_the_volume_is_that_of_small_changes():
    small = 1e-5

    def numbers(share, part):
        least, depth, _ = unfolded(share, part, WIDTH, MIDDLE)
        return np.array([logit(least), depth])

    by_share = (numbers(SHARE + small, PART) - numbers(SHARE - small, PART)) / (2 * small)
    by_part = (numbers(SHARE, PART + small) - numbers(SHARE, PART - small)) / (2 * small)
    turned = np.abs(by_share[0] * by_part[1] - by_share[1] * by_part[0])
    assert np.exp(unfolded(SHARE, PART, WIDTH, MIDDLE)[2]) == pytest.approx(turned, rel=1e-5)


def test_a_hand_that_never_or_always_conducts_stays_finite():
    far = np.array([-40.0, 40.0])
    assert np.isfinite(unfolded(far, far, np.ones(2), np.zeros(2))).all()
