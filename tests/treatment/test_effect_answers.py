"""How persons answer to drugs: every file says what its drug acts on; draws are of that."""

import numpy as np
import pytest

from ranvier.evidence import EvidenceError
from ranvier.treatment.drug import drug, drugs
from ranvier.treatment.effect import answers as module
from ranvier.treatment.effect.answers import CHANCES, LINKS, answers, link, usual


def test_every_drug_acts_on_a_link_and_has_its_numbers():
    assert {link(name) for name in drugs()} == set(LINKS)
    for name in drugs():
        assert set(LINKS[link(name)]) <= set(usual(1).drugs[drug(name).name])


def test_what_is_typical_has_no_spread_and_no_tolerance():
    own = usual(3)
    assert not own.tolerance_per_year.any()
    assert (own.drugs["cyclophosphamide"]["share"] == own.drugs["cyclophosphamide"]["share"][0]).all()


def test_draws_lie_about_the_typical_and_chances_within_their_bounds():
    own, typical = answers(np.random.default_rng(1), 4001), usual(1)
    for name, numbers in own.drugs.items():
        for key, drawn in numbers.items():
            assert np.median(drawn) == pytest.approx(typical.drugs[name][key][0], rel=0.1), (name, key)
            assert (drawn > 0).all()
            if key in CHANCES:
                assert (drawn < 1).all()
    assert own.tolerance_per_year.std() > 0


def test_no_drug_moves_the_draws_of_another(monkeypatch):
    whole = answers(np.random.default_rng(1), 5)
    fewer = tuple(each for each in module.all_numbers() if each[0] != "rituximab")
    monkeypatch.setattr(module, "all_numbers", lambda: fewer)
    without = answers(np.random.default_rng(1), 5)
    assert "rituximab" not in without.drugs
    np.testing.assert_array_equal(without.drugs["riliprubart"]["half"], whole.drugs["riliprubart"]["half"])


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        ({}, "link must be one of immunoglobulin, formation"),
        ({"link": "magic"}, "not 'magic'"),
        ({"link": "steroid", "lasts": {}}, "a drug that acts on steroid needs 'half'"),
    ],
)
def test_a_file_that_does_not_say_is_refused(effect, said, monkeypatch):
    from dataclasses import replace

    changed = replace(drug("prednisone"), effect=effect)
    monkeypatch.setattr(module, "drug", lambda name: changed)
    with pytest.raises(EvidenceError, match=said):
        link.__wrapped__("prednisone")


def test_how_a_person_answers_to_one_drug_says_nothing_of_another():
    own = answers(np.random.default_rng(1), 4001).drugs
    together = np.corrcoef(np.log(own["empasiprubart"]["lasts"]), np.log(own["claseprubart"]["lasts"]))
    assert abs(together[0, 1]) < 0.06
