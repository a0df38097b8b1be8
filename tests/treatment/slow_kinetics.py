"""The slow way through the same equations: a matrix exponential from one event to the next."""

import numpy as np
from scipy.linalg import expm

from ranvier.treatment.kinetics import Disposition, Doses

SPAN_DAYS = 2.0


def doses(day, grams, days_long=0.0, depot=False, gain=1.0) -> Doses:
    """Doses from plain numbers, each the same for all or one for each."""
    day = np.atleast_1d(np.asarray(day, float))
    numbers = [np.broadcast_to(np.asarray(x, float), day.shape).copy() for x in (grams, days_long, gain)]
    under = np.broadcast_to(np.asarray(depot, bool), day.shape).copy()
    return Doses(day, numbers[0], numbers[1], under, numbers[2])


def person(clearance, central, exchange, peripheral, absorption=0.439, bioavailable=0.824) -> Disposition:
    """One person from plain numbers."""
    values = (clearance, central, exchange, peripheral, absorption, bioavailable)
    return Disposition(*(np.array([float(each)]) for each in values))


def flow(own: Disposition) -> np.ndarray:
    """d/dt of depot, central and peripheral grams, two rates of infusion and what was cleared (6, 6)."""
    cl, v, q, vp, ka = (
        float(each[0]) for each in (own.clearance, own.central, own.exchange, own.peripheral, own.absorption)
    )
    back = q / vp if q > 0 else 0.0
    found = np.zeros((6, 6))
    found[0, 0], found[1, 0] = -ka, ka
    found[1, 1], found[1, 2] = -(cl + q) / v, back
    found[2, 1], found[2, 2] = q / v, -back
    found[0, 3], found[1, 4] = 1.0, 1.0
    found[5, 1] = cl / v
    return found


def states(own: Disposition, given: Doses, days) -> np.ndarray:
    """Depot, central, peripheral, two rates and cleared grams at each time (T, 6)."""
    matrix, reach = flow(own), float(own.bioavailable[0])
    ends = given.day + given.days_long
    marks = [(day, 1, n) for n, day in enumerate(given.day)]
    marks += [(ends[n], 0, n) for n in range(len(given)) if ends[n] > given.day[n]]
    marks += [(day, 2, n) for n, day in enumerate(days)]
    now, found, last = np.zeros(6), np.zeros((len(days), 6)), None
    active: set[int] = set()
    for when, what, n in sorted(marks):
        if last is not None and when > last:
            parts = max(
                int(np.ceil((when - last) / SPAN_DAYS)), 1
            )  # one long step loses the digits of what is left
            step = expm(matrix * ((when - last) / parts))
            for _ in range(parts):
                now = step @ now
        last = when
        grams = 0.0 if what == 2 else given.grams[n] * (given.gain[n] * reach if given.depot[n] else 1.0)
        if what == 2:
            found[n] = now
        elif ends[n] > given.day[n]:
            active = active | {n} if what == 1 else active - {n}
            for place, under in ((3, True), (4, False)):
                now[place] = sum(
                    given.grams[k] * (given.gain[k] * reach if under else 1.0) / (ends[k] - given.day[k])
                    for k in active
                    if given.depot[k] == under
                )
        else:
            now[0 if given.depot[n] else 1] += grams
    return found


def slow_concentration(own: Disposition, given: Doses, days) -> np.ndarray:
    """IgG above the own level (T,), g/L."""
    return states(own, given, days)[:, 1] / float(own.central[0])
