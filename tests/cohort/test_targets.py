"""The published figures: each can be read, is cited, and speaks of something a cohort has."""

from dataclasses import replace

import pytest
from test_follow import simulated

from builders import examination, feels, gm1, history, motor, study
from ranvier.cohort.follow import rows
from ranvier.cohort.measures import MEASURES
from ranvier.cohort.targets import FILE, settings, target, targets, unspoken
from ranvier.evidence import EvidenceError, read_toml
from ranvier.findings.study import FWave
from ranvier.patient import Scale

PLAIN = {
    "id": "X1", "disease": "mmn", "measure": "anti_gm1", "figure": "percent", "who": "nobody", "visit": "last",
    "value": {"number": 40, "unit": "percent", "kind": "measured", "source": "ranvier"}, "n": 20,
}  # fmt: skip


@pytest.fixture(scope="module")
def columns():
    """What a full visit has."""
    about = {"origin": "simulated", "source": "test"}
    waves = (FWave("right", "median", "APB", 28.0, 90.0), FWave("right", "tibial", "AH", 50.0, 90.0))
    leg = motor("tibial", muscle="AH", ends=("ankle", "popliteal fossa"))
    done = study(motor(), leg, sensory=[feels(), feels("sural")], f_waves=waves)
    scale = Scale(**about, name="NIS-W", score=3.0)
    return set(rows(simulated((history(onset="2015-03-01"), examination(), done, gm1(), scale)))[0])


def test_every_measure_is_a_column_or_has_a_name(columns):
    unknown = {one.measure for one in targets()} - columns - set(MEASURES)
    assert unknown == set()


def test_every_measure_is_used():
    assert set(MEASURES) <= {one.measure for one in targets()}


def test_every_figure_has_an_id_of_its_own_and_a_known_source():
    ids = [one.id for one in (*targets(), *unspoken())]
    assert len(ids) == len(set(ids))
    sources = set(read_toml(FILE.parent.parent / "evidence" / "sources.toml"))
    assert {one.value.source for one in targets()} | {one.source for one in unspoken()} <= sources


def test_every_disease_has_a_time_of_presentation():
    assert {one.disease for one in targets()} <= set(settings()["presentation_years"])


def test_the_published_figure_lies_in_its_own_interval():
    for one in targets():
        assert one.interval.holds(one.value.number), one.id
        assert one.interval.how, one.id


def test_counts_are_those_of_their_percentages():
    for one in targets():
        if one.count is not None and one.n:
            assert 100 * one.count / one.n == pytest.approx(one.value.number, abs=0.06), one.id


def test_every_unspoken_figure_says_why():
    assert all(one.reason and one.figure and one.population for one in unspoken())
    assert all(one.mark in ("seen", "recalled", "secondary") for one in unspoken())


@pytest.mark.parametrize(
    ("fields", "low", "high", "how"),
    [
        ({}, 21.9, 61.3, "Wilson"),
        ({"count": 9}, 25.8, 65.8, "Wilson"),
        ({"n": None}, 32.0, 48.0, "±20%, for want of a spread"),
        ({"n": None, "value": {**PLAIN["value"], "number": 90}}, 72.0, 100.0, "±20%, for want of a spread"),
        ({"figure": "mean", "sd": 10.0}, 35.3, 44.7, "t"),
        ({"figure": "mean"}, 32.0, 48.0, "±20%, for want of a spread"),
        ({"figure": "median", "iqr": 10.0}, 35.9, 44.1, "from quartiles"),
        ({"low": 0, "high": 41, "how": "printed"}, 0, 41, "printed"),
    ],
)
def test_the_interval_is_made_from_what_is_printed(fields, low, high, how):
    found = target({**PLAIN, **fields}).interval
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.06)
    assert found.how == how


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"figure": "mode"}, "figure must be one of percent, mean, median, ratio"),
        ({"use": "both"}, "use must be one of fitted, test"),
        ({"among": "everybody"}, "among must be one of with block"),
        ({"visit": "now"}, "visit must be one of first, presentation, last"),
        ({"mark": "guessed"}, "mark must be one of seen, recalled, secondary"),
        ({"colour": "red"}, "unknown key 'colour'"),
    ],
)
def test_words_that_mean_nothing_are_refused(fields, said):
    with pytest.raises(EvidenceError, match=f"target X1: {said}"):
        target({**PLAIN, **fields})


def test_a_mark_is_the_targets_own_or_the_values():
    recalled = {**PLAIN["value"], "kind": "assumed", "mark": "recalled"}
    assert target(PLAIN).mark == "seen"
    assert target({**PLAIN, "value": recalled}).mark == "recalled"
    assert target({**PLAIN, "value": recalled, "mark": "secondary"}).mark == "secondary"
    assert replace(target(PLAIN), use="fitted").use == "fitted"
