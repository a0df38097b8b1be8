"""Signs follow from forces: what hangs, claws, shakes and wastes, and what the lost axons still reach."""

from dataclasses import replace

import numpy as np
import pytest
from few import blocked, lost, person

from ranvier.anatomy.course import course
from ranvier.body.condition import Condition
from ranvier.exam.signs import signs
from ranvier.exam.strength import movement_share
from ranvier.exam.twitching import cramps, fasciculating, noticed, twitches_per_min
from ranvier.exam.voluntary import Effort

HAND = ("APB", "ADM", "FDI")
RADIAL = ("ED", "EIP")
TEN = [("left", muscle) for muscle in HAND]


def at(nerve, site, more_mm=0.0):
    return course(nerve, 168).at(site) + more_mm


def found(body):
    return signs(Effort(body))


def test_a_healthy_person_has_no_sign():
    seen = found(person())
    assert seen.atrophy == "none"
    places = [getattr(seen, name) for name in seen.__dataclass_fields__ if name != "wasting"]
    assert set(places) == {()}


def test_the_wrist_drops_from_a_radial_block_above_the_elbow_and_not_from_one_in_the_forearm():
    above = found(blocked(person(), "left", RADIAL, at("radial", "elbow", -60)))
    below = found(blocked(person(), "left", RADIAL, at("radial", "elbow", 30)))
    assert above.wrist_drop == above.finger_drop == ("left",)
    assert below.wrist_drop == ()
    assert below.finger_drop == ("left",)


def test_the_elbow_is_stretched_unless_the_block_lies_above_the_branches_to_the_triceps():
    groove = blocked(person(), "left", RADIAL, at("radial", "above spiral groove", 20))
    plexus = blocked(person(), "left", RADIAL, at("radial", "axilla", -50))
    assert movement_share(groove, "left", "elbow_extension") == 1
    assert movement_share(groove, "left", "brachioradialis") == 0
    assert movement_share(plexus, "left", "elbow_extension") == 0


def test_the_hand_claws_where_long_muscles_pull_and_the_small_ones_are_lost():
    ulnar = blocked(person(), "right", HAND[1:], at("ulnar", "wrist", -30))
    both = blocked(ulnar, "right", ["APB"], at("median", "wrist", -30))
    high = blocked(both, "right", RADIAL, at("radial", "axilla", -50))
    assert (found(ulnar).ulnar_claw, found(ulnar).claw_hand) == (("right",), ())
    assert (found(both).ulnar_claw, found(both).claw_hand) == (("right",), ("right",))
    assert found(high).claw_hand == ()
    assert found(both).thumb_weakness == ("right",)
    assert found(ulnar).thumb_weakness == ()


def test_the_foot_drops_from_a_fibular_block():
    ill = blocked(person(), "left", ["TA", "EDB"], at("fibular", "popliteal fossa", 40))
    assert found(ill).foot_drop == ("left",)
    assert movement_share(ill, "left", "ankle_plantar_flexion") == 1


def test_a_blocked_muscle_is_weak_and_not_wasted_and_one_that_lost_its_fibres_is_wasted():
    block = found(blocked(person(), "left", ["FDI"], at("ulnar", "wrist", -60), 0.7))
    assert block.wasting["left", "FDI"] == "none"
    assert block.weak_not_wasted == (("left", "FDI"),)
    gone = found(lost(person(), [("left", "FDI")], 0.5))
    assert gone.wasting["left", "FDI"] == gone.atrophy == "mild"
    assert gone.weak_not_wasted == ()
    assert found(lost(person(), [("left", "FDI")], 0.9)).atrophy == "marked"


def test_fibres_that_have_just_lost_their_nerve_still_fill_the_muscle():
    fresh = found(lost(person(), [("left", "FDI")], 0.9, orphaned=1.0))
    assert fresh.atrophy == "none"
    assert fresh.weak_not_wasted == (("left", "FDI"),)


