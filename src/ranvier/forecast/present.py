"""The regimen a patient is on, as the last doses on the record tell."""

from collections.abc import Sequence
from math import floor

import numpy as np

from ranvier.findings.plausible import bounds, outside
from ranvier.forecast.ahead import LATELY, given_last, in_courses
from ranvier.treatment.given import Given
from ranvier.treatment.plan import Candidate
from ranvier.treatment.plan.rules import rules


def present(given: Sequence[Given]) -> Candidate | None:
    """The immunoglobulin, grams and interval of the last courses; None with fewer than two courses.

    Grams, days in a row and interval are the medians of the last four courses, of the drug that was given
    last. None too where the courses lie so far apart that they are no regimen.
    """
    courses = in_courses(given_last(given))[-LATELY - 1 :]
    if len(courses) < 2:
        return None
    every = round(float(np.median(np.diff([course[0].day for course in courses]))), 1)
    lately = courses[-LATELY:]
    grams = float(np.median([sum(each.grams for each in course) for course in lately]))
    over = round(float(np.median([len({floor(each.day) for each in course}) for course in lately])))
    return Candidate(courses[-1][0].drug, grams, every, over) if repeated(every, over) else None


def repeated(every: float, over: int) -> bool:
    """Whether courses of so many days, so far apart, are a regimen that a plan can go on with."""
    if outside(every, bounds()["dose", "every_days"]):
        return False
    return over <= min(every, rules()["giving"]["over_most"])
