"""The figure of measures over days."""

import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest

from ranvier.report.series import Event, Mark, Panel, Points, Ribbon, Series, series_svg
from ranvier.report.series.axes import dates, level_axis
from ranvier.report.series.lanes import labelled
from ranvier.report.series.long import readable
from ranvier.report.series.look import BIG_LETTER, BOLD_LETTER, LETTER, LOOKS, ORDER, PAGE
from ranvier.report.series.look import EVENTS as STARTS

FIRST = float(date(2026, 3, 1).toordinal())
DAYS = np.arange(FIRST, FIRST + 60)


def figure(**changes):
    band = Ribbon("as fitted", DAYS, np.full(60, 20.0), np.full(60, 18.0), np.full(60, 22.0))
    panel = Panel("grip right", "kg", (Points(DAYS[::6], np.linspace(17, 23, 10)),), (band,), 19.0)
    told = {
        "title": "Grip <of> one",
        "about": "patient-1",
        "simulated": False,
        "first": FIRST,
        "last": FIRST + 60,
        "panels": (panel,),
        "doses": [Mark(FIRST + 5, "ivig 80 g"), Mark(FIRST - 40, "before")],
        "today": FIRST + 40,
    }
    return series_svg(Series(**(told | changes)))


def test_every_reading_has_a_point_and_every_dose_in_sight_a_tick():
    svg = figure()
    ElementTree.fromstring(svg)
    assert svg.count('class="point"') == 10
    assert svg.count('class="dose"') == 1
    assert "17 to 23, last 23 kg; 1 dose." in svg
    assert "target 19" in svg
    assert "Grip &lt;of&gt; one" in svg


def test_higher_readings_lie_higher():
    heights = [float(y) for y in re.findall(r'class="point" cx="[\d.]+" cy="([\d.]+)"', figure())]
    assert heights == sorted(heights, reverse=True)


def test_simulated_data_are_marked_and_real_ones_are_not():
    assert "SIMULATED" in figure(simulated=True)
    assert "SIMULATED" not in figure()


@pytest.mark.parametrize("days", [5, 40, 100, 365, 400, 2000, 9000])
def test_the_axis_of_dates_has_a_few_ticks_within_it(days):
    found = dates(FIRST, FIRST + days)
    assert 2 <= len(found) <= 10
    assert all(FIRST <= day < FIRST + days for day, *_ in found)
    assert len({words for _, words, _ in found}) == len(found) or days > 360


@pytest.mark.parametrize(
    "values",
    [
        [0.0],
        [0.31, 0.9],
        [17.0, 23.4],
        [5.0, 60.0],
        [350.0, 361.0],
        [float("nan")],
        [-3.0, -1.0],
        [-40.0, 2.0],
        [1e-9],
    ],
)
def test_an_axis_of_levels_holds_every_value_with_few_ticks(values):
    axis = level_axis(values, "kg")
    for each in values:
        assert each != each or axis.low <= each <= axis.high
    assert 2 <= len(axis.ticks) <= 8


def texts(svg):
    """Left, right and baseline of each line of text, as wide as it is at most on the average."""
    for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        wide = {"head": BOLD_LETTER, "mark": BOLD_LETTER, "big": BIG_LETTER}.get(each.get("class"), LETTER)
        wide, x = wide * len(each.text), float(each.get("x"))
        begin = x - {"start": 0, "middle": wide / 2, "end": wide}[each.get("text-anchor")]
        if each.get("class") != "ghost":
            yield begin, begin + wide, float(each.get("y")), each.text


EVENTS = (
    Event(FIRST + 8, FIRST + 30, "within-cycle fading", "faded"),
    Event(FIRST + 12, FIRST + 25, "loss of response", "lost", 1),
    Event(FIRST + 50, FIRST + 99, "relapse", "fell", 2),
)


