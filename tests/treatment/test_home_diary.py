"""What a patient under treatment writes at home: grip of both hands and IgG before infusions."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from ranvier.disease.present import body_at
from ranvier.exam.strength import gripped, healthy_grip_kg
from ranvier.exam.voluntary import Effort
from ranvier.patient import Laboratory
from ranvier.patient.entries import Scale
from ranvier.treatment import home
from ranvier.treatment.home import at_home, diary, true_grip_kg
from ranvier.treatment.schedule import numbers
from treated_patients import stopped

SINCE = stopped().onset.toordinal()
FIRST = int(stopped().given[0].day)


@cache
def written():
    return diary(stopped())


def readings(side):
    found = [e for e in written() if isinstance(e, Scale) and e.side == side]
    return found, np.array([each.score for each in found])


def test_grip_of_both_hands_from_the_first_dose_to_the_last_visit():
    found, _ = readings("left")
    assert {(each.name, each.unit, each.origin) for each in found} == {("grip", "kg", "simulated")}
    assert found[0].when >= "2017-01-01"
    assert found[-1].when < stopped().simulated.visits[-1].when
    assert len(found) == len(readings("right")[0])
    days = {each.when[:10] for each in found}
    span = int(SINCE + 4.5 * 365.25) - FIRST
    assert len(days) / span == pytest.approx(1 - numbers()["home"]["missing"], abs=0.03)
    assert len(found) / len(days) == pytest.approx(1 + numbers()["home"]["again"], abs=0.03)


def test_the_weak_hand_rises_within_weeks_and_falls_when_treatment_stops():
    found, score = readings("left")
    month = np.array([each.when[:7] for each in found])
    first, under, after = (np.median(score[month == each]) for each in ("2017-01", "2017-06", "2019-06"))
    assert under > 1.5 * first
    assert after < 0.7 * under


def test_between_stages_and_attacks_grip_is_that_of_the_full_simulation():
    found = stopped()
    moments = np.array([FIRST + each for each in (1.0, 33.0, 77.7, 400.0, 800.0, 1000.0)])
    read = true_grip_kg(found, moments)
    illness = found.simulated.illness
    exact: dict[str, list[float]] = {"left": [], "right": []}
    for stage in illness.stages([(day - SINCE) / 365.25 for day in moments]):
        effort = Effort(replace(body_at(illness, stage), by="surface"))
        for side, each in exact.items():
            each.append(gripped(effort, side) * healthy_grip_kg(illness.healthy, side))
    for side, each in exact.items():
        whole = healthy_grip_kg(illness.healthy, side)
        np.testing.assert_allclose(read[side], each, atol=0.03 * whole)


def test_readings_are_the_truth_with_noise_after_practice():
    found, score = readings("right")
    when = np.array([np.datetime64(each.when).astype("datetime64[m]").astype(float) / 1440 for each in found])
    moments = when + 719163
    truth = true_grip_kg(stopped(), moments)["right"]
    off = score / truth - 1
    late = moments > FIRST + 60
    assert 0.03 < off[late].std() < 0.12
    assert abs(off[late].mean()) < 0.01


def test_the_first_readings_fall_short_for_want_of_practice(monkeypatch):
    rule = {**numbers(), "home": {**numbers()["home"], "learning": 0.5}}
    monkeypatch.setattr(home, "numbers", lambda: rule)
    days = FIRST + np.arange(8.0)
    short = [each.score for each in home.grips(stopped(), days) if each.side == "right"]
    usual = true_grip_kg(stopped(), days)["right"]
    assert short[0] < 0.7 * usual[0]
    assert short[0] < short[-1]


def test_igg_is_taken_before_infusions_and_rises_above_the_own_level():
    taken = [e for e in written() if isinstance(e, Laboratory)]
    doses = {each.when for each in stopped().simulated.patient.timeline if each.kind == "dose"}
    assert {each.when for each in taken} <= doses
    assert 6 <= len(taken) <= 10
    own = stopped().treated.own_g_l[0]
    assert taken[0].igg_g_l == pytest.approx(own, rel=0.12)
    assert min(each.igg_g_l for each in taken[1:]) > own


def test_the_record_holds_the_diary_in_order_of_time():
    times = [entry.when for entry in stopped().simulated.patient.timeline]
    assert times == sorted(times)
    assert {*written()} <= {*stopped().simulated.patient.timeline}


def test_who_presses_at_home_does_so_in_the_morning_of_most_days():
    days = np.arange(1000.0)
    moments = at_home(days, np.random.default_rng(1))
    hours = 24 * (moments % 1)
    assert np.median(hours[hours < 13]) == pytest.approx(7.5, abs=0.2)
    assert (np.diff(moments) > 0).all()
