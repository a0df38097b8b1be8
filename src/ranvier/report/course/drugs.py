"""The panel of treatment: when each drug ran, and the line that tells of it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ranvier.patient.when import DAYS_PER_YEAR
from ranvier.report.course import look
from ranvier.report.course.course import Band, Course, counted, percent
from ranvier.report.course.told import told
from ranvier.report.limbs import safe
from ranvier.report.plot import Axis, text
from ranvier.treatment.drug import drug
from ranvier.treatment.given import Given
from ranvier.treatment.regimen import Regimen
from ranvier.treatment.simulate import SimulatedTreatment

ROW, BAR, NARROWEST = 24, 12, 3


def told_treated(found: SimulatedTreatment) -> Course:
    """The course of a simulated patient under treatment."""
    return replace(told(found.simulated), drugs=tuple(bands(found)))


def bands(found: SimulatedTreatment) -> Iterator[Band]:
    """When each regimen ran, years after the first symptom: until one interval after its last dose."""
    begins = found.onset.toordinal()
    for regimen in found.regimens:
        days = [each.day for each in of(regimen, found)]
        if days:
            first, last = days[0] - begins, days[-1] - begins + (regimen.every_days or 0.0)
            yield Band(
                drug(regimen.drug).name, first / DAYS_PER_YEAR, last / DAYS_PER_YEAR, in_words(regimen)
            )


def of(regimen: Regimen, found: SimulatedTreatment) -> list[Given]:
    """The doses of one regimen."""
    return [each for each, plan in found.doses if plan is regimen]


def in_words(regimen: Regimen) -> str:
    """How much and how often: `1 g/kg every 21 d`."""
    amount = f"{regimen.amount:g} {regimen.unit}{'/kg' if regimen.per_kg else ''}"
    return f"{amount} every {regimen.every_days:g} d" if regimen.every_days else f"{amount} once"


def treatment_line(found: SimulatedTreatment) -> str:
    """What was given, and how much of the attack was left at the last visit, in one line."""
    if not found.given:
        return "No dose was given."
    parts = [
        f"{drug(regimen.drug).name} {in_words(regimen)} ({counted(len(of(regimen, found)), 'dose')})"
        for regimen in found.regimens
    ]
    days = found.course.days
    year = days > days[-1] - DAYS_PER_YEAR
    left = percent(float(np.mean(found.course.attack[0][year])))
    told = f"Over the last year the attack was {left} of that without treatment."
    return f"Treated with {'; '.join(parts)}. {told}"


def height(course: Course) -> float:
    """How high the rows of drugs are."""
    return ROW * len(course.drugs)


def rows(course: Course, axis: Axis, top: float) -> Iterator[str]:
    """A row for each regimen: a bar while it ran, and the dose beside it."""
    for n, band in enumerate(course.drugs):
        y = top + ROW * n
        x = look.across(axis, band.begins)
        right = min(look.across(axis, band.ends), float(look.RIGHT))
        size = look.attributes(
            x=f"{x:.1f}", y=f"{y + (ROW - BAR) / 2:.1f}", width=f"{max(right - x, NARROWEST):.1f}", height=BAR
        )
        when = in_years(band)
        yield text(look.LEFT - 8, y + 17, band.name, anchor="end")
        yield f'<rect {size} fill="{look.LINES[1]}"><title>{safe(when)}</title></rect>'
        yield text(look.RIGHT + 14, y + 17, band.dose)


def in_years(band: Band) -> str:
    """A drug while it ran, in words."""
    return f"{band.name} {band.dose}, {band.begins:.2f} to {band.ends:.2f} years"
