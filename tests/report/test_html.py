import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from builders import definite, feels, history, motor, patient, study
from patient.strategies import patients
from ranvier.diagnosis import examine
from ranvier.findings.study import FWave, ReportedFinding
from ranvier.formats.patient_json import read_patient
from ranvier.patient import Laboratory, Note
from ranvier.report.html import assessment_html
from ranvier.report.words import INTENDED_USE, SIMULATED

ALONE = {"meta", "br", "hr", "img", "input", "link", "col", "wbr"}
LOADING = {"script", "link", "img", "iframe", "object", "embed", "audio", "video", "source", "base", "image"}
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</svg><script>alert(1)</script>",
    '"><script>alert(1)</script>', "' onmouseover='alert(1)", "&lt;b&gt;", "</style><b>", "]]>", "{{ 7 * 7 }}",
    "{% raw %}", "javascript:alert(1)",
)  # fmt: skip


class Page(HTMLParser):
    """The tags, attributes and text of a page; `torn` holds tags that do not close each other."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.text, self.open, self.torn = [], [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.torn.append(tag)

    def handle_data(self, data):
        self.text.append(data)

    @property
    def words(self):
        return " ".join("".join(self.text).split())


def page_of(who, remarks=()):
    return Page(assessment_html(examine(who), remarks))


def test_every_example_is_one_file_that_loads_nothing_from_elsewhere(cases):
    for file in sorted(cases.glob("*.json")):
        html = assessment_html(examine(read_patient(file)[0]))
        page = Page(html)
        assert not LOADING & set(page.tags)
        names = {name for name, _ in page.attributes}
        assert not {n for n in names if n in ("src", "srcset", "action", "data") or n.startswith("on")}
        links = [value for name, value in page.attributes if name in ("href", "xlink:href")]
        assert all(link.startswith("#") for link in links)
        assert not re.search(r"@import|url\((?!['\"]?#)", html)
        outside = [v for n, v in page.attributes if v and "://" in v and not n.startswith("xmlns")]
        assert outside == []


def test_every_example_is_whole_says_what_it_is_for_and_never_says_not_mmn(cases):
    for file in sorted(cases.glob("*.json")):
        who, _ = read_patient(file)
        html = assessment_html(examine(who))
        page = Page(html)
        assert (page.open, page.torn) == ([], [])
        assert page.words.count(INTENDED_USE) == 2
        assert (SIMULATED in page.words) == who.simulated
        assert "not mmn" not in html.casefold()
        assert page.words.count(who.identity.pseudonym) >= 2


def test_simulated_data_are_marked_in_title_head_foot_and_figure():
    made = definite().adding(Laboratory(origin="simulated", source="test"))
    html = assessment_html(examine(made))
    assert html.count(SIMULATED) >= 2
    assert "(SIMULATED)</title>" in html
    assert "imulated" in html[html.index("<svg") : html.index("</svg>")]
    assert "SIMULATED" not in assessment_html(examine(definite()))


def test_the_answer_stands_before_its_basis():
    words = page_of(definite()).words
    answer = words.index("right median wrist to elbow definite, area drop 60 %")
    assert answer < words.index("Motor conduction") < words.index("Sources")


def test_every_part_of_the_record_is_shown():
    who = patient(
        history(),
        study(
            motor(drop=0.6),
            sensory=[feels(amplitude=0.0), feels("sural", "left")],
            f_waves=(FWave("left", "tibial", "AH", 50.4, 80),),
            findings=(ReportedFinding("ulnar", "block told", "left", "forearm", True),),
        ),
    )
    words = page_of(who, ("columns separated by tabs",)).words
    for wanted in (
        "Reading: columns separated by tabs", "right median to APB", "60 % ■", "■ definite", "left tibial to AH",
        "50.4", "absent ↓", "left sural", "left ulnar forearm: block told", "Missing to decide", "F waves",
        "values used are assumed or recalled", "male, 45 years",
    ):  # fmt: skip
        assert wanted in words


def test_an_empty_record_gives_a_whole_page():
    page = page_of(patient(age_years=None, sex=None))
    assert (page.open, page.torn) == ([], [])
    assert "no segment with numbers on record" in page.words
    assert "sex not known, age not known" in page.words


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_in_a_record_is_shown_as_it_was_written(words):
    harmless = page_with("harmless")
    page = page_with(words)
    assert set(page.tags) == set(harmless.tags)
    assert {name for name, _ in page.attributes} == {name for name, _ in harmless.attributes}
    assert (page.open, page.torn) == ([], [])
    assert page.words.count(words) >= 8


def page_with(words):
    told = ReportedFinding("median", words, "left", words, True)
    unnamed = ReportedFinding(words, words, "left", words, True)
    who = patient(study(motor(), findings=(told, unnamed)))
    return page_of(type(who)(type(who.identity)(words), who.timeline), (words,))


@settings(max_examples=20, deadline=None)
@given(patients)
def test_every_patient_gives_a_whole_page(who):
    page = page_of(who)
    assert (page.open, page.torn) == ([], [])
    assert not LOADING & set(page.tags)
    assert (SIMULATED in page.words) == who.simulated


def test_sources_of_entries_are_shown_and_notes_and_remarks_are_not():
    note = Note(
        origin="measured", source="ward 7, letter", text="the truth is MMN", remark="the truth is MMN"
    )
    page = assessment_html(examine(definite().adding(note)))
    assert "truth" not in page
    assert "ward 7, letter" in page
