"""The series and infusions that a watch can follow."""

from collections.abc import Sequence

import numpy as np

from ranvier.treatment.readings import Readings
from ranvier.treatment.wear_off.measures import kind_of, measure, numbers

COURSE_DAYS = 4.0
"""Doses less than this apart are one course."""


def cycle_days(infusions: Sequence[float]) -> float:
    """The usual time from one infusion to the next; those of one course, a few days apart, are one."""
    usual = numbers()["alarm"]["cycle_days"]
    steps = np.diff(np.array(infusions))
    steps = steps[steps > COURSE_DAYS]
    return float(np.median(steps)) if len(steps) else usual


def last_day(readings: Sequence[Readings]) -> float:
    """The day of the last reading."""
    days = [float(each.day[-1]) for each in readings if len(each.day)]
    if not days:
        raise ValueError("There is no reading to watch; enter some grip, or a score, with its day.")
    return max(days)


def usable(readings: Sequence[Readings], today: int) -> tuple[tuple[Readings, ...], tuple[str, ...]]:
    """The measures that can be followed up to today, and what was left aside and why."""
    kept, aside = [], []
    for each in readings:
        if not (np.isfinite(each.value).all() and np.isfinite(each.day).all()):
            raise ValueError(f"{each.measure}: a value or a day is not a number; correct it or leave it out.")
        kind = kind_of(each.measure, each.unit)
        there = np.floor(each.day) <= today
        if kind is not None and measure(kind).logarithmic and (each.value[there] <= 0).any():
            count = int((each.value[there] <= 0).sum())
            aside.append(
                f"{each.measure}: {count} {'reading' if count == 1 else 'readings'} of 0 left aside; "
                "what a hand of 0 does next is not seen."
            )
            there &= each.value > 0
        if kind is not None and there.any():
            order = np.argsort(each.day[there], kind="stable")
            kept.append(Readings(each.measure, each.unit, each.day[there][order], each.value[there][order]))
    if not kept:
        raise ValueError("No measure of strength or function to watch; enter grip (kg), MRC sum or RODS.")
    return tuple(kept), tuple(aside)
