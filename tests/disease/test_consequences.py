"""The twelve consequences that make MMN what it is; each must follow from what happens below it."""

from dataclasses import replace

import numpy as np
import pytest
from illnesses import at, attacked, drop, motor

from ranvier.body import healthy
from ranvier.body.condition import HEALTHY
from ranvier.diagnosis import examine
from ranvier.disease import fall_ill, simulate
from ranvier.disease.axons import DAYS
from ranvier.disease.present import body_at, condition_at
from ranvier.exam.examination import felt
from ranvier.exam.neurological import neurological_examination
from ranvier.exam.session import Session
from ranvier.exam.voluntary import Effort, reached
from ranvier.nerve.response import surface

FOREARM = ("median", "elbow", "wrist", 0.0)
BEFORE = healthy("male", 45, 178, 5)


def test_block_at_the_elbow_with_normal_conduction_below_it():
    body = at(attacked("mmn", FOREARM, loss_per_year=0.0), 1.0)
    ill, well = (
        motor(body, "median", "APB", "wrist", "elbow"),
        motor(BEFORE, "median", "APB", "wrist", "elbow"),
    )
    assert drop(ill, "elbow", "wrist") > 50 > 20 > drop(well, "elbow", "wrist")
    assert ill["wrist"].amplitude_mv == pytest.approx(well["wrist"].amplitude_mv, rel=0.02)
    assert ill["wrist"].latency_ms == pytest.approx(well["wrist"].latency_ms, abs=0.1)


def test_the_sensory_response_is_normal_across_the_blocked_segment():
    body = at(attacked("mmn", FOREARM), 1.0)
    for site in (None, "elbow"):
        ill, well = (felt(Session(each, 1, quiet=True), "right", "median", site) for each in (body, BEFORE))
        assert ill.amplitude_uv > 0.8 * well.amplitude_uv
    assert drop(motor(body, "median", "APB", "wrist", "elbow"), "elbow", "wrist") > 50


def test_weakness_without_wasting_early():
    body = at(attacked("mmn", FOREARM), 0.4)
    supply = body.motor["right", "APB"]
    assert Effort(body).share("right", "APB") < 0.5
    assert supply.pool.fibres.sum() > 0.95 * supply.pool.at_birth.sum()
    assert neurological_examination(body, HEALTHY, 1).atrophy == "none"


def test_wasting_after_years():
    early, late = (at(attacked("mmn", FOREARM), years).motor["right", "APB"] for years in (0.4, 15.0))
    left = [(each.pool.fibres.sum() + each.pool.orphans) / each.pool.at_birth.sum() for each in (early, late)]
    assert left[0] > 0.95
    assert left[1] < 0.8
    blocked = ~reached(at(attacked("mmn", FOREARM), 15.0), late)
    assert blocked.mean() > (late.pool.fibres <= 0).mean() > 0.3


def test_cold_and_heat_both_make_it_worse():
    body = at(attacked("mmn", FOREARM, height=2.0), 1.0)
    through = {
        skin: reached(warmed := body.at_skin(arm=skin), warmed.motor["right", "APB"]).mean()
        for skin in (20, 31, 40)
    }
    assert through[31] > through[20] + 0.03
    assert through[31] > through[40] + 0.03


def test_without_pores_and_pumps_only_heat_makes_it_worse():
    illness = attacked("mmn", FOREARM, injury="sodium", height=2.0)
    body = at(illness, 1.0)
    cold, usual, hot = (
        reached(each, each.motor["right", "APB"]).mean()
        for each in (body.at_skin(arm=20), body, body.at_skin(arm=40))
    )
    assert cold >= usual > hot


def test_lesioned_axons_fasciculate_and_no_others():
    illness = attacked("mmn", FOREARM)
    (stage,) = illness.stages([1.0])
    found = condition_at(illness, stage, body_at(illness, stage)).fasciculation_per_min
    assert set(found) == {("right", "APB")} | {key for key in found if key[0] == "right"}
    assert ("right", "ADM") not in found or found["right", "ADM"].sum() < found["right", "APB"].sum()
    assert found["right", "APB"].sum() > 0.1
    quiet = attacked("mmn", FOREARM, injury="sodium")
    (stage,) = quiet.stages([1.0])
    shifted = condition_at(quiet, stage, body_at(quiet, stage)).fasciculation_per_min
    assert sum(rate.sum() for rate in shifted.values()) < found["right", "APB"].sum() / 5


