"""Markers on sensory responses and F waves, and the rows they belong to."""

from dataclasses import replace

import numpy as np
import pytest

from findings.measure.synthetic import added, response, wave
from ranvier.findings.measure import (
    f_waves,
    measured,
    measured_f,
    measured_sensory,
    measured_site,
    measured_snap,
    remeasured,
)
from ranvier.findings.study import FWave, MotorSite, SensoryStudy, Waveform

STEP_MS = 0.02
TIMES = -1 + STEP_MS * np.arange(1050)
SITE = MotorSite("wrist", 9.9, 1, 1, 1, waveform=wave(*response(0)[:2]))


def snap(size_mv=0.02, positive=0.3, onset=2.5):
    """A positive, a negative and a positive peak."""
    places = onset + np.array([-0.6, 0, 0.6, 1.4, 2.4])
    return np.interp(TIMES, places, size_mv * np.array([0, -positive, 1, -0.4, 0]))


def trace(mv):
    return Waveform(-1.0, STEP_MS, tuple(mv.tolist()))


def test_a_sensory_response_with_a_positive_start_is_measured_from_its_peak():
    found = measured_snap(trace(snap()))
    assert found.onset_latency_ms == pytest.approx(2.5, abs=0.03)
    assert found.peak_latency_ms == pytest.approx(3.1, abs=0.03)
    assert found.amplitude_uv == pytest.approx(26, rel=0.03)
    assert found.peak_to_peak_uv == pytest.approx(28, rel=0.03)


def test_a_sensory_response_without_is_measured_from_where_it_leaves_the_baseline():
    found = measured_snap(trace(snap(positive=0)))
    assert found.onset_latency_ms == pytest.approx(2.56, abs=0.03)
    assert found.amplitude_uv == pytest.approx(20, rel=0.03)


def test_averaged_noise_hum_and_artefact_change_little():
    random = np.random.default_rng(3)
    errors = []
    for _ in range(40):
        noise = random.normal(0, 0.0004, len(TIMES)) + 0.002 * np.sin(2 * np.pi * 0.05 * TIMES)
        spike = 0.5 * (TIMES >= 0) * np.exp(-np.maximum(TIMES, 0) / 0.1)
        size = random.uniform(0.008, 0.05)
        found = measured_snap(trace(snap(size) + noise + spike))
        errors.append(
            (
                found.amplitude_uv / (1300 * size) - 1,
                found.onset_latency_ms - 2.5,
                found.peak_latency_ms - 3.1,
            )
        )
    assert np.mean(np.abs(errors) < (0.1, 0.1, 0.05), axis=0).min() >= 0.9


def test_no_sensory_response_is_amplitude_nought():
    random = np.random.default_rng(4)
    found = measured_snap(trace(random.normal(0, 0.0004, len(TIMES))))
    assert found.absent
    assert found.onset_latency_ms is None


def test_an_onset_or_peak_set_by_hand_moves_the_amplitude():
    hand = measured_snap(trace(snap(positive=0)), {"onset_latency_ms": 2.8})
    assert hand.amplitude_uv == pytest.approx(10, rel=0.05)
    hand = measured_snap(trace(snap(positive=0)), {"peak_latency_ms": 2.8})
    assert hand.amplitude_uv == pytest.approx(10, rel=0.05)
    assert hand.how["peak_latency_ms"] == "by hand"
    assert measured_snap(trace(snap()), {"amplitude_uv": 0.0}).absent


def f_trace(latency_ms, size_mv=0.3, seed=0):
    """An M response, and an F wave where a latency is given, in a little noise."""
    time_ms, clean, _ = response(0, -2.0)
    late = np.zeros_like(time_ms) if latency_ms is None else np.interp(
        time_ms, latency_ms + np.array([0, 1, 2.5, 4]), size_mv * np.array([0, 0.6, -0.4, 0])
    )  # fmt: skip
    noise = np.random.default_rng(seed).normal(0, 0.003, len(time_ms))
    return wave(time_ms, clean + late + noise)


LATENCIES = (28.0, None, 29.5, 31.0, 27.5, None, 30.0, 28.2, 29.0, None)


def test_f_waves_are_found_where_they_are_and_only_there():
    found = f_waves([f_trace(each, seed=n) for n, each in enumerate(LATENCIES)])
    assert [each is None for each in found.latencies_ms] == [each is None for each in LATENCIES]
    there = [(a, b) for a, b in zip(found.latencies_ms, LATENCIES, strict=True) if b is not None]
    assert all(b <= a < b + 0.3 for a, b in there)
    assert found.persistence_percent == 70
    assert found.chronodispersion_ms == pytest.approx(3.5, abs=0.2)
    assert found.minimal_latency_ms == min(found.found_ms)
    assert found.mean_latency_ms == pytest.approx(np.mean([b for _, b in there]), abs=0.3)
    assert all(size == pytest.approx(0.3, rel=0.1) for size in found.sizes_mv if size)
    assert found.window_ms[0] > 20


