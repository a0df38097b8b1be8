"""What a diary draws is what stands in it, and it never advises."""

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from hypothesis import given, settings

from builders import WHO, patient
from patient.strategies import patients
from ranvier.patient import Dose, Laboratory, Note, Scale
from ranvier.report.diary_json import diary_data, diary_json
from ranvier.report.diary_page import diary_html
from ranvier.report.diary_svg import diary_svg, mean_days, runs
from ranvier.report.diary_text import block, cell_means, diary_text
from ranvier.report.diary_told import USE, told
from ranvier.report.series.axes import dates

SVG = "{http://www.w3.org/2000/svg}"


def grip(when, score, side="right", unit="kg"):
    return Scale(**WHO, when=when, name="grip", unit=unit, side=side, score=float(score))


def dose(when, **fields):
    return Dose(**WHO, when=when, **{"drug": "ivig", "amount": 70.0, **fields})


def diary(*entries, days=90):
    return told(patient(*entries), days)


WHOLE = (
    grip("2026-10-01T08:00", 20), grip("2026-10-01T20:00", 30), grip("2026-11-10", 12), grip("2026-11-10", 22, "left"),
    grip("2026-11-11", 60, "left", "kPa"), dose("2026-10-02"), dose("2026-10-23", product="Kiovig"),
    Laboratory(**WHO, when="2026-11-01", igg_g_l=14.5), Note(**WHO, when="2026-11-02", text="a <cold>"),
    Note(**WHO, text="some day"),
)  # fmt: skip


def test_readings_are_parted_by_measure_unit_and_hand_oldest_first():
    found = diary(*WHOLE[::-1])
    assert [(s.name, s.unit, s.values) for s in found.series] == [
        ("grip left", "kPa", (60,)), ("grip right", "kg", (20, 30, 12)), ("grip left", "kg", (22,)),
        ("IgG", "g/L", (14.5,)),
    ]  # fmt: skip
    assert [len(panel) for panel in found.panels] == [1, 2, 1]
    assert [d.day for d in found.doses] == [date(2026, 10, 2).toordinal(), date(2026, 10, 23).toordinal()]
    assert found.undated == 1


def test_a_course_is_shown_dose_by_dose_and_a_drug_without_a_file_by_its_name():
    found = diary(dose("2026-10-01", every_days=7.0, until="2026-10-22", drug="unheard of"))
    assert len(found.doses) == 4
    assert "unheard of 70 g" in diary_text(found)


def test_bars_are_means_of_their_days_and_rise_from_nothing_to_the_highest():
    series = diary(*WHOLE).series[1]
    first = date(2026, 10, 1).toordinal()
    assert cell_means(series, first, 1, 41)[0] == 25
    assert cell_means(series, first, 1, 41)[40] == 12
    assert cell_means(series, first, 1, 41).count(None) == 39
    assert "".join(block(mean, 30.0, 0) for mean in (None, 0.0, 1.3, 10.0, 30.0)) == " •▁██"
    assert [block(30.0, 30.0, row) for row in range(3)] == ["█"] * 3


def test_lines_join_what_was_read_within_two_weeks():
    assert [len(run) for run in runs(diary(*WHOLE).series[1])] == [1, 1]
    near = diary(*(grip(f"2026-11-{day:02d}", day) for day in (1, 8, 15)))
    assert [len(run) for run in runs(near.series[0])] == [3]


def test_the_picture_holds_a_point_for_each_reading_and_a_mark_for_each_dose():
    root = ET.fromstring(diary_svg(diary(*WHOLE)))
    assert len(root.findall(f".//{SVG}circle")) == 6
    assert len(root.findall(f".//{SVG}path[@class='dose']")) == 2
    titles = [each.text for each in root.iter(f"{SVG}title")]
    assert "grip right 20 kg, 1 Oct 2026" in titles
    assert "ivig 70 g (Kiovig), 23 Oct 2026" in titles


def test_everything_lies_within_the_picture():
    root = ET.fromstring(diary_svg(diary(*WHOLE)))
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    for each in (*root.iter(f"{SVG}circle"), *root.iter(f"{SVG}text")):
        x, y = float(each.get("cx") or each.get("x")), float(each.get("cy") or each.get("y"))
        assert 0 <= x <= wide
        assert 0 <= y <= high


def test_both_hands_stand_in_one_panel_with_looks_of_their_own_and_their_last_values():
    svg = diary_svg(diary(*WHOLE))
    for hand in ("right", "left"):
        assert f'class="curve {hand}"' in svg
        assert f'class="point {hand}"' in svg
    assert "last: right 12, left 22" in svg
    assert svg.count(">grip, kg<") == 1


def test_a_long_diary_is_a_line_of_means_with_a_gap_where_nothing_was_read():
    days = [n for n in range(3000) if not 1000 < n < 1100]
    year = date(2018, 1, 1).toordinal()
    long = diary(*(grip(str(date.fromordinal(year + n)), 20 + n % 2) for n in days), days=3000)
    assert mean_days(long) == 12
    found = runs(long.series[0], 12)
    assert [len(run) for run in found] == [84, 160]
    assert all(20 <= value <= 21 for run in found for _, value in run)
    assert "means of 12 days" in diary_svg(long)
    assert len(diary_svg(long)) < 100_000


@pytest.mark.parametrize(("days", "most"), [(7, 8), (60, 9), (90, 7), (400, 9), (4000, 9), (40_000, 9)])
def test_the_axis_names_few_days_all_within_it(days, most):
    found = diary(grip("1916-01-01", 1), grip("2026-11-20", 20), days=days)
    ticks = [day for day, *_ in dates(found.first, found.last + 1)]
    assert 1 <= len(ticks) <= most
    assert all(found.first <= day <= found.last for day in ticks)


def test_a_page_is_escaped_and_loads_nothing():
    page = diary_html(diary(*WHOLE))
    assert "a &lt;cold&gt;" in page
    assert not re.search(r"<script|<link|src=|https?://(?!www\.w3\.org)", page)


def test_no_page_advises():
    for page in (diary_text, diary_svg, diary_html, diary_json):
        text = " ".join(re.sub("<[^>]*>", " ", page(diary(*WHOLE))).split())
        assert "no advice" in text
        assert not re.search(r"should|increase|reduce|earlier|worse|better|recommend", text.replace(USE, ""))


def test_an_empty_diary_is_shown_as_such():
    empty = diary()
    assert "Nothing with a day stands in this diary yet." in diary_text(empty)
    for page in (diary_svg, diary_html, diary_json):
        assert page(empty)


def test_a_text_cannot_steer_the_terminal_and_the_lines_are_narrow():
    text = diary_text(diary(*WHOLE, Note(**WHO, when="2026-11-03", text="\x1b[31mred\nsecond")))
    assert "\x1b" not in text
    assert "\\x1b[31mred\\nsecond" in text
    assert max(map(len, text.splitlines())) <= 80


@settings(max_examples=60)
@given(patients)
def test_every_patient_can_be_shown(who):
    found = told(who, 90)
    assert found.length <= 90
    assert sum(len(each["values"]) for each in diary_data(found)["readings"]) == sum(
        len(each.values) for each in found.series
    )
    assert diary_text(found)
    ET.fromstring(diary_svg(found))
