from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from builders import WHO, definite, history, patient
from ranvier.diagnosis import examine
from ranvier.formats.patient_json import read_patient
from ranvier.patient import GivenDiagnosis, Laboratory
from ranvier.report.differential_words import TOO_LITTLE
from ranvier.report.html import sheet_html
from ranvier.report.letter import MISSING, NO_ALERT, letter
from ranvier.report.sheet import show_sheet
from ranvier.report.words import INTENDED_USE, SIMULATED
from report.weighing import differential, next_test, weighed

PARTS = [
    "The question",
    "What was found",
    "How likely",
    "What is still missing",
    "What would help next",
    "Look again",
]


def printed(sheet, width=80):
    page = StringIO()
    show_sheet(sheet, Console(file=page, width=width))
    return page.getvalue()


def part(sheet, heading):
    found = next(one for one in sheet.parts if one.heading == heading)
    return " ".join((*found.lines, *found.points, *found.after))


def test_the_letter_goes_from_the_question_to_what_needs_a_second_look():
    sheet = letter(weighed(examine(definite())))
    assert [one.heading for one in sheet.parts] == PARTS
    assert "12 months" in part(sheet, "The question")
    assert "right median wrist to elbow definite" in part(sheet, "What was found")
    assert "definite blocks in two nerves" in part(sheet, "What was found")
    likely = part(sheet, "How likely")
    assert "Multifocal motor neuropathy 72 % (before 3 %)" in likely
    assert "simulated patients" in likely
    assert "IgM antibodies against GM1" in part(sheet, "What would help next")
    assert "none is an order" in part(sheet, "What would help next") or "not orders" in part(
        sheet, "What would help next"
    )
    assert "the search for block is incomplete" in part(sheet, "Look again")


def test_the_label_the_patient_carries_is_named_in_the_question():
    labelled = patient(history(), GivenDiagnosis(**WHO, label="ALS"))
    assert "under the label ALS" in part(letter(examine(labelled)), "The question")
    assert "label" not in part(letter(examine(patient(history()))), "The question")


def test_no_probability_is_told_where_too_little_is_known():
    likely = part(letter(weighed(examine(patient()), differential(enough=False))), "How likely")
    assert TOO_LITTLE in likely
    assert "%" not in likely


def test_no_alert_is_said_and_no_test_leaves_its_part_out():
    sheet = letter(weighed(examine(definite()), tests=(), alerts=()))
    assert part(sheet, "Look again") == NO_ALERT
    assert "What would help next" not in [one.heading for one in sheet.parts]


def test_a_long_list_is_cut_and_counted():
    sheet = letter(examine(patient()))
    points = next(one for one in sheet.parts if one.heading == "What is still missing").points
    assert len(points) == MISSING + 1
    assert points[-1].startswith("and ")
    tests = tuple(next_test(f"t{n}", f"Test {n}.") for n in range(9))
    assert "Test 3" not in part(letter(weighed(examine(definite()), tests=tests)), "What would help next")


@pytest.mark.parametrize("width", [60, 200])
def test_every_example_gives_a_page_that_says_what_it_is_for_and_never_not_mmn(cases, width):
    for file in sorted(cases.glob("*.json"))[::4]:
        who, _ = read_patient(file)
        sheet = letter(examine(who))
        text = printed(sheet, width)
        assert max(map(cell_len, text.splitlines())) <= width
        for page in (text, sheet_html(sheet)):
            flat = " ".join(page.split())
            assert INTENDED_USE in flat
            assert "not mmn" not in flat.casefold()
            assert (SIMULATED in flat) == who.simulated


def test_a_simulated_patient_is_marked_in_head_foot_and_title():
    html = sheet_html(letter(examine(definite().adding(Laboratory(origin="simulated", source="test")))))
    assert html.count(SIMULATED) == 2
    assert "(SIMULATED)</title>" in html