def test_the_window_of_the_caller_is_kept():
    traces = [f_trace(each, seed=n) for n, each in enumerate(LATENCIES)]
    assert f_waves(traces, (34.5, 39)).persistence_percent == 0
    assert f_waves(traces, (25, 29.2)).window_ms == (25, 29.2)
    with pytest.raises(ValueError, match="lies outside the trace"):
        f_waves(traces, (100, 120))


def test_a_wave_below_the_criterion_is_none():
    assert f_waves([f_trace(28.0, 0.015)], (20, 38)).persistence_percent == 0


def test_waves_that_never_vary_may_be_a_waves():
    same = f_waves([f_trace(28.0, seed=n) for n in range(8)], (20, 38))
    assert "A waves" in same.remarks[0]


def test_a_row_is_filled_in_from_its_waveform():
    found, marks = measured_site(SITE), measured(SITE.waveform)
    assert found.latency_ms == pytest.approx(marks.latency_ms, abs=1e-4)
    assert found.area_mv_ms == pytest.approx(marks.area_mv_ms, abs=1e-4)
    assert found.by_hand == ()
    assert measured_site(replace(SITE, waveform=None)) == replace(SITE, waveform=None)


def test_a_marker_set_by_hand_is_kept_until_it_is_taken_back():
    auto = measured_site(SITE)
    hand = remeasured(SITE, latency_ms=3.0)
    assert (hand.latency_ms, hand.by_hand) == (3.0, ("latency_ms",))
    assert hand.duration_ms == pytest.approx(auto.duration_ms + auto.latency_ms - 3, abs=1e-3)
    assert measured_site(hand) == hand
    both = remeasured(hand, amplitude_mv=4.0)
    assert (both.latency_ms, both.amplitude_mv, both.by_hand) == (3.0, 4.0, ("latency_ms", "amplitude_mv"))
    assert remeasured(both, latency_ms=None, amplitude_mv=None) == auto


def test_a_printed_velocity_goes_where_it_can_be_reckoned():
    assert measured_site(replace(SITE, velocity_m_s=50, distance_mm=200)).velocity_m_s is None
    assert measured_site(replace(SITE, velocity_m_s=50)).velocity_m_s == 50


def test_bad_remeasuring_is_refused():
    with pytest.raises(ValueError, match="'onset' is not a marker of this row; known: latency_ms"):
        remeasured(SITE, onset=3.0)
    with pytest.raises(ValueError, match="no waveform"):
        remeasured(replace(SITE, waveform=None), latency_ms=3.0)


def test_an_automatic_marker_that_cannot_be_is_left_out():
    huge = Waveform(0, 0.05, tuple(np.interp(np.arange(800) * 0.05, [5, 7, 9], [0, 90, 0]).tolist()))
    assert measured_site(MotorSite("wrist", waveform=huge)).amplitude_mv is None


def test_sensory_and_f_rows_are_filled_in():
    row = measured_sensory(
        SensoryStudy("left", "sural", waveform=trace(snap()), distance_mm=140, velocity_m_s=9)
    )
    assert row.amplitude_uv == pytest.approx(26, rel=0.03)
    assert row.velocity_m_s is None
    assert remeasured(row, peak_latency_ms=3.2).by_hand == ("peak_latency_ms",)
    traces = tuple(f_trace(each, seed=n) for n, each in enumerate(LATENCIES))
    late = measured_f(FWave("left", "median", "APB", waveforms=traces))
    assert (late.persistence_percent, late.stimuli) == (70, 10)
    some = measured_f(FWave("left", "median", "APB", persistence_percent=40, stimuli=20, waveforms=traces))
    assert (some.persistence_percent, some.stimuli) == (40, 20)
    assert some.minimal_latency_ms == late.minimal_latency_ms
    assert measured_f(FWave("left", "median", "APB", 28)) == FWave("left", "median", "APB", 28)


def test_noise_does_not_change_what_a_row_says_by_much():
    time_ms, clean, _ = response(8)
    noisy = measured_site(replace(SITE, waveform=wave(time_ms, clean + added(time_ms, 8))))
    clear = measured_site(replace(SITE, waveform=wave(time_ms, clean)))
    assert noisy.duration_ms == pytest.approx(clear.duration_ms, abs=0.3)
