"""Markers on motor responses whose noiseless shape is known."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import signal

from findings.measure.synthetic import LENGTH_MS, STEP_MS, added, response, truth, wave
from ranvier.findings.measure import Trace, measured, prepared
from ranvier.findings.measure.rules import rules
from ranvier.findings.study import Waveform

SHARE = rules("motor")["onset_share"]
TIMES = -2 + STEP_MS * np.arange(round((LENGTH_MS + 2) / STEP_MS))


def triangle(onset=5.0, peak=7.0, end=10.0, height=8.0):
    """A response whose every marker can be reckoned by hand."""
    return np.interp(TIMES, [onset, peak, end], [0, height, 0])


def errors(seed, start_ms):
    time_ms, clean, _ = response(seed, start_ms)
    onset, amplitude, area, _ = truth(time_ms, clean, SHARE)
    found = measured(wave(time_ms, clean + added(time_ms, seed)))
    return (
        abs((found.latency_ms or 0) - onset),
        abs(found.amplitude_mv / amplitude - 1),
        abs((found.area_mv_ms or 0) / area - 1),
    )


@pytest.mark.parametrize("start_ms", [-2.0, 0.0])
def test_markers_in_noise_lie_where_they_lie_without(start_ms, capsys):
    """Onset within 0.1 ms, amplitude within 3 % and area within 5 % of the noiseless trace, on 95 of 100."""
    found = np.array([errors(seed, start_ms) for seed in range(200)])
    within = np.mean(found <= (0.1, 0.03, 0.05), axis=0)
    with capsys.disabled():
        print(f"\nmarkers, sweep from {start_ms:g} ms: " + ", ".join(
            f"{name} {share:.1%} (median {middle:.2g})"
            for name, share, middle in zip(("onset", "amplitude", "area"), within, np.median(found, axis=0), strict=True)
        ))  # fmt: skip
    assert np.all(within >= 0.95), within


def test_the_markers_of_a_triangle():
    found = measured(wave(TIMES, triangle()))
    assert found.latency_ms == pytest.approx(5 + 2 * SHARE, abs=1e-6)
    assert found.peak_latency_ms == pytest.approx(7, abs=STEP_MS)
    assert found.amplitude_mv == pytest.approx(8, rel=1e-3)
    assert found.peak_to_peak_mv == pytest.approx(8, rel=1e-3)
    assert found.duration_ms == pytest.approx(5 * (1 - SHARE), abs=1e-6)
    assert found.area_mv_ms == pytest.approx(20 * (1 - SHARE**2), rel=1e-4)
    assert found.total_duration_ms == pytest.approx(found.duration_ms, abs=2 * STEP_MS)
    assert (found.remarks, found.others, found.initial_positive_mv) == ((), (), 0)
    assert set(found.how.values()) == {"automatic"}


@pytest.mark.parametrize("start_ms", [-2.0, 0.0])
def test_a_clean_trace_is_not_touched(start_ms):
    for seed in (*range(40), 45, 93, 113, 137):
        time_ms, clean, _ = response(seed, start_ms)
        ready = prepared(Trace.of(wave(time_ms, clean)))
        assert ready.remarks == ()
        assert np.array_equal(ready.trace.mv, clean)


def test_what_was_taken_off_is_told():
    time_ms, clean, _ = response(0)
    after = np.maximum(time_ms, 0)
    hum = 0.2 * np.sin(2 * np.pi * 0.06 * time_ms)
    assert prepared(Trace.of(wave(time_ms, clean + hum))).remarks == ("60 Hz removed",)
    assert prepared(Trace.of(wave(time_ms, clean + 0.3))).remarks == ("offset removed",)
    tail = (time_ms >= 0) * np.exp(-after / 0.8)
    assert prepared(Trace.of(wave(time_ms, clean + tail))).remarks[0] == "stimulus artefact left out"


def test_hum_offset_and_drift_are_taken_off_to_a_hundredth():
    for seed in range(12):
        time_ms, clean, _ = response(seed)
        hum = 0.1 * clean.max() * np.sin(2 * np.pi * 0.05 * time_ms + seed)
        drift = 0.1 * clean.max() * (1 + time_ms / 40)
        ready = prepared(Trace.of(wave(time_ms, clean + hum + drift)))
        beyond = np.abs(ready.trace.mv - clean)[time_ms > 1]
        assert np.max(beyond) < 0.015 * np.ptp(clean)


def test_filters_in_place_of_the_fit_would_change_the_response():
    """Why hum and drift are fitted outside the response: zero-phase filters cut into it."""
    time_ms, clean, _ = response(0)
    rate = 1000 / STEP_MS
    low_cut = signal.sosfiltfilt(signal.butter(2, 20, "highpass", fs=rate, output="sos"), clean)
    notch = signal.filtfilt(*signal.iirnotch(50, 5, fs=rate), clean)
    _, _, area, duration = truth(time_ms, clean, SHARE)
    for filtered in (low_cut, notch):
        _, _, cut, shorter = truth(time_ms, filtered, SHARE)
        assert cut < 0.93 * area
        assert shorter < duration


@pytest.mark.parametrize("start_ms", [-2.0, 0.0])
def test_noise_hum_and_artefact_alone_are_no_response(start_ms):
    time_ms, _, _ = response(0, start_ms)
    for seed in range(60):
        found = measured(wave(time_ms, added(time_ms, seed)))
        assert found.absent
        assert found.latency_ms is found.area_mv_ms is found.duration_ms is None
        assert 0.001 < found.noise_mv < 0.007


def test_an_initial_positivity_is_told_and_the_onset_is_that_of_the_negative_wave():
    dip = np.interp(TIMES, [4, 4.5, 5], [0, -2, 0])
    found = measured(wave(TIMES, triangle() + dip))
    assert found.initial_positive_mv == pytest.approx(2)
    assert found.latency_ms == pytest.approx(5 + 2 * SHARE, abs=1e-6)
    assert found.peak_to_peak_mv == pytest.approx(10, rel=1e-3)
    assert found.total_duration_ms > found.duration_ms + 0.8


def test_late_components_are_told_with_their_size():
    found = measured(wave(TIMES, triangle() + triangle(20, 21, 22, 1.0) + triangle(25, 26, 27, 0.2)))
    (late,) = found.late
    assert (late.amplitude_mv, late.peak_ms) == (pytest.approx(1), pytest.approx(21, abs=STEP_MS))
    assert late.area_mv_ms == pytest.approx(0.84, abs=0.05)
    assert found.duration_ms < 5


def test_a_smaller_wave_before_the_main_one_is_told_and_is_not_late():
    found = measured(wave(TIMES, triangle() + triangle(2.5, 3, 3.5, 2.0)))
    assert found.latency_ms > 5
    assert [each.peak_ms for each in found.others] == [pytest.approx(3, abs=STEP_MS)]
    assert found.late == ()


def test_an_onset_set_by_hand_moves_duration_and_area_and_nothing_else():
    auto = measured(wave(TIMES, triangle()))
    hand = measured(wave(TIMES, triangle()), {"latency_ms": 6.0})
    assert hand.latency_ms == 6
    assert hand.duration_ms == pytest.approx(auto.duration_ms - (6 - auto.latency_ms))
    assert hand.area_mv_ms == pytest.approx(20 - 2, rel=0.01)
    assert (hand.amplitude_mv, hand.peak_latency_ms) == (auto.amplitude_mv, auto.peak_latency_ms)
    assert [name for name, how in hand.how.items() if how == "by hand"] == ["latency_ms"]


def test_what_a_hand_sets_stands_and_the_rest_follows():
    hand = measured(wave(TIMES, triangle()), {"duration_ms": 2.0, "peak_latency_ms": 6.0})
    assert (hand.duration_ms, hand.amplitude_mv) == (2, pytest.approx(4))
    assert hand.area_mv_ms == pytest.approx(8 - 8 * SHARE**2 + 0.1 * 7.8, rel=0.01)
    assert measured(wave(TIMES, triangle()), {"area_mv_ms": 3.0}).area_mv_ms == 3


def test_a_hand_may_call_a_response_absent_or_see_one_in_the_noise():
    none = measured(wave(TIMES, triangle()), {"amplitude_mv": 0.0, "latency_ms": 5.0})
    assert none.absent
    assert none.latency_ms is None
    tiny = measured(wave(TIMES, triangle(height=0.01)), {"latency_ms": 5.0})
    assert tiny.amplitude_mv == pytest.approx(0.01, rel=1e-3)
    assert tiny.duration_ms > 4


@pytest.mark.parametrize(
    ("by_hand", "wanted"),
    [
        ({"onset": 3.0}, "'onset' is not a marker"),
        ({"latency_ms": 400.0}, "outside the trace"),
        ({"amplitude_mv": -1.0}, "at least 0"),
        ({"area_mv_ms": float("nan")}, "at least 0"),
    ],
)
def test_a_marker_that_cannot_be_is_refused(by_hand, wanted):
    with pytest.raises(ValueError, match=wanted):
        measured(wave(TIMES, triangle()), by_hand)


@pytest.mark.parametrize(
    "trace",
    [
        Waveform(0, 0.1, (0.0, 0.0)),
        Waveform(0, 1, (1.0, 2.0, 1.0)),
        Waveform(5, 0.05, (0.0,) * 400),
        Waveform(-300, 1, (0.0,) * 100),
        Waveform(3, 0.05, tuple(np.linspace(8, 0, 300))),
        Waveform(3, 0.05, tuple(np.linspace(0, 8, 300))),
        Waveform(0, 0.5, tuple(np.random.default_rng(1).normal(0, 30, 50))),
    ],
)
def test_no_odd_trace_breaks_the_markers(trace):
    found = measured(trace)
    assert found.absent or found.amplitude_mv > 0
    if not found.absent:
        assert trace.start_ms <= found.latency_ms <= found.peak_latency_ms
        assert found.duration_ms >= 0


def test_a_trace_that_is_none_is_refused():
    with pytest.raises(ValueError, match="two finite samples"):
        measured(Waveform(0, 0, (1.0, 2.0)))


def test_the_artefact_may_end_where_the_caller_says():
    spike = 20.0 * ((TIMES > 1.2) & (TIMES < 2.5))
    assert measured(wave(TIMES, triangle() + spike)).latency_ms != pytest.approx(5.1, abs=0.05)
    found = measured(wave(TIMES, triangle() + spike), artefact_until_ms=2.6)
    assert found.latency_ms == pytest.approx(5 + 2 * SHARE, abs=0.02)


def test_gain_and_time_shift_carry_over():
    for seed in range(8):
        time_ms, clean, _ = response(seed)
        one = measured(wave(time_ms, clean))
        twice = measured(replace(wave(time_ms, 2 * clean), start_ms=float(time_ms[0]) + 1))
        assert twice.amplitude_mv == pytest.approx(2 * one.amplitude_mv)
        assert twice.latency_ms == pytest.approx(one.latency_ms + 1)
        assert twice.duration_ms == pytest.approx(one.duration_ms)
