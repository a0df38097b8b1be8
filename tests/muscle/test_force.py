"""Force of a muscle from its units, and the MRC grade of it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ranvier.muscle.drive import peak_rates_hz, rates_hz, recruitment
from ranvier.muscle.pool import born
from ranvier.muscle.strength import (
    MRC,
    activation,
    contraction_ms,
    excitation_for,
    force_trace,
    grade_limits,
    mrc,
    strongest,
    twitch,
    unit_forces,
    voluntary_share,
)

RANDOM = np.random.default_rng(1)
POOL = born("APB", RANDOM.normal(10, 0.6, 120), 60.0, RANDOM)
ALL = np.ones(120, bool)
HALF = np.random.default_rng(4).random(120) < 0.5


@settings(max_examples=60)
@given(st.floats(0.1, 200), st.floats(0.1, 200), st.floats(20, 120))
def test_force_never_falls_with_the_rate_and_every_unit_fuses(one, other, rise):
    low, high = sorted((one, other))
    assert activation(np.array(low), rise) <= activation(np.array(high), rise) <= 1
    assert activation(np.array(1e6), rise) == pytest.approx(1, abs=1e-12)


def test_a_unit_gives_half_its_force_at_its_half_rate():
    rise = np.array([30.0, 60.0, 90.0])
    half = 1000 / (twitch().half_interval * rise)
    assert activation(half, rise) == pytest.approx(0.51, abs=0.01)


def test_the_smallest_unit_is_the_slowest():
    rise = contraction_ms(POOL)
    assert rise.max() == pytest.approx(twitch().slowest)
    assert (np.argsort(rise) == np.argsort(-POOL.at_birth)).all()


def test_blocked_and_lost_units_are_missing_with_the_share_of_their_fibres():
    share = POOL.fibres[HALF].sum() / POOL.fibres.sum()
    assert voluntary_share(POOL, ALL) == pytest.approx(1, abs=1e-12)
    assert voluntary_share(POOL, HALF) == pytest.approx(share, abs=1e-12)
    lost = replace(POOL, fibres=np.where(HALF, POOL.fibres, 0))
    assert voluntary_share(lost, ALL) == pytest.approx(share, abs=1e-12)
    assert voluntary_share(POOL, ~ALL) == 0


def test_fibres_that_were_taken_over_pull_again():
    grown = replace(POOL, fibres=np.where(HALF, 1.5 * POOL.fibres, 0))
    share = 1.5 * POOL.fibres[HALF].sum() / POOL.fibres.sum()
    assert voluntary_share(grown, ALL) == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize("effort", [0.01, 0.2, 0.6, 1.0])
def test_the_drive_gives_the_effort_that_is_asked_for(effort):
    drive = excitation_for(POOL, ALL, effort)
    forces = unit_forces(POOL, rates_hz(POOL, drive))
    just_less = unit_forces(POOL, rates_hz(POOL, drive * (1 - 1e-9)))
    assert just_less.sum() <= effort * strongest(POOL) <= forces.sum() * (1 + 1e-9)


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_more_effort_is_never_less_drive_and_block_asks_for_more(one, other):
    low, high = sorted((one, other))
    assert excitation_for(POOL, ALL, low) <= excitation_for(POOL, ALL, high)
    assert excitation_for(POOL, HALF, high) >= excitation_for(POOL, ALL, high)
    assert excitation_for(POOL, HALF, high) <= recruitment().most


@pytest.mark.parametrize("effort", [-0.1, 1.1, float("nan")])
def test_an_impossible_effort_is_refused(effort):
    with pytest.raises(ValueError, match="effort must lie between 0 and 1"):
        excitation_for(POOL, ALL, effort)


def test_twitches_in_regular_firing_add_up_to_the_steady_force():
    rates = np.minimum(peak_rates_hz(POOL), 20.0)
    times = [np.arange(0, 4000, 1000 / rate) for rate in rates]
    trace = force_trace(POOL, times, 4.0)
    steady = unit_forces(POOL, rates).sum() / strongest(POOL)
    assert trace[2000:3800].mean() == pytest.approx(steady, rel=0.01)
    assert trace[0] == pytest.approx(0, abs=1e-12)
    assert trace[200] < 0.95 * steady


def test_no_impulses_no_force():
    assert not force_trace(POOL, [np.empty(0)] * 120, 1.0).any()


@pytest.mark.parametrize(
    ("share", "grade"),
    [
        (0, 0),
        (0.001, 0),
        (0.01, 1),
        (0.03, 2),
        (0.06, 3),
        (0.2, 3.67),
        (0.4, 4),
        (0.6, 4.33),
        (0.9, 5),
        (1.4, 5),
    ],
)
def test_grades_of_force(share, grade):
    assert mrc(share) == grade


def test_each_grade_begins_at_its_limit():
    for limit, grade in zip(grade_limits(), list(MRC.values())[1:], strict=True):
        assert mrc(limit) == grade
        assert mrc(limit * 0.999) < grade


@settings(max_examples=60)
@given(st.floats(0, 1.5), st.floats(0, 1.5), st.floats(-2, 2))
def test_the_grade_never_falls_with_force_or_with_a_generous_hand(one, other, slip):
    low, high = sorted((one, other))
    assert mrc(low, slip) <= mrc(high, slip)
    assert mrc(low, slip) <= mrc(low, slip + 0.5)


def test_nobody_grades_a_paralysed_muscle_as_moving():
    assert mrc(0.0, 5.0) == 0
