"""Which units an effort recruits and how fast they fire."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ranvier.muscle.drive import firing_ms, peak_rates_hz, rates_hz, recruitment, thresholds
from ranvier.muscle.pool import born

RANDOM = np.random.default_rng(1)
POOL = born("APB", RANDOM.normal(10, 0.6, 120), 60.0, RANDOM)
EXCITATION = st.floats(0, recruitment().most)


def test_thresholds_rise_exponentially_with_the_size_at_birth():
    rule, order = recruitment(), np.argsort(POOL.at_birth)
    found = thresholds(POOL)[order]
    assert found[-1] == pytest.approx(rule.threshold_range)
    assert found[1:] / found[:-1] == pytest.approx(rule.threshold_range ** (1 / 120))


@settings(max_examples=40, deadline=None)
@given(EXCITATION, EXCITATION)
def test_no_rate_falls_when_the_drive_rises(one, other):
    low, high = sorted((one, other))
    assert (rates_hz(POOL, high) >= rates_hz(POOL, low)).all()


@settings(max_examples=40, deadline=None)
@given(EXCITATION)
def test_whoever_fires_is_smaller_than_whoever_is_silent_and_fires_within_limits(excitation):
    rates = rates_hz(POOL, excitation)
    on = rates > 0
    if on.any() and not on.all():
        assert POOL.at_birth[on].max() < POOL.at_birth[~on].min()
    assert (rates[on] >= recruitment().rate_least).all()
    assert (rates <= peak_rates_hz(POOL)).all()


def test_the_most_excitation_brings_every_unit_to_its_peak():
    assert rates_hz(POOL, recruitment().most) == pytest.approx(peak_rates_hz(POOL))
    peaks = peak_rates_hz(POOL)
    assert 35 <= peaks.min() < peaks.max() <= 45


def test_units_fire_at_their_rate_with_the_published_variation():
    rates = np.array([8.0, 0.0, 35.0])
    slow, none, fast = firing_ms(rates, 200.0, np.random.default_rng(3))
    assert none.size == 0
    for times, rate in ((slow, 8), (fast, 35)):
        intervals = np.diff(times)
        assert len(times) == pytest.approx(200 * rate, rel=0.02)
        assert intervals.std() / intervals.mean() == pytest.approx(0.2, abs=0.02)
        assert intervals.min() >= recruitment().interval_least * 1000 / rate - 1e-9
        assert times[0] >= 0
        assert times[-1] < 200_000


def test_a_silent_pool_never_fires():
    assert all(len(times) == 0 for times in firing_ms(np.zeros(5), 3.0, np.random.default_rng(1)))
