"""Turns, markers, rhythms and faults, one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from made_needle import LARGE, POLY, SHARP, recording

from ranvier.findings.needle import Recording
from ranvier.findings.needle.firing import firing
from ranvier.findings.needle.interference import interference
from ranvier.findings.needle.potential import averaged, measured
from ranvier.findings.needle.quality import quality
from ranvier.findings.needle.turns import turns

TRACES = arrays(np.float64, st.integers(0, 60), elements=st.floats(-1, 1, width=32))


def test_turns_are_counted_by_willisons_rule():
    trace = np.interp(np.arange(0, 7, 0.1), [0, 1, 2, 3, 4, 5, 6], [0, 0.2, 0, 0.09, 0.0, 0.3, 0.3])
    found = turns(trace, 0.1)
    assert trace[found] == pytest.approx([0.2, 0.0], abs=1e-9)
    assert trace[turns(trace, 0.05)] == pytest.approx([0.2, 0, 0.09, 0], abs=1e-9)
    assert len(turns(trace, 0.5)) == 0


@given(TRACES, st.floats(0.05, 1))
def test_turns_alternate_and_stand_far_enough_apart(trace, least):
    found = turns(trace, least)
    steps = np.diff(trace[found])
    assert np.all(np.diff(found) > 0)
    assert np.all(np.abs(steps) >= least)
    assert np.all(steps[1:] * steps[:-1] < 0)


@given(TRACES, st.floats(0.05, 1), st.integers(1, 4))
def test_turns_do_not_hang_on_repeated_samples_or_on_the_sign(trace, least, times):
    count = len(turns(trace, least))
    assert len(turns(np.repeat(trace, times), least)) == count
    assert len(turns(-trace, least)) == count


def test_a_sine_has_two_turns_a_period_of_twice_its_amplitude():
    step_ms = 0.05
    time_s = np.arange(0, 4, step_ms / 1000)
    trace = 0.5 * np.sin(2 * np.pi * 50 * time_s)
    seen = interference(trace, np.arange(0, len(time_s), 200), step_ms)
    assert seen.mean_turns_per_s == pytest.approx(100, rel=0.01)
    assert seen.mean_amplitude_mv == pytest.approx(1.0, rel=0.01)
    assert seen.active_share == 1


def test_the_interference_pattern_is_that_of_the_active_epochs():
    step_ms = 0.05
    time_s = np.arange(0, 4, step_ms / 1000)
    trace = np.where(time_s < 1, np.sin(2 * np.pi * 40 * time_s), 0)
    seen = interference(trace, np.flatnonzero(time_s < 1)[::100], step_ms)
    assert len(seen.start_s) == 2
    assert seen.mean_turns_per_s == pytest.approx(80, abs=3)
    assert seen.active_share == pytest.approx(0.25)


@pytest.mark.parametrize("unit", [SHARP, LARGE, POLY])
@pytest.mark.parametrize("noise", [0.0, 0.002])
def test_markers_of_a_known_potential(unit, noise):
    time_ms = np.arange(-25, 30, 0.05)
    trace = 0.3 + unit.at(time_ms) + noise * np.random.default_rng(1).standard_normal(len(time_ms))
    found = measured(trace, 0.05)
    assert found.amplitude_mv == pytest.approx(unit.amplitude_mv, abs=4 * noise + 0.002)
    assert found.duration_ms == pytest.approx(unit.duration_ms, abs=1.2)
    assert found.phases == unit.phases
    assert found.measurable


def test_a_satellite_is_not_part_of_the_duration_and_one_close_by_is():
    time_ms = np.arange(-25, 30, 0.05)

    def late(ms):
        return measured(SHARP.at(time_ms) + 0.1 * np.exp(-((time_ms - ms) ** 2) / 0.2), 0.05).duration_ms

    two = SHARP.at(time_ms) + sum(0.1 * np.exp(-((time_ms - ms) ** 2) / 0.2) for ms in (14, 20))
    assert measured(two, 0.05).duration_ms == pytest.approx(SHARP.duration_ms, abs=0.6)
    assert late(16) == pytest.approx(SHARP.duration_ms, abs=0.6)
    assert late(8) > SHARP.duration_ms + 1.5


def test_an_average_that_has_not_ended_is_not_measured():
    assert not measured(np.sin(np.arange(1100) / 90), 0.05).measurable
    assert not measured(np.zeros(1100), 0.05).measurable


def test_two_potentials_at_one_delay_at_times_are_averaged_apart():
    samples, trains = recording((LARGE, SHARP), 20000)
    places = [np.round(train / 0.05).astype(np.int64) for train in trains]
    for shape, unit in zip(averaged(samples, places, 0.05), (LARGE, SHARP), strict=True):
        assert measured(shape, 0.05).amplitude_mv == pytest.approx(unit.amplitude_mv, rel=0.02)


def regular(rate_hz, count, spread, seed=1):
    rng = np.random.default_rng(seed)
    return np.cumsum(1000 / rate_hz * np.clip(1 + spread * rng.standard_normal(count), 0.5, 1.6))


@pytest.mark.parametrize("rate_hz", [2, 6, 10, 20])
@pytest.mark.parametrize("kept", [1.0, 0.5])
def test_the_rate_is_found_with_half_the_discharges_missed(rate_hz, kept):
    times = regular(rate_hz, 200, 0.15)
    times = times[np.random.default_rng(2).random(len(times)) < kept]
    found = firing(times)
    assert found.rate_hz == pytest.approx(rate_hz, rel=0.08)
    assert found.single
    assert found.regular == pytest.approx(kept, abs=0.15)


@pytest.mark.parametrize("seed", range(5))
def test_chance_and_mixtures_are_no_single_unit(seed):
    rng = np.random.default_rng(seed)
    chance = np.cumsum(15 + rng.exponential(85, 150))
    mixed = np.sort(np.concatenate([regular(10, 120, 0.15, seed), 31 + regular(10.7, 120, 0.15, seed + 50)]))
    assert not firing(chance).single
    assert not firing(mixed).single


def test_too_few_discharges_have_no_rhythm():
    assert firing(np.array([1.0, 90, 200])) is None
    assert firing(np.empty(0)) is None


def test_faults_are_named():
    rng = np.random.default_rng(1)
    smooth = np.cumsum(rng.standard_normal(8000)) / 100
    assert list(quality(Recording(0.1, smooth))) == []
    paired = np.repeat(smooth, 2) + 0.0005 * rng.standard_normal(16000)
    assert "2000 Hz" in " ".join(quality(Recording(0.25, paired)))
    cut = np.clip(smooth, np.quantile(smooth, 0.1), np.quantile(smooth, 0.9))
    assert "cut off" in " ".join(quality(Recording(0.1, cut)))


@pytest.mark.parametrize(
    ("step_ms", "samples", "words"),
    [
        (0, np.zeros(9000), "step_ms must be above 0"),
        (float("nan"), np.zeros(9000), "step_ms must be above 0"),
        (1.0, np.zeros(9000), "sampled at 2000 to 200000 Hz, not at 1000 Hz"),
        (0.1, np.zeros(0), "must last 0.5 s or more"),
        (0.1, np.zeros((9000, 2)), "must last 0.5 s or more"),
        (0.1, np.full(9000, np.nan), "100% of the samples are missing"),
        (0.1, np.where(np.arange(9000) % 2, np.inf, 0.0), "50% of the samples are missing"),
    ],
)
def test_what_is_no_recording_is_refused(step_ms, samples, words):
    with pytest.raises(ValueError, match=words):
        Recording(step_ms, samples)
