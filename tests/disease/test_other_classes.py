"""Diseases beside the nearest mimics: what each must look like, and what belongs to none."""

from functools import cache

import numpy as np
import pytest

from ranvier.disease import disease, fall_ill, simulate
from ranvier.disease.axons import DAYS
from ranvier.disease.present import body_at, condition_at, twitching
from ranvier.disease.story import built_up_days
from ranvier.patient import History, NerveConductionStudy, NeurologicalExamination

SEEDS = range(1, 5)


@cache
def seen(name, years):
    return [simulate(name, seed, visits=(years,), exam="first-visit", brief=True).patient for seed in SEEDS]


def last(patients, kind):
    return [each.entries(kind)[-1] for each in patients]


def sensory(patients, nerve):
    return np.mean(
        [
            row.amplitude_uv
            for study in last(patients, NerveConductionStudy)
            for row in study.sensory
            if row.nerve == nerve
        ]
    )


def motor(patients, muscle):
    return np.mean(
        [
            row.sites[0].amplitude_mv
            for study in last(patients, NerveConductionStudy)
            for row in study.motor
            if row.muscle == muscle and row.nerve != "median"
        ]
    )


def test_who_has_no_neuromuscular_disease_has_no_sign_of_one():
    found = seen("healthy", 1.0)
    assert all(min(row.mrc for row in e.strength) >= 4 for e in last(found, NeurologicalExamination))
    assert {e.sensory for e in last(found, NeurologicalExamination)} == {"normal"}
    assert {e.atrophy for e in last(found, NeurologicalExamination)} == {"none"}
    assert all(story.course is None and story.predominant_limbs is None for story in last(found, History))


def test_muscles_of_a_person_without_disease_may_twitch():
    rates = []
    for seed in range(40):
        illness = fall_ill("healthy", seed)
        (stage,) = illness.stages([1.0])
        body = body_at(illness, stage)
        rates.append(sum(each.sum() for each in twitching(illness, stage, body).values()))
    assert np.mean(np.array(rates) > 0) == pytest.approx(disease("healthy").beside.twitches, abs=0.2)
    assert max(rates) < 30


def test_polyneuropathy_takes_the_longest_axons_first_and_sensory_ones_more():
    early, late, well = seen("polyneuropathy", 1.0), seen("polyneuropathy", 12.0), seen("healthy", 1.0)
    assert sensory(early, "sural") < 0.6 * sensory(well, "sural")
    assert sensory(early, "radial") > 0.7 * sensory(well, "radial")
    assert sensory(late, "sural") < sensory(early, "sural")
    assert motor(late, "EDB") < 0.7 * motor(well, "EDB")
    assert motor(late, "biceps") > 0.7 * motor(well, "biceps")
    assert not any(e.asymmetric for e in last(early, NeurologicalExamination))


def test_guillain_barre_is_acute_diffuse_slowed_and_gets_better():
    early, late = seen("gbs", 0.04), seen("gbs", 1.0)
    assert all(story.diffuse_symmetric_onset for story in last(early, History))
    assert {story.course for story in last(early, History)} <= {"acute", None}
    weak = [
        np.mean([e.weak_nerve_territories for e in last(f, NeurologicalExamination)]) for f in (early, late)
    ]
    assert weak[0] > 4 > 2 * weak[1]
    protein = np.median([fall_ill("gbs", seed).serology.csf_protein_factor for seed in range(15)])
    assert protein == pytest.approx(2.0, rel=0.35)


def test_neuralgic_amyotrophy_comes_at_once_with_pain_on_one_side_of_one_arm():
    found = seen("neuralgic-amyotrophy", 0.3)
    assert {story.predominant_limbs for story in last(found, History)} == {"arms"}
    assert sum(bool(story.pain) for story in last(found, History)) >= 3
    assert {story.course for story in last(found, History)} <= {"acute", "subacute", None}
    assert sum(bool(e.asymmetric) for e in last(found, NeurologicalExamination)) >= 2


def test_harm_that_is_done_at_once_is_told_from_harm_that_goes_on():
    cut = fall_ill("neuralgic-amyotrophy", 3)
    assert built_up_days(cut, 0.5) == pytest.approx(DAYS * max(each.begins for each in cut.attacks))
    assert built_up_days(fall_ill("mmn", 3), 0.5) > 56
    assert built_up_days(fall_ill("als", 3), 0.5) == np.inf


@pytest.mark.parametrize(("name", "often"), [("vasculitis", True), ("mmn", False)])
def test_vasculitis_is_a_disease_of_the_whole_body(name, often):
    ill = [fall_ill(name, seed) for seed in range(15)]
    told = [condition_at(each, each.beginning(), each.healthy).systemic for each in ill]
    assert (np.mean(told) > 0.2) == often
    assert (ill[0].serology.inflammation > 0.5) == (ill[0].serology.anca > 0.2) == often
