"""The library of virtual patients: what the mechanism makes today, and curves that behave like strength."""

import numpy as np
import pytest

from ranvier.cohort.hand_moments import curve, hand
from ranvier.cohort.virtual_hands import ATTACK, SCALE, gathered, patient, save, shipped
from ranvier.treatment.effect.hand import Hand


@pytest.fixture(scope="module")
def anew():
    return patient(5)


def test_a_patient_made_anew_is_the_one_that_is_shipped(anew):
    library, (years, healthy_kg, found) = shipped(), anew
    assert library.seed[4] == 5
    assert abs(years - library.years[4]) < 1e-3
    assert np.allclose(healthy_kg, library.healthy_kg[4], atol=0.01)
    for name, values in found.items():
        assert np.allclose(values, library.measures[name][4], atol=0.5001 / SCALE[name]), name


def test_a_library_is_read_as_it_was_saved(anew, tmp_path):
    one = gathered([anew], [5], {"what": "simulated"})
    save(one, tmp_path / "some.npz")
    again = shipped(tmp_path / "some.npz")
    assert again.provenance == {"what": "simulated"}
    assert again.measures["moves"].shape == one.measures["moves"].shape
    assert np.allclose(again.measures["grip"], one.measures["grip"], atol=1e-4)


def test_less_attack_never_weakens_and_never_blocks_more():
    library = shipped()
    assert (np.diff(library.measures["grip"], axis=2) < 1e-3).all()
    assert (np.diff(library.measures["blocked"], axis=2) > -6e-3).all()
    assert np.allclose(np.diff(library.measures["lost"], axis=2), 0)


def test_a_year_at_the_full_attack_costs_more_axons_than_at_a_part():
    lost = shipped().measures["lost"].mean(axis=(0, 2, 3))
    assert lost[0] < lost[2] < lost[1]
    assert shipped().provenance["what"].startswith("simulated")


def test_the_untreated_weaker_hand_is_as_weak_as_published():
    library = shipped()
    untreated = library.measures["grip"][:, 0, list(ATTACK).index(1.0)] * library.healthy_kg
    assert 8 < np.median(untreated.min(axis=1)) < 16  # 10.6 kg in the trial of 2013


def test_a_fitted_hand_is_the_hand_of_treatment():
    values = np.array([np.log(30.0), -1.2, -0.4, -0.9])
    own = Hand(*(np.array([each]) for each in (30.0, 1 / (1 + np.exp(1.2)), -0.4, np.exp(-0.9))))
    assert np.allclose(curve(values), own.strength(ATTACK[None, :])[0])
    share = np.array([-0.1, -1.2, -0.4, -0.9])
    assert np.allclose(hand(curve(share)), share, atol=0.1)
