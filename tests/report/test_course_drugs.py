"""The panel of treatment on the sheet of a course: a bar while a drug ran."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from ranvier.report.course import look
from ranvier.report.course.course import Band, Course
from ranvier.report.course.drugs import in_words, told_treated, treatment_line
from ranvier.report.course.page import course_svg
from ranvier.report.course.told import told
from ranvier.treatment.regimen import regimen
from treated_patients import stopped

SVG = "{http://www.w3.org/2000/svg}"
BARE = Course("MMN, seed 1", "A man", (1.0, 5.0), (), (), (), ())


def test_without_treatment_the_sheet_is_as_it_was():
    assert "Treatment" not in course_svg(BARE)
    assert told(stopped().simulated).drugs == ()


def test_each_drug_is_a_bar_over_its_time_with_its_dose():
    bands = (Band("ivig", 1.0, 3.0, "1 g/kg every 21 d"), Band("rituximab", 3.5, 3.51, "1 g once"))
    root = ET.fromstring(course_svg(replace(BARE, drugs=bands)))
    axis = look.time_axis(BARE.years)
    bars = {}
    for each in root.iter(f"{SVG}rect"):
        title = each.find(f"{SVG}title")
        if title is not None:
            bars[title.text.split()[0]] = (float(each.get("x")), float(each.get("width")))
    assert bars["ivig"][0] == pytest.approx(look.across(axis, 1.0), abs=0.1)
    assert sum(bars["ivig"]) == pytest.approx(look.across(axis, 3.0), abs=0.2)
    assert bars["rituximab"][1] >= 3
    words = [each.text for each in root.iter(f"{SVG}text")]
    assert {"Treatment", "ivig", "rituximab", "1 g/kg every 21 d", "1 g once"} <= set(words)
    assert "Treatment: ivig 1 g/kg every 21 d, 1.00 to 3.00 years" in root.find(f"{SVG}desc").text


def test_the_bands_of_a_patient_are_those_of_the_regimens():
    (band,) = told_treated(stopped()).drugs
    assert (band.name, band.dose) == ("ivig", "1 g/kg every 21 d")
    assert band.begins == pytest.approx(1.84, abs=0.01)
    assert band.ends == pytest.approx(1.84 + 35 * 21 / 365.25, abs=0.01)


def test_the_line_tells_what_was_given_and_what_is_left():
    line = treatment_line(stopped())
    assert line.startswith(
        "Treated with ivig 1 g/kg every 21 d (35 doses). Over the last year the attack was "
    )
    assert line.endswith(" % of that without treatment.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prednisone 60 mg every 1 d", "60 mg every 1 d"),
        ("rituximab 1 g", "1 g once"),
        ("ivig 0.4 g/kg every 2 w", "0.4 g/kg every 14 d"),
    ],
)
def test_a_regimen_in_words(text, words):
    assert in_words(regimen(text)) == words