def test_two_muscles_of_one_nerve_that_differ_are_differential_weakness_and_equal_ones_are_not():
    place = at("ulnar", "wrist", -60)
    one = found(blocked(person(), "left", ["FDI"], place))
    same = found(blocked(person(), "left", ["FDI", "ADM"], place))
    assert one.differential_weakness == (("left", "ulnar"),)
    assert same.differential_weakness == ()


def test_weak_extensors_shake_and_paralysed_or_strong_ones_do_not():
    place = at("radial", "elbow", 30)
    shaking = [found(blocked(person(), "left", RADIAL, place, share)).tremor for share in (0, 0.9, 1)]
    assert shaking == [(), ("left",), ()]


def test_an_axon_lost_at_the_wrist_still_serves_the_forearm_and_one_whose_neuron_died_does_not():
    neuron = lost(person(), [("left", "APB")])
    wrist = lost(blocked(person(), "left", ["APB"], at("median", "wrist", -20)), [("left", "APB")])
    arm = lost(blocked(person(), "left", ["APB"], at("median", "axilla", 40)), [("left", "APB")])
    shares = [movement_share(body, "left", "thumb_flexion") for body in (neuron, wrist, arm)]
    assert shares == [0, 1, 0]
    assert {movement_share(body, "left", "thumb_abduction") for body in (neuron, wrist, arm)} == {0}


def test_units_that_took_over_fibres_move_them_also_beyond_a_branch():
    ill = lost(person(), [("left", "APB")], 0.5)
    supply = ill.motor["left", "APB"]
    grown = replace(supply.pool, fibres=supply.pool.fibres * 1.5)
    other = replace(ill, motor={**ill.motor, ("left", "APB"): replace(supply, pool=grown)})
    before, after = (movement_share(body, "left", "thumb_flexion") for body in (ill, other))
    assert after == pytest.approx(min(1.5 * before, 1))


def test_the_drive_that_is_left_is_the_strength_that_is_left():
    body = person()
    half = {name: replace(supply, drive=0.5) for name, supply in body.motor.items()}
    spastic = replace(body, motor=half)
    assert movement_share(spastic, "left", "knee_extension") == pytest.approx(0.5)
    assert movement_share(spastic, "left", "wrist_flexion") == pytest.approx(0.5)


def twitching(rate, count=12):
    return Condition(fasciculation_per_min={("left", "APB"): np.full(count, rate)})


def test_twitches_are_seen_as_often_as_chance_has_it():
    rate = 0.5
    assert twitches_per_min(person(), twitching(rate), "left", "APB") == pytest.approx(12 * rate)
    seen = [fasciculating(person(), twitching(rate), seed) for seed in range(400)]
    expected = 1 - np.exp(-12 * rate * 0.5 * 0.3)
    assert np.mean([bool(each) for each in seen]) == pytest.approx(expected, abs=0.08)
    assert fasciculating(person(), Condition(), 1) == ()
    assert not noticed(person(), Condition(), 1)


def test_a_unit_that_has_died_does_not_twitch():
    dead = lost(person(), [("left", "APB")], 0.5)
    assert twitches_per_min(dead, twitching(1.0), "left", "APB") == pytest.approx(6)


def test_rates_must_be_one_for_each_unit():
    with pytest.raises(ValueError, match="left APB must have 12 units, not 11"):
        twitches_per_min(person(), twitching(1.0, 11), "left", "APB")


def test_more_twitches_never_take_cramps_away_and_many_bring_them_to_most():
    people = [replace(person(), seed=seed) for seed in range(100)]
    few, many = ([cramps(each, twitching(rate)) for each in people] for rate in (0.5, 5.0))
    assert all(after or not before for before, after in zip(few, many, strict=True))
    assert np.mean(few) == pytest.approx(1 - np.exp(-6 / 20), abs=0.12)
    assert np.mean(many) == pytest.approx(1 - np.exp(-60 / 20), abs=0.08)
