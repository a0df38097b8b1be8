import pytest

from builders import motor, no_crossing, site, ulnar
from ranvier.findings.martin_gruber import (
    NO_CROSSING,
    UNCHECKED,
    Crossing,
    concerns,
    corrected_drop,
    crossing,
)
from ranvier.findings.segment import segments
from ranvier.findings.study import MotorSite, MotorStudy


def forearm():
    return next(segments(ulnar(drop=0.6)[0]))


def check(wrist, elbow, muscle="ADM", side="right"):
    rows = tuple(row for row in (wrist, elbow) if row)
    return MotorStudy(side, "median", muscle, rows)


def test_only_the_ulnar_forearm_can_be_crossed():
    assert concerns(forearm())
    assert not concerns(next(segments(motor())))
    assert not concerns(next(segments(motor("ulnar", muscle="ADM", ends=("above elbow", "axilla")))))
    assert crossing(next(segments(motor())), ()) == NO_CROSSING


def test_without_the_check_it_stays_open():
    assert crossing(forearm(), ()) == UNCHECKED
    assert not UNCHECKED.settled


@pytest.mark.parametrize(
    "other",
    [no_crossing(side="left"), no_crossing(muscle="FDI"), check(site("wrist"), None)],
)
def test_a_check_elsewhere_settles_nothing(other):
    assert crossing(forearm(), (other,)) == UNCHECKED


def test_no_response_from_the_elbow_excludes_it():
    assert crossing(forearm(), (no_crossing(),)) == NO_CROSSING
    assert crossing(forearm(), (check(None, MotorSite("elbow", amplitude_mv=0)),)) == NO_CROSSING


def test_a_response_from_the_elbow_needs_the_wrist_beside_it():
    assert crossing(forearm(), (check(None, site("elbow", 4, 12)),)) == UNCHECKED


def test_what_the_elbow_adds_has_crossed():
    found = crossing(forearm(), (check(site("wrist", 1, 2), site("elbow", 4, 12)),))
    assert found == Crossing(3, 10)
    assert found.present
    absent = MotorSite("wrist", amplitude_mv=0)
    assert crossing(forearm(), (check(absent, site("elbow", 4, 12)),)) == Crossing(4, 12)


def test_a_smaller_response_from_the_elbow_has_crossed_nothing():
    found = crossing(forearm(), (check(site("wrist", 5, 15), site("elbow", 4, 12)),))
    assert found == NO_CROSSING
    assert not found.present


def test_a_gain_within_measurement_scatter_is_no_crossing():
    assert crossing(forearm(), (check(site("wrist", 0.3, 1), site("elbow", 0.79, 3)),)) == NO_CROSSING
    assert crossing(forearm(), (check(site("wrist", 0.3, 1), site("elbow", 0.8, 3)),)).present


def test_an_unmeasured_check_is_no_check():
    found = crossing(forearm(), (check(site("wrist", None, None), site("elbow", 4, 12)),))
    assert not found.settled


def test_crossed_fibres_are_added_back():
    assert corrected_drop(10, 4, 6) == 0
    assert corrected_drop(10, 4, 2) == pytest.approx(0.4)
    assert corrected_drop(10, None, 2) is None
    assert corrected_drop(10, 4, None) is None
