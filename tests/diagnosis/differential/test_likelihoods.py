"""The tables behind the differential: whence they come, what stands in for what is missing."""

import pytest

from ranvier.diagnosis.differential import classes as files
from ranvier.diagnosis.differential.classes import (
    ANYTHING,
    class_from,
    classes,
    kinds,
    setting_from,
    settings,
)
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.likelihoods import assumed, shipped, table, tables
from ranvier.evidence import EvidenceError, registry


def test_shipped_counts_are_of_the_findings_and_kinds_there_are():
    """After a finding has changed: make differential."""
    counts = shipped().counts
    asked = {id for id, each in findings().items() if not each.published}
    assert set(counts) == asked
    for id, rows in counts.items():
        assert set(rows) == set(kinds()) - {ANYTHING}
        assert all(tuple(row) == findings()[id].outcomes for row in rows.values())
    assert asked <= set(shipped().weights) <= set(findings())


def test_made_says_whence():
    made = shipped().made
    assert made["simulated"] is True
    assert made["date"]
    assert made["program"]
    assert set(made["cohorts"]) == set(kinds()) - {ANYTHING}


def test_no_outcome_is_impossible():
    slip = assumed("tables", "slip")
    for id, rows in tables().items():
        least = slip / len(findings()[id].outcomes)
        assert set(rows) == set(kinds())
        assert all(min(row) > 0 for row in rows.values())
        if not findings()[id].mmn:
            assert all(min(row) >= least * 0.999 for row in rows.values())


def test_published_chances_go_before_counts():
    finding = findings()["plexus_mri"]
    counts = {kind: {"normal": 1000, "abnormal": 0} for kind in kinds()}
    given = [value.number for value in finding.published["mmn"]]
    slip = assumed("tables", "slip")
    assert table(finding, counts)["mmn"] == pytest.approx([(1 - slip) * p + slip / 2 for p in given])


def test_a_kind_without_patients_shows_the_mean_of_the_others():
    counts = {"mmn": {"no": 90, "yes": 10}, "als": {"no": 50, "yes": 50}}
    found = table(findings()["pain"], counts)
    mean = [(a + b) / 2 for a, b in zip(found["mmn"], found["als"], strict=True)]
    assert found["cidp"] == pytest.approx(mean)
    assert found[ANYTHING] == pytest.approx(mean)
    assert table(findings()["pain"], {})["mmn"] == (0.5, 0.5)


def test_every_prior_is_a_registered_value():
    known = {value.id for value in registry().values}
    for id in settings():
        assert {f"diagnosis.differential.settings.{id}.priors.{each}" for each in classes()} <= known


def test_files_that_do_not_add_up_are_refused():
    half = {"number": 0.5, "unit": "1", "kind": "assumed", "source": "practice"}
    with pytest.raises(EvidenceError, match="must sum to 1"):
        class_from("x", {"title": "X", "kinds": {"a": half}})
    with pytest.raises(EvidenceError, match="needs one prior for each of mmn, als"):
        setting_from("x", {"title": "X", "priors": {"mmn": half}})
    none = {each: {**half, "number": 0} for each in classes()}
    with pytest.raises(EvidenceError, match="every prior must lie above 0"):
        setting_from("x", {"title": "X", "priors": none})


def test_mmn_is_of_one_kind():
    """The order of chances is kept against the one kind 'mmn'."""
    assert classes()[files.MMN].kinds == {files.MMN: 1.0}
