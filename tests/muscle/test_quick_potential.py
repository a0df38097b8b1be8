"""The quick sum of units beside the exact one, and the laws it must keep."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.exam.laboratory import Amplifier
from ranvier.muscle.adding import added, high_passed
from ranvier.muscle.pool import born
from ranvier.muscle.potential import STEP_MS, SurfacePotentials
from ranvier.muscle.quick_potential import LEVELS, QuickPotentials

AMPLIFIER = Amplifier.of("motor", quiet=True)


def pool(muscle="APB", count=120):
    random = np.random.default_rng(3)
    return born(muscle, random.uniform(8, 13, count), 200.0, random)


def arrivals(count=120):
    found = np.random.default_rng(4).uniform(3, 8, count)
    found[::7] = np.nan
    return found


def both(units, muscle_c=34.0, extra_mm=0.4, offset_mm=-1.7, arrival=None):
    arrival = arrivals(len(units)) if arrival is None else arrival
    exact = SurfacePotentials(units, muscle_c, extra_mm, offset_mm).response(arrival)
    quick = QuickPotentials(units, muscle_c, extra_mm, offset_mm)
    found = quick.response(arrival, 50.0, AMPLIFIER.low_cut_hz, AMPLIFIER.high_cut_hz)
    return AMPLIFIER.filtered(exact, STEP_MS)[:500], found


@pytest.mark.parametrize("muscle", ["APB", "EDB", "biceps"])
@pytest.mark.parametrize(("muscle_c", "extra_mm", "offset_mm"), [(35.0, 0.0, 0.0), (24.0, 1.1, 4.3)])
def test_the_quick_sum_is_the_exact_one_in_warmth_and_cold(muscle, muscle_c, extra_mm, offset_mm):
    exact, quick = both(pool(muscle), muscle_c, extra_mm, offset_mm)
    assert quick == pytest.approx(exact, abs=0.01 * np.max(np.abs(exact)))


def test_units_whose_endplates_scatter_differently_are_blurred_each_by_its_own():
    units = pool()
    grown = replace(units, jitter_ms=units.jitter_ms * np.linspace(1, 3, len(units)))
    exact, quick = both(grown)
    assert len(QuickPotentials(grown, 34.0).blurs[0]) == LEVELS
    assert quick == pytest.approx(exact, abs=0.015 * np.max(np.abs(exact)))
    assert np.max(quick) < 0.99 * np.max(both(units)[1])


def test_a_lost_unit_gives_what_a_unit_that_does_not_arrive_gives():
    units, arrival = pool(), np.linspace(3, 6, 120)
    dead = replace(units, fibres=np.where(np.arange(120) < 40, 0.0, units.fibres))
    assert both(dead, arrival=arrival)[1] == pytest.approx(
        both(units, arrival=np.where(np.arange(120) < 40, np.nan, arrival))[1], abs=1e-9
    )


def test_several_stimuli_are_the_same_as_each_alone():
    quick, arrival = QuickPotentials(pool(), 34.0), np.stack([arrivals(), arrivals() + 2.5])
    cuts = (50.0, AMPLIFIER.low_cut_hz, AMPLIFIER.high_cut_hz)
    together = quick.responses(arrival, *cuts)
    for each, alone in zip(together, arrival, strict=True):
        assert each == pytest.approx(quick.response(alone, *cuts))


def test_a_wave_is_read_between_its_samples_at_its_own_pace():
    ramp = np.arange(11, dtype=np.float32)[None, :]
    found = added(ramp, np.array([2.0]), np.array([[1.5]]), np.array([2.0]), 9)
    assert found[0] == pytest.approx([0, 0, 2, 6, 10, 14, 18, 0, 0])


def test_the_high_pass_lets_a_step_fall_with_its_time_constant():
    turn = 2e-3 * np.pi * 20.0 * STEP_MS
    step = high_passed(np.ones((1, 400)), turn)[0]
    assert step[0] == pytest.approx(1, abs=0.01)
    assert step[round(1 / turn)] == pytest.approx(np.exp(-1), abs=0.01)
