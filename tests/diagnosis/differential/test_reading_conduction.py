"""What conduction studies answer to the differential."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import WHO, charted, feels, history, motor, no_crossing, patient, site, study, ulnar
from patient.strategies import motor_studies
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.reading import observed
from ranvier.findings.study import (
    ExerciseTest,
    FWave,
    Inching,
    MotorStudy,
    ReportedFinding,
    TripleStimulation,
)
from ranvier.patient import NerveConductionStudy

ELBOW = ("below elbow", "above elbow")
NORMAL = (motor(), motor(side="left"), motor("fibular", muscle="EDB", ends=("ankle", "below fibular head")))


def seen(*given, **identity):
    return observed(charted(patient(*given, **identity)))


def read(id, *motor_studies, **fields):
    return seen(history(), study(*motor_studies, **fields)).get(id)


@pytest.mark.parametrize("id", ["definite_blocks", "probable_blocks"])
def test_blocks_are_counted_by_nerve_and_their_absence_needs_a_search(id):
    blocked = motor(drop=0.6)
    assert read(id, blocked) == "one"
    assert read(id, blocked, motor(drop=0.6, ends=("elbow", "axilla"), stimulus="supramaximal")) == "one"
    assert read(id, blocked, motor(side="left", drop=0.6)) == "two"
    assert read(id, blocked, motor(side="left", drop=0.6), *ulnar(drop=0.6)) == "three"
    assert read(id, *NORMAL[:2]) is None
    assert read(id, *NORMAL) == "none"


def test_a_lesser_fall_is_a_probable_block():
    found = seen(history(), study(*NORMAL, *ulnar(drop=0.4)))
    assert (found["definite_blocks"], found["probable_blocks"]) == ("none", "one")


def test_nerves_in_which_no_definite_block_can_be_called_are_no_search_for_one():
    ends = ("above spiral groove", "axilla")
    radial = [motor("radial", side, "ED", ends=ends, stimulus="supramaximal") for side in ("left", "right")]
    found = seen(history(), study(motor(), *radial))
    assert "definite_blocks" not in found
    assert found["probable_blocks"] == "none"


def test_a_block_once_seen_stays_and_a_study_too_early_says_nothing():
    first = replace(study(motor(drop=0.6)), when="2020-01-01")
    later = replace(study(*NORMAL), when="2021-01-01")
    assert seen(first, later)["definite_blocks"] == "one"
    early = history(onset="2019-12-28", duration_months=None)
    assert "definite_blocks" not in seen(early, first)
    assert seen(first)["definite_blocks"] == "one"


def test_an_entrapment_site_is_no_place_for_block():
    at_elbow = motor("ulnar", "right", "ADM", drop=0.6, ends=ELBOW)
    found = seen(history(), study(*NORMAL, at_elbow, no_crossing()))
    assert found["definite_blocks"] == "none"
    assert (found["entrapment_sites"], found["ulnar_at_elbow"]) == ("one", "yes")
    below = ulnar(drop=0.1)
    assert read("ulnar_at_elbow", at_elbow, *below) == "yes"
    assert read("ulnar_at_elbow", motor("ulnar", "right", "ADM", ends=ELBOW)) is None
    assert read("fibular_at_knee", at_elbow) is None


def segment(nerve, muscle, ends, mm, ms, distal_ms=3.0, side="right"):
    """A study of one segment with so much distance and time between its sites."""
    rows = (site(ends[0], latency_ms=distal_ms), site(ends[1], latency_ms=distal_ms + ms, distance_mm=mm))
    return MotorStudy(side, nerve, muscle, rows)


def test_slow_at_the_elbow_alone():
    elbow = segment("ulnar", "ADM", ELBOW, 100, 2.5)
    assert read("ulnar_at_elbow", elbow) == "yes"
    assert read("ulnar_at_elbow", segment("ulnar", "ADM", ELBOW, 100, 1.5)) == "no"
    slow_below = segment("ulnar", "ADM", ("wrist", "below elbow"), 200, 5.0)
    assert read("ulnar_at_elbow", elbow, slow_below) == "no"
    knee = segment("fibular", "EDB", ("below fibular head", "popliteal fossa"), 100, 3.0)
    assert read("fibular_at_knee", knee) == "yes"
    assert read("entrapment_sites", knee, elbow) == "two"


def test_velocity_in_the_demyelinating_range():
    slow = [segment("median", "APB", ("wrist", "elbow"), 200, 8.0, side=side) for side in ("left", "right")]
    assert read("slow_nerves", *slow) == "two"
    axonal = [segment("median", "APB", ("wrist", "elbow"), 200, 5.0, side=side) for side in ("left", "right")]
    legs = segment("fibular", "EDB", ("ankle", "below fibular head"), 300, 7.0)
    assert read("slow_nerves", *axonal, legs) == "none"
    assert read("slow_nerves", segment("ulnar", "ADM", ELBOW, 100, 5.0)) is None


def test_dispersion_is_counted_by_nerve():
    assert read("dispersion", motor(rise=0.31)) == "one"
    assert read("dispersion", motor(rise=0.3), motor(side="left"), NORMAL[2]) == "none"
    assert read("dispersion", motor(rise=0.31, temperature_c=34)) == "one"


def distal(nerve, muscle, side="right", **fields):
    return MotorStudy(
        side, nerve, muscle, (site("ankle" if nerve in ("tibial", "fibular") else "wrist", **fields),)
    )


def test_distal_responses_small_or_late():
    small = [distal("median", "APB", side, amplitude=1.0) for side in ("left", "right")]
    assert read("low_distal_responses", *small) == "two"
    assert read("low_distal_responses", distal("median", "APB"), distal("ulnar", "ADM")) is None
    assert read("late_distal", distal("ulnar", "ADM", latency_ms=6.0), *small) == "one"
    assert read("late_distal", distal("median", "APB", latency_ms=9.0)) is None


def test_the_median_nerve_at_the_wrist():
    late = distal("median", "APB", latency_ms=5.5)
    assert read("median_at_wrist", late, distal("ulnar", "ADM", latency_ms=3.0)) == "yes"
    assert read("median_at_wrist", late, distal("ulnar", "ADM", latency_ms=5.0)) == "no"
    assert read("median_at_wrist", late) is None
    assert read("median_at_wrist", distal("median", "APB", latency_ms=3.5)) == "no"
    assert read("median_at_wrist", sensory=[feels(velocity=47.0), feels("ulnar", velocity=55.0)]) == "yes"
    assert read("median_at_wrist", sensory=[feels(velocity=48.0), feels("ulnar", velocity=55.0)]) == "no"


def test_f_waves_late_or_absent():
    def wave(side, nerve="median", muscle="APB", **fields):
        return FWave(side, nerve, muscle, **fields)

    late = (wave("left", minimal_latency_ms=40.0), wave("right", persistence_percent=0.0))
    assert read("f_waves", f_waves=late) == "two"
    good = {"minimal_latency_ms": 28.0}
    fine = (wave("left", **good), wave("right", **good), wave("left", "ulnar", "ADM", **good))
    assert read("f_waves", f_waves=fine[:2]) is None
    assert read("f_waves", f_waves=fine) == "none"


def test_sensory_nerves_and_those_beside_a_block():
    bad = feels(amplitude=1.0)
    assert read("sensory_nerves", sensory=[bad, bad]) == "one"
    assert read("sensory_nerves", sensory=[bad, replace(bad, side="left")]) == "two"
    assert read("sensory_nerves", sensory=[feels()]) is None
    assert read("sensory_nerves", sensory_verdict="normal") == "none"
    assert read("sensory_nerves", sensory_verdict="abnormal") == "one"
    assert read("sensory_beside_block", motor(drop=0.6), sensory=[feels()]) == "normal"
    assert read("sensory_beside_block", motor(drop=0.6), sensory=[bad]) == "abnormal"
    assert read("sensory_beside_block", motor(), sensory=[bad]) is None
    two = (motor(drop=0.6), *ulnar(drop=0.6))
    assert read("sensory_beside_block", *two, sensory=[bad, feels("ulnar")]) == "normal"


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (ReportedFinding("median", "block", block=True), "one"),
        (ReportedFinding("median", "none", block=False), "none"),
        (ReportedFinding("median", "slow"), None),
        (ReportedFinding("ulnar", "block", segment="Elbow", block=True), None),
        (ReportedFinding("several nerves", "block", segment="elbow", block=True), "one"),
    ],
)
def test_block_in_the_source_s_words(told, wanted):
    assert read("reported_block", findings=(told,)) == wanted


@pytest.mark.parametrize(("ratio", "wanted"), [(60.0, "reduced"), (90.0, "normal"), (None, None)])
def test_triple_stimulation(ratio, wanted):
    triple = TripleStimulation("right", "median", "APB", "erb", "wrist", area_ratio_percent=ratio)
    assert read("triple_stimulation", triple=(triple,)) == wanted
    assert read("triple_stimulation", triple=(replace(triple, amplitude_ratio_percent=50.0),)) in (
        wanted,
        "reduced",
    )


@pytest.mark.parametrize(("after", "wanted"), [(5.0, "yes"), (9.0, "no"), (None, None)])
def test_block_that_comes_with_exercise(after, wanted):
    before = (site("wrist"), site("elbow", 9.5))
    test = ExerciseTest("right", "median", "APB", 60, before, (site("wrist"), site("elbow", after)))
    assert read("exercise_block", exercise=(test,)) == wanted


@pytest.mark.parametrize(
    ("nerve", "muscle", "start", "amplitudes", "wanted"),
    [
        ("median", "APB", "wrist", (10, 9.8, 6.0), "elsewhere"),
        ("ulnar", "ADM", "below elbow", (10, 9.8, 6.0), "entrapment"),
        ("ulnar", "ADM", "below elbow", (10, 9.8, 9.5), "none"),
        ("ulnar", "ADM", "below elbow", (10,), None),
    ],
)
def test_inching(nerve, muscle, start, amplitudes, wanted):
    names = [start, *(f"{start} + {25 * n} mm" for n in range(1, len(amplitudes)))]
    steps = tuple(site(name, mv) for name, mv in zip(names, amplitudes, strict=True))
    assert read("inching", inching=(Inching("right", nerve, muscle, steps),)) == wanted


@settings(max_examples=60)
@given(st.lists(motor_studies(), max_size=3), st.sampled_from(["left", "right"]))
def test_one_more_definite_block_never_counts_for_fewer(studies, side):
    before = seen(study(*studies))
    after = seen(study(*studies), NerveConductionStudy(**WHO, motor=(motor(side=side, drop=0.7),)))
    for id in ("definite_blocks", "probable_blocks"):
        order = findings()[id].outcomes
        assert order.index(after[id]) >= max(order.index(before.get(id, "none")), 1)
