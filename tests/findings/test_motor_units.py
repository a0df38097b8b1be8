"""What the needle found in one muscle."""

from dataclasses import replace

import pytest

from ranvier.findings.motor_units import chronic_neurogenic, denervating, healthy, myopathic, tables
from ranvier.patient.entries import NeedleFinding

NORMAL = NeedleFinding(
    "biceps", recruitment="full", potentials=20, amplitude_mv=0.44, duration_ms=9.9, polyphasic_percent=5.0
)


def with_(**fields):
    return replace(NORMAL, **fields)


def edge(measure, far):
    of = healthy("biceps")
    return of[measure] + far * of[f"{measure}_sd"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, False),
        ({"duration_ms": edge("duration", 2.01)}, True),
        ({"duration_ms": edge("duration", 1.99)}, False),
        ({"amplitude_mv": edge("amplitude", 2.01)}, True),
        ({"amplitude_mv": None}, None),
        ({"amplitude_mv": None, "duration_ms": 20.0}, True),
        ({"recruitment": "reduced"}, None),
        ({"recruitment": None}, None),
        ({"polyphasic_percent": 60.0}, None),
        ({"potentials": 3}, None),
        ({"potentials": None}, False),
        ({"potentials": 3, "duration_ms": 20.0}, True),
        ({"chronic_neurogenic_change": True}, True),
        ({"chronic_neurogenic_change": False, "duration_ms": 20.0}, False),
    ],
)
def test_chronic_neurogenic_change(fields, expected):
    assert chronic_neurogenic(with_(**fields)) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, False),
        ({"duration_ms": 6.0, "amplitude_mv": 0.15}, True),
        ({"duration_ms": 6.0, "polyphasic_percent": 60.0}, True),
        ({"duration_ms": 6.0}, False),
        ({"duration_ms": 6.0, "amplitude_mv": None}, None),
        ({"duration_ms": 6.0, "amplitude_mv": 0.15, "recruitment": "reduced"}, False),
        ({"duration_ms": 6.0, "amplitude_mv": 0.15, "potentials": 2}, None),
        ({"duration_ms": 6.0, "amplitude_mv": 0.15, "chronic_neurogenic_change": True}, False),
    ],
)
def test_myopathic(fields, expected):
    assert myopathic(with_(**fields)) is expected


def test_nothing_recorded_is_neither():
    silent = NeedleFinding("biceps")
    assert chronic_neurogenic(silent) is None
    assert myopathic(silent) is None
    assert denervating(silent, fasciculations=True) is None


@pytest.mark.parametrize(
    ("fibrillations", "sharp", "fasciculations", "counted", "without"),
    [
        (True, None, None, True, True),
        (False, True, False, True, True),
        (False, False, True, True, False),
        (False, False, None, None, False),
        (False, None, False, None, None),
        (False, False, False, False, False),
    ],
)
def test_ongoing_denervation(fibrillations, sharp, fasciculations, counted, without):
    found = with_(fibrillations=fibrillations, positive_sharp_waves=sharp, fasciculations=fasciculations)
    assert denervating(found, fasciculations=True) is counted
    assert denervating(found, fasciculations=False) is without


def test_no_muscle_is_both_and_every_table_is_whole():
    for name, table in tables().items():
        if name == "rule":
            continue
        assert table["amplitude"] - 2 * table["amplitude_sd"] >= 0
        for duration in (2.0, 6.0, 10.0, 14.0, 20.0):
            for amplitude in (0.05, 0.5, 3.0):
                found = with_(muscle=name, duration_ms=duration, amplitude_mv=amplitude)
                assert not (chronic_neurogenic(found) and myopathic(found))


def test_a_muscle_without_a_table_is_judged_by_the_wide_one():
    assert healthy("soleus") == tables()["other"]
    assert healthy("ta") == tables()["TA"]
