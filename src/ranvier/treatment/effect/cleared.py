"""Immunoglobulin where its clearance changes: under FcRn blockers and plasma exchange.

Two compartments and a depot as in `kinetics`, and the own IgG relative to its usual level, o. A blocker makes
clearance (1 + x) times as fast, o' = k (1 - (1 + x) o); a session of plasma exchange takes a share of what is
in plasma. Without either it is `kinetics.concentration`, to the error of the step (Runge and Kutta, 1/4 day).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ranvier.treatment.effect.answers import Numbers
from ranvier.treatment.kinetics import Disposition, Doses

Array = NDArray[np.float64]
State = tuple[float, float, float, float]
"""Grams in the central and peripheral compartment and the depot, and the own level."""
STEP_DAYS = 0.25


def with_doses(days: Array, doses: Doses) -> Array:
    """The times with those at which a dose begins or ends among them."""
    edges = np.concatenate([doses.day, doses.day + doses.days_long])
    return np.union1d(days, edges[(edges > days[0]) & (edges < days[-1])])


def igg_cleared(
    own: Disposition, doses: Doses, days: Array, faster: Array, taken: Array, body: Numbers
) -> tuple[Array, Array]:
    """IgG above the own level, g/L, and the own level relative to its usual one; each (P, T).

    `days` (T,): times with each dose's begin and end among them (`with_doses`), from the first dose on.
    `faster` (P, T): x. `taken` (P, T): the share that a session at that time takes from plasma, else 0.
    """
    at_once, into_depot, running = given_at(doses, days)
    rates = np.column_stack([
        own.clearance / own.central,
        own.exchange / own.central,
        np.where(own.exchange > 0, own.exchange / own.peripheral, 0.0),
        own.absorption,
        body["igg_per_day"],
    ])  # fmt: skip
    amount, level = walked(
        days, at_once, into_depot, running, faster, taken, rates, own.bioavailable, body["igg_in_plasma"]
    )
    return amount / own.central[:, None], level


def given_at(doses: Doses, days: Array) -> tuple[Array, Array, Array]:
    """Grams given at once and put under the skin at each time, and grams a day that run in after it; (T,).

    Doses after the last time are not yet there.
    """
    at_once, into_depot, running = (np.zeros(len(days)) for _ in range(3))
    for n in range(len(doses)):
        begin, long = doses.day[n], doses.days_long[n]
        if begin > days[-1]:
            continue
        if doses.depot[n]:
            into_depot[np.searchsorted(days, begin)] += doses.grams[n] * doses.gain[n]
        elif long > 0:
            running[(days >= begin) & (days < begin + long)] += doses.grams[n] / long
        else:
            at_once[np.searchsorted(days, begin)] += doses.grams[n]
    return at_once, into_depot, running


@njit(cache=True)
def walked(  # pragma: no cover  compiled
    days: Array, at_once: Array, into_depot: Array, running: Array, faster: Array, taken: Array, rates: Array,
    bioavailable: Array, in_plasma: Array,
) -> tuple[Array, Array]:  # fmt: skip
    """Grams in the central compartment and the own level, step by step."""
    count = len(bioavailable)
    amount, level = np.zeros((count, len(days))), np.ones((count, len(days)))
    for p in range(count):
        now = (0.0, 0.0, 0.0, 1.0)
        for t in range(len(days)):
            if t > 0:
                long = days[t] - days[t - 1]
                steps = max(int(np.ceil(long / STEP_DAYS)), 1)
                for s in range(steps):
                    share = (s + 0.5) / steps
                    more = faster[p, t - 1] * (1 - share) + faster[p, t] * share
                    now = stepped(now, long / steps, running[t - 1], more, rates[p])
            central, peripheral, depot, own = now
            now = (
                (central + at_once[t]) * (1 - taken[p, t]),
                peripheral,
                depot + into_depot[t] * bioavailable[p],
                own * (1 - taken[p, t] * in_plasma[p]),
            )
            amount[p, t], level[p, t] = now[0], now[3]
    return amount, level


@njit(cache=True)
def stepped(now: State, long: float, running: float, more: float, rates: Array) -> State:  # pragma: no cover
    """One step of Runge and Kutta."""
    one = slope(now, running, more, rates)
    two = slope(moved(now, one, long / 2), running, more, rates)
    three = slope(moved(now, two, long / 2), running, more, rates)
    four = slope(moved(now, three, long), running, more, rates)
    for each, weight in ((one, 1.0), (two, 2.0), (three, 2.0), (four, 1.0)):
        now = moved(now, each, weight * long / 6)
    return now


@njit(cache=True)
def moved(now: State, by: State, long: float) -> State:  # pragma: no cover  compiled
    """A state some way along a slope."""
    return (now[0] + by[0] * long, now[1] + by[1] * long, now[2] + by[2] * long, now[3] + by[3] * long)


@njit(cache=True)
def slope(now: State, running: float, more: float, rates: Array) -> State:  # pragma: no cover  compiled
    """How central, peripheral, depot and own level change."""
    out, there, back, into, own = rates
    arriving = into * now[2]
    return (
        running + arriving - out * (1 + more) * now[0] - there * now[0] + back * now[1],
        there * now[0] - back * now[1],
        -arriving,
        own * (1 - (1 + more) * now[3]),
    )