@pytest.mark.parametrize("days", [7, 60, 90, 400, 1200, 3650])
@pytest.mark.parametrize("every", [2, 7, 21])
def test_no_words_lie_over_others_or_beyond_the_page(days, every):
    doses = [Mark(FIRST + n, "ivig", f"{80 + 10 * (n > days / 2)} g") for n in range(0, days, every)]
    svg = figure(last=FIRST + days, doses=doses, events=EVENTS, simulated=True, notes=("a note " * 40,))
    found = list(texts(svg))
    assert all(begin >= 0 and end <= PAGE for begin, end, *_ in found)
    for (a, b, y, one), (c, d, z, other) in combinations(found, 2):
        assert abs(y - z) >= 14 or b <= c or d <= a, (one, other)


def test_doses_are_labelled_where_they_change_if_there_is_no_room_for_all():
    doses = [Mark(FIRST + n, "ivig", "80 g" if n < 20 else "60 g") for n in range(60)]
    assert [each.label for each, _ in labelled([(each, each.day) for each in doses])] == ["80 g"]
    wide = [(each, 30 * each.day) for each in doses]
    assert [each.day - FIRST for each, _ in labelled(wide)] == [0, 20]
    assert len(labelled([(each, 60 * each.day) for each in doses])) == 60


def test_a_dose_that_is_yet_to_come_is_hollow():
    svg = figure(doses=[Mark(FIRST + 39, "was"), Mark(FIRST + 41, "may come")])
    assert (svg.count('class="dose"'), svg.count('class="to-come"')) == (1, 1)


def test_an_event_has_its_name_once_and_its_line_in_every_panel():
    svg = figure(events=EVENTS)
    assert [svg.count(f'class="seen e{n}"') for n in range(3)] == [1, 1, 1]
    assert [svg.count(f">{each.name}<") for each in EVENTS] == [1, 1, 1]
    starts = [float(x) for x in re.findall(r'class="seen e\d" d="M([\d.]+)', svg)]
    assert starts == sorted(starts)


def test_courses_differ_in_more_than_colour():
    for looks in (ORDER, ("right", "left"), ("level", "plateau", "limit")):
        assert len({LOOKS[name][1:] for name in looks}) == len(looks)
    assert len({dashes for _, dashes in STARTS}) == len(STARTS)


def test_many_readings_are_one_path_and_an_unknown_one_is_left_out():
    values = np.linspace(17, 23, 500)
    values[7] = np.nan
    points = Points(np.linspace(FIRST, FIRST + 59, 500), values)
    svg = figure(panels=(Panel("grip right", "kg", (points,)),))
    assert svg.count('class="point"') == 0
    way = re.search(r'class="many" d="([^"]*)"', svg)
    assert way is not None
    assert way[1].count("M") == 499


def test_a_course_is_interrupted_where_it_is_unknown():
    middle = np.where(np.abs(DAYS - FIRST - 30) < 5, np.nan, 20.0)
    svg = figure(panels=(Panel("grip right", "kg", (), (Ribbon("", DAYS, middle, middle - 1, middle + 1),)),))
    curve = re.search(r'class="curve black" d="([^"]*)"', svg)
    assert curve is not None
    assert curve[1].count("M") == 2
    assert "nan" not in svg


def test_a_course_over_years_is_drawn_by_means_whose_band_holds_every_cycle():
    days = np.arange(FIRST, FIRST + 3650, 0.5)
    wave = 20 + np.sin(2 * np.pi * days / 21)
    seen = Series(
        "",
        "",
        False,
        FIRST,
        FIRST + 3650,
        (Panel("", "", (), (Ribbon("", days, wave, wave - 1, wave + 1),)),),
    )
    found = readable(seen)
    course = found.panels[0].ribbons[0]
    assert 75 < len(course.days) < 85
    assert course.low is not None
    assert course.high is not None
    np.testing.assert_allclose(course.middle[1:-1], 20, atol=0.2)
    np.testing.assert_allclose([course.low[1:-1].max(), course.high[1:-1].min()], [18, 22], atol=0.05)
    assert "mean of 46 days" in found.notes[0]
    assert readable(replace(seen, last=FIRST + 900)).panels == seen.panels
