from itertools import product
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.findings.truth import Range, all_of, any_of, count, exactly, opposite, settled

TRUTHS = st.sampled_from([True, False, None])


def test_conjunction_is_kleenes():
    table = {(True, True): True, (True, False): False, (True, None): None, (None, False): False}
    for (a, b), expected in table.items():
        assert all_of((a, b)) is expected
        assert all_of((b, a)) is expected
    assert all_of(()) is True


def test_disjunction_is_kleenes():
    table = {(False, False): False, (True, None): True, (False, None): None, (True, False): True}
    for (a, b), expected in table.items():
        assert any_of((a, b)) is expected
        assert any_of((b, a)) is expected
    assert any_of(()) is False


@given(st.lists(TRUTHS))
def test_de_morgan_holds(truths):
    assert opposite(all_of(truths)) is any_of([opposite(t) for t in truths])


@given(st.lists(TRUTHS, max_size=6))
def test_a_count_covers_exactly_what_the_unknown_may_turn_out_to_be(truths):
    open_ = [i for i, t in enumerate(truths) if t is None]
    sums = set()
    for guess in product([True, False], repeat=len(open_)):
        settled_truths = list(truths)
        for i, value in zip(open_, guess, strict=True):
            settled_truths[i] = value
        sums.add(settled_truths.count(True))
    assert count(truths) == Range(min(sums), max(sums))


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [
        (">=", False, True, True),
        (">", False, False, True),
        ("<=", True, True, False),
        ("<", True, False, False),
        ("==", False, True, False),
    ],
)
def test_a_known_number_is_compared_at_the_boundary(op, below, at, above):
    assert [exactly(n).compare(op, 2) for n in (1, 2, 3)] == [below, at, above]


@pytest.mark.parametrize("op", [">=", ">", "<=", "<", "=="])
@given(low=st.integers(-3, 3), width=st.integers(0, 4), limit=st.integers(-4, 5))
def test_a_range_is_settled_only_when_every_number_in_it_agrees(op, low, width, limit):
    number = Range(low, low + width)
    answers = {exactly(n).compare(op, limit) for n in range(low, low + width + 1)}
    assert number.compare(op, limit) is (answers.pop() if len(answers) == 1 else None)


def test_the_unknown_number_is_never_settled():
    assert exactly(None) == Range(-inf, inf)
    assert exactly(None).compare(">", -1e9) is None
    assert exactly(None).exact is None
    assert Range(1, 2).exact is None


def test_an_unknown_comparison_is_refused():
    with pytest.raises(ValueError, match="'=>' is not a comparison"):
        Range(1, 1).compare("=>", 1)


def test_settled():
    assert settled(True, False) is True
    assert settled(False, True) is False
    assert settled(False, False) is None
