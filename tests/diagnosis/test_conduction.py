"""Counts of nerves and segments with block, with the untested counted as unknown."""

import pytest

from builders import charted, feels, history, motor, no_crossing, patient, rule, site, study, ulnar
from ranvier.diagnosis.conduction import callable_stretches, nerves_with_block, segments_with_block
from ranvier.diagnosis.rule_file import criteria_set
from ranvier.findings.study import MotorStudy
from ranvier.findings.truth import Range

EFNS, AAEM = "EFNS_PNS_2010", "AAEM_2003"
UP = {"stimulus": "supramaximal"}


def whole_median(side="right", drop=0.0):
    rows = (
        site("wrist"),
        site("elbow", 10 * (1 - drop), 30 * (1 - drop)),
        site("axilla", **UP),
    )
    return MotorStudy(side, "median", "APB", rows)


def normal(side):
    """Every stretch in which EFNS can call a definite block, studied and normal, on one side."""
    arm = ("wrist", "below elbow", "above elbow", "axilla")
    leg = ("ankle", "below fibular head", "popliteal fossa", "gluteal fold")
    return (
        whole_median(side),
        MotorStudy(side, "ulnar", "ADM", tuple(site(n, **UP) for n in arm)),
        MotorStudy(side, "fibular", "EDB", tuple(site(n, **UP) for n in leg)),
    )


def ask(who, id, criteria=EFNS, **changes):
    asked = rule(id, criteria, **changes)
    measure = segments_with_block if "segments" in asked.measure else nerves_with_block
    return measure(charted(who, criteria), asked)


def count(who, id, criteria=EFNS):
    return ask(who, id, criteria).number


def test_where_a_block_can_be_called():
    efns, aaem = criteria_set(EFNS).blocks, criteria_set(AAEM).blocks
    assert callable_stretches(efns, "median", "definite") == {"forearm", "arm"}
    assert callable_stretches(efns, "median", "probable") == {"forearm", "arm", "plexus", "root"}
    assert callable_stretches(efns, "ulnar", "definite") == {"forearm", "arm"}
    assert callable_stretches(efns, "fibular", "definite") == {"leg", "thigh"}
    assert callable_stretches(efns, "radial", "definite") == frozenset()
    assert callable_stretches(aaem, "tibial", "definite") == {"leg"}
    assert callable_stretches(aaem, "radial", "probable") == {"forearm", "arm", "plexus", "root"}


def test_nothing_studied_leaves_every_nerve_open():
    assert count(patient(), "E1") == Range(0, 6)


def test_everything_studied_and_normal_leaves_none():
    assert count(patient(history(), study(*normal("left"), *normal("right"))), "E1") == Range(0, 0)


def test_one_side_studied_leaves_the_other_open():
    assert count(patient(history(), study(*normal("left"))), "E1") == Range(0, 3)


def test_a_block_counts_and_an_unstudied_stretch_stays_open():
    assert count(patient(history(), study(motor(drop=0.6))), "E1") == Range(1, 6)
    assert count(patient(history(), study(*normal("left"), *normal("right")[1:], motor())), "E1") == Range(
        0, 1
    )


def test_one_nerve_is_one_nerve_however_often_it_is_blocked():
    twice = patient(
        history(onset="2018"), study(motor(drop=0.6), when="2020"), study(motor(drop=0.7), when="2021")
    )
    assert count(twice, "E1").low == 1
    both = patient(history(), study(motor(drop=0.6), motor(side="left", drop=0.6)))
    assert count(both, "E1").low == 2


def test_a_block_once_found_stays_although_it_was_later_gone():
    gone = patient(history(onset="2018"), study(motor(drop=0.6), when="2020"), study(motor(), when="2021"))
    assert count(gone, "E1").low == 1


def test_only_a_block_beside_normal_sensation_counts_for_e3():
    def who(*sensory, **fields):
        return patient(history(), study(motor(drop=0.6), sensory=sensory, **fields))

    assert count(who(feels()), "E1+E3") == Range(1, 6)
    assert count(who(feels(amplitude=3)), "E1+E3") == Range(0, 5)
    assert count(who(), "E1+E3") == Range(0, 6)
    assert count(who(feels("ulnar")), "E1+E3") == Range(0, 6)
    assert count(who(feels(side="left")), "E1+E3") == Range(0, 6)
    assert count(who(sensory_verdict="normal"), "E1+E3") == Range(1, 6)
    assert count(who(sensory_verdict="abnormal"), "E1+E3") == Range(0, 6)


