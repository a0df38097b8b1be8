"""Estimating the differential on patients whose chances are known, and hiding what is known of them."""

import json

import numpy as np
import pytest

from ranvier.cohort.known import Known, counted, known, only, partly, shares, strangers
from ranvier.cohort.likelihoods import (
    document,
    estimate,
    even_priors,
    for_estimate,
    for_test,
    kind_priors,
    quantile,
    with_hidden,
)
from ranvier.cohort.weights import features, fitted, truths
from ranvier.diagnosis.differential.classes import ANYTHING, kinds
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.likelihoods import tables_from
from ranvier.diagnosis.differential.typicality import enough

NAMED = [kind for kind in kinds() if kind != ANYTHING]
COPY = "sensory_symptoms"
FREE = ("pain", "preceding_infection", "bulbar", "asymmetry", "proximal_weakness", COPY)


def patients(count, seed=1):
    """Each kind answers every question with yes by a chance of its own; sensory symptoms repeat pain."""
    random = np.random.default_rng(seed)
    chances = {id: random.uniform(0.05, 0.95, len(NAMED)) for id in FREE}
    found = []
    for k, kind in enumerate(NAMED):
        for n in range(count):
            answers = {id: "yes" if random.random() < chances[id][k] else "no" for id in FREE}
            found.append(Known(kind, n, {**answers, COPY: answers["pain"]}))
    return found


def weights_of(some, ids):
    tables = tables_from(counted(some))
    priors = even_priors()
    mixture = (shares(some, priors), np.log(list(priors.values())))
    return dict(
        zip(ids, fitted(features(some, tables, ids), truths(some), [mixture], 1e-6, 0.5), strict=True)
    )


def test_a_finding_and_its_copy_share_one_weight():
    some = patients(300)
    alone = weights_of(some, ["pain", "preceding_infection", "bulbar"])
    both = weights_of(some, ["pain", COPY, "preceding_infection", "bulbar"])
    assert alone["pain"] == pytest.approx(1, abs=0.15)
    assert both["pain"] + both[COPY] == pytest.approx(alone["pain"], abs=0.1)
    assert both["preceding_infection"] == pytest.approx(1, abs=0.15)


def test_the_fit_is_where_the_loss_is_least():
    """The slope that the fit follows is that of the loss: no weight nearby does better."""
    some, ids = patients(40), ["pain", COPY, "preceding_infection"]
    told, true = features(some, tables_from(counted(some)), ids).astype(float), truths(some)
    priors = kind_priors()
    counts, logs = shares(some, priors), np.log(list(priors.values()))

    def loss(weights):
        scores = logs + np.einsum("nfk,f->nk", told, weights)
        own = np.take_along_axis(scores, true[:, None], axis=1)[:, 0]
        lost = np.log(np.exp(scores).sum(axis=1)) - own
        return counts @ lost + 0.01 * ((weights - 0.5) ** 2).sum()

    best = fitted(told, true, [(counts, logs)], 0.01, 0.5)
    for step in np.vstack([np.eye(len(ids)), -np.eye(len(ids))]) * 0.02:
        assert loss(np.clip(best + step, 0, 1)) >= loss(best) - 1e-7


def test_estimate_tells_kinds_apart_and_writes_what_it_found():
    some = patients(30)
    found = estimate(for_estimate(some), {"by": "a test"})
    assert set(found.weights) == set(FREE)
    assert all(0 <= each <= 1 for each in found.weights.values())
    assert sum(found.counts["pain"]["mmn"].values()) == 15
    assert found.typical.inflation > 0
    read = json.loads(document(found))
    assert read["made"] == {"by": "a test"}
    assert read["counts"]["pain"]["als"] == dict(found.counts["pain"]["als"])
    assert ANYTHING not in read["counts"]["pain"]


def test_estimate_and_test_share_no_patient():
    some = patients(10)
    assert {each.seed % 2 for each in for_estimate(some)} == {1}
    assert {each.seed % 2 for each in for_test(some)} == {0}


def test_shares_are_those_of_the_setting():
    some = [Known("mmn", 1, {}), Known("mmn", 3, {}), Known("als", 1, {})]
    found = shares(some, kind_priors())
    assert found.sum() == pytest.approx(1)
    assert found[0] == found[1]
    assert found[2] / (found[0] + found[1]) == pytest.approx(20)


def test_hidden_records_say_less_and_nothing_else():
    some = patients(20)
    hidden = partly(some, 0.5, 0.2, np.random.default_rng(3))
    by_key = {(each.kind, each.seed): each.observed for each in some}
    assert 0 < len(hidden) < len(some)
    for each in hidden:
        assert each.observed.items() <= by_key[each.kind, each.seed].items()
        assert enough(each.observed)
    kept = [{findings()[id].group for id in each.observed} for each in hidden]
    assert any("history" not in groups for groups in kept)
    whole = {
        "history": {"pain", "preceding_infection", COPY},
        "examination": set(FREE) - {"pain", "preceding_infection", COPY},
    }
    for each in partly(some, 0.5, 0.0, np.random.default_rng(3)):
        of = {findings()[id].group for id in each.observed}
        assert set(each.observed) == set().union(*(whole[group] for group in of))
    assert with_hidden(some, 1)[: len(some)] == some
    assert {tuple(each.observed) for each in only(some, ["history"])} == {
        ("pain", "preceding_infection", COPY)
    }


def test_strangers_take_each_group_from_a_patient():
    some = patients(20)
    for each in strangers(some, 30, np.random.default_rng(1)):
        assert each.kind == ANYTHING
        assert set(each.observed) == set(FREE)
        assert each.observed["pain"] == each.observed[COPY]


def test_a_quantile_counts_each_by_its_share():
    assert quantile(np.array([3.0, 1.0, 2.0]), np.array([0.1, 0.6, 0.3]), 0.5) == 1.0
    assert quantile(np.array([3.0, 1.0, 2.0]), np.array([0.1, 0.6, 0.3]), 0.7) == 2.0


def test_known_reads_the_record_and_not_the_truth():
    class Visit:
        disease, seed, patient = "mmn", 7, None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ranvier.cohort.known.chart_of", lambda patient: "chart")
        (found,) = known(iter([Visit()]), lambda chart: {"pain": "yes"} if chart == "chart" else {})
    assert found == Known("mmn", 7, {"pain": "yes"})
