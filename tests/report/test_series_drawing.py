"""The figure of measures over days."""

import re
from datetime import date
from xml.etree import ElementTree

import numpy as np
import pytest

from ranvier.report.series import Panel, Points, Ribbon, Series, series_svg
from ranvier.report.series.look import dates, level_axis

FIRST = float(date(2026, 3, 1).toordinal())
DAYS = np.arange(FIRST, FIRST + 60)


def figure(**changes):
    band = Ribbon("as fitted", DAYS, np.full(60, 20.0), np.full(60, 18.0), np.full(60, 22.0))
    panel = Panel("grip right", "kg", Points(DAYS[::6], np.linspace(17, 23, 10)), (band,), 19.0)
    told = {
        "title": "Grip <of> one",
        "about": "patient-1",
        "simulated": False,
        "first": FIRST,
        "last": FIRST + 60,
        "panels": (panel,),
        "doses": [(FIRST + 5, "ivig 80 g"), (FIRST - 40, "before")],
        "today": FIRST + 40,
    }
    return series_svg(Series(**(told | changes)))


def test_every_reading_has_a_point_and_every_dose_in_sight_a_tick():
    svg = figure()
    ElementTree.fromstring(svg)
    assert svg.count('class="point"') == 10
    assert svg.count('class="dose"') == 1
    assert "target 19" in svg
    assert "Grip &lt;of&gt; one" in svg


def test_higher_readings_lie_higher():
    heights = [float(y) for y in re.findall(r'class="point" cx="[\d.]+" cy="([\d.]+)"', figure())]
    assert heights == sorted(heights, reverse=True)


def test_simulated_data_are_marked_and_real_ones_are_not():
    assert "SIMULATED" in figure(simulated=True)
    assert "SIMULATED" not in figure()


@pytest.mark.parametrize("days", [5, 40, 100, 400, 2000, 9000])
def test_the_axis_of_dates_has_a_few_ticks_within_it(days):
    found = dates(FIRST, FIRST + days)
    assert 2 <= len(found) <= 10
    assert all(FIRST <= day <= FIRST + days for day, _ in found)
    assert len({words for _, words in found}) == len(found) or days > 360


@pytest.mark.parametrize(
    "values", [[0.0], [0.31, 0.9], [17.0, 23.4], [5.0, 60.0], [350.0, 361.0], [float("nan")]]
)
def test_an_axis_of_levels_holds_every_value_with_few_ticks(values):
    axis = level_axis(values, "kg")
    for each in values:
        assert each != each or axis.low <= each <= axis.high
    assert 2 <= len(axis.ticks) <= 8