def test_decline_comes_in_steps():
    steps = [
        ("median", "elbow", "wrist", 0.0),
        ("ulnar", "below elbow", "wrist", 2.0),
        ("radial", "axilla", "elbow", 4.0),
    ]
    illness = attacked("mmn", *steps, loss_per_year=0.01)
    times = np.arange(0.25, 6.1, 0.25)
    force = np.array(
        [
            np.mean([effort.share("right", muscle) for muscle in ("APB", "ADM", "FDI", "ED", "EIP")])
            for effort in (
                Effort(replace(body_at(illness, stage), by="surface")) for stage in illness.stages(times)
            )
        ]
    )
    fall = -np.diff(force)
    near = np.array([any(0 <= t - begin <= 0.76 for begin in (0, 2, 4)) for t in times[1:]])
    assert fall[near].sum() > 0.8 * fall.sum()
    assert near.mean() < 0.5


@pytest.mark.parametrize(("name", "height"), [("mmn", 2.1), ("lewis-sumner", 0.5)])
def test_block_without_dispersion_in_nodopathy_and_with_it_in_demyelination(name, height):
    study = motor(
        at(attacked(name, FOREARM, height=height, loss_per_year=0.0), 1.0), "median", "APB", "wrist", "elbow"
    )
    rise = -drop(study, "elbow", "wrist", "duration_ms")
    assert drop(study, "elbow", "wrist") > 30
    assert rise < 20 if name == "mmn" else rise > 40


def test_the_refractory_period_of_transmission_lengthens_before_block():
    known = surface()
    for injury in ("nodal", "sodium", "demyelinating"):
        blocks = float(known.critical(injury, 9, 34.0, 10.0))
        periods = [
            float(known.refractory_ms(injury, share * blocks, 9, 34.0, 10.0)) for share in (0.0, 0.8, 0.95)
        ]
        assert periods[0] < periods[1] < periods[2], injury
        assert np.isfinite(known.delay_ms(injury, 0.95 * blocks, 9, 34.0, 10.0))


def test_als_has_no_block():
    for seed in (1, 2, 3):
        found = simulate("als", seed, visits=[0.8, 1.6], brief=True)
        assert not [
            b
            for b in examine(found.patient).blocks
            if any(g.verdict in ("definite", "probable") for g in b.graded)
        ]
        assert found.visits[-1].truth["lost motor"] > 0.02


def test_the_pseudo_block_of_an_infarct_vanishes_within_ten_days():
    illness = attacked("vasculitis", ("ulnar", "axilla", "above elbow", 0.0), height=0.7)
    early, late = (
        motor(at(illness, days / DAYS), "ulnar", "ADM", "wrist", "above elbow", "axilla") for days in (2, 12)
    )
    assert drop(early, "axilla", "above elbow") > 50
    assert drop(late, "axilla", "above elbow") < 20
    assert late["wrist"].amplitude_mv < 0.6 * early["wrist"].amplitude_mv


def test_sensation_is_spared_by_nodal_attack_and_not_by_demyelination():
    share = []
    for name in ("mmn", "lewis-sumner"):
        body = at(attacked(name, FOREARM, height=4.0), 3.0)
        ill, well = (
            felt(Session(each, 1, quiet=True), "right", "median", "elbow") for each in (body, BEFORE)
        )
        share.append((ill.amplitude_uv or 0.0) / well.amplitude_uv)
        assert neurological_examination(body, HEALTHY, 1).sensory == (
            "normal" if name == "mmn" else "abnormal"
        )
    assert share[0] > 0.75 > 0.5 > share[1]


def test_nothing_of_the_truth_depends_on_what_is_asked():
    one = fall_ill("mmn", 9)
    many = list(one.stages([0.5, 1.0, 1.5, 2.0]))
    (alone,) = fall_ill("mmn", 9).stages([2.0])
    for key, fate in alone.motor.items():
        assert np.array_equal(fate.lost <= 2.0, many[-1].motor[key].lost <= 2.0)
