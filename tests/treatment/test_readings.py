"""Readings off the record: measures, units and times."""

import numpy as np
import pytest

from ranvier.findings.study import MotorSite, MotorStudy
from ranvier.patient import (
    Identity,
    Laboratory,
    NerveConductionStudy,
    NeurologicalExamination,
    Patient,
    Scale,
    Strength,
)
from ranvier.treatment.readings import readings, remarks

WHO = {"origin": "measured", "source": "test"}
SIX = (
    "shoulder_abduction",
    "elbow_flexion",
    "wrist_extension",
    "hip_flexion",
    "knee_extension",
    "ankle_dorsiflexion",
)


def patient(*entries):
    return Patient(Identity("x"), entries)


def grip(when, score, side="right", unit="kg", name="grip"):
    return Scale(**WHO, when=when, name=name, score=score, unit=unit, side=side)


def by_name(record):
    return {each.measure: each for each in readings(record)}


def test_grip_of_each_hand_in_order_of_time():
    found = by_name(
        patient(
            grip("2026-03-02T20:00", 22.0),
            grip("2026-03-02T08:00", 20.0),
            grip("2026-03-02", 11.0, "left"),
            grip("2026-03-01", 19.0, name="Grip strength"),
        )
    )
    assert list(found["grip right"].value) == [19, 20, 22]
    assert np.diff(found["grip right"].day) == pytest.approx([1 + 8 / 24, 0.5])
    assert found["grip left"].unit == "kg"


def test_kilopascals_are_a_measure_of_their_own():
    found = by_name(patient(grip("2026-03-01", 20.0), grip("2026-03-02", 60.0, unit="kPa")))
    assert list(found["grip right"].value) == [20]
    assert list(found["grip right (kPa)"].value) == [60]
    assert found["grip right (kPa)"].unit == "kPa"


def test_a_month_has_its_middle_and_what_has_no_month_is_left_out_and_said():
    record = patient(grip("2026-04", 20.0), grip("month 14", 30.0), grip("2026", 31.0), grip("unknown", 32.0))
    (only,) = readings(record)
    assert list(only.value) == [20]
    first, last = np.datetime64("2026-04-01"), np.datetime64("2026-04-30")
    days = [float((day - np.datetime64("0001-01-01")).astype(int) + 1) for day in (first, last)]
    assert only.day[0] == pytest.approx(sum(days) / 2)
    said = remarks(record)
    assert said[0].startswith("3 readings have no calendar month")
    assert said[1].startswith("1 readings have a month but no day")


def test_igg_of_the_laboratory():
    (only,) = readings(
        patient(Laboratory(**WHO, when="2026-03-01", igg_g_l=18.5), Laboratory(**WHO, when="2026-04-01"))
    )
    assert (only.measure, only.unit, list(only.value)) == ("IgG", "g/L", [18.5])


def graded(when, grades, sides=("right", "left")):
    rows = tuple(Strength(name, side, grade) for name, grade in grades.items() for side in sides)
    return NeurologicalExamination(**WHO, when=when, strength=rows)


def test_the_sum_of_a_complete_examination_and_not_of_another():
    whole = dict.fromkeys(SIX, 5.0) | {"wrist_extension": 3.0, "finger_extension": 1.0}
    short = dict.fromkeys(SIX[:-1], 5.0)
    found = by_name(
        patient(
            graded("2026-03-01", whole), graded("2026-04-01", short), graded("2026-05-01", whole, ("right",))
        )
    )
    assert list(found["MRC sum score"].value) == [56]


def test_a_sum_that_was_entered_goes_before_the_examination_of_that_time():
    entered = Scale(**WHO, when="2026-03-01", name="MRC sum score", score=54.0)
    found = by_name(patient(entered, graded("2026-03-01", dict.fromkeys(SIX, 5.0))))
    assert list(found["MRC sum score"].value) == [54]


def test_what_a_stretch_of_nerve_lets_through():
    ends = (MotorSite("wrist", amplitude_mv=10.0), MotorSite("below elbow", amplitude_mv=4.0))
    study = NerveConductionStudy(**WHO, when="2026-03-01", motor=(MotorStudy("right", "ulnar", "ADM", ends),))
    found = by_name(patient(study))
    assert list(found) == ["conduction right ulnar ADM wrist-below elbow"]
    assert found["conduction right ulnar ADM wrist-below elbow"].value[0] == pytest.approx(0.4)
