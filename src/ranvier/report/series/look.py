"""Sizes, colours and the axis of dates of a figure of measures over days."""

from datetime import date
from math import ceil, floor, isfinite, log10

from ranvier.report.plot import Axis

PAGE, LEFT, WIDTH = 820, 84, 712
PANEL, IGG_PANEL, HEAD, FOOT, DOSES = 190, 120, 34, 30, 26
"""Heights: a panel, a low one, its head, the axis of dates below, and the lane of doses."""
MARGIN, LINE, LETTER = 22, 20, 8.6

INK, DIM, FAINT, POINT, TARGET, DOSE = "#1b2430", "#55606e", "#d3d9df", "#6b7684", "#9b1c1c", "#0072b2"
LINES = ("#1b2430", "#0072b2", "#c4560a", "#00805c", "#b0579a")
DASHES = ("", "9 5", "3 4", "12 4 3 4", "6 6")
MOST_TICKS, MOST_LEVELS = 9, 5
FAR_FROM_ZERO = 0.4
STEPS_DAYS = (1, 2, 7, 14)
STEPS_MONTHS = (1, 2, 3, 6, 12, 24, 60)

STYLE = f"""
.series text {{ fill: {INK}; font: 15px system-ui, sans-serif; font-variant-numeric: tabular-nums }}
.series text.big {{ font-size: 20px; font-weight: 600 }}
.series text.head {{ font-size: 16px; font-weight: 600 }}
.series text.dim {{ fill: {DIM} }}
.series text.mark {{ fill: {TARGET}; font-weight: 600 }}
.series .grid {{ stroke: {FAINT}; fill: none }}
.series .axis {{ stroke: {DIM}; fill: none }}
.series .today {{ stroke: {DIM}; fill: none; stroke-dasharray: 2 4 }}
.series .target {{ stroke: {TARGET}; fill: none; stroke-width: 1.6; stroke-dasharray: 10 4 }}
.series .point {{ fill: {POINT}; fill-opacity: 0.75 }}
.series .dose {{ fill: {DOSE} }}
.series .curve {{ fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round }}
"""


def dates(first: float, last: float) -> tuple[tuple[float, str], ...]:
    """Ticks of an axis of days, each with its words: days while it is short, else firsts of months."""
    span = max(last - first, 1.0)
    for step in STEPS_DAYS:
        if span / step <= MOST_TICKS:
            begin = ceil(first / step) * step
            return tuple((float(d), day_words(d)) for d in range(begin, floor(last) + 1, step))
    months = next((n for n in STEPS_MONTHS if span / 30.4 / n <= MOST_TICKS), STEPS_MONTHS[-1])
    return tuple((float(d.toordinal()), month_words(d, months)) for d in month_firsts(first, last, months))


def day_words(day: float) -> str:
    """`3 May`."""
    when = date.fromordinal(int(day))
    return f"{when.day} {when:%b}"


def month_words(when: date, months: int) -> str:
    """`May`, with the year where it begins; the year alone where ticks are years apart."""
    if months >= 12:
        return str(when.year)
    return f"{when:%b} {when.year}" if when.month == 1 else f"{when:%b}"


def month_firsts(first: float, last: float, every: int) -> list[date]:
    """First days of months within a stretch of days, so many months apart."""
    now, found = date.fromordinal(int(first)).replace(day=1), list[date]()
    while now.toordinal() <= last:
        if now.toordinal() >= first and (now.year * 12 + now.month - 1) % every == 0:
            found.append(now)
        now = date(now.year + now.month // 12, now.month % 12 + 1, 1)
    return found


def level_axis(values: list[float], label: str) -> Axis:
    """An axis with round ticks that holds all values; from 0, unless all of them lie far from it."""
    known = [each for each in values if isfinite(each)]
    top, least = max(known, default=1.0) or 1.0, min(known, default=0.0)
    base = least if least > FAR_FROM_ZERO * top else 0.0
    step = next(k for k in steps_of(top - base or top) if (top - base) / k <= MOST_LEVELS)
    first, last = floor(base / step), ceil(top / step - 1e-9)
    return Axis(first * step, last * step, tuple(round(n * step, 6) for n in range(first, last + 1)), label)


def steps_of(span: float) -> list[float]:
    """Round steps from fine to coarse for a span."""
    size = 10.0 ** floor(log10(span / MOST_LEVELS))
    return [k * size for k in (1, 2, 2.5, 5, 10)]
