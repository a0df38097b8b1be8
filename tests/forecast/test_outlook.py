"""The outlook of one patient: the present regimen, the targets, and a course for every option."""

from dataclasses import replace

import numpy as np
import pytest

from diary_patients import EVERY, KG, diary, looked_ahead
from ranvier.forecast.outlook import WITHHELD, falling, followed, latest, outlook
from ranvier.forecast.present import present
from ranvier.patient import Scale
from ranvier.treatment.given import Given
from ranvier.treatment.plan import Target, candidate


def test_the_present_regimen_is_read_off_the_last_doses():
    found = looked_ahead().now
    assert (found.drug, found.grams, found.every_days, found.over_days) == ("ivig", KG, EVERY, 1)


def test_a_split_course_is_one_course_and_the_drug_given_last_counts():
    days = [(n * 28.0 + d) for n in range(4) for d in (0.0, 1.0)]
    split = [Given("ivig", day, 40.0) for day in days]
    assert present(split).text == "ivig 80 g over 2 d every 28 d"
    weekly = [Given("scig", 200.0 + 7 * n, 15.0) for n in range(6)]
    assert present([*split, *weekly]).text == "scig 15 g every 7 d"
    assert present(split[:2]) is None


def test_every_option_has_a_course_that_begins_when_the_present_interval_ends():
    found = looked_ahead()
    for option in found.plan.options:
        chosen = option.outcome.candidate
        later = [each for each in found.courses[chosen.text].given if each.day > latest(found.fitted)]
        last = max(each.day for each in found.fitted.given)
        assert later[0].day == pytest.approx(last + EVERY)
        assert later[0].grams * chosen.over_days == pytest.approx(chosen.grams)


def test_the_targets_are_those_of_grip_unless_others_are_named():
    assert {each.measure for each in looked_ahead().plan.targets} == {"grip right", "grip left"}
    usual = (Target("MRC sum score", 50, "points"), Target("pinch right", 3))
    assert [each.measure for each in followed(looked_ahead().fitted, usual)] == ["MRC sum score"]


def test_without_doses_a_first_course_is_shown_and_nothing_compared():
    only = replace(diary(), timeline=tuple(e for e in diary().timeline if isinstance(e, Scale)))
    found = outlook(only)
    assert found.now is None
    assert found.plan is None
    assert found.first_course is not None
    named = outlook(only, now=candidate("ivig 1 g/kg every 28 d", KG))
    assert named.now.text == "ivig 80 g every 28 d"
    assert len(named.courses) == len(named.plan.options)


def test_without_a_weight_there_is_no_plan():
    light = replace(diary(), identity=replace(diary().identity, weight_kg=None))
    with pytest.raises(ValueError, match="weight_kg is missing"):
        outlook(light)


def test_more_drug_is_never_worse_in_the_course_of_an_option():
    fitted = looked_ahead().fitted
    days = np.arange(fitted.last, fitted.last + 20)
    double = [replace(each, grams=2 * each.grams) for each in fitted.given]
    for name in fitted.draws.treated.hands:
        assert np.all(fitted.predict(name, days, double).median >= fitted.predict(name, days).median)


def fallen(patient):
    """The same diary with both hands weaker and weaker, down to a third."""
    grips = [e for e in patient.timeline if isinstance(e, Scale)]
    when = sorted({e.when for e in grips})
    left = dict(zip(when, np.linspace(1.0, 0.3, len(when)), strict=True))
    return replace(
        patient,
        timeline=tuple(
            replace(e, score=round(e.score * left[e.when], 1)) if isinstance(e, Scale) else e
            for e in patient.timeline
        ),
    )


def test_no_less_drug_is_offered_while_strength_is_being_lost_unless_a_target_is_named():
    found = outlook(fallen(diary()))
    assert falling(found.watch)
    assert [each.title for each in found.plan.options] == ["present regimen"]
    assert found.plan.notes[0] == WITHHELD
    named = outlook(fallen(diary()), targets=(Target("grip right", 2.0),))
    assert WITHHELD not in named.plan.notes
    assert not falling(looked_ahead().watch)
    assert len(looked_ahead().plan.options) > 1


def test_new_blocks_lower_the_far_edge_of_the_band_and_leave_its_middle():
    fitted = looked_ahead().fitted
    far = fitted.last + np.array([0.0, 30.0, 365.0, 1500.0])
    factor = fitted.struck("grip right", far)
    assert np.all(factor[:, 0] == 1)
    assert np.all(np.diff(factor, axis=1) <= 0)
    assert np.median(factor[:, 2]) == 1
    struck = np.mean(factor < 1, axis=0)
    assert struck[1] < 0.03
    assert struck[2] == pytest.approx(0.095, abs=0.04)
    assert np.all(fitted.struck("MRC sum score", far) == 1)
