from io import StringIO

import pytest
from hypothesis import given, settings
from rich.cells import cell_len
from rich.console import Console

from builders import WHO, definite, feels, history, motor, patient, study
from patient.strategies import patients
from ranvier.diagnosis import criteria_set, examine
from ranvier.diagnosis.rule_file import RULES
from ranvier.findings.study import FWave, ReportedFinding
from ranvier.formats.patient_json import read_patient
from ranvier.patient import Laboratory
from ranvier.report.terminal import show
from ranvier.report.words import INTENDED_USE, SIMULATED

HOSTILE = (
    "[red]x[/red]", "[/]", "[/b]", "[link=http://x]y[/link]", "[bold", "<script>alert(1)</script>", "]", "[[/]]",
    ":smile:", "\\[x]",
)  # fmt: skip


def printed(who, width=80, remarks=(), **options):
    page = StringIO()
    show(examine(who, **options), Console(file=page, width=width), remarks)
    return page.getvalue()


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("width", [60, 80, 99, 200])
def test_no_line_of_any_example_is_wider_than_the_console(cases, width):
    for file in sorted(cases.glob("*.json"))[:: 2 if width == 80 else 5]:
        text = printed(read_patient(file)[0], width)
        assert max(map(cell_len, text.splitlines())) <= width
        assert "…" not in text
        assert "not MMN" not in text
        assert INTENDED_USE in flat(text)


@settings(max_examples=20, deadline=None)
@given(patients)
def test_no_line_of_any_patient_is_wider_than_the_console(who):
    assert all(cell_len(line) <= 60 for line in printed(who, 60).split("\n"))


def test_a_simulated_patient_is_marked_and_a_real_one_is_not():
    assert SIMULATED not in printed(definite())
    made = definite().adding(Laboratory(origin="simulated", source="test"))
    assert SIMULATED in printed(made)


def test_the_answer_stands_before_its_basis():
    text = printed(definite(), 200)
    answer, basis = (
        text.index("right median wrist to elbow definite, area drop 60 %"),
        text.index("Motor conduction"),
    )
    assert answer < basis < text.index("Sources")


def test_every_part_of_the_record_is_shown():
    who = patient(
        history(),
        study(
            motor(drop=0.6),
            sensory=[feels(amplitude=0.0), feels("sural", "left")],
            f_waves=(FWave("left", "tibial", "AH", 50.4, 80), FWave("right", "tibial", "AH", None, 0)),
            findings=(ReportedFinding("ulnar", "block told", "left", "forearm", True),),
        ),
    )
    text = printed(who, 200, ("columns separated by tabs",))
    for words in (
        "Reading: columns separated by tabs", "right median to APB", "60 % ■", "■ definite", "left tibial to AH",
        "50.4", "absent ↓", "left sural", "left ulnar forearm: block told", "Missing to decide:", "F waves",
        "Sensory conduction", "Reported in words, not graded", "1 reported in words only, not graded",
        "values used are assumed or recalled",
    ):  # fmt: skip
        assert words in text


def test_an_empty_record_says_so():
    text = flat(printed(patient()))
    assert "no segment with numbers on record" in text
    assert "indeterminate - the record does not decide it" in text


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_in_a_record_is_shown_as_it_was_written(words):
    told = ReportedFinding(words, words, "left", words, True)
    who = patient(study(motor(), findings=(told,)), sex=None)
    renamed = type(who)(type(who.identity)(words), who.timeline)
    text = printed(renamed, 200, (words,))
    assert text.splitlines()[1] == words
    assert f"left {words} {words}: {words}" in text
    assert f"Reading: {words}" in text


@pytest.mark.parametrize(
    "words", ["\x1b[31mred", "\x1b]0;title\x07", "a\x08\x08b", "one\ntwo\r\nthree", "\x9b31m"]
)
def test_control_characters_in_a_record_do_not_reach_the_terminal(words):
    told = ReportedFinding(words, words, "left", words)
    who = patient(study(findings=(told,)))
    text = printed(type(who)(type(who.identity)(words), who.timeline), 80, (words,))
    assert not set(text) & {"\x1b", "\x07", "\x08", "\r", "\x9b"}


def test_markup_in_the_title_of_a_rule_file_is_shown_as_it_was_written(tmp_path):
    own = tmp_path / "own.toml"
    title = 'title = "EFNS/PNS 2010, multifocal motor neuropathy"'
    told = (RULES / "efns_pns_2010.toml").read_text(encoding="utf-8")
    assert title in told
    own.write_text(told.replace(title, 'title = "[red]own[/] [/]"'), encoding="utf-8")
    text = printed(definite(), 200, criteria=[criteria_set(str(own))])
    assert text.count("[red]own[/] [/]") >= 2


def test_the_remark_of_an_entry_is_not_shown():
    assert printed(patient(history(remark="the truth is MMN"))) == printed(patient(history()))
    assert WHO["source"] == "test"
