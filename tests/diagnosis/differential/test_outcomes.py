from dataclasses import replace
from itertools import product
from math import isclose, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ranvier.diagnosis.differential import outcomes
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.likelihoods import tables, weight
from ranvier.diagnosis.differential.occasion import Raise
from ranvier.diagnosis.differential.outcomes import asked, believed, joint, raised, spread
from ranvier.diagnosis.differential.posterior import differential, probabilities

KNOWN = {"sensory_signs": "normal", "asymmetry": "yes", "definite_blocks": "one"}
observations = st.fixed_dictionaries(
    {}, optional={id: st.sampled_from(each.outcomes) for id, each in findings().items()}
)


def at(**observed):
    return believed(differential(observed))


def test_what_is_believed_is_the_differential():
    now = at(**KNOWN)
    assert sum(now.kinds) == pytest.approx(1)
    assert now.after("", now.kinds).probabilities == pytest.approx(probabilities(KNOWN))


@settings(max_examples=15, deadline=None)
@given(observations)
def test_the_mean_of_what_is_believed_afterwards_is_what_is_believed_now(observed):
    now = at(**observed)
    for finding in (each for id, each in findings().items() if id not in observed):
        found = list(joint(now, [asked(now, finding)]))
        assert sum(one.chance for one in found) == pytest.approx(1, abs=1e-12)
        for disease, p in now.diseases.items():
            mean = sum(one.chance * one.probabilities[disease] for one in found)
            assert mean == pytest.approx(p, abs=1e-12)


def test_where_the_disease_is_certain_no_outcome_changes_anything():
    now = at(**KNOWN)
    certain = replace(now, kinds=tuple(float(kind == "als") for kind in now.weighed.kinds))
    for id in ("gm1_igm", "denervation_regions", "ivig_response"):
        for one in joint(certain, [asked(certain, findings()[id])]):
            assert one.probabilities["als"] == pytest.approx(1)
            assert one.leading == "als"


def test_an_outcome_moves_the_odds_as_the_differential_does_but_for_a_factor_of_the_disease():
    now = at(**KNOWN)
    for id in ("gm1_igm", "sensory_nerves", "thoracic_paraspinal"):
        after = {one.words: one.probabilities for one in joint(now, [asked(now, findings()[id])])}
        factors = []
        for outcome in findings()[id].outcomes:
            mine = after[findings()[id].worded(outcome)]
            theirs = probabilities({**KNOWN, id: outcome})
            factors.append(mine["mmn"] / mine["als"] / (theirs["mmn"] / theirs["als"]))
        assert max(factors) == pytest.approx(min(factors))
        assert 0.8 < factors[0] < 1.25


def test_with_full_weight_the_chances_are_those_of_the_tables(monkeypatch):
    finding = findings()["gm1_igm"]
    monkeypatch.setattr(outcomes, "weight", lambda _: 1.0)
    now = at(**KNOWN)
    for n, row in enumerate(spread(now, finding)):
        assert row == pytest.approx([tables()[finding.id][kind][n] for kind in now.weighed.kinds])


def test_without_weight_nothing_depends_on_the_disease(monkeypatch):
    monkeypatch.setattr(outcomes, "weight", lambda _: 0.0)
    for row in spread(at(**KNOWN), findings()["gm1_igm"]):
        assert max(row) == pytest.approx(min(row))


def test_the_weighted_chances_lie_near_those_of_the_tables():
    """Mean chance of an outcome: what the tables give, whatever the weight."""
    now = at(**KNOWN)
    for id in ("gm1_igm", "thoracic_paraspinal", "enlarged_sites"):
        finding = findings()[id]
        assert weight(finding) < 1
        for n, one in enumerate(joint(now, [asked(now, finding)])):
            plain = [tables()[id][kind][n] for kind in now.weighed.kinds]
            assert one.chance == pytest.approx(sum(map(prod, zip(plain, now.kinds, strict=True))), abs=0.03)


def test_joint_outcomes_are_products_within_a_kind():
    now = at()
    two = [asked(now, findings()[id]) for id in ("gm1_igm", "plexus_mri")]
    found = list(joint(now, two))
    assert len(found) == 4
    assert found[1].words == f"{two[0].words[0]}; {two[1].words[1]}"
    for one, rows in zip(found, product(*(branch.chances for branch in two)), strict=True):
        assert one.chance == pytest.approx(sum(map(prod, zip(now.kinds, *rows, strict=True))))


def test_a_count_rises_only_above_what_is_known():
    branch = raised(at(definite_blocks="two"), Raise("definite_blocks", 0.5, 1.0))
    assert branch.words == ("nothing further", findings()["definite_blocks"].worded("three"))
    assert len(raised(at(), Raise("definite_blocks", 0.5, 1.0)).words) == 4
    nothing = raised(at(definite_blocks="three"), Raise("definite_blocks", 0.5, 1.0))
    assert nothing.chances == (pytest.approx([1.0] * len(nothing.chances[0])),)


def test_the_whole_search_shows_what_there_is():
    now = at(definite_blocks="one")
    whole = raised(now, Raise("definite_blocks", 1.0, 1.0))
    rows = spread(now, findings()["definite_blocks"])[1:]
    for n, row in enumerate(rows):
        cut = [p / sum(column) for p, column in zip(row, zip(*rows, strict=True), strict=True)]
        assert whole.chances[n] == pytest.approx(cut)


@pytest.mark.parametrize(("here", "there"), [(0.1, 0.3), (0.4, 0.4), (0.0, 0.5)])
def test_to_look_in_two_places_in_turn_is_to_look_in_both(here, there):
    """Found there, after nothing was found here, is as likely as found there at once."""
    now, unseen = at(), 0.8
    first = raised(now, Raise("definite_blocks", here, unseen)).chances[0]
    then = raised(now, Raise("definite_blocks", there, unseen - here)).chances[0]
    at_once = raised(now, Raise("definite_blocks", there, unseen)).chances[0]
    both = raised(now, Raise("definite_blocks", here + there, unseen)).chances[0]
    for a, b, c, d in zip(first, then, at_once, both, strict=True):
        assert isclose(a * (1 - b), 1 - c)
        assert isclose(a * b, d)
