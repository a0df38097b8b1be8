"""The figure of a plan or a forecast: readings, the fitted band, the target, doses, and what may come."""

from collections.abc import Iterator, Mapping

import numpy as np

from ranvier.forecast.ahead import Ahead
from ranvier.forecast.fitted import Fitted
from ranvier.forecast.model import IGG
from ranvier.forecast.outlook import Outlook
from ranvier.patient import Patient
from ranvier.report.series import Mark, Panel, Points, Ribbon, Series, series_svg
from ranvier.report.sheet import who
from ranvier.treatment.readings import readings

BEHIND_DAYS = 182.0
"""So much of the past is drawn at most, so that what comes has room."""
MOST_PANELS, OFTEN = 4, 6
"""So many measures are drawn: those with a target, and those read so often in that time."""
NOTES = (
    "Points: readings. Band: the true level with 90 % certainty, a reading scatters more. Dotted: the last "
    "reading or dose; what lies right of it is a forecast, hollow doses those of the first course.",
)


def plan_svg(outlook: Outlook) -> str:
    """The course so far, and under each option; empty where nothing was measured."""
    wanted = {each.measure: each.at_least for each in outlook.plan.targets} if outlook.plan else {}
    named = {}
    if outlook.plan:
        named = {
            e.outcome.candidate.text: outlook.courses[e.outcome.candidate.text] for e in outlook.plan.options
        }
    return drawn(outlook.patient, outlook.fitted, named, "What was measured, and what may come", wanted)


def forecast_svg(patient: Patient, fitted: Fitted, ahead: Ahead, name: str) -> str:
    """The course so far, and under one regimen."""
    return drawn(patient, fitted, {name: ahead}, "Forecast", {})


def drawn(
    patient: Patient, fitted: Fitted, to_come: Mapping[str, Ahead], title: str, wanted: Mapping[str, float]
) -> str:
    """The figure."""
    today = max([fitted.last, *(each.day for each in fitted.given)])
    first = max(earliest(patient, fitted), today - BEHIND_DAYS)
    last = max([today + 1, *(float(each.days[-1]) for each in to_come.values())])
    ahead = next(iter(to_come.values()), None)
    doses = ahead.given if ahead else fitted.given
    return series_svg(
        Series(
            title=title,
            about=who(patient.identity),
            simulated=patient.simulated,
            first=first,
            last=last,
            panels=tuple(panels(patient, fitted, to_come, first, today, wanted)),
            doses=[Mark(each.day, f"{each.drug} {each.grams:g} g", f"{each.grams:g} g") for each in doses],
            today=today,
            notes=NOTES,
        )
    )


def earliest(patient: Patient, fitted: Fitted) -> float:
    """The day of the first reading."""
    return min([fitted.origin, *(float(each.day[0]) for each in readings(patient) if len(each.day))])


def panels(
    patient: Patient,
    fitted: Fitted,
    to_come: Mapping[str, Ahead],
    first: float,
    today: float,
    wanted: Mapping[str, float],
) -> Iterator[Panel]:
    """Strength first, those with a target before others; IgG last. Readings too old for the fit stand too."""
    every = {each.measure: each for each in readings(patient)}
    often = [e for e in fitted.readings if e.measure in wanted or int((e.day >= first).sum()) >= OFTEN]
    shown = [each for each in often if each.measure != IGG]
    shown.sort(key=lambda each: (each.measure not in wanted, -len(each.day)))
    for each in [*shown[:MOST_PANELS], *(e for e in fitted.readings if e.measure == IGG)]:
        told = every[each.measure]
        seen = told.day >= first
        begin = max(first, fitted.origin, min(float(each.day[0]), today - 1))
        yield Panel(
            title=each.measure,
            unit=each.unit,
            points=(Points(told.day[seen], told.value[seen]),),
            ribbons=(past(fitted, each.measure, begin, today), *coming(each.measure, to_come, today)),
            target=wanted.get(each.measure),
            low=each.measure == IGG,
        )


def past(fitted: Fitted, measure: str, first: float, today: float) -> Ribbon:
    """The fitted band up to today."""
    found = fitted.predict(measure, np.arange(first, today + 0.5, 0.5))
    return Ribbon("as fitted", found.days, found.median, found.low, found.high)


def coming(measure: str, to_come: Mapping[str, Ahead], today: float) -> Iterator[Ribbon]:
    """What may come: the first regimen with its band, the others as lines."""
    for n, (name, each) in enumerate(to_come.items()):
        found = each.bands[measure]
        kept = found.days >= today
        band = (None, None) if n else (found.low[kept], found.high[kept])
        yield Ribbon(name, found.days[kept], found.median[kept], *band)
