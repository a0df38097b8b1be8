"""What firing leaves in an axon: sodium, the pump's current, and what they do to the next impulse."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ranvier.nerve.activity import Firing, burden, load, numbers, sodium_per_impulse_pc
from ranvier.nerve.bundle import Focus
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.lesion import Lesion
from ranvier.nerve.propagate import propagate
from ranvier.nerve.stimulus import Pulse
from ranvier.nerve.track import Trial, thresholds
from ranvier.nerve.transit import Pathway, Warmth

AXON = np.array([10.0])
WARM = np.array([34.0])


def loaded(firing: Firing, nodes: int = 31) -> Fibre:
    found = load(AXON, WARM, firing)
    everywhere = (
        Lesion("na_inside", float(found.sodium[0]), 0, nodes - 1),
        Lesion("current", float(found.current_na[0]), 0, nodes - 1),
    )
    return Fibre(10.0, nodes, 34.0, everywhere)


def test_an_axon_that_never_fired_carries_no_load():
    found = load(AXON, WARM, Firing(30, 0))
    assert found.sodium == pytest.approx(1, abs=1e-9)
    assert found.current_na == pytest.approx(0, abs=1e-9)


def test_the_charge_of_an_impulse_is_many_times_what_charges_the_membrane():
    charge = sodium_per_impulse_pc(10.0, 34.0)
    membrane_pc = np.pi * 3.3 * 1e-8 * 2e-6 * 0.11 * 1e12
    assert 10 < charge / membrane_pc < 50
    assert sodium_per_impulse_pc(10.0, 37.0) < charge < sodium_per_impulse_pc(12.0, 34.0)


def test_after_long_firing_the_pump_carries_out_what_comes_in():
    found = load(AXON, WARM, Firing(20, 1200))
    assert -1000 * found.current_na[0] == pytest.approx(20 * sodium_per_impulse_pc(10.0, 34.0) / 3, rel=0.01)


@settings(max_examples=10, deadline=None)
@given(rate=st.floats(1, 60), seconds=st.floats(1, 300), rest=st.floats(0, 600))
def test_more_firing_loads_more_and_rest_unloads(rate, seconds, rest):
    tired, rested = load(AXON, WARM, Firing(rate, seconds)), load(AXON, WARM, Firing(rate, seconds, rest))
    assert 1 <= rested.sodium[0] <= tired.sodium[0] + 1e-12
    assert tired.current_na[0] <= rested.current_na[0] <= 1e-12
    longer = load(AXON, WARM, Firing(rate, seconds * 1.5))
    assert longer.sodium[0] >= tired.sodium[0]


def test_threshold_rises_as_much_as_in_people_after_a_minute_and_falls_back():
    def threshold(fibre: Fibre) -> float:
        return float(thresholds(fibre, [Trial(3.0)], 0.2)[0])

    rest = threshold(Fibre(10.0, 31, 34.0))
    rises = [100 * (threshold(loaded(Firing(30, 60, after))) / rest - 1) for after in (0, 60)]
    published = numbers()["published"]
    assert published["threshold_rise_ulnar"] * 0.8 < rises[0] < published["threshold_rise"] * 1.2
    assert 0 < rises[1] < rises[0] / 2


def test_a_healthy_axon_with_the_load_still_conducts():
    tired, rested = propagate(
        [loaded(Firing(30, 60)), Fibre(10.0, 31, 34.0)], (Pulse(current_na=5.0),), 6.0
    ).velocity_m_s(8, 22)
    assert 0.75 * rested < tired < rested


def test_sodium_inside_moves_the_reversal_of_sodium_channels():
    lesions = (Lesion("na_inside", np.exp(1), 0, 30),)
    peaks = propagate(
        [Fibre(10.0, 31, 37.0), Fibre(10.0, 31, 37.0, lesions)], (Pulse(current_na=5.0),), 6.0, traced=(15,)
    ).trace_mv.max(axis=1)
    assert 10 < float((peaks[0] - peaks[1])[0]) < 27


def test_the_burden_lies_on_ill_axons_alone():
    path = Pathway(
        np.array([9.0, 10.0, 11.0]),
        400.0,
        Warmth((0.0, 400.0), (36.0, 33.0)),
        (Focus("na", 0.3, 150, 5), Focus("na", 0.3, 300, 5)),
        np.array([[True, True], [False, False], [False, True]]),
    )
    foci, affected = burden(path, Firing(30, 60))
    assert affected.sum(axis=0).tolist() == [1] * len(foci)
    assert not affected[1].any()
    assert affected.sum(axis=1).tolist() == [2 * sum(w.axon == n for w in path.windows) for n in range(3)]
    assert {focus.quality for focus in foci} == {"na_inside", "current"}
    assert all((focus.value > 1) if focus.quality == "na_inside" else (focus.value < 0) for focus in foci)


def test_an_effort_nobody_can_make_is_refused():
    for wrong in ((0, 60, 0), (30, -1, 0), (30, 60, float("nan"))):
        with pytest.raises(ValueError, match="^firing: rate_hz must lie above 0"):
            Firing(*wrong)
