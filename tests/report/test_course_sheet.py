"""The sheet of a course: every grade, focus and share where its time is, and nothing on another."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.report.course import look, rows
from ranvier.report.course.course import Course, Line, Nerve, Row, counted, layout, percent
from ranvier.report.course.lines import APART, spread
from ranvier.report.course.page import course_svg

SVG = "{http://www.w3.org/2000/svg}"
SIZE = {"big": 21, "head": 18, "cell": 15}
WIDE, WIDE_BOLD = 0.56, 0.63
NAMES = [name.removeprefix("ankle_").replace("_", " ") for name in layout()["movements"]]
NERVES = ("median", "ulnar", "radial", "musculocutaneous", "axillary", "fibular", "tibial", "femoral")


def course(count, every=1.0, foci=2, **changes):
    years = tuple(every * (n + 1) for n in range(count))
    grades = (5, 4.33, 4, 3.67, None, 3, 2, 1, 0)
    shares = tuple(n / count for n in range(count))
    begins = tuple(years[-1] * n / foci for n in range(foci))
    made = Course(
        title="Chronic inflammatory demyelinating polyradiculoneuropathy, seed 1234",
        who="A woman, 43 years old at the first symptom",
        years=years,
        strength=tuple(
            Row(side, name, tuple(grades[(n + k) % len(grades)] for n in range(count)))
            for side in ("right", "left")
            for k, name in enumerate(NAMES)
        ),
        nerves=(
            *(Nerve(side, name, begins, shares) for name in NERVES for side in ("right", "left")),
            Nerve("left", "root C8", (0.0,), ()),
        ),
        lost=tuple(
            Line(name, tuple(share / k for share in shares), "100 %")
            for k, name in enumerate(("all motor", "R quadriceps", "L quadriceps", "L deltoid", "all sensory"), 1)
        ),
        scales=tuple(Line(name, shares, "54 of 60") for name in ("MRC sum", "function", "ONLS")),
    )  # fmt: skip
    return replace(made, **changes)


def irregular():
    found = course(4)
    return replace(found, years=(0.1, 0.5, 2.0, 8.0))


def sheet(found):
    return ET.fromstring(course_svg(found))


def boxes(root):
    """Where each text stands, by the width of a wide type."""
    for each in root.iter(f"{SVG}text"):
        if "96px" in each.get("style", ""):
            continue
        look_, words = each.get("class", ""), each.text or ""
        size = SIZE.get(look_, 16)
        wide = len(words) * size * (WIDE_BOLD if look_ in ("big", "head", "mark") else WIDE)
        x, y = float(each.get("x")), float(each.get("y"))
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[each.get("text-anchor", "start")]
        yield words, (left, y - 0.75 * size, left + wide, y + 0.2 * size)


CASES = {
    "3 visits": course(3),
    "40 visits and 30 foci in each nerve": course(40, 0.25, foci=30),
    "one visit": course(1),
    "irregular": irregular(),
    "no visit": replace(course(1), years=(), strength=(), lost=(), scales=(), nerves=()),
    "healthy": course(8, nerves=(), strength=(), scales=()),
}


@pytest.mark.parametrize("name", CASES)
def test_no_text_lies_on_another_or_leaves_the_sheet(name):
    root = sheet(CASES[name])
    width, height = map(float, root.get("viewBox").split()[2:])
    found = list(boxes(root))
    for words, (left, top, right, bottom) in found:
        assert 0 <= left < right <= width, words
        assert 0 <= top < bottom <= height, words
    for (one, a), (two, b) in combinations(found, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (one, two)


@pytest.mark.parametrize("name", CASES)
def test_every_sheet_says_that_it_is_simulated(name):
    page = course_svg(CASES[name])
    assert "SIMULATED DATA - not a real patient" in page
    assert page.count(">SIMULATED<") == 3
    assert "(simulated data)" in page.split("</title>")[0]
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", page)


def test_what_a_title_holds_cannot_become_part_of_the_page():
    page = course_svg(course(3, title="<script>a & b</script>"))
    assert "<script>" not in page
    ET.fromstring(page)


def test_each_visit_has_a_cell_in_each_row_and_what_was_not_graded_is_unknown():
    found = course(9)
    told = [
        each.text for each in sheet(found).iter(f"{SVG}title") if "MRC" in each.text or "unknown" in each.text
    ]
    assert len(told) == len(found.strength) * 9
    assert sum("unknown" in each for each in told) == sum(row.grades.count(None) for row in found.strength)
    assert "right shoulder abduction, 2.00 years: MRC 4+" in told


def test_the_weaker_the_darker():
    def lightness(grade):
        colour = rows.colour(grade)
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    steps = [lightness(grade) for grade in (0, 1, 2, 3, 4, 5)]
    assert all(later - earlier > 15 for earlier, later in pairwise(steps))
    assert rows.colour(3.67) == rows.colour(4.33) == rows.colour(4)


def test_grades_are_written_where_there_is_room_for_them():
    assert "4−" in [words for words, _ in boxes(sheet(course(9)))]
    assert not any(words == "4−" for words, _ in boxes(sheet(course(40))))


@given(st.lists(st.floats(0, 60), min_size=1, max_size=60))
def test_foci_in_one_mark_are_counted_and_marks_stand_apart(begins):
    axis = look.time_axis((60.0,))
    found = rows.groups(sorted(begins), axis)
    assert sum(map(len, found)) == len(begins)
    first = [look.across(axis, group[0]) for group in found]
    assert all(b - a >= rows.TOGETHER for a, b in pairwise(first))


def test_what_began_before_the_first_symptom_stands_at_its_left_end():
    axis = look.time_axis((1.0, 2.0))
    assert look.across(axis, -5.0) == look.LEFT


def test_a_bar_is_as_high_as_the_share():
    found = course(2, nerves=(Nerve("right", "median", (), (0.25, 1.0)),))
    bars = [each for each in sheet(found).iter(f"{SVG}rect") if each.get("fill") == look.BLOCK]
    low, high = (float(each.get("height")) for each in bars)
    assert high == pytest.approx(4 * low, abs=0.2)
    assert float(bars[0].get("y")) + low == pytest.approx(float(bars[1].get("y")) + high, abs=0.2)


@given(st.lists(st.floats(0.01, 5), min_size=1, max_size=40))
def test_the_stretches_of_the_visits_join_and_hold_their_visit(gaps):
    years, now = [], 0.0
    for gap in gaps:
        now += gap
        years.append(now)
    found = look.cells(years)
    assert all(begin < each <= end for (begin, end), each in zip(found, years, strict=True))
    assert all(a[1] == b[0] for a, b in pairwise(found))
    assert found[0][0] >= 0
    assert found[-1][1] <= years[-1] * (1 + look.AFTER) + 1e-9


@given(st.floats(0.003, 60))
def test_the_axis_of_time_has_a_few_ticks_within_it(end):
    axis = look.time_axis((end,))
    assert 1 <= len(axis.ticks) <= look.MOST_TICKS + 1
    assert axis.ticks[-1] <= axis.high


@given(st.lists(st.floats(100, 290), max_size=7))
def test_names_beside_lines_stand_apart_and_inside(wanted):
    found = spread(sorted(wanted), 100, 290)
    assert all(b - a >= APART - 1e-9 for a, b in pairwise(found))
    assert all(100 - 1e-9 <= each <= 290 + 1e-9 for each in found)


def test_a_line_stops_where_nothing_is_known_and_goes_on_after_it():
    line = Line("MRC sum", (1.0, 0.9, None, 0.8, 0.7, 0.6, None, 0.5), "30 of 60")
    root = sheet(course(8, lost=(), scales=(line,), nerves=(), strength=()))
    ways = [each.get("d") for each in root.iter(f"{SVG}path") if each.get("class") == "curve"]
    assert [way.count("L") for way in ways] == [1, 2, 0]  # the last is the piece beside its name
    assert len(list(root.iter(f"{SVG}circle"))) == 1


def test_lines_differ_in_colour_and_in_dashes():
    assert len(set(look.LINES)) == len(set(look.DASHES)) == len(look.LINES) == 5


@pytest.mark.parametrize(("share", "words"), [(0.0, "0 %"), (0.004, "<1 %"), (0.126, "13 %"), (1.0, "100 %")])
def test_a_share_is_whole_percent_and_little_is_not_nothing(share, words):
    assert percent(share) == words


def test_one_thing_is_no_plural():
    assert (counted(1, "visit"), counted(0.5, "year"), counted(8.0, "year")) == (
        "1 visit",
        "0.5 years",
        "8 years",
    )
