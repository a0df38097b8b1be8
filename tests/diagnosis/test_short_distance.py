"""A fall of the response within one short step of inching."""

from dataclasses import replace

import pytest

from builders import charted, feels, history, no_crossing, patient, rule, study
from ranvier.diagnosis.inching import nerves_with_fall_over_short_distance
from ranvier.findings.study import Inching, MotorSite

SHORT = rule("III.definite, short", "UTRECHT_2000")
ALL = 10  # five nerves on two sides


def step(site, amplitude, distance=25.0, **fields):
    return MotorSite(site, amplitude_mv=amplitude, area_mv_ms=3 * amplitude, distance_mm=distance, **fields)


def inched(*steps, nerve="median", muscle="APB"):
    return Inching("right", nerve, muscle, steps)


def found(*inchings, sensory=None, months=12, asked=SHORT, motor=()):
    felt = (feels(),) if sensory is None else sensory
    who = patient(history(duration_months=months), study(*motor, inching=inchings, sensory=felt))
    number = nerves_with_fall_over_short_distance(charted(who, "UTRECHT_2000"), asked).number
    return number.low, number.high


FALL = (step("wrist", 10.0, 70.0), step("wrist + 25 mm", 9.8), step("wrist + 50 mm", 6.8))


def test_thirty_percent_within_25_mm_is_enough_and_29_are_not():
    assert found(inched(*FALL)) == (1, ALL)
    assert found(inched(*FALL[:2], step("wrist + 50 mm", 7.0))) == (0, ALL)


def test_a_longer_step_cannot_tell():
    assert found(inched(*FALL[:2], step("wrist + 75 mm", 6.8, 50.0))) == (0, ALL)
    assert found(inched(*FALL[:2], step("wrist + 50 mm", 6.8, None))) == (0, ALL)


def test_a_fall_that_adds_up_over_steps_is_none():
    slow = [step("wrist", 10.0, 70.0), step("wrist + 25 mm", 8.0), step("wrist + 50 mm", 6.4)]
    assert found(inched(*slow)) == (0, ALL)


@pytest.mark.parametrize(
    "changes",
    [
        {"sensory": ()},
        {"sensory": (feels(amplitude=1.0),)},
        {"months": None},
    ],
)
def test_without_normal_sensation_or_a_known_onset_it_does_not_count(changes):
    assert found(inched(*FALL), **changes) == (0, ALL)


def test_sensation_matters_only_to_a_rule_that_asks_for_it():
    plain = replace(SHORT, with_={k: v for k, v in SHORT.with_.items() if k != "sensory"})
    assert found(inched(*FALL), sensory=(), asked=plain) == (1, ALL)


def test_the_doubts_about_a_segment_hold_for_a_step():
    assert found(inched(*FALL[:2], step("wrist + 50 mm", 6.8, stimulus="submaximal"))) == (0, ALL)
    at_the_elbow = (step("below elbow", 10.0, 230.0), step("below elbow + 25 mm", 5.0))
    ulnar = {"nerve": "ulnar", "muscle": "ADM"}
    assert found(inched(*at_the_elbow, **ulnar), sensory=(feels("ulnar"),)) == (0, ALL)
    forearm = inched(*FALL, **ulnar)
    assert found(forearm, sensory=(feels("ulnar"),)) == (0, ALL)  # fibres may cross in the forearm
    assert found(forearm, sensory=(feels("ulnar"),), motor=(no_crossing(),)) == (1, ALL)
    assert found(inched(step("wrist", 0.9, 70.0), step("wrist + 25 mm", 0.3))) == (0, ALL)


def test_a_nerve_the_rule_does_not_name_does_not_count():
    leg = inched(step("ankle", 10.0, 80.0), step("ankle + 25 mm", 5.0), nerve="tibial", muscle="AH")
    assert found(leg, sensory=(feels("sural"),)) == (0, ALL)
