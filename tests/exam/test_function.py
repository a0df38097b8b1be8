"""Tasks, scales and aids: what a person can do follows from the forces, and never improves with loss."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from few import blocked, lost, person
from hypothesis import given, settings
from hypothesis import strategies as st

from ranvier.anatomy.course import course
from ranvier.body.condition import HEALTHY, Condition
from ranvier.exam.disability import aids, falls, onls_arms, onls_legs
from ranvier.exam.function import function, function_score, tasks
from ranvier.exam.scales import mrc_sum, nis_w, points, scales, tables
from ranvier.exam.strength import gripped, movements, pinched, strength
from ranvier.exam.voluntary import Effort
from ranvier.muscle.strength import MRC
from ranvier.patient import Strength

LEG = ("TA", "EDB", "AH", "quadriceps")
MUSCLES = sorted(person().motor)


def scored(body, condition=HEALTHY):
    return {(each.name, each.side): each.score for each in scales(body, condition, 1)}


def onls(body):
    effort = Effort(body)
    can = function(effort)
    return onls_arms(effort, can), onls_legs(effort, can)


def helped(body):
    effort = Effort(body)
    legs = onls_legs(effort, function(effort))
    return aids(effort, legs), falls(effort, legs)


def dead(*names):
    return lost(person(), names)


def test_a_healthy_person_has_every_point():
    found = scored(person())
    names = ("MRC sum score", "NIS-W", "ONLS arm", "ONLS leg", "function score (RODS-like)")
    assert [found[name, None] for name in names] == [60, 0, 0, 0, 50]
    assert helped(person()) == ((), False)
    assert all(found["grip", side] > found["key pinch", side] > 0 for side in ("left", "right"))
    assert {each.origin for each in scales(person(), HEALTHY, 1)} == {"simulated"}


def test_every_task_asks_for_movements_that_a_virtual_person_has():
    assert len(tasks()) == 25
    for task in tasks().values():
        assert task.limbs in ("right", "either", "both", "legs")
        assert set(task.needs) <= {*movements(), "grip", "key pinch"}
        assert all(0 <= possible < easy <= 0.75 for easy, possible in task.needs.values())
    arms = {name for name in tasks() if tasks()[name].limbs != "legs"}
    assert set(tables()["mrc_sum"]["movements"]) | set(tables()["nis"]["movements"]) <= set(movements())
    assert len(arms) == 18


def test_points_of_weakness_are_those_of_the_score():
    found = [points()[MRC[word]] for word in ("5", "3", "2", "1", "0")]
    assert found == [0, 3.25, 3.5, 3.75, 4]
    rows = [Strength("knee_flexion", "left", 0.0), Strength("toe_flexion", "left", 4.33)]
    assert nis_w(rows) == 5
    assert nis_w(rows, Condition(bulbar=1.0)) == 5 + 4 * 4
    assert nis_w([Strength("knee_flexion", "left", None)]) == 0


def test_the_sum_score_takes_whole_grades_of_six_movements():
    pairs = [("hip_flexion", 4.33), ("hip_flexion", 3.67), ("elbow_flexion", 3.0), ("thumb_abduction", 5.0)]
    assert mrc_sum(Strength(name, "left", mrc) for name, mrc in pairs) == 4 + 4 + 3


def test_a_paralysed_person_has_none():
    body = dead(*MUSCLES)
    rows = strength(body, movements(), 1)
    assert (mrc_sum(rows), nis_w(rows)) == (0, 128)
    assert onls(body) == (5, 7)
    assert function_score(function(Effort(body))) == 0
    assert scored(body)["grip", "left"] == scored(body)["key pinch", "left"] == 0


def test_a_hand_without_its_small_muscles_has_arms_that_are_limited_and_legs_that_are_not():
    hand = dead(*[("right", muscle) for muscle in ("APB", "ADM", "FDI")])
    ulnar = blocked(person(), "left", ["ADM", "FDI"], course("ulnar", 168).at("wrist") - 60, 0.6)
    assert onls(hand) == (3, 0)
    assert onls(ulnar) == (1, 0)
    assert function(Effort(hand))["running"] == 2


def test_a_foot_that_drops_gets_an_orthosis_and_trips_and_is_seen_in_the_gait():
    place = course("fibular", 168).at("popliteal fossa") + 40
    ill = blocked(person(), "left", ["TA", "EDB"], place)
    assert onls(ill) == (0, 2)
    assert helped(ill) == (("left ankle-foot orthosis",), True)


def test_legs_that_hardly_bear_need_a_cane_a_walker_or_a_wheelchair():
    weak = [
        lost(person(), [(side, "quadriceps") for side in sides], 0.9)
        for sides in (["left"], ["left", "right"])
    ]
    assert [onls(body)[1] for body in weak] == [3, 4]
    assert [helped(body)[0] for body in weak] == [("cane",), ("walker",)]
    one = dead(*[("left", muscle) for muscle in LEG])
    both = dead(*[(side, muscle) for side in ("left", "right") for muscle in LEG])
    assert [onls(body)[1] for body in (one, both)] == [5, 7]
    assert helped(one)[0][-1] == "wheelchair"


def test_key_pinch_falls_after_distal_blocks_as_was_measured():
    wrist = course("ulnar", 168).at("wrist") - 60
    ulnar = blocked(person(), "left", ["ADM", "FDI"], wrist)
    assert pinched(Effort(ulnar), "left") == pytest.approx(1 - 0.583)
    assert gripped(Effort(ulnar), "left") == pytest.approx(1 - 0.269)
    assert pinched(Effort(ulnar), "right") == pytest.approx(1)


def test_loss_of_the_drive_weakens_a_leg_of_which_every_axon_conducts():
    body = person()
    motor = {name: replace(supply, drive=0.08) for name, supply in body.motor.items()}
    spastic = replace(body, motor=motor)
    assert 36 <= scored(spastic)["MRC sum score", None] < 48
    assert onls(spastic)[1] >= 4


def test_the_example_of_the_document_runs(capsys):
    text = (Path(__file__).parents[2] / "docs" / "person.md").read_text()
    exec(text.split("```python\n")[1].split("```")[0], {})
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == ["('left',) none", "1 True"]
    assert told[2:] == [
        "MRC sum score 55.0",
        "NIS-W 8.0",
        "ONLS arm 3.0",
        "ONLS leg 0.0",
        "function score (RODS-like) 40.0",
    ]


SHARES = st.dictionaries(st.sampled_from(MUSCLES), st.sampled_from([0.25, 0.5, 0.75, 0.9, 1.0]), max_size=22)


def after(shares):
    body = person()
    for name, share in shares.items():
        body = lost(body, [name], share)
    return body


@settings(max_examples=40)
@given(SHARES, SHARES)
def test_losing_more_units_never_improves_a_score(first, more):
    worse = {name: max(first.get(name, 0), more.get(name, 0)) for name in {*first, *more}}
    before, then = scored(after(first)), scored(after(worse))
    for name in before:
        falls_with_loss = name[0] not in ("NIS-W", "ONLS arm", "ONLS leg")
        assert then[name] <= before[name] if falls_with_loss else then[name] >= before[name], name
    forces = [np.array(list(function(Effort(after(each))).values())) for each in (first, worse)]
    assert (forces[1] <= forces[0]).all()
