"""Conduction block looked for and not found."""

import pytest

from builders import charted, history, motor, patient, rule, site, study
from ranvier.diagnosis.exclusion import block_ruled_out
from ranvier.findings.study import MotorStudy

UP = {"stimulus": "supramaximal"}
ARM = {
    "median": ("APB", ("wrist", "elbow", "axilla")),
    "ulnar": ("ADM", ("wrist", "below elbow", "above elbow", "axilla")),
}


def arm(side, name, amplitudes=()):
    muscle, sites = ARM[name]
    tall = list(amplitudes) or [10.0] * len(sites)
    return MotorStudy(
        side, name, muscle, tuple(site(n, a, 3 * a, **UP) for n, a in zip(sites, tall, strict=True))
    )


WHOLE = tuple(arm(side, name) for side in ("left", "right") for name in ARM)


def found(*studies):
    return block_ruled_out(
        charted(patient(history(), study(*studies)), "GOLD_COAST_2020"), rule("3.block", "GOLD_COAST_2020")
    )


def test_an_empty_record_and_a_partial_search_rule_nothing_out():
    assert found().words == (None,)
    assert found(*WHOLE[:-1]).words == (None,)
    assert "right ulnar" in found(*WHOLE[:-1]).missing[0]


def test_a_complete_search_without_block_rules_it_out():
    assert found(*WHOLE).words == (True,)


def test_one_definite_block_fails_it_however_little_was_searched():
    assert found(motor(drop=0.6)).words == (False,)
    assert found(*WHOLE[1:], arm("left", "median", (10.0, 4.0, 4.0))).words == (False,)


@pytest.mark.parametrize("drop", [0.35, 0.45])
def test_a_probable_block_leaves_it_open(drop):
    kept = 10 * (1 - drop)
    assert found(*WHOLE[1:], arm("left", "median", (10.0, kept, kept))).words == (None,)


def test_a_fall_under_a_doubt_leaves_it_open():
    rest = tuple(s for s in WHOLE if (s.side, s.nerve) != ("right", "ulnar"))
    doubtful = arm("right", "ulnar", (10.0, 4.0, 4.0, 4.0))
    assert found(*rest, doubtful).words == (None,)


def test_a_response_too_small_elsewhere_does_not_keep_it_open():
    small = MotorStudy(
        "left", "fibular", "EDB", (site("ankle", 0.2, 0.6), site("below fibular head", 0.2, 0.6))
    )
    assert found(*WHOLE, small).words == (True,)
