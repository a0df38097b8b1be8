"""The options: fewest grams, longest interval, and what is said when there is none."""

from dataclasses import replace

import numpy as np
import pytest
from plan_people import WEIGHT_KG, crowd, one_person

from ranvier.treatment.plan import Candidate, Target, candidate, evaluate, longest_interval, plan
from ranvier.treatment.plan.candidates import outside
from ranvier.treatment.plan.cycle import cycle
from ranvier.treatment.plan.interval import crossed, longest_intervals, most_likely
from ranvier.treatment.plan.outcome import share_above

CURRENT = Candidate("ivig", 80, 21)


def reached(person):
    """A target that the present regimen keeps with little to spare."""
    lowest = person.hands["grip right"].strength(cycle(person, CURRENT).attack).min(axis=1)
    return (Target("grip right", round(0.95 * float(np.median(lowest)), 1)),)


def test_at_the_longest_interval_the_target_is_kept_for_just_the_part_asked_for():
    person = one_person(draws=5)
    target = reached(person)
    days = longest_intervals(person, CURRENT, target, part_of_time=0.9)
    inside = (days > 7) & (days < 42)
    assert inside.any()
    for n in np.flatnonzero(inside):
        share = share_above(person, replace(CURRENT, every_days=float(days[n])), target)[n]
        assert share == pytest.approx(0.9, abs=0.004)


def test_more_grams_hold_longer_and_a_stricter_part_of_time_less_long():
    person = one_person()
    target = reached(person)
    days = longest_intervals(person, CURRENT, target)
    assert np.all(longest_intervals(person, replace(CURRENT, grams=100.0), target) >= days)
    assert np.all(longest_intervals(person, CURRENT, target, part_of_time=0.98) <= days)


def test_the_crossing_is_found_between_the_intervals_and_held_at_the_ends():
    every = np.array([7.0, 8.0, 9.0])
    margin = np.array([[0.2, -0.1, 0.3], [0.1, -0.2, 0.2], [-0.3, -0.3, 0.1]])
    assert crossed(every, margin) == pytest.approx([8.25, 7.0, 9.0])


def test_the_chosen_interval_lies_among_the_draws_and_the_safe_one_before_their_middle():
    person = one_person(spread=0.05)
    found = longest_interval(person, CURRENT, reached(person))
    assert found.days.low <= found.safe <= found.days.typical <= found.days.high
    assert found.days.low <= found.chosen <= found.days.high


def test_the_chosen_interval_is_the_one_that_most_draws_lie_near():
    draws = np.concatenate([np.linspace(20, 23, 60), np.full(30, 42.0), np.linspace(28, 36, 20)])
    found = most_likely(draws)
    near = [np.mean(np.abs(days / draws - 1) <= 0.1) for days in np.linspace(10, 42, 640)]
    assert 20 < found < 23
    assert np.mean(np.abs(found / draws - 1) <= 0.1) == pytest.approx(max(near))


def test_the_option_with_fewest_grams_keeps_the_target_and_no_cheaper_one_does():
    person = one_person()
    found = plan(person, CURRENT, WEIGHT_KG, reached(person))
    option = next(each for each in found.options if each.title == "fewest grams")
    assert option.outcome.chance >= 0.8
    for each in found.outcomes:
        assert each.chance < 0.8 or each.burden.grams >= option.outcome.burden.grams
    less = replace(option.outcome.candidate, grams=option.outcome.candidate.grams - 5)
    assert outside(less, WEIGHT_KG) or evaluate(person, [less], reached(person), WEIGHT_KG)[0].chance < 0.8
    assert "fewest grams, from" in option.basis
    assert found.outcomes[0].candidate == CURRENT == found.options[0].outcome.candidate
    assert any("physician's decision" in note for note in found.notes)
    assert any("natural decline" in note for note in found.notes)


def test_a_target_beyond_all_drug_is_said_with_the_ceiling():
    person = one_person()
    found = plan(person, CURRENT, WEIGHT_KG, (Target("grip right", 60.0),))
    assert [each.title for each in found.options] == ["present regimen"]
    assert found.ceiling["grip right"].high < 60
    assert any("None of" in note for note in found.notes)
    assert any("most that any amount" in note and "wanted 60" in note for note in found.notes)
    assert found.interval.none == 1


def test_draws_of_anybody_do_not_settle_the_interval():
    found = plan(crowd(80), CURRENT, WEIGHT_KG, (Target("grip right", 8.0),))
    assert found.interval.is_unclear
    assert any("do not yet settle" in note for note in found.notes)
    assert all("interval" not in each.title for each in found.options)


def test_a_candidate_is_read_from_the_text_of_a_regimen():
    read = candidate("ivig 1 g/kg over 2 d every 21 d", 80.0)
    assert read == Candidate("ivig", 80.0, 21.0, 2)
    assert candidate(read.text) == read
    with pytest.raises(ValueError, match="given once"):
        candidate("ivig 2 g/kg", 80.0)
