from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.posterior import Contribution
from ranvier.report import differential_words as words
from report.weighing import candidate, differential

CHANCES = st.floats(1e-6, 1 - 1e-6)
FOUND = findings()["definite_blocks"]


def weights(*ratios):
    return [Contribution(FOUND, "two", ratio) for ratio in ratios]


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0, "<1 %"),
        (0.0099, "<1 %"),
        (0.01, "1 %"),
        (0.725, "72 %"),
        (0.99, "99 %"),
        (0.994, ">99 %"),
        (1, ">99 %"),
    ],
)
def test_a_probability_is_never_told_as_certain(probability, said):
    assert words.chance(probability) == said


@pytest.mark.parametrize(
    ("ratio", "said"), [(log(12), "×12"), (-log(8), "÷8.0"), (log(1.25), "×1.2"), (-log(4000), "÷>1000")]
)
def test_a_finding_tells_by_how_much_it_moves_the_odds(ratio, said):
    assert words.factor(weights(ratio)[0]) == said


@given(st.lists(st.floats(-9, 9), max_size=12))
def test_what_speaks_for_and_against_is_apart_and_strongest_first(ratios):
    one = candidate(contributions=weights(*ratios))
    up, down = ([c.log_ratio for c in side(one)] for side in (words.speaking_for, words.speaking_against))
    assert up == sorted((r for r in ratios if r >= words.FELT), reverse=True)[:3]
    assert down == sorted(r for r in ratios if r <= -words.FELT)[:3]


@given(CHANCES, CHANCES, st.lists(st.floats(-3, 3), max_size=9))
def test_the_steps_lead_from_the_prior_to_the_probability(prior, probability, ratios):
    one = candidate(prior=prior, probability=probability, contributions=weights(*ratios))
    found = words.steps(one)
    at = words.across(words.odds(prior))
    for each in found:
        ends = (each.left, each.left + each.width)
        before, after = ends if each.rises else ends[::-1]
        assert before == pytest.approx(at, abs=0.005)
        at = after
    assert at == pytest.approx(words.across(words.odds(probability)), abs=0.02)


@given(CHANCES)
def test_the_scale_of_the_steps_rises_and_is_even_about_a_half(probability):
    at = words.across(words.odds(probability))
    assert at + words.across(words.odds(1 - probability)) == pytest.approx(1)
    assert 0 <= at <= 1
    assert words.across(words.odds(probability) + exp(-3)) >= at


def test_every_disease_has_a_row_or_is_counted_with_the_rest():
    many = [candidate(f"d{n}", 0.9 if n == 0 else 0.1 / 16) for n in range(17)]
    found = differential(*many)
    assert len(words.listed(found)) == 3
    assert words.rest(found) == "14 others, together 9 %"
    assert words.rest(differential()) == ""


def test_candidates_are_ranked_and_only_the_leading_are_explained():
    found = differential(candidate("als", 0.04), candidate("mmn", 0.9), candidate("other", 0.06))
    assert [one.disease for one in words.listed(found)] == ["mmn", "other", "als"]
    assert [one.disease for one in words.leading(found)] == ["mmn", "other"]
    assert words.leading(differential(enough=False)) == ()


def test_cautions_come_only_where_they_are_due():
    assert words.cautions(differential()) == ()
    assert words.cautions(differential(enough=False)) == (words.TOO_LITTLE,)
    (said,) = words.cautions(differential(unusual=True, unusual_reason="two findings clash."))
    assert said == "two findings clash. The figures below may not hold."
    (said,) = words.cautions(differential(unusual=True))
    assert said.startswith(words.UNLIKE)


def test_what_is_not_measured_about_calibration_is_said(monkeypatch):
    monkeypatch.setattr(words, "calibration", lambda: None)
    assert "has not been measured" in words.trust()[0]
    assert "simulated patients" in words.trust()[0]
