import math

import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, Pulse, propagate, track
from ranvier.nerve.track import STEP_MS, Electrode, Trial, thresholds

FIBRE = Fibre(10.0, nodes=21)


def fires(current_na: float, before: tuple[Pulse, ...], onset_ms: float, test_ms: float) -> bool:
    """The same question asked of a run from the beginning."""
    pulses = [*before, Pulse(onset_ms, test_ms, current_na, 10)]
    run = propagate(FIBRE, pulses, onset_ms + test_ms + 2.0, step_us=1000 * STEP_MS, precision="float32")
    times = run.crossing_ms[0, 18]
    return bool(np.any(times > onset_ms))


@pytest.mark.parametrize(
    ("onset_ms", "before"),
    [(1.0, ()), (5.0, (Pulse(1.0, 0.5, 2.0, 10),)), (20.0, (Pulse(1.0, 60.0, -0.1, 10),))],
)
def test_the_threshold_separates_what_fires_from_what_fails(onset_ms: float, before: tuple[Pulse, ...]):
    found = float(thresholds(FIBRE, [Trial(onset_ms, before)], 0.1)[0])
    assert fires(1.005 * found, before, onset_ms, 0.1)
    assert not fires(0.995 * found, before, onset_ms, 0.1)


def test_strength_duration_as_neuron_has_it_at_this_step():
    """NEURON at 5 us: 1.0107 nA at 0.1 ms and 0.30266 nA at 1 ms; at a step of zero about 1 % less."""
    short, long = (float(thresholds(FIBRE, [Trial(0.5)], width)[0]) for width in (0.1, 1.0))
    assert short == pytest.approx(1.0107, rel=0.02)
    assert long == pytest.approx(0.30266, rel=0.02)


def test_many_trials_at_once_are_the_trials_one_by_one():
    trials = [Trial(2.0 + k, (Pulse(1.0, 50.0, 0.01 * k, 10),)) for k in range(20)]
    together = thresholds(FIBRE, trials, 0.2)
    assert together[7] == thresholds(FIBRE, [trials[7]], 0.2)[0]
    assert np.all(np.diff(together) < 0)


def test_a_dead_fibre_has_no_threshold():
    dead = Fibre(10.0, nodes=21, lesions=(Lesion("na", 0.0, 0, 20),))
    assert math.isinf(thresholds(dead, [Trial(0.5)], 0.1)[0])


@pytest.mark.parametrize(("alone", "expected"), [(True, math.nan), (False, math.inf)])
def test_what_nothing_excites_is_not_known_where_it_fires_anyway(monkeypatch, alone, expected):
    monkeypatch.setattr(track, "excited", lambda *_: (np.zeros(15, bool), alone))
    found = float(thresholds(FIBRE, [Trial(0.6)], 0.5)[0])
    assert found == expected or math.isnan(found) == math.isnan(expected)


def test_the_electrode_is_in_the_middle():
    assert Electrode.of(FIBRE) == Electrode(10, 18)
    with pytest.raises(ValueError, match="nodes must lie between 17 and 2000, not 9"):
        Electrode.of(Fibre(10.0, nodes=9))


def test_an_impulse_on_its_way_is_not_taken_for_one_of_the_test_pulse():
    cold = Fibre(10.0, nodes=21, temperature_c=20.0)
    first = Pulse(1.0, 0.5, 3.0, 10)
    soon = thresholds(cold, [Trial(1.5, (first,))], 0.5)[0]
    assert not 0 < soon < 3.0
