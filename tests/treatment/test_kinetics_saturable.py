"""One IgG that clears faster the more there is of it, and what blocks its receptor."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from ranvier.treatment.kinetics import Blocked, Disposition, concentration, half_life_days, saturable
from ranvier.treatment.kinetics.blocker import efgartigimod, nipocalimab, numbers
from treatment.slow_kinetics import doses

NOTHING = doses([], [])
MIXED = doses(
    [0.0, 1.0, 30.0, 37.0], [70.0, 35.0, 20.0, 20.0], [0.0, 0.3, 0.0, 0.1], [False, False, True, True]
)
DAYS = np.linspace(0, 60, 241)


def reference(of, history, days, blocked=0.0):
    """Own and given IgG (2, T) by scipy, dose by dose."""
    body = of.body
    v, q, vp, ka, reach = (
        float(each[0])
        for each in (body.central, body.exchange, body.peripheral, body.absorption, body.bioavailable)
    )

    def slope(vein, skin):
        def f(_, y):
            out = float(of.clearance(np.array([(y[0] + y[2]) / v]), blocked)[0])
            flow = [q * (y[i] / v - y[i + 1] / vp) for i in (0, 2)]
            gone = [out * y[i] / v for i in (0, 2)]
            made = float(of.made_g_day[0])
            return [
                made - gone[0] - flow[0], flow[0], vein + ka * y[4] - gone[1] - flow[1], flow[1], skin - ka * y[4]
            ]  # fmt: skip

        return f

    own = float(of.own_g_l[0])
    ends = history.day + history.days_long
    stops = np.unique(np.concatenate((history.day, ends, [days[0], days[-1]])))
    y, found = np.array([own * v, own * vp, 0, 0, 0]), np.zeros((2, len(days)))
    for begin, end in pairwise(stops):
        rates = [0.0, 0.0]
        for n in range(len(history)):
            grams = history.grams[n] * (reach if history.depot[n] else 1.0)
            if history.days_long[n] == 0 and history.day[n] == begin:
                y[4 if history.depot[n] else 2] += grams
            elif history.day[n] <= begin < ends[n]:
                rates[int(history.depot[n])] += grams / (ends[n] - history.day[n])
        here = (days >= begin) & (days <= end)
        run = solve_ivp(slope(*rates), (begin, end), y, "DOP853", dense_output=True, rtol=1e-10, atol=1e-12)
        found[:, here] = run.sol(days[here])[[0, 2]] / v
        y = run.y[:, -1]
    return found


@pytest.mark.parametrize("blocked", [0.0, 0.7])
def test_small_steps_are_what_scipy_finds(blocked):
    of = saturable(10.0, 75)
    held = Blocked(np.zeros(1), np.array([blocked])) if blocked else None
    levels = of.levels(MIXED, DAYS, held)
    own, given = reference(of, MIXED, DAYS, blocked)
    late = (DAYS > 0.0) & (DAYS != 30.0)
    assert levels.own[0, late] == pytest.approx(own[late], rel=1e-6)
    assert levels.given[0, late] == pytest.approx(given[late], rel=1e-6)


def test_a_receptor_that_never_fills_is_the_linear_model():
    of = replace(saturable(10.0, 75), half=np.array([1e14]))
    body = of.body
    linear = Disposition(
        of.clearance(np.zeros(1)), body.central, body.exchange, body.peripheral, body.absorption, body.bioavailable
    )  # fmt: skip
    levels = of.levels(MIXED, DAYS)
    assert levels.given == pytest.approx(concentration(linear, MIXED, DAYS), rel=1e-6)
    assert levels.own == pytest.approx(np.full_like(levels.own, 10.0), rel=1e-9)


def test_without_doses_the_own_level_stays():
    of = saturable(7.0, 60, 2)
    levels = of.levels(NOTHING, DAYS)
    assert levels.total == pytest.approx(np.full((2, len(DAYS)), 7.0), rel=1e-12)
    assert np.all(levels.given == 0)


def test_at_steady_state_as_much_is_broken_down_as_made_and_given():
    of, every = saturable(10.0, 82), 21.0
    days = 30 * every + np.linspace(0, every, 2001)
    total = of.levels(doses(np.arange(31) * every, 82.0, 0.2), days).total
    broken_down = np.trapezoid(of.clearance(total[0]) * total[0], days)
    assert broken_down == pytest.approx(82.0 + every * float(of.made_g_day[0]), rel=1e-4)


def test_more_igg_clears_faster_and_a_full_block_clears_all_that_is_taken_up():
    of = saturable(10.0)
    rates = of.clearance(np.array([0.0, 5.0, 15.0, 60.0]))
    assert np.all(np.diff(rates) > 0)
    assert rates[0] > 0
    assert of.clearance(np.array([10.0]), 1.0) == pytest.approx(of.uptake)


def cycle(own, grams_per_kg, every, cycles=16):
    begins, days = np.arange(cycles) * float(every), np.linspace(0, every, 8 * every + 1)
    history = doses(begins, grams_per_kg * 70.0)
    return days, saturable(own, 70).levels(history, begins[-1] + days)


def test_two_half_lives_follow_from_one_model():
    days, replaced = cycle(4.0, 0.4, 28)
    assert 25 <= half_life_days(days, replaced.total[0], 7, 28) <= 45
    for own, each, every in ((10.0, 1.0, 21), (12.5, 2.0, 28)):
        days, treated = cycle(own, each, every)
        assert 10 <= half_life_days(days, treated.total[0], 3, every, own) <= 13


def test_immunoglobulin_lowers_the_own_igg_and_it_comes_back():
    of, days = saturable(11.4, 70), np.array([0.0, 21.0, 28.0, 300.0])
    own = of.levels(doses(0.0, 140.0), days).own[0] / 11.4
    assert np.all((own[1:3] > 0.75) & (own[1:3] < 0.95))
    assert own[3] == pytest.approx(1.0, abs=0.01)


def test_a_blocker_lowers_own_and_given_alike():
    of, history = saturable(10.0, 75), doses(0.0, 75.0)
    held = nipocalimab(np.array([0.0]), np.array([1125.0]), 60.0)
    without, under = of.levels(history, DAYS), of.levels(history, DAYS, held)
    later = DAYS > 2
    assert np.all(under.own[0, later] < without.own[0, later])
    assert np.all(under.given[0, later] < without.given[0, later])
    assert under.own[0, later].min() < 0.5 * 10


def test_nipocalimab_is_what_scipy_finds():
    rule = numbers()["nipocalimab"]
    half, whole, volume = (
        rule["half"] * 1e3 / rule["kda"],
        rule["receptor"] * rule["reachable"],
        rule["central"],
    )

    def bound(total, receptor):
        apart = total - receptor - half
        free = (apart + np.sqrt(apart**2 + 4 * half * total)) / 2
        return free, receptor * free / (half + free)

    def slope(_, y):
        free, complex_ = bound(y[0], y[2])
        there = rule["exchange"] * (free - y[1] / rule["peripheral"])  # litres a day times nmol/L
        lost = rule["clearance"] * free + rule["taken_in"] * volume * complex_
        made = rule["renewed"] * (whole - y[2]) - (rule["taken_in"] - rule["renewed"]) * complex_
        return [(-lost - there) / volume, there, made]

    held = nipocalimab(np.array([0.0]), np.array([1125.0]), 30.0)
    begin = [1125 / rule["kda"] * 1e3 / volume, 0.0, whole]
    run = solve_ivp(slope, (0, 30), begin, "LSODA", held.day, rtol=1e-10, atol=1e-10)
    wanted = 1 - (run.y[2] - bound(run.y[0], run.y[2])[1]) / whole
    assert held.share == pytest.approx(wanted, abs=1e-6)
    assert held.share[8] > 0.95
    assert held.share[-1] < 0.02


def test_four_doses_of_efgartigimod_hold_more_than_one():
    days = np.arange(0, 120, 0.5)
    left = [
        saturable(11.4, 75).levels(NOTHING, days, efgartigimod(np.arange(n) * 7.0, np.full(n, 750.0), 120.0))
        for n in (1, 4)
    ]
    lowest = [1 - each.total.min() / 11.4 for each in left]
    assert lowest[0] == pytest.approx(0.50, abs=0.01)
    assert 0.70 < lowest[1] < 0.80
    assert left[1].total[0, -1] > 0.9 * 11.4


def test_a_blocker_before_the_first_dose_counts_from_its_own_day():
    of, held = saturable(10.0), Blocked(np.array([-20.0]), np.array([1.0]))
    assert of.levels(NOTHING, np.array([0.0]), held).total[0, 0] < 3
    later = Blocked(np.array([5.0]), np.array([1.0]))
    levels = of.levels(NOTHING, np.array([0.0, 4.9, 12.0]), later).total[0]
    assert levels[:2] == pytest.approx([10.0, 10.0], rel=1e-9)
    assert levels[2] < 4


def test_a_half_life_needs_levels_above_the_own():
    days = np.array([0.0, 10.0, 20.0])
    assert half_life_days(days, 4 + 8 * 0.5 ** (days / 10), 0, 20, 4.0) == pytest.approx(10)
    with pytest.raises(ValueError, match="at least two levels above own_g_l"):
        half_life_days(days, np.array([5.0, 4.0, 3.9]), 0, 20, 4.0)
    with pytest.raises(ValueError, match="at least two levels"):
        half_life_days(days, np.ones(3), 11, 19)
