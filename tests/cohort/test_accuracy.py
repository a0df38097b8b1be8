"""Criteria sets in virtual patients beside print: what counts as found, and mixtures of controls."""

import pytest

from ranvier.cohort.accuracy import accuracies, figures, mixed
from ranvier.cohort.interval import wilson


def figure(set, level):
    return next(each for each in figures() if (each.set, each.level) == (set, level))


def test_a_level_counts_with_those_above_it():
    assert figure("EFNS_PNS_2010", "definite").levels == ("definite",)
    assert figure("EFNS_PNS_2010", "probable").levels == ("definite", "probable")


def test_published_figures_are_those_of_the_sets():
    assert figure("EFNS_PNS_2010", "definite").published == (0.47, 0.985)
    assert figure("EFNS_PNS_2010", "probable").published == (0.57, 0.97)
    assert figure("EFNS_PNS_2010", "possible").published == (None, None)
    assert figure("GOLD_COAST_2020", "ALS").published == pytest.approx((0.93, 0.29), abs=0.005)
    assert figure("AWAJI_2008", "definite").published == (None, None)


def test_mixtures_are_whole():
    for each in figures():
        assert sum(each.mixture.values()) == pytest.approx(1)
        assert each.cases not in each.mixture


def test_a_mixture_of_one_is_wilson_and_shares_count():
    assert mixed([(1.0, 30, 40)]) == (0.75, wilson(30, 40))
    assert mixed([(0.5, 40, 40), (0.5, 20, 40)])[0] == pytest.approx(0.75)
    assert mixed([(3, 40, 40), (1, 20, 40)])[0] == pytest.approx(0.875)
    share, near = mixed([(0.5, 40, 40), (0.5, 40, 40)])
    assert share == 1.0
    assert near.low == pytest.approx(wilson(80, 80).low)


def test_sensitivity_is_of_cases_and_specificity_of_controls():
    one = figure("EFNS_PNS_2010", "probable")
    rows = {disease: [{one.set: "not met"}] * 9 + [{one.set: "probable"}] for disease in one.mixture}
    rows["mmn"] = [{one.set: level} for level in ("definite", "probable", "possible", "not met")]
    found = {(each.figure.set, each.figure.level): each for each in accuracies(rows)}
    assert found[one.set, "probable"].sensitivity == 0.5
    assert found[one.set, "definite"].sensitivity == 0.25
    assert found[one.set, "probable"].specificity == pytest.approx(0.9)
    assert found[one.set, "definite"].specificity == pytest.approx(1.0)
    assert {set for set, _ in found} == {one.set}
