"""Age at onset, and where the strength is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import charted, examination, history, patient, rule
from ranvier.diagnosis.pattern import distal_predominance, onset_age

UTRECHT = "UTRECHT_2000"
AGE = rule("I.age to", UTRECHT)
DISTAL = rule("I.distal", UTRECHT)
FAR, NEAR = DISTAL.words("distal"), DISTAL.words("proximal")


def age(*entries, **identity):
    return onset_age(charted(patient(*entries, **identity), UTRECHT), AGE).number


def excess(*exams):
    return distal_predominance(charted(patient(*exams), UTRECHT), DISTAL).number


def all_graded(**weak):
    return examination({**dict.fromkeys(FAR + NEAR, (5, 5)), **weak})


def test_the_age_at_onset_is_told_or_counted_back():
    assert age(history(age_at_onset_years=33.0)).exact == 33
    assert age(history(duration_months=24)).exact == pytest.approx(43)
    born = age(history(onset="2010", when="2020", duration_months=None), birth_year=1950, age_years=None)
    assert (born.low, born.high) == pytest.approx((59, 61), abs=0.01)


def test_an_age_nobody_told_may_be_any():
    unknown = age(history(duration_months=None))
    assert (unknown.low, unknown.high) == (0, float("inf"))
    assert age(history(duration_months=24), age_years=None) == unknown


def test_the_excess_is_the_difference_of_the_mean_losses():
    # Ten grades on each side of the sum: two grades lost in one movement are 0.2 on average.
    assert excess(all_graded(thumb_abduction=(3, 5))).exact == pytest.approx(0.2)
    assert excess(all_graded(elbow_flexion=(3, 5))).exact == pytest.approx(-0.2)
    assert excess(all_graded(thumb_abduction=(3, 5), elbow_flexion=(3, 5))).exact == pytest.approx(0)


def test_what_was_not_graded_may_have_lost_all_or_nothing():
    nothing = excess(examination({}))
    assert (nothing.low, nothing.high) == (-5, 5) == (excess().low, excess().high)
    assert excess(examination(dict.fromkeys(FAR, (0, 0)))).low == 0


def test_of_several_examinations_the_one_with_the_most_distal_weakness_counts():
    first, second = all_graded(elbow_flexion=(3, 5)), all_graded(thumb_abduction=(3, 5))
    assert excess(first, second).exact == excess(second, first).exact == pytest.approx(0.2)


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(FAR + NEAR), st.tuples(*[st.integers(0, 5)] * 2), min_size=1),
    st.data(),
)
def test_a_grade_less_never_narrows_what_is_known(grades, data):
    fewer = dict(grades)
    fewer.pop(data.draw(st.sampled_from(sorted(grades))))
    more, less = excess(examination(grades)), excess(examination(fewer))
    assert less.low <= more.low + 1e-9
    assert more.high <= less.high + 1e-9
