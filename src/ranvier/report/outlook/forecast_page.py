"""The forecast of one patient on a page: where strength will be, month by month."""

from collections.abc import Iterator

import numpy as np

from ranvier.forecast.ahead import Ahead
from ranvier.forecast.fitted import Fitted
from ranvier.forecast.model import IGG
from ranvier.patient import Patient
from ranvier.patient.when import DAYS_PER_MONTH
from ranvier.report.outlook.figure import OFTEN, forecast_svg
from ranvier.report.outlook.words import USE, counted, day
from ranvier.report.sheet import Part, Rows, Sheet, who
from ranvier.report.wear_off_words import wear_off_words
from ranvier.treatment.wear_off import Watch

MOST_ROWS = 13


def forecast_sheet(
    patient: Patient, fitted: Fitted, ahead: Ahead, name: str, watch: Watch | None = None
) -> Sheet:
    """The page of a forecast."""
    given = [each for each in ahead.given if each.day > ahead.days[0]]
    parts = (
        Part(
            f"Under: {name}",
            points=(
                f"{len(given)} doses from {day(ahead.days[0])} to {day(ahead.days[-1])}, "
                f"{sum(each.grams for each in given):.0f} g.",
            ),
        ),
        *(month_by_month(measure, ahead) for measure in shown(fitted, ahead)),
        Part("Strength as it was monitored", points=tuple(wear_off_words(watch)) if watch else ()),
        Part("What this rests on", points=tuple(rests_on(fitted)), after=(*fitted.remarks, *ahead.remarks)),
    )
    figure = forecast_svg(patient, fitted, ahead, name)
    return Sheet(
        "Forecast",
        who(patient.identity),
        patient.simulated,
        tuple(part for part in parts if any((part.points, part.table, part.after))),
        figure,
        USE,
    )


def shown(fitted: Fitted, ahead: Ahead) -> list[str]:
    """The measures that were read often, most often first, IgG last; all of them where none was."""
    often = {each.measure: len(each.day) for each in fitted.readings if len(each.day) >= OFTEN}
    named = sorted((each for each in often if each != IGG), key=lambda each: -often[each])
    return [*(named or [each for each in ahead.bands if each != IGG]), IGG]


def month_by_month(measure: str, ahead: Ahead) -> Part:
    """Lowest, middle and highest of each month, each with its 90 % range."""
    band = ahead.bands[measure]
    step = max(1, round((band.days[-1] - band.days[0]) / DAYS_PER_MONTH / MOST_ROWS)) * DAYS_PER_MONTH
    edges = np.arange(band.days[0], band.days[-1], step)
    rows = []
    for edge in edges:
        part = (band.days >= edge) & (band.days < edge + step)
        low, high = int(np.argmin(band.median[part])), int(np.argmax(band.median[part]))
        rows.append((day(edge), *(one(band, part, at) for at in (low, high))))
    return Part(measure, table=Rows(("from", "lowest (90 %)", "highest (90 %)"), tuple(rows)))


def one(band, part, at: int) -> str:
    """The level on one day of a part."""
    return f"{band.median[part][at]:.1f} ({band.low[part][at]:.1f}-{band.high[part][at]:.1f})"


def rests_on(fitted: Fitted) -> Iterator[str]:
    """Readings and doses."""
    yield from (counted(each.measure, each.day, "reading") for each in fitted.readings)
    if fitted.given:
        yield counted("doses", [each.day for each in fitted.given], "dose")
