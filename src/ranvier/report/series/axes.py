"""The axis of dates and the scale of a measure: few round ticks, whatever they span."""

from datetime import date
from math import ceil, floor, isfinite, log10

from ranvier.report.days import MONTHS
from ranvier.report.plot import Axis

MOST_TICKS, MOST_LEVELS, FEW_LEVELS = 8, 5, 3
FAR_FROM_ZERO = 0.4
"""A scale begins at 0 unless the least value is more than this share of the highest."""
LEAST = 1e-6
STEPS_DAYS = (1, 2, 7, 14)
STEPS_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)


def dates(first: float, last: float) -> tuple[tuple[float, str, str], ...]:
    """Ticks of an axis of days before its end: day, words, and the year where it is a new one."""
    days, months = ticks(first, last)
    found, before = list[tuple[float, str, str]](), 0
    for day in days:
        when = date.fromordinal(day)
        year = str(when.year) if when.year != before and months < 12 else ""
        found.append((float(day), tick_words(when, months), year))
        before = when.year
    return tuple(found)


def ticks(first: float, last: float) -> tuple[list[int], int]:
    """Days while the axis is short, else firsts of months; and how many months they lie apart."""
    span = max(last - first, 1.0)
    for step in STEPS_DAYS:
        if span / step <= MOST_TICKS:
            return list(range(ceil(first / step) * step, ceil(last), step)), 0
    months = next((n for n in STEPS_MONTHS if span / 30.4 / n <= MOST_TICKS), STEPS_MONTHS[-1])
    return month_firsts(first, last, months), months


def month_firsts(first: float, last: float, every: int) -> list[int]:
    """First days of months within a stretch of days and before its end, so many months apart."""
    ends = (date.fromordinal(min(int(day), date.max.toordinal())) for day in (first, last))
    begin, end = (12 * when.year + when.month - 1 for when in ends)
    found = (date(n // 12, n % 12 + 1, 1).toordinal() for n in range(begin, end + 1) if n % every == 0)
    return [day for day in found if first <= day < last]


def tick_words(when: date, months: int) -> str:
    """`3 May`, `May`, or the year alone where ticks are years apart."""
    if months >= 12:
        return str(when.year)
    return MONTHS[when.month - 1] if months else f"{when.day} {MONTHS[when.month - 1]}"


def level_axis(values: list[float], label: str, most: int = MOST_LEVELS) -> Axis:
    """An axis with round ticks that holds all values; from 0, unless all of them lie far from it."""
    known = [each for each in values if isfinite(each)] or [0.0, 1.0]
    top, least = max(known), min(known)
    base = least if least > FAR_FROM_ZERO * top else min(least, 0.0)
    top = max(top, 0.0 if base <= 0 else top, base + LEAST)
    step = next(k for k in steps_of((top - base) / most) if (top - base) / k <= most)
    first, last = floor(base / step + LEAST), ceil(top / step - LEAST)
    return Axis(first * step, last * step, tuple(round(n * step, 9) for n in range(first, last + 1)), label)


def steps_of(least: float) -> list[float]:
    """Round steps from fine to coarse, about as long as the least."""
    size = 10.0 ** floor(log10(least))
    return [k * size for k in (1, 2, 2.5, 5, 10, 20)]
