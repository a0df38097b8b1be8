"""The questions of the differential: each can be read, answered and weighed."""

from pathlib import Path
from typing import get_args

import pytest

from ranvier.diagnosis.differential.classes import classes
from ranvier.diagnosis.differential.finding import Group, finding_from, findings
from ranvier.diagnosis.differential.reading import READERS, ROOMS
from ranvier.diagnosis.differential.reading.outcome import STEPS, count_of, counted, ever, first, last
from ranvier.evidence import EvidenceError

PAGE = Path(__file__).parents[3] / "docs" / "findings.md"
PLAIN = {"text": "t", "group": "history", "test": "history", "outcomes": {"no": "not", "yes": "so"}}


def test_every_finding_is_read_by_one_function_of_its_name():
    assert set(READERS) == set(findings())
    assert sum(len(room.READERS) for room in ROOMS) == len(READERS)


def test_published_chances_are_given_for_every_class_and_sum_to_one():
    published = [each for each in findings().values() if each.published]
    assert len(published) > 10
    for finding in published:
        assert set(finding.published) == set(classes()), finding.id
        for disease, chances in finding.published.items():
            numbers = [value.number for value in chances]
            assert len(numbers) == len(finding.outcomes), (finding.id, disease)
            assert sum(numbers) == pytest.approx(1), (finding.id, disease)
            assert min(numbers) > 0
            assert {value.unit for value in chances} == {"1"}


def test_words_say_each_outcome_apart():
    for finding in findings().values():
        assert len(set(finding.words)) == len(finding.outcomes)
        assert finding.worded(finding.outcomes[0]) == finding.words[0]


@pytest.mark.parametrize(
    "wrong",
    [{"group": "feelings"}, {"mmn": "up"}, {"outcomes": {"yes": "only"}}],
    ids=lambda each: next(iter(each)),
)
def test_a_finding_that_cannot_be_is_refused(wrong):
    assert finding_from("f", PLAIN).outcomes == ("no", "yes")
    with pytest.raises(EvidenceError, match="findings.f"):
        finding_from("f", PLAIN | wrong)


def test_a_count_is_a_lower_bound_and_nothing_found_needs_a_search():
    assert [counted("weak_nerves", n, searched=False) for n in range(7)] == [
        None, "one", "two", "three", "three", "five", "five",
    ]  # fmt: skip
    assert counted("weak_nerves", 0, searched=True) == "none"
    assert count_of("definite_blocks", [False, False, None], needed=3) is None
    assert count_of("definite_blocks", [False, False, False], needed=3) == "none"
    assert count_of("definite_blocks", [True, None, None], needed=3) == "one"


def test_counting_outcomes_ascend_from_none():
    for finding in findings().values():
        if finding.outcomes[:2] == ("none", "one"):
            steps = [STEPS[name] for name in finding.outcomes]
            assert steps == sorted(set(steps))


def test_what_was_once_found_stays_and_the_unknown_takes_nothing_away():
    assert ever([None, True, False]) is True
    assert ever([None, False]) is False
    assert ever([None]) is None
    assert last("csf_protein", ["raised", None, "normal"]) == "raised"
    assert last("csf_protein", [None]) is None
    assert first([None, "legs", "arms"]) == "legs"


def row(finding):
    """The line of the table in docs/findings.md."""
    towards = {"rises": "more", "falls": "less", "": ""}[finding.mmn]
    whence = "published" if finding.published else "virtual cohorts"
    words = "; ".join(f"`{name}` {text}" for name, text in zip(finding.outcomes, finding.words, strict=True))
    return f"| `{finding.id}` | {finding.text} | {words} | {finding.test} | {towards} | {whence} |"


@pytest.mark.parametrize("group", get_args(Group))
def test_the_page_lists_every_finding_of_a_group_in_order(group):
    rows = [row(each) for each in findings().values() if each.group == group]
    assert "\n".join(rows) in PAGE.read_text(encoding="utf-8")
