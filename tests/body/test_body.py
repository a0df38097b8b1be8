"""Virtual persons: the same seed the same person, drawn as the tables say, and impossible ones refused."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.anatomy import UnknownNameError
from ranvier.body import healthy
from ranvier.body.healthy import people, recorded
from ranvier.nerve.bundle import Focus

ADULT = ("female", 45.0, 168.0)


def test_the_same_seed_is_the_same_person_and_another_is_another():
    one, two, other = healthy(*ADULT, 7), healthy(*ADULT, 7), healthy(*ADULT, 8)
    key = ("right", "APB")
    assert (one.motor[key].pool.diameter_um == two.motor[key].pool.diameter_um).all()
    assert one.skin_c == two.skin_c != other.skin_c
    assert len(one.motor[key].pool) != len(other.motor[key].pool) or (
        one.motor[key].pool.fibres[0] != other.motor[key].pool.fibres[0]
    )


def test_the_two_sides_of_a_person_differ_less_than_two_persons():
    bodies = [healthy(*ADULT, seed) for seed in range(60)]
    means = np.array(
        [[b.motor[side, "APB"].pool.diameter_um.mean() for side in ("left", "right")] for b in bodies]
    )
    assert np.diff(means, axis=1).std() < means[:, 0].std() * np.sqrt(2)


def test_units_are_as_many_as_counted_and_fewer_in_the_old():
    young = [len(healthy("male", 30, 175, seed).motor["right", "APB"].pool) for seed in range(80)]
    old = [len(healthy("male", 85, 175, seed).motor["right", "APB"].pool) for seed in range(80)]
    assert np.mean(young) == pytest.approx(recorded()["APB"]["units"]["number"], abs=15)
    assert np.mean(old) < np.mean(young) * 0.92


def test_martin_gruber_is_as_common_as_in_457_hands():
    """19.7 % of hands; a crossing may reach one muscle, both, or none that is recorded here."""
    table = people()["martin_gruber"]
    bodies = [healthy(*ADULT, seed) for seed in range(600)]
    crossing = [b.motor["right", "FDI"].detour is not None for b in bodies]
    assert np.mean(crossing) == pytest.approx(table["share"] * table["FDI"], abs=0.04)


def test_crossing_axons_run_in_the_median_nerve_above_the_forearm_and_in_the_ulnar_below():
    body = next(b for b in (healthy(*ADULT, seed) for seed in range(200)) if b.motor["right", "FDI"].detour)
    supply = body.motor["right", "FDI"]
    members = supply.detour.members
    assert (supply.runs_in("median", 400) == members).all()
    assert (supply.runs_in("ulnar", 400) == ~members).all()
    assert supply.runs_in("ulnar", supply.length_mm - 80).all()
    assert not supply.runs_in("median", supply.length_mm - 80).any()
    assert not supply.runs_in("radial", 400).any()


def test_a_lesion_is_added_to_those_that_are_there():
    supply = healthy(*ADULT, 1).motor["right", "APB"]
    first = np.zeros((len(supply.pool), 1), bool)
    ill = supply.ill((Focus("na", 0.5, 500),), first).ill((Focus("myelin", 3, 300),), ~first)
    assert [focus.quality for focus in ill.foci] == ["na", "myelin"]
    assert ill.affected.shape == (len(supply.pool), 2)
    assert ill.affected.sum(axis=0).tolist() == [0, len(supply.pool)]


def test_a_nerve_cools_towards_the_skin_and_is_as_warm_as_the_core_at_the_cord():
    body = healthy(*ADULT, 1).at_skin(arm=28.0)
    hand = body.motor["right", "APB"]
    along = body.warmth("median").at(np.linspace(0, hand.length_mm, 50))
    assert body.end_c(hand) == pytest.approx(28.0)
    assert body.end_c(body.motor["right", "biceps"]) > 33
    assert along[0] == pytest.approx(body.core_c)
    assert along[-1] == pytest.approx(28.0)
    assert (np.diff(along) <= 0).all()
    assert body.skin_c["leg"] == healthy(*ADULT, 1).skin_c["leg"]


def test_a_pathway_is_made_once_for_each_supply():
    body = healthy(*ADULT, 1)
    supply = body.motor["right", "APB"]
    assert body.pathway(supply) is body.pathway(supply)
    assert body.pathway(replace(supply)) is not body.pathway(supply)


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (("woman", 45, 168), "sex must be one of female, male"),
        (("female", 12, 168), "age_years must lie between 18 and 100"),
        (("female", float("nan"), 168), "age_years must lie between"),
        (("female", 45, 60), "height_cm must lie between 120 and 230"),
        (("female", 45, float("inf")), "height_cm must lie between"),
    ],
)
def test_nobody_impossible_is_made(person, said):
    with pytest.raises(ValueError, match=said):
        healthy(*person, 1)


def test_a_seed_below_zero_is_refused():
    with pytest.raises(ValueError, match="seed must be 0 or more"):
        healthy(*ADULT, -1)


def test_a_muscle_that_the_virtual_person_lacks_is_named_with_those_it_has():
    with pytest.raises(UnknownNameError, match=r"FCR.*Known: APB"):
        healthy(*ADULT, 1).supply("right", "median", "FCR")
    with pytest.raises(UnknownNameError, match=r"medial plantar.*sural"):
        healthy(*ADULT, 1).sensory_supply("right", "medial plantar")
