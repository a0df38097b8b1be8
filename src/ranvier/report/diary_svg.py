"""A diary as one self-contained picture: grip of both hands, other readings, and the infusions."""

from itertools import pairwise

import numpy as np

from ranvier.report.days import day_words
from ranvier.report.diary_told import USE, Diary, Series, amount_words, dose_words
from ranvier.report.series import Mark, Panel, Points, Ribbon, series_svg
from ranvier.report.series import Series as Figure
from ranvier.report.series.look import PAGE

TALL = ("grip", "key pinch")
"""Measures of the hands, which are read often."""
LISTED = ("weight",)
"""Measures that are not drawn."""
APART_DAYS, MOST_MEANS = 14, 250
"""Readings further apart are not joined by a line; so many means make a line at most."""


def diary_svg(diary: Diary, width: int = PAGE) -> str:
    """The diary as a picture, marked if anything in it is simulated."""
    kinds = [each for each in diary.panels if each[0].measure not in LISTED]
    step = mean_days(diary)
    means = "the mean of each day" if step == 1 else f"means of {step} days"
    figure = Figure(
        title=f"Diary of {diary.who}",
        about=f"{day_words(diary.first)} to {day_words(diary.last)}",
        simulated=diary.simulated,
        first=float(diary.first),
        last=diary.last + 1.0,
        panels=tuple(panel(kind, step) for kind in kinds),
        doses=[Mark(dose.day, dose_words(dose), amount_words(dose)) for dose in diary.doses],
        notes=(*([f"Points: readings. Line: {means}."] if kinds else []), USE),
    )
    return series_svg(figure, width)


def panel(kind: tuple[Series, ...], step: int) -> Panel:
    """Both hands of a measure, each with its own line and points."""
    last = ", ".join(f"{each.side} {each.values[-1]:g}".strip() for each in kind)
    return Panel(
        title=kind[0].measure,
        unit=kind[0].unit,
        points=tuple(Points(np.array(s.days), np.array(s.values), s.side, s.side) for s in kind),
        ribbons=tuple(joined(each, step) for each in kind),
        within=(0.0,),
        low=kind[0].measure not in TALL,
        told=f"last: {last}",
    )


def mean_days(diary: Diary) -> int:
    """Over how many days a mean is taken: one, unless the diary is too long to tell them apart."""
    return -(-diary.length // MOST_MEANS)


def joined(series: Series, step: int) -> Ribbon:
    """A line through the means, interrupted where nothing was read for long."""
    parts = [pair for run in runs(series, step) for pair in (*run, (run[-1][0], np.nan))]
    days, values = np.array(parts).T
    return Ribbon(series.side, days, values, look=series.side or "plain")


def runs(series: Series, step: int = 1) -> list[list[tuple[float, float]]]:
    """The days with the means of their readings, parted where nothing was read for long."""
    held: dict[int, list[tuple[float, float]]] = {}
    for pair in zip(series.days, series.values, strict=True):
        held.setdefault(int(pair[0]) // step, []).append(pair)
    points = [
        (float(day), float(value)) for day, value in (np.mean(pairs, axis=0) for pairs in held.values())
    ]
    apart = max(APART_DAYS, 2 * step)
    cuts = [n for n, (a, b) in enumerate(pairwise(points), 1) if b[0] - a[0] > apart]
    return [points[a:b] for a, b in pairwise([0, *cuts, len(points)])]
