"""Limits of the distal duration, by set and filter."""

import pytest

from ranvier.evidence import EvidenceError
from ranvier.findings.distal_duration import limits, long, tables


def numbers(table, nerve, muscle):
    return [value.number for value in limits(table, nerve, muscle)]


def test_the_limits_of_both_years_stand_apart():
    assert numbers("ean_pns_2021", "median", "APB") == [8.4, 8.0, 7.8, 7.4]
    assert numbers("efns_pns_2010", "median", "APB") == [6.6]
    assert numbers("efns_pns_2010", "tibial", "AH") == [8.8]
    assert numbers("ean_pns_2021", "median", "PT") == []
    assert numbers("ean_pns_2021", "radial", "EIP") == []


def test_a_lower_filter_allows_a_longer_response():
    for nerve, entry in tables()["ean_pns_2021"].items():
        found = numbers("ean_pns_2021", nerve, entry["muscle"])
        assert found == sorted(found, reverse=True)
        assert len(found) == 4


@pytest.mark.parametrize(
    ("duration", "expected"), [(8.4, True), (8.39, None), (7.4, None), (7.39, False), (None, None)]
)
def test_between_the_limits_of_two_filters_nothing_is_known(duration, expected):
    assert long(duration, limits("ean_pns_2021", "median", "APB")) is expected


def test_without_a_limit_no_duration_is_long():
    assert long(30.0, ()) is None


def test_an_unknown_table_is_named():
    with pytest.raises(
        EvidenceError, match="no limits of the distal duration 'who_2030'; known: ean_pns_2021"
    ):
        limits("who_2030", "median", "APB")
