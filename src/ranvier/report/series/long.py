"""Courses over years: what rises and falls with every dose would be a solid bar; it is drawn by means."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ranvier.report.series.series import Array, Ribbon, Series

LONG_DAYS, WINDOWS, DENSE = 1000, 80, 8
"""Beyond so many days a course with so many points in each of so many windows is drawn by windows."""


def readable(series: Series) -> Series:
    """The figure as it can be read: over years dense courses by means, with a note that says so."""
    window = round((series.last - series.first) / WINDOWS)
    courses = [each for panel in series.panels for each in panel.ribbons]
    if window * WINDOWS <= LONG_DAYS or not any(dense(each, window) for each in courses):
        return series
    panels = (
        replace(panel, ribbons=tuple(by_window(each, window) for each in panel.ribbons))
        for panel in series.panels
    )
    note = (
        f"Over so long a time a line is the mean of {window} days; its band holds the bands of all of them."
    )
    return replace(series, panels=tuple(panels), notes=(*series.notes, note))


def dense(course: Ribbon, window: int) -> bool:
    """Whether a course has many points in a window."""
    return len(course.days) > 1 and bool(np.median(np.diff(course.days)) * DENSE < window)


def by_window(course: Ribbon, window: int) -> Ribbon:
    """The mean of each window, and from the least to the highest of its band; a short last one is joined."""
    if not dense(course, window):
        return course
    begins = np.unique((course.days - course.days[0]) // window, return_index=True)[1]
    if len(begins) > 1 and course.days[-1] - course.days[begins[-1]] < window / 2:
        begins = begins[:-1]
    return replace(
        course,
        days=means(course.days, begins),
        middle=means(course.middle, begins),
        low=None if course.low is None else np.fmin.reduceat(course.low, begins),
        high=None if course.high is None else np.fmax.reduceat(course.high, begins),
    )


def means(values: Array, begins: NDArray[np.intp]) -> Array:
    """The mean of each stretch of values."""
    return np.add.reduceat(values, begins) / np.diff([*begins, len(values)])
