"""Falls that look like block: what else explains them, and how likely phase cancellation alone does."""

from dataclasses import replace
from itertools import combinations
from math import isclose

import pytest

from builders import charted, history, motor, patient, site, study, ulnar
from ranvier.diagnosis.apparent_block import (
    Explanation,
    explanations,
    phase_cancellation_probability,
    provenance,
)
from ranvier.diagnosis.apparent_block.cancellation import Model, key, model_for, models, probability
from ranvier.diagnosis.apparent_block.fall import OPTIONAL, Fall, decay, fall_of, numbers
from ranvier.findings.study import MotorSite, MotorStudy

ARM = Fall(0.3, 0.2, 0.1, 200.0, 8.0, "arm")
WARM = {"temperature_c": 33.0}
CROSSED = MotorStudy(
    "right", "median", "ADM", (MotorSite("wrist", amplitude_mv=0), MotorSite("elbow", None, 4.0, 12.0))
)


def examined(*studies, **told):
    """The first segment of a record."""
    return charted(patient(history(**told), study(*studies))).segments[0].examined


def state(id, *studies, **told):
    """How one explanation of the first segment stands; None where it is not spoken of."""
    found = {each.id: each.state for each in explanations(examined(*studies, **told))}
    return found.get(id)


@pytest.mark.parametrize(("drop", "asked"), [(0.199, False), (0.2, True), (0.9, True), (-0.3, False)])
def test_a_fall_is_asked_about_from_a_fifth_on(drop, asked):
    one = examined(motor(drop=drop))
    assert bool(explanations(one)) is asked
    assert (fall_of(one) is not None) is asked
    assert asked or phase_cancellation_probability(one) is None


def test_either_area_or_amplitude_asks():
    flat = MotorStudy("right", "median", "APB", (site("wrist"), site("elbow", 7.5, 29.0)))
    assert explanations(examined(flat))
    spread = MotorStudy("right", "median", "APB", (site("wrist"), site("elbow", 9.9, 20.0)))
    assert explanations(examined(spread))


def test_falls_add_up_along_a_nerve():
    assert isclose(decay(1 - (1 - 0.3) * (1 - 0.5)), decay(0.3) + decay(0.5))
    most, smallest = numbers()["fall"]["most"], numbers()["fall"]["smallest"]
    assert decay(1.0) == decay(most)
    assert decay(-0.4) == decay(smallest)


def test_every_set_of_what_is_known_has_a_model_that_asks_for_no_more():
    nothing = {"area": None, "duration": None, "distance": None}
    fields = dict(zip(OPTIONAL, ("area_drop", "duration_rise", "distance_mm"), strict=True))
    for size in range(len(OPTIONAL) + 1):
        for known in combinations(OPTIONAL, size):
            fall = replace(ARM, **{fields[name]: None for name in nothing if name not in known})
            assert fall.known == known
            model = model_for(fall)
            assert model is models()[key(known)]
            assert set(model.bounds) == set(fall.terms) == set(model.weights) - {"one"}


def test_the_more_area_is_lost_the_less_cancellation_explains_it():
    found = [
        probability(replace(ARM, amplitude_drop=drop + 0.1, area_drop=drop)) for drop in (0.1, 0.2, 0.3, 0.6)
    ]
    assert all(each is not None for each in found)
    assert found == sorted(found, reverse=True)
    assert found[0] > 0.5 > 0.1 > found[2]


def test_without_areas_a_longer_duration_speaks_for_cancellation():
    short, long = (probability(replace(ARM, area_drop=None, duration_rise=rise)) for rise in (0.0, 0.3))
    assert short is not None
    assert long is not None
    assert short < long


def test_an_unknown_duration_is_averaged_over_and_not_taken_for_unchanged():
    one = replace(ARM, area_drop=None, amplitude_drop=0.25)
    supposed = [probability(replace(one, duration_rise=rise)) for rise in (0.0, 0.3)]
    unknown = probability(replace(one, duration_rise=None))
    assert None not in (*supposed, unknown)
    assert min(supposed) < unknown < max(supposed)


def test_no_probability_beyond_what_was_simulated():
    assert probability(replace(ARM, duration_rise=9.0)) is None
    far = examined(motor(drop=0.4, rise=9.0))
    first = explanations(far)[0]
    assert (first.state, first.probability) == ("unknown", None)
    assert "simulated falls was like it" in first.reason


def test_a_probability_is_never_nearer_to_certainty_than_the_falls_tell():
    model = Model({"one": 0.0, "area": 100.0}, {"area": (-9.0, 9.0)}, 98)
    assert model.probability({"area": 5.0}) == 0.99
    assert model.probability({"area": -5.0}) == 0.01
    assert model.outside({"area": 9.5}) == ("area",)
    assert model.outside({"area": -9.5}) == ("area",)
    assert not model.outside({"area": 9.0})


def test_a_model_is_a_logistic_regression():
    model = Model({"one": 1.0, "area": -2.0, "leg": 0.5}, {"area": (-9, 9), "leg": (0, 1)}, 10**6)
    assert isclose(model.probability({"area": 0.25, "leg": 1.0}), 1 / (1 + 2.718281828459045**-1.0))