def test_probable_counts_include_definite_ones():
    who = patient(history(), study(motor(drop=0.6), motor(side="left", drop=0.4), sensory_verdict="normal"))
    assert count(who, "E2+E3 two").low == 2
    assert count(who, "E1").low == 1


def test_missing_names_doubts_sensation_and_gaps():
    who = patient(history(), study(ulnar(drop=0.6)[0], motor(drop=0.6)))
    missing = ask(who, "E1+E3").missing
    assert missing[0].startswith(
        "right ulnar wrist to below elbow: the numbers are those of a definite block;"
    )
    assert missing[1] == "sensory conduction of the right median"
    assert missing[2] == (
        "no motor conduction values on record: left and right fibular (leg, thigh); left median "
        "(forearm, arm); right median (arm); left ulnar (forearm, arm); right ulnar (arm)"
    )
    assert ask(who, "E1").missing[1] == missing[2]
    everything = patient(history(), study(*normal("left"), *normal("right")))
    assert ask(everything, "E1").missing == ()


def test_segments_count_apart_and_overlapping_ones_once():
    arm = motor(side="left", drop=0.6, ends=("elbow", "axilla"), **UP)
    forearm_and_arm = MotorStudy(
        "right", "median", "APB", (site("wrist"), site("elbow", 6, 18), site("axilla", 3, 9, **UP))
    )
    verdict = {"sensory_verdict": "normal"}
    id = "2+3 probable"
    assert count(patient(history(), study(forearm_and_arm, **verdict)), id, AAEM).low == 2
    assert count(patient(history(), study(arm, **verdict)), id, AAEM).low == 1
    overlapping = patient(
        history(onset="2018"),
        study(motor(drop=0.6), when="2020", **verdict),
        study(motor(drop=0.6, ends=("wrist", "axilla"), **UP), when="2021", **verdict),
    )
    assert count(overlapping, id, AAEM).low == 1
    repeated = patient(
        history(onset="2018"),
        study(motor(drop=0.6), when="2020", **verdict),
        study(motor(drop=0.7), when="2021", **verdict),
    )
    assert count(repeated, id, AAEM).low == 1


def test_open_stretches_are_the_room_for_more_segments():
    id = "2+3 probable"
    none = count(patient(), id, AAEM)
    # Ten nerves: fibular 2 (leg, thigh), median 4, radial 4, tibial 2, ulnar 4, on two sides.
    assert none == Range(0, 2 * (2 + 4 + 4 + 2 + 4))
    normal_forearm = patient(history(), study(motor(), sensory_verdict="normal"))
    assert count(normal_forearm, id, AAEM) == Range(0, 31)
    blocked = patient(history(), study(motor(drop=0.6), sensory_verdict="normal"))
    assert count(blocked, id, AAEM) == Range(1, 32)
    unfelt = patient(history(), study(motor(drop=0.6)))
    assert count(unfelt, id, AAEM) == Range(0, 32)
    numb = patient(history(), study(motor(drop=0.6), sensory=[feels(amplitude=0)]))
    assert count(numb, id, AAEM) == Range(0, 28)


def test_the_basis_is_that_of_all_grades():
    who = patient(history(), study(motor(drop=0.6)))
    assert "diagnosis.rules.efns_pns_2010.block.definite.conditions.0.0.threshold" in {
        value.id for value in ask(who, "E1").basis
    }


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_doubtful_segment_leaves_its_nerve_open(side):
    other = "left" if side == "right" else "right"
    doubtful = MotorStudy(
        side,
        "ulnar",
        "ADM",
        (site("wrist"), site("below elbow", 4, 12), site("above elbow", 4, 12), site("axilla", 4, 12, **UP)),
    )
    rest = normal(side)[0], normal(side)[2]
    assert count(patient(history(), study(doubtful, *rest, *normal(other))), "E1") == Range(0, 1)
    settled = study(doubtful, no_crossing(side), *rest, *normal(other))
    assert count(patient(history(), settled), "E1") == Range(1, 1)
