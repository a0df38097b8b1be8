"""Inching finds where along a nerve the response falls."""

import numpy as np
import pytest
from nerves import between, ill, person, place, recording

from ranvier.anatomy import UnknownNameError
from ranvier.exam.inching import inching
from ranvier.nerve.bundle import Focus


def test_steps_are_named_and_spaced():
    found = inching(recording(person()), "wrist", "below elbow", 50)
    assert [step.site for step in found.steps] == [
        "wrist",
        "wrist + 50 mm",
        "wrist + 100 mm",
        "wrist + 150 mm",
        "wrist + 200 mm",
    ]
    assert [step.distance_mm for step in found.steps] == [80, 50, 50, 50, 50]
    latencies = [step.latency_ms for step in found.steps]
    assert latencies == sorted(latencies)
    assert all(step.waveform for step in found.steps)


@pytest.mark.parametrize("at", [0.25, 0.6, 0.85])
def test_the_focus_lies_where_the_response_falls(at):
    focus = place("wrist") + at * (place("below elbow") - place("wrist"))
    half = np.arange(60)[:, None] % 2 == 0
    own = recording(ill((Focus("na", 0.0, focus, 5),), half), quiet=False)
    amplitudes = np.array([step.amplitude_mv for step in inching(own, "wrist", "below elbow").steps])
    fall = int(np.argmax(-np.diff(amplitudes)))
    found = place("wrist") - 25 * (fall + 0.5)
    assert abs(found - focus) <= 25
    assert amplitudes[fall + 1] < 0.75 * amplitudes[fall]


def test_a_healthy_nerve_has_no_step_that_falls():
    amplitudes = np.array(
        [step.amplitude_mv for step in inching(recording(person()), "wrist", "above elbow").steps]
    )
    assert (np.diff(amplitudes) / amplitudes[:-1] > -0.05).all()


def test_inching_refuses():
    own = recording(person())
    with pytest.raises(ValueError, match="wrist does not lie above axilla on the ulnar nerve"):
        inching(own, "axilla", "wrist")
    with pytest.raises(ValueError, match="step_mm must be above 0 mm, not 0"):
        inching(own, "wrist", "axilla", 0)
    with pytest.raises(UnknownNameError, match="unknown ulnar stimulation site 'ankle'"):
        inching(own, "ankle", "axilla")
    assert between("wrist", "axilla") < place("wrist")
