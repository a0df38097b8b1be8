"""Chances made to respect order: pooled where they must be, left alone where they need not be."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.diagnosis.differential.classes import kinds
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.likelihoods import tables
from ranvier.diagnosis.differential.monotone import ordered, slipped, smoothed

SLIGHT = 1e-12


def shares(size):
    one = st.integers(1, 1000)
    return st.lists(one, min_size=size, max_size=size).map(lambda ns: tuple(n / sum(ns) for n in ns))


PAIRS = st.integers(2, 6).flatmap(lambda size: st.tuples(shares(size), shares(size)))


def ratios(chances, mmn):
    return [q / p for q, p in zip(chances, mmn, strict=True)]


@given(PAIRS, st.booleans())
def test_chances_stay_chances_and_come_in_order(pair, rises):
    chances, mmn = pair
    found = ordered(chances, mmn, rises)
    assert sum(found) == pytest.approx(1)
    for before, after in pairwise(ratios(found, mmn)):
        assert (after <= before + SLIGHT) if rises else (after >= before - SLIGHT)
    assert ordered(found, mmn, rises) == pytest.approx(found, rel=1e-9)


@given(PAIRS)
def test_the_whole_of_the_first_outcomes_never_shrinks(pair):
    """Pooling moves chance from outcomes that speak for MMN to those before them, and never back."""
    chances, mmn = pair
    found = ordered(chances, mmn, True)
    for n in range(len(found)):
        assert sum(found[: n + 1]) >= sum(chances[: n + 1]) - SLIGHT


def test_by_hand():
    """Ratios 1, 1/3 and 2: the last two are pooled, (0.1 + 0.4) / (0.3 + 0.2) = 1."""
    assert ordered((0.5, 0.1, 0.4), (0.5, 0.3, 0.2), True) == pytest.approx((0.5, 0.3, 0.2))
    assert ordered((0.6, 0.3, 0.1), (0.2, 0.3, 0.5), True) == (0.6, 0.3, 0.1)
    assert ordered((0.1, 0.9), (0.5, 0.5), True) == pytest.approx((0.5, 0.5))
    assert ordered((0.1, 0.9), (0.5, 0.5), False) == pytest.approx((0.1, 0.9))


def test_smoothing_by_hand():
    assert smoothed((3, 0), 0.5, 0.0) == pytest.approx((3.5 / 4, 0.5 / 4))
    assert smoothed((3, 0), 0.5, 0.02) == pytest.approx((0.98 * 3.5 / 4 + 0.01, 0.98 * 0.5 / 4 + 0.01))
    assert slipped((0.0, 0.0, 2.0), 0.3) == pytest.approx((0.1, 0.1, 0.8))


def test_every_shipped_table_is_in_order():
    for id, finding in findings().items():
        for kind in kinds() if finding.mmn else ():
            found = ratios(tables()[id][kind], tables()[id]["mmn"])
            for before, after in pairwise(found if finding.mmn == "rises" else found[::-1]):
                assert after <= before + SLIGHT, (id, kind)
