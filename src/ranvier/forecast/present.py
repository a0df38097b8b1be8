"""The regimen a patient is on, as the last doses on the record tell."""

from collections.abc import Sequence

import numpy as np

from ranvier.forecast.ahead import LATELY, OFTEN_DAYS, in_courses
from ranvier.treatment.drug import drug
from ranvier.treatment.given import Given
from ranvier.treatment.plan import Candidate


def present(given: Sequence[Given]) -> Candidate | None:
    """The immunoglobulin, grams and interval of the last courses; None with fewer than two courses.

    Grams and interval are the medians of the last four courses, of the drug that was given last. Infusions
    into a vein on days in a row are one course.
    """
    doses = [each for each in given if drug(each.drug).is_immunoglobulin]
    own = [each for each in doses if drug(each.drug).name == drug(doses[-1].drug).name]
    courses = in_courses(own)[-LATELY - 1 :]
    if len(courses) < 2:
        return None
    every = float(np.median(np.diff([course[0].day for course in courses])))
    if every < OFTEN_DAYS and not drug(own[-1].drug).is_subcutaneous:
        return None
    grams = float(np.median([sum(each.grams for each in course) for course in courses[-LATELY:]]))
    return Candidate(drug(own[-1].drug).name, grams, round(every, 1), min(len(courses[-1]), int(every)))