def test_the_probability_is_told_with_its_mixture_of_causes():
    assert provenance()["simulated"] is True
    assert "phase cancellation alone" in provenance()["mixture"]
    share = f"{provenance()['alone']:.0%} of the simulated falls"
    assert share in explanations(examined(motor(drop=0.4)))[0].reason


def test_a_dispersed_response_never_excludes_cancellation():
    deep = {"drop": 0.6}
    assert state("phase-cancellation", motor(**deep)) == "excluded"
    assert state("phase-cancellation", motor(**deep, rise=0.4)) == "possible"


def test_words_of_a_probability():
    assert (
        state(
            "phase-cancellation",
            MotorStudy("right", "median", "APB", (site("wrist"), site("elbow", 7.8, 28.0))),
        )
        == "likely"
    )


@pytest.mark.parametrize(
    ("above", "expected"),
    [({"stimulus": "submaximal"}, "likely"), ({"stimulus": "supramaximal"}, "excluded"), ({}, "unknown")],
)
def test_a_stimulus_of_which_nothing_is_written_is_unknown(above, expected):
    assert state("submaximal-stimulus", motor(drop=0.6, **above)) == expected


def test_a_submaximal_stimulus_leaves_no_probability():
    one = examined(motor(drop=0.4, stimulus="submaximal"))
    assert phase_cancellation_probability(one) is None
    assert explanations(one)[0].state == "unknown"


def test_crossing_fibres_of_which_nobody_looked_leave_no_probability():
    alone = ulnar(drop=0.5)[:1]
    assert state("martin-gruber", *alone) == "unknown"
    assert phase_cancellation_probability(examined(*alone)) is None
    assert state("martin-gruber", *ulnar(drop=0.5)) == "excluded"
    assert phase_cancellation_probability(examined(*ulnar(drop=0.5))) is not None
    assert state("martin-gruber", motor(drop=0.5)) is None


def test_crossing_fibres_that_explain_the_whole_fall_or_part_of_it():
    assert state("martin-gruber", ulnar(drop=0.4)[0], CROSSED) == "likely"
    assert state("phase-cancellation", ulnar(drop=0.4)[0], CROSSED) == "excluded"
    assert state("martin-gruber", ulnar(drop=0.8)[0], CROSSED) == "possible"
    assert phase_cancellation_probability(examined(ulnar(drop=0.8)[0], CROSSED)) is not None


@pytest.mark.parametrize(
    ("above", "expected"),
    [({"temperature_c": 33.0}, "excluded"), ({"temperature_c": 27.0}, "possible"), ({}, "unknown")],
)
def test_a_limb_whose_temperature_is_not_written_is_unknown(above, expected):
    assert state("temperature", motor(drop=0.6, **above)) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [({}, "excluded"), ({"duration_months": 0.1}, "possible"), ({"duration_months": None}, "unknown")],
)
def test_how_early_a_study_was(told, expected):
    assert state("wallerian", motor(drop=0.6), **told) == expected


def test_what_would_settle_an_early_study_names_the_days():
    found = {each.id: each for each in explanations(examined(motor(drop=0.6)))}
    assert "10 days or more" in found["wallerian"].settles


def test_an_entrapment_site_on_the_way():
    across = motor("ulnar", muscle="ADM", drop=0.6, ends=("below elbow", "above elbow"))
    assert state("entrapment", across) == "possible"
    assert state("entrapment", motor(drop=0.6)) == "excluded"


def test_an_absent_response_is_no_cancellation():
    gone = MotorStudy("right", "median", "APB", (site("wrist"), MotorSite("elbow", amplitude_mv=0.0)))
    found = explanations(examined(gone))[0]
    assert isinstance(found, Explanation)
    assert found.state == "excluded"
    assert found.probability is not None
    assert found.probability < 0.02


def test_without_amplitudes_nothing_can_be_told():
    only = MotorStudy(
        "right", "median", "APB",
        (MotorSite("wrist", area_mv_ms=30.0), MotorSite("elbow", area_mv_ms=10.0)),
    )  # fmt: skip
    first = explanations(examined(only))[0]
    assert (first.state, first.probability) == ("unknown", None)
    noise = MotorStudy("right", "median", "APB", (site("wrist", 0.04, 0.1), site("elbow", 0.02, 0.05)))
    assert fall_of(examined(noise)) is None
    assert explanations(examined(noise))[0].state == "unknown"


def test_what_is_not_known_is_said():
    bare = MotorStudy(
        "right", "median", "APB", (MotorSite("wrist", None, 8.0), MotorSite("elbow", None, 5.0))
    )
    first = explanations(examined(bare))[0]
    assert "area and duration not known, averaged over" in first.reason


def test_a_distance_over_a_site_left_out_is_not_known():
    rows = (site("wrist"), MotorSite("elbow"), site("axilla", 5.0, 15.0, distance_mm=150.0))
    fall = fall_of(examined(MotorStudy("right", "median", "APB", rows)))
    assert fall is not None
    assert fall.distance_mm is None
