"""Strength at the bedside of a virtual person: MRC grades and grip."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.anatomy import SIDES, UnknownNameError, motor_nerves
from ranvier.anatomy.course import course
from ranvier.anatomy.muscles import movements as known_movements
from ranvier.anatomy.muscles import nerves_serving
from ranvier.body import healthy
from ranvier.exam.strength import (
    graded,
    grip,
    grip_kg,
    grip_share,
    healthy_grip_kg,
    movement_share,
    movements,
    strength,
    weights,
)
from ranvier.exam.voluntary import force_share
from ranvier.nerve.bundle import Focus

FOREARM_MM, ARM_MM = 640.0, 250.0
TRUNK = {"sciatic": ("tibial", "fibular")}


@pytest.fixture(scope="module")
def body():
    return healthy("female", 50, 168, 5)


def ill(body, muscle, focus, hit):
    supply = body.motor["left", muscle]
    changed = supply.ill((focus,), hit[: len(supply.pool), None])
    return replace(body, motor={**body.motor, ("left", muscle): changed})


HIT = np.random.default_rng(2).random(1000) < 0.7


@pytest.fixture(scope="module")
def blocked(body):
    """Seven of ten median axons to APB are blocked in the forearm."""
    return ill(body, "APB", Focus("na", 0.0, FOREARM_MM, 12), HIT)


def test_a_block_takes_the_share_of_the_fibres_behind_it(body, blocked):
    pool = body.motor["left", "APB"].pool
    open_ = ~HIT[: len(pool)]
    share = pool.fibres[open_].sum() / pool.fibres.sum()
    assert force_share(blocked, "left", "APB") == pytest.approx(share, abs=1e-12)
    assert force_share(blocked, "right", "APB") == pytest.approx(1, abs=1e-12)
    assert movement_share(blocked, "left", "thumb_abduction") == pytest.approx(share, abs=1e-12)


def test_a_blocked_muscle_is_graded_weak_and_its_neighbours_are_not(body, blocked):
    names = ["thumb abduction", "ADM"]
    grades = {(row.movement, row.side): row.mrc for row in strength(blocked, names, 1)}
    assert grades["thumb_abduction", "left"] <= 4.33
    assert [row.side for row in strength(blocked, names, 1)] == ["left", "right"] * 2
    untouched = [row for row in strength(body, names, 1) if row.movement == "little_finger_abduction"]
    assert [row.mrc for row in untouched] == [
        grades["little_finger_abduction", "left"],
        grades["little_finger_abduction", "right"],
    ]


def test_axons_lost_in_the_pool_weaken_as_a_block_of_the_same_axons_does(body, blocked):
    supply = body.motor["left", "APB"]
    rest = np.where(HIT[: len(supply.pool)], 0, supply.pool.fibres)
    lost = replace(supply, pool=replace(supply.pool, fibres=rest))
    other = replace(body, motor={**body.motor, ("left", "APB"): lost})
    assert force_share(other, "left", "APB") == pytest.approx(force_share(blocked, "left", "APB"), abs=1e-12)


def test_nodes_without_sodium_channels_block_in_the_warm_and_not_in_the_cold(body):
    quarter = np.arange(1000) % 4 == 0
    partial = ill(body, "APB", Focus("na", 0.2, FOREARM_MM, 12), quarter)
    warm, cold = (force_share(partial.at_skin(arm=skin), "left", "APB") for skin in (37, 20))
    assert warm < 0.9
    assert cold == pytest.approx(1, abs=1e-12)


def test_a_healthy_person_is_graded_five_in_more_than_97_of_100():
    person = healthy("male", 30, 180, 1)
    share = movement_share(person, "left", "toe_extension")
    assert share == pytest.approx(1, abs=1e-12)
    grades = [graded(person, "left", "toe_extension", seed).mrc for seed in range(600)]
    assert np.mean(np.array(grades) == 5) > 0.965
    assert min(grades) >= 4.33


def test_a_muscle_that_seems_weak_is_tried_again_so_that_the_healthy_are_seldom_called_weak():
    person = healthy("male", 30, 180, 1)
    rows = [row.mrc for seed in range(40) for row in strength(person, movements(), seed)]
    assert 0 < sum(mrc < 5 for mrc in rows) + 1 < 0.002 * len(rows) + 1


def test_every_movement_is_one_anatomy_knows_and_its_muscles_belong_to_its_nerves(body):
    for name in movements():
        assert name in known_movements()
        table = weights("movement", name)
        assert sum(table.values()) == pytest.approx(1)
        for part in table:
            muscle, _, site = part.partition(" to ")
            nerve = body.motor["left", muscle].nerve
            assert nerve in [*nerves_serving(name), *TRUNK.get(nerves_serving(name)[0], ())]
            assert not site or 0 < course(nerve, 170).at(site) < body.motor["left", muscle].length_mm


def test_an_unknown_movement_is_named():
    person = healthy("male", 30, 180, 1)
    with pytest.raises(UnknownNameError, match="hip_abduction"):
        movement_share(person, "left", "hip_abduction")
    with pytest.raises(UnknownNameError, match="frowning"):
        strength(person, ["frowning"], 1)


def test_grip_is_divided_between_hand_and_forearm():
    parts = sum(weights("grip", "hand").values()) + sum(weights("grip", "forearm").values())
    assert parts == pytest.approx(1)
    assert all(muscle in motor_nerves()["ulnar"].distal_site for muscle in ("FDI", "ADM"))


def test_a_healthy_grip_is_whole_and_a_distal_ulnar_block_takes_what_was_measured(body):
    assert grip_share(body, "left") == pytest.approx(1, abs=1e-12)
    wrist = body.motor["left", "ADM"].length_mm - 75
    dead = np.ones(1000, bool)
    hand = ill(ill(body, "ADM", Focus("na", 0.0, wrist, 8), dead), "FDI", Focus("na", 0.0, wrist, 8), dead)
    assert grip_share(hand, "left") == pytest.approx(1 - 0.269, abs=1e-9)


def test_without_finger_extensors_the_wrist_is_not_held_and_grip_falls_as_after_radial_block(body):
    supply = body.motor["left", "ED"]
    dead = replace(supply, pool=replace(supply.pool, fibres=np.zeros(len(supply.pool))))
    other = replace(body, motor={**body.motor, ("left", "ED"): dead})
    assert grip_share(other, "left") == pytest.approx(1 - 0.77, abs=1e-9)


def test_a_median_block_weakens_grip_only_above_the_branches_to_the_forearm(body, blocked):
    assert grip_share(blocked, "left") == pytest.approx(1, abs=1e-12)
    above = ill(body, "APB", Focus("na", 0.0, ARM_MM, 12), HIT)
    pool = body.motor["left", "APB"].pool
    gone = pool.fibres[HIT[: len(pool)]].sum() / pool.fibres.sum()
    assert grip_share(above, "left") == pytest.approx(
        1 - weights("grip", "forearm")["APB to elbow"] * gone, abs=1e-9
    )


@pytest.mark.parametrize(
    ("sex", "age", "mean"), [("male", 35, 51.0), ("female", 35, 31.0), ("male", 70, 39.0)]
)
def test_grips_of_healthy_people_lie_about_the_norm(sex, age, mean):
    person = healthy(sex, age, 172, 1)
    grips = np.array([healthy_grip_kg(replace(person, seed=seed), "right") for seed in range(400)])
    assert grips.mean() == pytest.approx(mean, rel=0.04)
    assert grips.std() / grips.mean() == pytest.approx(0.19, abs=0.03)


def test_sessions_differ_by_no_more_than_was_published(body):
    best = np.array([max(grip_kg(body, "left", seed)) for seed in range(300)])
    change = 1.96 * np.sqrt(2) * best.std() / best.mean()
    assert 0.125 < change < 0.214


def test_grip_is_an_entry_of_the_record_that_says_it_is_simulated(body):
    entry = grip(body, "left", 3, "2024-02")
    assert (entry.name, entry.unit, entry.side, entry.origin) == ("grip", "kg", "left", "simulated")
    assert entry.score == max(grip_kg(body, "left", 3))
    assert len(grip_kg(body, "left", 3)) == 3
    assert entry == grip(body, "left", 3, "2024-02")
    assert {grip(body, side, 3).score for side in SIDES} != {entry.score}
