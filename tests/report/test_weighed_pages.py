"""Alerts, differential, next tests and other explanations on the specialist's pages."""

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from builders import definite, patient
from ranvier.diagnosis import examine
from ranvier.diagnosis.alerts import Alert
from ranvier.diagnosis.apparent_block import Explanation
from ranvier.report.differential_words import TOO_LITTLE, UNLIKE
from ranvier.report.html import assessment_html
from ranvier.report.terminal import show
from report.weighing import candidate, differential, next_test, weighed

LONG = (
    "Stimulate the right ulnar nerve at the axilla and at Erb's point, recording the abductor digiti minimi "
    * 2
)
PARTS = ("Conduction block", "Look again", "Differential", "What would tell most next", "Motor conduction")


def printed(assessment, width=80):
    page = StringIO()
    show(assessment, Console(file=page, width=width))
    return page.getvalue()


def both(assessment):
    html = assessment_html(assessment)
    return " ".join(printed(assessment, 200).split()), " ".join(html[html.index("<body>") :].split())


def test_what_to_look_at_first_comes_first():
    for page in both(weighed(examine(definite()))):
        places = [page.index(part) for part in PARTS]
        assert places == sorted(places)


def test_alert_differential_test_and_fall_are_told_with_their_numbers():
    for page in both(weighed(examine(definite()))):
        for wanted in (
            "ALS, and the search for block is incomplete", "Not every stretch was studied.", "labelled ALS",
            "72 %", "neuromuscular clinic", "definite blocks in two nerves", "×40", "÷25",
            "IgM antibodies against GM1", "moves 18 %", "60 EUR", "little discomfort", "5 min",
            "Rests on a series.", "Multifocal motor neuropathy 95 %", "Multifocal motor neuropathy 57 %",
            "70 % of simulated falls like it are phase cancellation alone", "Would settle it: inching.",
            "Crossing fibres", "simulated patients",
        ):  # fmt: skip
            assert wanted in page, wanted


def test_bars_are_as_long_as_the_probability_is_high():
    lines = printed(weighed(examine(definite())), 128).splitlines()
    bars = [line.count("█") for line in lines if "█" in line]
    assert bars == [round(0.72 * 32), round(0.2 * 32), round(0.08 * 32)]
    html = assessment_html(weighed(examine(definite())))
    assert [f'style="left:0;width:{w}%"' in html for w in ("72.0", "20.0", "8.0")] == [True] * 3


def test_an_unusual_record_and_one_that_tells_too_little_are_flagged():
    strange = weighed(examine(definite()), differential(unusual=True, unusual_reason="findings clash"))
    little = weighed(examine(patient()), differential(enough=False))
    for page, other in zip(both(strange), both(little), strict=True):
        assert "findings clash. The figures below may not hold." in page
        assert f"{UNLIKE[0].lower()}{UNLIKE[1:]}" in page
        assert TOO_LITTLE not in page
        assert TOO_LITTLE in other
        assert "too little is known to say" in other
        assert "×40" not in other


def test_a_leading_disease_below_one_half_is_not_called_likely():
    open_ = differential(candidate(probability=0.4), candidate("als", 0.35), candidate("other", 0.25))
    for page in both(weighed(examine(definite()), open_)):
        assert "undecided: Multifocal motor neuropathy 40 %" in page


@pytest.mark.parametrize("width", [60, 79, 100, 200])
def test_no_line_is_wider_than_the_console_and_nothing_is_cut(width):
    tests = (next_test(title=LONG, also=("left median forearm",) * 9), next_test("search", "A long search"))
    alerts = (Alert("named", LONG, LONG, (LONG, LONG)),)
    text = printed(weighed(examine(definite()), None, tests, alerts), width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text
    assert "and 6 more" in " ".join(text.split())


def test_markup_in_a_title_is_shown_as_it_was_written():
    hostile = "[red]<script>alert(1)</script>[/red]"
    tests, alerts = (next_test(title=hostile),), (Alert("named", hostile, hostile, (hostile,)),)
    rivals = (Explanation("phase-cancellation", hostile, "possible", 0.2, hostile, hostile),)
    found = weighed(examine(definite()), differential(candidate(title=hostile)), tests, alerts, rivals)
    assert printed(found, 200).count(hostile) >= 8
    html = assessment_html(found)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 8
