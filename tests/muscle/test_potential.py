"""Potentials at the skin: identities of the volume conductor, and phases that cancel."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.muscle.pool import born, shape, unit
from ranvier.muscle.potential import SAMPLES, STEP_MS, SurfacePotentials
from ranvier.muscle.volume import fibre_potentials, slope, source

TIMES = np.arange(0, 40, 0.1)


def pool(count=40, muscle="APB", seed=1):
    random = np.random.default_rng(seed)
    return born(muscle, random.normal(10, 0.8, count), 60.0, random)


def test_the_action_potential_returns_to_rest():
    behind = np.linspace(0, 60, 6001)
    assert np.trapezoid(slope(behind), behind) == pytest.approx(0, abs=1e-6)
    assert not slope(-behind[1:]).any()


def test_a_fibre_below_the_electrode_is_negative_first_and_falls_with_depth():
    waves = fibre_potentials(np.array([5.0, 10.0, 20.0]), np.array([0.0]), 25, 40, TIMES, 34.0)[:, 0]
    early = waves[:, TIMES < 2.0]
    assert (early.max(axis=1) > 0).all()
    assert (early >= -1e-12).all()
    peaks = waves.max(axis=1)
    assert peaks[0] > 2 * peaks[1] > 4 * peaks[2]


def test_an_end_plate_away_from_the_electrode_gives_a_positive_phase_first():
    wave = fibre_potentials(np.array([6.0]), np.array([-15.0]), 40, 60, TIMES, 34.0)[0, 0]
    first = np.flatnonzero(np.abs(wave) > 0.05 * np.abs(wave).max())[0]
    assert wave[first] < 0


def test_the_same_place_seen_by_both_electrodes_gives_nothing():
    wave = fibre_potentials(np.array([6.0]), np.array([0.0]), 25, 0.0, TIMES, 34.0)
    assert np.abs(wave).max() == pytest.approx(0, abs=1e-15)


def test_a_colder_fibre_has_the_same_potential_drawn_out_in_time():
    warm, cold = 35.0, 28.0
    ratio = source().velocity_m_s(warm) / source().velocity_m_s(cold)
    there = (np.array([8.0]), np.array([2.0]), 25, 40)
    fast, slow = fibre_potentials(*there, TIMES, warm), fibre_potentials(*there, TIMES * ratio, cold)
    assert slow == pytest.approx(fast, rel=1e-9, abs=1e-15)


def test_the_compound_is_the_sum_of_its_units():
    surface = SurfacePotentials(pool(), 34.0)
    arrivals = np.linspace(3, 9, 40)
    parts = sum(surface.response(np.where(np.arange(40) == i, arrivals, np.nan)) for i in range(40))
    assert surface.response(arrivals) == pytest.approx(parts, abs=1e-12)


def test_units_that_do_not_take_part_give_nothing():
    surface = SurfacePotentials(pool(), 34.0)
    assert not surface.response(np.full(40, np.nan)).any()


def test_a_response_moves_with_its_arrival():
    surface = SurfacePotentials(pool(), 34.0)
    early, late = surface.response(np.full(40, 3.0)), surface.response(np.full(40, 8.0))
    assert np.roll(early, round(5 / STEP_MS)) == pytest.approx(late, abs=1e-9)
    assert len(early) == SAMPLES


def test_a_unit_of_twice_the_fibres_is_twice_as_large():
    first = pool()
    second = replace(first, fibres=2 * first.fibres)
    arrivals = np.full(40, 4.0)
    twice = SurfacePotentials(second, 34.0).response(arrivals)
    assert twice == pytest.approx(2 * SurfacePotentials(first, 34.0).response(arrivals))


@pytest.mark.parametrize("spread", [1.0, 2.0, 4.0])
def test_desynchronisation_takes_more_from_the_amplitude_than_from_the_area(spread):
    """Rhee, England and Sumner 1990 (recalled): area falls by up to about a half, amplitude by more."""
    surface = SurfacePotentials(pool(200), 34.0)
    random = np.random.default_rng(2)
    together = surface.response(np.full(200, 40.0))
    apart = surface.response(40 + spread * random.standard_normal(200))
    amplitude, area = (1 - f(apart) / f(together) for f in (np.max, negative_area))
    assert 0 < area < amplitude < 1


def negative_area(wave):
    peak = wave.argmax()
    after = peak + np.flatnonzero(wave[peak:] <= 0)[0]
    before = np.flatnonzero(wave[:peak] <= 0)
    return wave[before[-1] if len(before) else 0 : after].sum()


def test_the_fat_and_the_cold_change_what_is_seen():
    arrivals = np.full(40, 4.0)
    lean = SurfacePotentials(pool(), 34.0).response(arrivals)
    assert SurfacePotentials(pool(), 34.0, extra_mm=3.0).response(arrivals).max() < lean.max()
    cold = SurfacePotentials(pool(), 26.0).response(arrivals)
    assert np.argmax(cold) > np.argmax(lean)


def test_the_pool_is_born_as_its_table_says():
    many = pool(4000)
    assert many.fibres.mean() == pytest.approx(60, rel=0.05)
    assert np.log(many.fibres).std() == pytest.approx(unit().size_spread, rel=0.05)
    thickness = np.corrcoef(many.diameter_um, np.log(many.fibres))[0, 1]
    assert thickness == pytest.approx(unit().size_of_diameter, abs=0.05)
    assert (np.diff(many.diameter_um) >= 0).all()
    body = shape("APB")
    assert body.shallow <= many.depth_mm.min() <= many.depth_mm.max() <= body.deep


def test_a_cold_hand_is_reached_later():
    cold = pool().terminal_at(25.0)
    assert (cold > pool().terminal_at(33.0)).all()
    assert pool().terminal_at(unit().terminal_reference) == pytest.approx(pool().terminal_ms)
