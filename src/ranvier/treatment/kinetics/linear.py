"""Immunoglobulin above the own level after any history of doses, in closed form.

A dose leaves the central compartment as a sum of two exponentials. From one event (a dose begins or ends, a
level is asked for) to the next each of them, and a depot under the skin, changes by a known factor and a
known gain, so that levels are exact however irregular the history is, and a year of many people costs little.
"""

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.kinetics.disposition import Disposition
from ranvier.treatment.kinetics.doses import Doses, Events, events
from ranvier.treatment.kinetics.steps import carried

Array = NDArray[np.float64]


def concentration(own: Disposition, doses: Doses, days: Array) -> Array:
    """IgG above the own level, g/L (P, T), at times `days` (T,); 0 before the first dose.

    At the moment of a dose given at once it is the level just after it. Raises ValueError for a dose under
    the skin of somebody whose absorption is unknown.
    """
    return followed(own, events(doses, np.asarray(days, float)), len(days), nothing(own))[0]


def at_steady_state(own: Disposition, doses: Doses, every_days: float, days: Array) -> Array:
    """IgG above the own level, g/L (P, T), when the doses of one cycle have come every so many days for ever.

    `doses` begin within 0 <= day < every_days and may run on into the next cycle; `days` (T,) lie within
    0 <= day <= every_days, the last of which is the moment before the next cycle's first dose. Exact: what a
    cycle leaves behind adds up as a geometric series. Raises ValueError for a day outside the cycle, a dose
    longer than it, or a clearance of 0.
    """
    asked = np.asarray(days, float)
    cycle = within(doses, every_days, asked)
    if not np.all(own.clearance > 0):
        raise ValueError("clearance: there is no steady state without clearance; give one above 0.")
    begin = piled_up(own, cycle, every_days)
    return followed(own, events(cycle, asked, 0.0), len(asked), begin)[0]


def nothing(own: Disposition) -> Array:
    """Two modes and a depot (P, 3), all empty."""
    return np.zeros((len(own.clearance), 3))


def followed(own: Disposition, line: Events, count: int, begin: Array) -> tuple[Array, Array]:
    """Levels (P, count), g/L, at the times asked for along a line of events, and what is left after the last.

    In the states (P, 3) the depot counts what will reach the blood.
    """
    if line.skin.shape[1] and not np.all(own.absorption > 0):
        raise ValueError(
            "absorption: the model knows no absorption from under the skin; "
            "take one that was fitted to subcutaneous doses."
        )
    rates, shares = own.modes()
    found = np.zeros((len(own.clearance), count))
    grid = (line.gaps, line.vein, line.skin, line.shown)
    last = carried(rates, shares, own.absorption, own.bioavailable, grid, begin, found)
    found /= own.central[:, None]
    return found, last


def within(doses: Doses, every_days: float, days: Array) -> Doses:
    """The doses of a cycle with what runs past its end moved to its beginning."""
    if not every_days > 0 or np.any((days < 0) | (days > every_days)):
        raise ValueError(f"days: must lie within one cycle, 0 to {every_days:g}.")
    if np.any((doses.day < 0) | (doses.day >= every_days) | (doses.days_long > every_days)):
        raise ValueError(f"doses: each must begin within the cycle of {every_days:g} days and be no longer.")
    over = np.maximum(doses.day + doses.days_long - every_days, 0.0)
    if not over.any():
        return doses
    late = over > 0
    part = np.where(late, over / np.where(late, doses.days_long, 1.0), 0.0)
    return Doses(
        day=np.concatenate((doses.day, np.zeros(int(late.sum())))),
        grams=np.concatenate((doses.grams * (1 - part), (doses.grams * part)[late])),
        days_long=np.concatenate((doses.days_long - over, over[late])),
        depot=np.concatenate((doses.depot, doses.depot[late])),
        gain=np.concatenate((doses.gain, doses.gain[late])),
    )


def piled_up(own: Disposition, cycle: Doses, every_days: float) -> Array:
    """The states (P, 3) at the beginning of a cycle that has come for ever.

    First the depot, which depends on nothing else, then the modes that it feeds.
    """
    line, begin = events(cycle, np.array([every_days]), 0.0), nothing(own)
    if cycle.depot.any():
        left = followed(own, line, 1, begin)[1]
        begin[:, 2] = left[:, 2] / -np.expm1(-own.absorption * every_days)
    left = followed(own, line, 1, begin)[1]
    begin[:, :2] = left[:, :2] / -np.expm1(-own.modes()[0] * every_days)
    return begin
