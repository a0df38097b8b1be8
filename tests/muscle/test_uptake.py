"""What a needle hears of single fibres and of units: against a direct integral, and by what it must obey."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.muscle.fibres import MuscleFibres, numbers
from ranvier.muscle.pool import shape
from ranvier.muscle.uptake import (
    LEAD,
    SAMPLES,
    STEP_MS,
    Tip,
    insertion,
    needle_place_mm,
    runs_mm,
    unit_potentials,
    velocity_m_s,
)
from ranvier.muscle.volume import slope, source, tissue

TIP = Tip(10, 14)
TIME = STEP_MS * (np.arange(SAMPLES) - LEAD)


def fibres(across, depth=0.0, diameter=55.0, endplate=0.0, late=0.0, unit=0):
    across = np.atleast_1d(np.asarray(across, float))

    def column(value):
        return np.broadcast_to(np.asarray(value, float), across.shape).copy()

    return MuscleFibres(
        column(unit).astype(int), 10 + across, 14 + column(depth), column(diameter),
        column(endplate), column(late), column(1.0), 20.0,
    )  # fmt: skip


def wave(some, kind="innervated", celsius=35.0, muscle="TA"):
    return unit_potentials(muscle, some, TIP, celsius, kind)[0]


def direct(away_mm, run_mm):
    """The needle's potential of one fibre by a fine integral of its transmembrane current, without tables."""
    body, rule, fibre = tissue(), numbers("electrode"), source()
    half = shape("TA").half_length
    z = np.arange(-half - run_mm, half - needle_place_mm("TA"), 0.02)
    gone = run_mm + velocity_m_s(55.0, 35.0) * TIME

    def seen(distance):
        bare = body.along / body.across * distance**2 + z**2
        field = -z / bare**1.5 / (4 * np.pi * body.across * 1e-3)
        away = np.abs(z + run_mm)
        return np.array(
            [np.sum(field * np.sign(z + run_mm) * slope(now - away)) * 0.02 for now in gone[250:450]]
        )

    heights = rule["core_length"] * np.array([-0.4, -0.2, 0, 0.2, 0.4])
    core = [seen(np.sqrt(away_mm**2 + h**2 + (rule["core_width"] / 2) ** 2)) for h in heights]
    shaft = [
        seen(np.sqrt((away_mm + rule["shaft"] / 2) ** 2 + 0.25 + (h + 0.5 + rule["core_length"] / 2) ** 2))
        for h in np.arange(rule["cannula"])
    ]
    area = fibre.inner_conductivity * 1e-3 * np.pi * (fibre.diameter / 2000) ** 2
    return area * (np.mean(core, axis=0) - np.mean(shaft, axis=0))


@pytest.mark.parametrize("away", [0.15, 0.5, 1.5])
def test_a_single_fibre_is_as_the_direct_integral_gives_it(away):
    run = runs_mm("TA")[2]
    table = wave(fibres(away, endplate=needle_place_mm("TA") - run))
    shift = round((run - needle_place_mm("TA")) / velocity_m_s(55.0, 35.0) / STEP_MS)
    known = direct(away, run)
    near = np.roll(table, -shift)[250:450]
    assert np.ptp(near) == pytest.approx(np.ptp(known), rel=0.06)
    assert np.corrcoef(near, known)[0, 1] > 0.98


def test_amplitude_falls_with_distance_and_more_behind_the_shaft():
    front = [np.ptp(wave(fibres(away))) for away in (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.0)]
    behind = [np.ptp(wave(fibres(-away))) for away in (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.0)]
    assert (np.diff(front) < 0).all()
    assert all(b < 0.6 * f for f, b in zip(front[:5], behind[:5], strict=True))
    assert front[2] == pytest.approx(0.45, abs=0.3)


def test_a_passing_impulse_is_positive_negative_positive():
    seen = wave(fibres(0.3))
    low, high = int(np.argmin(seen)), int(np.argmax(seen))
    assert high < low
    assert seen[low:].max() > 0.05 * -seen[low]


def test_a_unit_is_the_sum_of_its_fibres():
    many = fibres(
        [0.2, -0.6, 1.4, 3.1], depth=[0, 0.5, -1, 2], diameter=[50, 60, 44, 70], late=[0.1, -0.4, 2, 0]
    )
    parts = sum(wave(many.only(np.array([n]))) for n in range(4))
    assert wave(many) == pytest.approx(parts, abs=1e-12)


def test_twice_the_fibres_at_the_same_places_give_twice_the_potential():
    few = fibres([0.2, 0.9, 2.0], late=[0, 0.5, 1])
    both = fibres([0.2, 0.9, 2.0] * 2, late=[0, 0.5, 1] * 2)
    assert wave(both) == pytest.approx(2 * wave(few), abs=1e-12)


def test_a_fibre_out_of_reach_is_not_heard():
    assert unit_potentials("TA", fibres(numbers("electrode")["reach"] + 0.1), TIP, 35.0) == {}


def test_thicker_fibres_are_faster_and_larger_and_colder_ones_slower():
    assert velocity_m_s(np.array(60.0), 35.0) - velocity_m_s(np.array(50.0), 35.0) == pytest.approx(0.5)
    assert np.ptp(wave(fibres(0.3, diameter=70.0))) > np.ptp(wave(fibres(0.3, diameter=45.0)))
    warm, cold = wave(fibres(0.3)), wave(fibres(0.3), celsius=25.0)
    assert abs(cold.argmax() - cold.argmin()) > abs(warm.argmax() - warm.argmin())


def test_a_late_fibre_comes_later_and_is_otherwise_the_same():
    soon, late = wave(fibres(0.3)), wave(fibres(0.3, late=3.0))
    assert np.roll(soon, 60) == pytest.approx(late, abs=1e-9)


def test_an_injured_fibre_gives_a_positive_sharp_wave_and_an_uninjured_one_does_not():
    for away in (0.05, 0.2, 0.35):
        sharp = wave(fibres(away, diameter=33.0), kind="injured")
        whole = wave(fibres(away, diameter=33.0), kind="denervated")
        assert sharp.argmax() < sharp.argmin()
        assert sharp.max() > 2 * -sharp.min()
        assert whole.max() < 1.4 * -whole.min()


def test_the_needle_goes_in_within_the_muscle():
    some = replace(fibres(0.0), width_mm=6.0)
    edge = numbers("electrode")["edge"]
    for seed in range(30):
        tip = insertion("TA", some, np.random.default_rng(seed))
        assert edge <= tip.across_mm <= 6 - edge
        assert shape("TA").shallow + edge <= tip.depth_mm <= shape("TA").deep - edge
    thin = insertion("TA", replace(some, width_mm=1.0), np.random.default_rng(1))
    assert thin.across_mm == pytest.approx(0.5)
