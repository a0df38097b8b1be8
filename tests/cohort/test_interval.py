"""Intervals against published tables and known values, and by simulation of what they promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.cohort.interval import (
    Interval,
    around,
    clustered,
    of_mean,
    of_median,
    of_ratio,
    ranked,
    share,
    wilson,
)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (17, 20, 0.640, 0.948),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (13, 13, 0.7719, 1.0),
    ],
)
def test_shares_have_wilsons_interval(count, n, low, high):
    found = wilson(count, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-4)


def test_a_mean_has_students_interval():
    found = of_mean(53.1, 12.5, 23)
    assert (found.low, found.high) == pytest.approx((53.1 - 5.405, 53.1 + 5.405), abs=1e-3)  # t(22) = 2.0739


def test_a_median_has_a_wider_interval_than_the_mean_of_normal_variables():
    found = of_median(10.0, 1.349, 100)
    assert found.high - found.low == pytest.approx(2 * 1.95996 * 1.2533 / 10, rel=1e-3)


def test_a_ratio_has_the_interval_of_its_share():
    found, share = of_ratio(1.0, 40), wilson(20, 40)
    assert found.low == pytest.approx(share.low / (1 - share.low))
    assert found.low * found.high == pytest.approx(1.0)
    assert of_ratio(float(10**6), 5).high > 1e5


def test_what_has_no_spread_is_marked():
    found = around(50.0, 0.2)
    assert (found.low, found.high) == (40.0, 60.0)
    assert "for want of" in found.how


def test_an_interval_holds_its_ends():
    assert Interval(1.0, 2.0).holds(1.0)
    assert Interval(1.0, 2.0).holds(2.0)
    assert not Interval(1.0, 2.0).holds(2.0001)


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=30))
def test_one_value_from_each_patient_is_the_interval_of_a_mean(numbers):
    mean, found = clustered([[each] for each in numbers])
    known = of_mean(float(np.mean(numbers)), float(np.std(numbers, ddof=1)), len(numbers))
    assert mean == pytest.approx(float(np.mean(numbers)), abs=1e-9)
    assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=1e-7)


def test_values_of_one_patient_do_not_count_as_many_patients():
    once = [[0.0], [1.0], [2.0], [3.0]]
    _, alone = clustered(once)
    _, copied = clustered([each * 10 for each in once])
    assert (alone.low, alone.high) == pytest.approx((copied.low, copied.high))
    assert clustered([[1.0, 2.0]])[1].high == np.inf


def test_a_share_of_single_values_has_wilsons_interval():
    p, found = share([[1.0]] * 17 + [[0.0]] * 3)
    assert (p, found.low, found.high) == pytest.approx((0.85, 0.640, 0.948), abs=5e-4)


def test_a_share_of_many_values_is_as_sure_as_its_patients():
    patients = [[float(n % 2)] for n in range(20)]
    _, alone = share(patients)
    _, copied = share([each * 10 for each in patients])
    _, independent = share([[0.0, 1.0] * 5] * 20 + [[1.0]])
    assert copied.high - copied.low == pytest.approx(alone.high - alone.low, rel=0.03)
    assert independent.high - independent.low < 0.1
    assert share([[0.0, 0.0]] * 20)[1].high == pytest.approx(0.1611, abs=1e-3)


def test_the_interval_of_a_median_holds_it_as_often_as_it_says():
    random = np.random.default_rng(1)
    inside = [ranked(list(random.exponential(size=60)))[1].holds(np.log(2)) for _ in range(2000)]
    assert 0.94 <= np.mean(inside) <= 0.985
    assert ranked([3.0, 1.0, 2.0])[0] == 2.0
