"""Estimating when phase cancellation alone explains a fall, and holding it against what is true."""

import json
from dataclasses import replace

import numpy as np
import pytest

from builders import charted, history, motor, patient, study, ulnar
from ranvier.cohort.cancellation import (
    KnownFall,
    alone,
    crossed,
    estimated,
    fitted,
    held,
    known_falls,
    logistic,
    reach,
    reduced,
    tenths,
    written,
)
from ranvier.cohort.first_visit import FirstVisit
from ranvier.cohort.segments import PLACE, place
from ranvier.diagnosis.apparent_block.cancellation import Model, key
from ranvier.diagnosis.apparent_block.fall import OPTIONAL, Fall
from ranvier.findings.study import MotorSite, MotorStudy

NONE_MISSING = {"blocked_share": 0.0, "severed_share": 0.0, "unreached_share": 0.0, "missing_share": 0.0}
CROSSED = MotorStudy(
    "right", "median", "ADM", (MotorSite("wrist", amplitude_mv=0), MotorSite("elbow", None, 4.0, 12.0))
)


def made(count, seed=1, steep=8.0):
    """Falls whose truth follows the area lost, as a logistic regression of its logarithm."""
    random = np.random.default_rng(seed)
    for n in range(count):
        area = float(random.uniform(0.05, 0.6))
        rise, length, size = (
            float(random.uniform(0, 0.4)),
            float(random.uniform(80, 400)),
            float(random.uniform(0.5, 9)),
        )
        fall = Fall(max(area + 0.1, 0.2), area, rise, length, size, ("arm", "leg")[n % 2])
        odds = -steep * np.log(-np.log(1 - area) / 0.16)
        yield KnownFall(fall, bool(random.random() < 1 / (1 + np.exp(-odds))), "test", n)


def examined(*studies):
    return charted(patient(history(), study(*studies))).segments[0].examined


def test_a_regression_finds_the_weights_that_made_its_data():
    random = np.random.default_rng(3)
    table = random.normal(5, 2, (20000, 2))
    chance = 1 / (1 + np.exp(-(1.0 + 0.5 * table[:, 0] - 0.8 * table[:, 1])))
    found = logistic(table, (random.random(20000) < chance).astype(float))
    assert found == pytest.approx([1.0, 0.5, -0.8], abs=0.12)


def test_what_is_told_comes_true_in_falls_that_were_not_used():
    models, others = estimated(list(made(2000, 1))), list(made(2000, 2))
    assert len(models) == 8
    for known in (OPTIONAL, ("area",), ()):
        found = tenths(held(models[key(known)], others, known))
        assert sum(each.falls for each in found) == 2000
        assert max(abs(each.gap) for each in found) < 0.07


def test_a_wrong_model_is_found_out():
    right = fitted(list(made(2000, 1)), ("area",))
    wrong = replace(right, weights={**right.weights, "one": right.weights["one"] + 2})
    assert max(abs(each.gap) for each in tenths(held(wrong, list(made(2000, 2)), ("area",)))) > 0.1


def test_nobody_is_told_about_by_what_was_estimated_on_them():
    falls = list(made(400))
    pairs = crossed(falls, ("area",))
    assert [answer for _, answer in pairs] == [float(each.alone) for each in falls]
    one = next(n for n, (chance, answer) in enumerate(pairs) if answer and 0.2 < chance < 0.8)
    other = [replace(each, alone=not each.alone) if n == one else each for n, each in enumerate(falls)]
    changed = crossed(other, ("area",))
    same_fold = [n for n in range(400) if n % 10 == one % 10]
    assert all(changed[n][0] == pairs[n][0] for n in same_fold)
    assert any(changed[n][0] != pairs[n][0] for n in range(400))


def test_what_is_not_known_is_left_out():
    fall = reduced(next(made(1)).fall, ("area",))
    assert (fall.known, fall.duration_rise, fall.distance_mm) == (("area",), None, None)


def test_too_few_falls_are_refused():
    same = [replace(each, alone=True) for each in made(50)]
    with pytest.raises(ValueError, match=r"falls: too few with area, duration known; make larger cohorts"):
        fitted(same, ("area", "duration"))


def test_a_model_speaks_as_far_as_some_falls_lie_beyond():
    assert reach(np.arange(100.0)) == (10.0, 89.0)
    low, high = reach(np.full(100, np.pi))
    assert low <= np.pi <= high


def test_the_data_file_holds_what_was_estimated():
    models = {key(("area",)): fitted(list(made(300)), ("area",))}
    told = json.loads(json.dumps(written(models, {"simulated": True})))
    one = told["models"]["area"]
    again = Model(
        one["weights"], {name: (low, high) for name, (low, high) in one["bounds"].items()}, one["falls"]
    )
    assert again == models["area"]
    assert told["provenance"] == {"simulated": True}


@pytest.mark.parametrize(("share", "expected"), [(0.049, True), (0.05, False), (0.6, False)])
def test_alone_means_that_hardly_a_fibre_is_missing(share, expected):
    assert (
        alone({**NONE_MISSING, "missing_share": share, "blocked_share": share}, examined(motor(drop=0.4)))
        is expected
    )


def test_fibres_shown_to_cross_are_not_missing():
    row = {**NONE_MISSING, "missing_share": 0.4, "unreached_share": 0.4}
    assert alone(row, examined(ulnar(drop=0.8)[0], CROSSED)) is True
    assert alone(row, examined(ulnar(drop=0.8)[0])) is False


def test_only_falls_of_which_the_truth_is_known_are_kept():
    who = patient(history(), study(motor(drop=0.5), motor(side="left")))
    segments = [segment for _, segment in who.segments()]
    rows = tuple(dict(zip(PLACE, place(each), strict=True)) | NONE_MISSING for each in segments)
    (one,) = known_falls([FirstVisit("mmn", 4, 1.0, who, rows)])
    assert (one.alone, one.disease, one.seed, one.fall.area_drop) == (True, "mmn", 4, 0.5)
    unknown = tuple({**row, "missing_share": None} for row in rows)
    assert not list(known_falls([FirstVisit("mmn", 4, 1.0, who, unknown)]))
    assert not list(known_falls([FirstVisit("mmn", 4, 1.0, who, ())]))
