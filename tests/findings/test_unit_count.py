"""Motor units counted in scans whose units are known."""

import numpy as np
import pytest

from ranvier.findings.unit_count import Fit, fitted, numbers, unit_count


def scan(amplitudes, seed=0, noise_mv=0.005, spread=None, span=0.12, stimuli=500):
    """Currents and amplitudes of a muscle with units of these sizes."""
    random = np.random.default_rng(seed)
    thresholds = 9 * np.exp(span * random.standard_normal(len(amplitudes)))
    current = np.geomspace(1.06 * thresholds.max(), 0.94 * thresholds.min(), stimuli)
    waver = 1 + (spread or numbers()["relative_spread"]) * random.standard_normal((stimuli, len(amplitudes)))
    fired = current[:, None] >= thresholds * waver
    return current, fired @ np.asarray(amplitudes, float) + noise_mv * random.standard_normal(stimuli)


@pytest.mark.parametrize(("units", "off"), [(5, 0.35), (20, 0.35), (60, 0.3), (120, 0.3)])
def test_units_of_one_size_are_counted(units, off):
    counts = [fitted(*scan(np.full(units, 0.08), seed)).members.sum() for seed in range(3)]
    assert np.mean(counts) == pytest.approx(units, rel=off)


def test_crowded_units_of_different_size_are_counted_too_low_but_no_lower_than_their_evenness():
    sizes = np.exp(0.6 * np.random.default_rng(1).standard_normal(250)) * 0.04
    even = sizes.sum() ** 2 / (sizes**2).sum()
    found = np.mean([fitted(*scan(sizes, seed)).members.sum() for seed in range(3)])
    assert 0.8 * even < found < 250


def test_one_giant_unit_does_not_hide_the_small_ones():
    sizes = np.concatenate([np.full(60, 0.03), [0.5, 0.6]])
    assert np.mean([fitted(*scan(sizes, seed)).members.sum() for seed in range(4)]) > 35


def test_the_interval_holds_the_count_and_its_order_does_not_matter():
    current, amplitude = scan(np.full(40, 0.1), 3)
    found = unit_count(current, amplitude)
    assert found.low < found.units < found.high
    shuffled = np.random.default_rng(0).permutation(len(current))
    again = fitted(current[shuffled], amplitude[shuffled]).members.sum()
    assert again == pytest.approx(found.units)


def test_the_count_does_not_depend_on_the_units_of_current_and_voltage():
    current, amplitude = scan(np.full(30, 0.1), 5)
    found, scaled = fitted(current, amplitude), fitted(3 * current, 10 * amplitude)
    assert scaled.members.sum() == pytest.approx(found.members.sum(), rel=0.02)
    assert scaled.noise_variance == pytest.approx(100 * found.noise_variance, rel=1e-6)


def test_units_below_the_noise_are_not_seen():
    random = np.random.default_rng(2)
    assert unit_count(np.linspace(5, 20, 300), 0.01 * random.standard_normal(300)).units <= 1
    found = unit_count(*scan([0.5, 0.4, 0.004], noise_mv=0.004))
    assert found.smallest_mv > 0.008
    assert found.units < 3.5


def test_the_variance_of_a_unit_is_greatest_at_its_threshold():
    fit = Fit(
        np.log([8.0, 10.0, 12.0]), np.zeros(3), 0.0, np.log([10.0]), np.array([2.0]), np.array([1.0]), 2.0
    )
    assert fit.chance()[1] == pytest.approx(0.5)
    assert fit.variance(fit.chance()) == pytest.approx([0, 1, 0], abs=1e-6)


@pytest.mark.parametrize(
    ("current", "amplitude", "said"),
    [
        (np.ones(10), np.ones(10), "at least 50"),
        (np.arange(1.0, 61), np.ones(59), "at least 50"),
        (np.arange(0.0, 60), np.ones(60), "above 0 mA"),
        (np.arange(1.0, 61), np.full(60, np.nan), "above 0 mA, and all amplitudes must be numbers"),
        (np.full(60, 7.0), np.ones(60), "all currents are the same"),
    ],
)
def test_a_scan_that_cannot_be_counted_is_refused(current, amplitude, said):
    with pytest.raises(ValueError, match=said):
        unit_count(current, amplitude)
