from dataclasses import replace
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import charted, definite, history, ivig, motor, patient, study
from ranvier.diagnosis.differential import next_test as module
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.investigation import assumed, investigations
from ranvier.diagnosis.differential.next_test import (
    entropy,
    information,
    most_telling,
    next_test,
    next_tests,
)
from ranvier.diagnosis.differential.occasion import OCCASIONS
from ranvier.diagnosis.differential.outcomes import asked, believed, joint
from ranvier.diagnosis.differential.posterior import differential

SOME = {"sensory_signs": "normal", "asymmetry": "yes", "tempo": "years"}
ALL = {id: each.outcomes[0] for id, each in findings().items()}


def offered(who, **observed):
    return {test.id: test for test in next_tests(differential(observed), charted(who))}


@settings(max_examples=12, deadline=None)
@given(
    st.fixed_dictionaries(
        {}, optional={id: st.sampled_from(each.outcomes) for id, each in findings().items()}
    ),
    st.sampled_from([patient(), definite(), patient(history(duration_months=0.1), study(motor(drop=0.6)))]),
)
def test_no_test_is_expected_to_move_the_mean(observed, who):
    found = differential(observed)
    for test in next_tests(found, charted(who)):
        assert sum(one.chance for one in test.outcomes) == pytest.approx(1)
        for candidate in found.candidates:
            mean = sum(one.chance * one.probabilities[candidate.disease] for one in test.outcomes)
            assert mean == pytest.approx(candidate.probability, abs=1e-9)


def test_the_measures_keep_to_their_bounds_and_the_list_to_its_order():
    found = differential(SOME)
    now = {one.disease: one.probability for one in found.candidates}
    tests = next_tests(found, charted(definite()))
    assert [t.expected_change for t in tests] == sorted((t.expected_change for t in tests), reverse=True)
    for test in tests:
        assert 0 < test.expected_change < 1
        assert 0 < test.information_bits < entropy(now)
        assert 0 <= test.new_leader <= 1
        assert 0 <= test.gain <= test.expected_change + 1e-12
        assert len(test.outcomes) <= assumed("joint", "most")
        assert [o.chance for o in test.outcomes] == sorted((o.chance for o in test.outcomes), reverse=True)
        assert all(o.leading == max(o.probabilities, key=o.probabilities.get) for o in test.outcomes)


def test_nothing_gains_without_a_chance_of_another_leader():
    for test in next_tests(differential(SOME), charted(definite())):
        assert (test.gain > 1e-12) == (test.new_leader > 0)


def test_what_is_known_is_not_asked_again():
    before = offered(patient(), **SOME)
    assert "antibodies_gm1" in before
    after = offered(patient(), **SOME, gm1_igm="negative", other_gangliosides="negative")
    assert "antibodies_gm1" not in after
    assert offered(patient(ivig()), **ALL) == {}


def test_findings_that_tell_nothing_are_left_out():
    for test in next_tests(differential(SOME), charted(patient())):
        asked = set(test.outcomes[0].words.split("; "))
        assert not any(asked & set(finding.words) for finding in test.left_out)


def test_of_many_findings_the_most_telling_are_followed():
    now = believed(differential({}))
    branches = [asked(now, finding) for finding in investigations()["examination"].findings]
    bits = {branch.finding.id: information(now, tuple(joint(now, [branch]))) for branch in branches}
    kept = most_telling(now, branches[::-1])
    assert 1 < len(kept) < len(branches)
    assert prod(len(branch.words) for branch in kept) <= assumed("joint", "most")
    assert bits[kept[0].finding.id] == max(bits.values())
    assert [bits[b.finding.id] for b in kept] == sorted((bits[b.finding.id] for b in kept), reverse=True)


def test_a_price_is_given_per_change():
    tests = offered(definite(), **SOME)
    ultrasound = tests["ultrasound"]
    assert ultrasound.change_per_100_eur == pytest.approx(ultrasound.expected_change / ultrasound.cost * 100)
    assert tests["examination"].change_per_100_eur is None


def test_a_test_for_one_disease_waits_until_that_is_probable():
    suspicious = {"inflammation": "raised", "vasculitic_serology": "positive", "tempo": "weeks"}
    found = {one.disease: one.probability for one in differential(SOME).candidates}
    least = assumed("suspected", "least")
    for disease, test in (("vasculitis", "biopsy"), ("hnpp", "genetic_test")):
        assert (test in offered(patient(), **SOME)) is (found[disease] >= least)
    low = differential(suspicious)
    high = replace(low, candidates=tuple(replace(c, probability=0.5) for c in low.candidates))
    none = replace(low, candidates=tuple(replace(c, probability=0.0) for c in low.candidates))
    assert "biopsy" in {t.id for t in next_tests(high, charted(patient()))}
    assert "biopsy" not in {t.id for t in next_tests(none, charted(patient()))}


def test_the_most_telling_place_is_shown_and_the_others_named(monkeypatch):
    monkeypatch.setattr(module, "assumed", lambda table, key: 0.0 if key == "least" else 64)
    segments = offered(definite(), **SOME)["segments"]
    assert segments.title == f"Motor conduction of a further nerve: {segments.where}"
    test, now = investigations()["segments"], believed(differential(SOME))
    made = [next_test(now, test, offer) for offer in OCCASIONS[test.when](charted(definite()), test)]
    changes = {one.where: one.expected_change for one in made if one}
    assert changes.keys() == {segments.where, *segments.also}
    assert min(changes.values()) < segments.expected_change == max(changes.values())


def test_what_to_ask_for_is_named():
    title = offered(patient())["history"].title
    assert title.startswith("Ask what the history does not tell: ")
    assert any(findings()[id].text.casefold() in title for id in ("onset_age", "tempo", "pain"))


def test_every_investigation_has_a_price_and_findings_that_exist():
    asked = {finding.test for test in investigations().values() for finding in test.findings}
    assert asked == {finding.test for finding in findings().values()}
    for test in investigations().values():
        assert test.cost_eur >= 0
        assert test.minutes > 0
        assert 0 <= test.discomfort <= 3
        assert test.findings or test.when != "always"
    assert investigations()["csf"].burden == "much discomfort; risk: headache; bleeding under anticoagulants"
