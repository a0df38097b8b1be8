"""An axon has no preferred end and no clock of its own."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ranvier.nerve import Fibre, Lesion, Pulse, propagate
from ranvier.nerve.lesion import QUALITIES

NODES = 15
ASYMMETRIC = {
    "na": ("na:0.3@3-5",),
    "width": ("width:5@4",),
    "pore": ("pore:0.002@2-3",),
    "myelin": ("myelin:20@3",),
    "detachment": ("detachment:20@2-3",),
    "a mixture": (
        "na:0.6@2-3",
        "myelin:5@5-6",
        "width:2@6",
        "leak:0.01@9",
        "paranode:50@11",
        "fast_k:0.1@10-12",
    ),
}


def mirrored(fibre):
    """The same fibre seen from its other end."""
    ends = {"node": fibre.nodes - 1, "internode": fibre.nodes - 2}
    lesions = tuple(
        Lesion(each.quality, each.value, end - each.last, end - each.first)
        for each in fibre.lesions
        for end in [ends[QUALITIES[each.quality].place]]
    )
    temperature = fibre.temperature_c
    turned = temperature[::-1] if isinstance(temperature, tuple) else temperature
    return replace(fibre, lesions=lesions, temperature_c=turned)


def arrivals(fibre, pulse, **how):
    return propagate(fibre, (pulse,), 2.0, workers=1, **how).crossing_ms[0, :, 0]


@pytest.mark.parametrize("pump", [False, True], ids=["", "pump"])
@pytest.mark.parametrize("lesions", ASYMMETRIC.values(), ids=ASYMMETRIC)
def test_mirrored(lesions, pump):
    limb = tuple(np.linspace(37.0, 30.0, NODES))
    fibre = Fibre(10.0, NODES, limb, tuple(map(Lesion.parse, lesions)), pump=pump)
    there = arrivals(fibre, Pulse(0.1, node=2))
    back = arrivals(mirrored(fibre), Pulse(0.1, node=NODES - 3))
    assert np.isfinite(there).sum() > 8
    assert there == pytest.approx(back[::-1], abs=1e-7, nan_ok=True)
    wrong_way = arrivals(fibre, Pulse(0.1, node=NODES - 3))
    assert not np.allclose(there, wrong_way[::-1], atol=1e-4), "the lesion is not symmetric"


def test_mirrored_with_sleep():
    fibre = Fibre(10.0, 48, lesions=(Lesion("myelin", 10, 30, 31),))
    there = arrivals(fibre, Pulse(0.1), exact=False)
    back = arrivals(mirrored(fibre), Pulse(0.1, node=47), exact=False)
    assert np.all(np.isfinite(there))
    assert there - 0.1 == pytest.approx(back[::-1] - 0.1, rel=1e-9)


@settings(max_examples=20)
@given(shift=st.floats(0.0, 0.2), duration=st.floats(0.05, 0.2))
def test_a_later_pulse_arrives_later_by_as_much(shift, duration):
    """Also by a fraction of a step. In balance from the start, so that waiting changes nothing else."""
    fibre = Fibre(10.0, NODES, pump=True)
    early, late = (arrivals(fibre, Pulse(onset, duration)) for onset in (0.1, 0.1 + shift))
    assert late[4:] - early[4:] == pytest.approx(np.full(NODES - 4, shift), abs=2e-4)


def test_a_shift_by_whole_steps_is_exact():
    fibre = Fibre(10.0, NODES, pump=True)
    early, late = (arrivals(fibre, Pulse(onset)) for onset in (0.1, 0.15))
    assert late - early == pytest.approx(np.full(NODES, 0.05), abs=1e-7)


def test_an_impulse_that_starts_in_the_middle_runs_both_ways_alike():
    both = arrivals(Fibre(10.0, NODES), Pulse(0.1, node=7))
    assert both == pytest.approx(both[::-1], abs=1e-9)
    assert np.all(np.diff(both[7:]) > 0)


def test_two_impulses_that_meet_go_out():
    run = propagate(Fibre(10.0, 31), (Pulse(0.1, node=0), Pulse(0.1, node=30)), 3.0, workers=1)
    assert run.crossed.tolist() == [[1] * 31]
    assert run.crossing_ms[0, :, 0] == pytest.approx(run.crossing_ms[0, ::-1, 0], abs=1e-9)
    assert np.argmax(run.crossing_ms[0, :, 0]) == 15
