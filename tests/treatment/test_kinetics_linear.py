"""IgG above the own level: exact for any history, whatever the constants."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ranvier.treatment.kinetics import Doses, at_steady_state, concentration, typical
from treatment.slow_kinetics import doses, person, slow_concentration, states

PEOPLE = st.builds(
    person,
    clearance=st.one_of(st.floats(0.01, 2), st.sampled_from([1e-12, 1e-6])),
    central=st.floats(1, 10),
    exchange=st.one_of(st.just(0.0), st.floats(1e-9, 4)),
    peripheral=st.floats(0.5, 8),
    absorption=st.floats(0.05, 1),
    bioavailable=st.floats(0.2, 1),
)
NUMBERS = {"allow_nan": False, "allow_infinity": False}


@st.composite
def histories(draw, most=6, last=60.0):
    n = draw(st.integers(0, most))
    several = lambda of: np.array(draw(st.lists(of, min_size=n, max_size=n)), float)  # noqa: E731
    return Doses(
        several(st.one_of(st.floats(0, last).map(lambda day: round(day, 3)), st.sampled_from([0.0, 7.0]))),
        several(st.floats(0, 100)),
        several(st.sampled_from([0.0, 1e-6, 0.2, 5.0])),
        several(st.booleans()).astype(bool),
        several(st.sampled_from([1.0, 1.126])),
    )


def together(one, other):
    names = ("day", "grams", "days_long", "depot", "gain")
    return Doses(*(np.concatenate((getattr(one, each), getattr(other, each))) for each in names))


DAYS = np.array([-3.0, 0.0, 0.05, 1.0, 7.0, 7.01, 20.0, 55.5, 60.0, 90.0])


@settings(max_examples=40)
@given(PEOPLE, histories())
def test_any_history_is_what_matrix_exponentials_give(own, history):
    assert concentration(own, history, DAYS)[0] == pytest.approx(
        slow_concentration(own, history, DAYS), rel=1e-10, abs=1e-12
    )


@settings(max_examples=40)
@given(PEOPLE, histories(), histories(), st.floats(0, 5))
def test_histories_add_up_and_scale(own, one, other, factor):
    each = [concentration(own, history, DAYS) for history in (one, other, together(one, other))]
    assert each[2] == pytest.approx(each[0] + each[1], rel=1e-10, abs=1e-12)
    scaled = concentration(own, replace(one, grams=factor * one.grams), DAYS)
    assert scaled == pytest.approx(factor * each[0], rel=1e-10, abs=1e-12)


@settings(max_examples=40)
@given(PEOPLE, histories())
def test_a_level_is_never_negative_and_nothing_comes_before_the_first_dose(own, history):
    igg = concentration(own, history, DAYS)
    assert np.all(igg >= 0)
    assert np.all(igg[:, np.min(history.day, initial=np.inf) > DAYS] == 0)


@pytest.mark.parametrize("offset", [0.0, 1e-14, 1e-9, 1e-6, 1e-3])
@pytest.mark.parametrize("mode", [0, 1])
def test_a_depot_that_empties_as_fast_as_a_mode_is_nothing_special(offset, mode):
    rate = float(person(0.4, 4.2, 0.45, 1.7).modes()[0][0, mode])
    own = person(0.4, 4.2, 0.45, 1.7, absorption=rate * (1 + offset))
    history = doses([0.0, 3.0], [20.0, 20.0], [0.0, 0.1], True)
    assert concentration(own, history, DAYS)[0] == pytest.approx(
        slow_concentration(own, history, DAYS), rel=1e-10, abs=1e-13
    )


def test_the_first_seconds_of_an_infusion_under_the_skin_keep_their_digits():
    own, history = person(0.4, 4.2, 0.45, 1.7), doses(0.0, 10.0, 1e-3, True)
    days = np.array([1e-6, 1e-5, 1e-4, 1e-3])
    wanted = 0.824 * 1e4 * 0.439 * days**2 / 2 * (1 - (0.439 + 0.85 / 4.2) * days / 3) / 4.2
    assert concentration(own, history, days)[0] == pytest.approx(wanted, rel=1e-7, abs=0)
    assert concentration(own, history, days[:1])[0] == pytest.approx(wanted[:1], rel=1e-11, abs=0)


def test_the_order_of_doses_and_of_times_does_not_matter():
    history, own = doses([30.0, 0.0, 7.0], [70.0, 50.0, 60.0], [0.2, 0.0, 1.0]), typical(70)
    sorted_by_day = doses([0.0, 7.0, 30.0], [50.0, 60.0, 70.0], [0.0, 1.0, 0.2])
    order = np.array([5, 0, 9, 3])
    assert concentration(own, history, DAYS[order]) == pytest.approx(
        concentration(own, sorted_by_day, DAYS)[:, order], rel=1e-13
    )


def test_nothing_is_lost_to_a_clock_that_counts_from_the_year_one():
    own, day = typical(70), 738_000.37
    here = concentration(own, doses([0.0, 9.0], 70.0, 1e-5), np.array([1.0, 10.0]))
    there = concentration(own, doses([day, day + 9], 70.0, 1e-5), day + np.array([1.0, 10.0]))
    assert there == pytest.approx(here, rel=1e-9)


def test_what_is_given_is_in_the_body_or_has_left_it():
    own, history = person(0.4, 4.2, 0.45, 1.7), doses([0.0, 5.0], [50.0, 20.0], [0.2, 0.1], [False, True])
    at = states(own, history, [20.0])[0]
    assert at[:3].sum() + at[5] == pytest.approx(50 + 0.824 * 20, rel=1e-12)
    fine = np.linspace(0, 20, 20001)
    igg = concentration(own, history, fine)[0]
    assert 0.4 * np.trapezoid(igg, fine) == pytest.approx(at[5], rel=1e-5)


@settings(max_examples=30)
@given(
    st.floats(0.1, 1), st.floats(0.1, 2), st.floats(0.2, 1), histories(most=4, last=20.0), st.floats(21, 40)
)
def test_the_steady_state_is_where_many_cycles_lead(clearance, exchange, absorption, cycle, every):
    own = person(clearance, 4.2, exchange, 1.7, absorption)
    days = np.array([0.0, 0.1, 3.0, 20.0, 20.9])
    slowest = min(own.modes()[0].min(), absorption)
    cycles = int(np.ceil(30 / slowest / every)) + 1
    begins = (np.arange(cycles)[:, None] * every + cycle.day).ravel()
    parts = (np.tile(each, cycles) for each in (cycle.grams, cycle.days_long, cycle.depot, cycle.gain))
    long = concentration(own, Doses(begins, *parts), (cycles - 1) * every + days)
    assert at_steady_state(own, cycle, every, days) == pytest.approx(long, rel=1e-9, abs=1e-11)


@pytest.mark.parametrize("depot", [False, True])
def test_an_infusion_over_the_end_of_a_cycle_is_two_parts_of_one(depot):
    own, days, cycles = typical(70), np.array([0.0, 1.0, 1.5, 10.0, 20.6]), 60
    cycle = doses([0.0, 20.5], [10.0, 70.0], [0.0, 2.0], depot)
    begins = (np.arange(cycles)[:, None] * 21 + cycle.day).ravel()
    many = doses(begins, np.tile(cycle.grams, cycles), np.tile(cycle.days_long, cycles), depot)
    long = concentration(own, many, (cycles - 1) * 21.0 + days)
    assert at_steady_state(own, cycle, 21.0, days) == pytest.approx(long, rel=1e-11)


@pytest.mark.parametrize("days_long", [0.0, 0.25, 21.0])
@pytest.mark.parametrize("depot", [False, True])
def test_the_area_of_a_cycle_is_what_arrives_over_clearance(days_long, depot):
    own, days = typical(82, 2), np.linspace(0, 21, 42001)
    igg = at_steady_state(own, doses(0.0, 82.0, days_long, depot), 21.0, days)
    arrives = 82.0 * (0.824 if depot else 1.0)
    assert np.trapezoid(igg, days) * 0.435 == pytest.approx([arrives] * 2, rel=1e-6)


def test_the_last_day_of_a_cycle_is_before_the_next_dose():
    igg = at_steady_state(typical(70), doses(0.0, 70.0), 21.0, np.array([0.0, 21.0]))[0]
    assert igg[0] - igg[1] == pytest.approx(70 / typical(70).central[0], rel=1e-12)


@pytest.mark.parametrize(
    ("history", "every", "days", "words"),
    [
        (doses(0.0, 70.0), 21.0, [22.0], "days: must lie within one cycle"),
        (doses(21.0, 70.0), 21.0, [0.0], "doses: each must begin within the cycle"),
        (doses(0.0, 70.0, 22.0), 21.0, [0.0], "doses: each must begin within the cycle"),
        (doses(0.0, 70.0), 0.0, [0.0], "days: must lie within one cycle"),
    ],
)
def test_what_is_no_cycle_is_refused(history, every, days, words):
    with pytest.raises(ValueError, match=words):
        at_steady_state(typical(70), history, every, np.array(days))


def test_without_clearance_nothing_settles():
    with pytest.raises(ValueError, match="clearance: there is no steady state"):
        at_steady_state(person(0.0, 4.0, 0.5, 2.0), doses(0.0, 70.0), 21.0, np.array([0.0]))
