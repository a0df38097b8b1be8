"""Sensory potentials: additive, falling with distance as phases cancel, larger when nearer."""

import numpy as np
import pytest

from ranvier.nerve.speed import velocity_m_s
from ranvier.nerve.surface import SAMPLES, STEP_MS, compound_uv

AXONS = np.clip(np.random.default_rng(1).normal(10, 1.4, 300), 5, 14)


def potential(length_mm, axons=AXONS, weight=5.0, depth=8.0, spacing=30.0, celsius=33.0):
    velocity = velocity_m_s(axons, celsius)
    near, far = 2 + length_mm / velocity, 2 + (length_mm + spacing) / velocity
    return compound_uv(axons, weight, velocity, near, far, depth, celsius)


def test_the_nerve_is_the_sum_of_its_axons():
    parts = sum(potential(140, AXONS[i : i + 75]) for i in range(0, 300, 75))
    assert potential(140) == pytest.approx(parts, abs=1e-9)
    assert potential(140, weight=10) == pytest.approx(2 * potential(140))


def test_it_is_negative_when_the_impulse_is_under_the_electrode_and_has_no_constant_part():
    one = np.array([10.0])
    wave = potential(140, one)
    peak = STEP_MS * wave.argmax()
    assert peak == pytest.approx(2 + 140 / velocity_m_s(10.0, 33.0), abs=0.25)
    assert wave.mean() == pytest.approx(0, abs=1e-9)
    assert len(wave) == SAMPLES


def test_amplitude_falls_with_distance_and_with_depth():
    distance = [potential(mm).max() for mm in (80, 140, 250, 400)]
    assert distance == sorted(distance, reverse=True)
    assert distance[-1] < distance[1] / 2
    depth = [potential(140, depth=mm).max() for mm in (4, 8, 16)]
    assert depth == sorted(depth, reverse=True)


def test_the_cold_makes_it_later_and_larger():
    warm, cold = potential(140), potential(140, celsius=25.0)
    assert cold.argmax() > warm.argmax()
    assert cold.max() > warm.max()


def test_blocked_axons_give_nothing():
    gone = np.full(len(AXONS), np.nan)
    assert not compound_uv(AXONS, 5.0, velocity_m_s(AXONS, 33.0), gone, gone, 8.0, 33.0).any()
