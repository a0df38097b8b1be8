"""A whole visit: the same findings a real study gives, marked as simulated, with nothing of the body on them."""

import json

import pytest

from ranvier.body import healthy
from ranvier.diagnosis import examine
from ranvier.exam.examination import Visit, entries, patient
from ranvier.exam.protocol import protocol
from ranvier.formats.patient_json import patient_from, patient_text
from ranvier.formats.truth_json import truth_text
from ranvier.patient import NerveConductionStudy, Scale
from ranvier.patient.check import checked
from ranvier.report.assessment_json import assessment_text

SMALL = """
title = "One arm"
[[motor]]
sides = "right"
nerve = "median"
muscle = "APB"
sites = ["wrist", "elbow"]
f_wave = "wrist"
[[sensory]]
sides = "right"
nerve = "median"
[bedside]
strength = true
grip = true
laboratory = true
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    file = tmp_path_factory.mktemp("protocol") / "small.toml"
    file.write_text(SMALL)
    return protocol(str(file))


@pytest.fixture(scope="module")
def body():
    return healthy("female", 45, 168, 7)


@pytest.fixture(scope="module")
def found(body, plan):
    return patient(body, Visit(plan, "2026-03-14", 2), "simulated-1")


def test_the_record_can_be_right_and_survives_being_written(found):
    assert checked(found) == found
    assert patient_from(json.loads(patient_text(found))) == found


def test_everything_on_it_is_simulated_and_dated(found):
    assert {entry.origin for entry in found.timeline} == {"simulated"}
    assert {entry.when for entry in found.timeline} == {"2026-03-14"}
    assert found.simulated


def test_it_holds_what_the_protocol_asked_for(found):
    study = found.entries(NerveConductionStudy)[0]
    assert [row.site for row in study.motor[0].sites] == ["wrist", "elbow"]
    assert all(row.latency_ms and row.waveform for row in study.motor[0].sites)
    late = study.f_waves[0]
    assert 20 < late.minimal_latency_ms < 35
    assert len(late.waveforms) == late.stimuli
    assert 2 < study.sensory[0].onset_latency_ms < 3.3
    assert {scale.name for scale in found.entries(Scale)} == {"grip"}


def test_the_same_visit_again_is_the_same_and_another_seed_is_not(body, plan, found):
    again = patient(body, Visit(plan, "2026-03-14", 2), "simulated-1")
    assert again == found
    other = entries(body, Visit(plan, "2026-03-14", 3))
    assert other != list(found.timeline)


def test_progress_ends_with_all_that_was_done(body, plan):
    told = []
    entries(body, Visit(plan), told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_the_assessment_never_contains_the_truth(body, found):
    """Neither the record nor what is made of it says what the body is."""
    truth = json.loads(truth_text(body))
    record, assessment = patient_text(found), assessment_text(examine(found), ())
    for text in (record, assessment):
        assert "ranvier.truth" not in text
        assert "healthy" not in text.replace("healthy people", "")
        for word in ("axon", "diameter", "crossing", "lesion", "units", "supply", "pathway", "foci"):
            assert f'"{word}' not in text
        for supply in truth["motor"].values():
            assert str(supply["axon_diameter_um"]) not in text
    assert "simulated" in assessment


def test_a_limb_is_brought_to_the_temperature_asked_for(body, tmp_path):
    file = tmp_path / "cold.toml"
    file.write_text(SMALL + "[temperature]\narm = 26\n")
    cold = entries(body, Visit(protocol(str(file))))
    study = next(entry for entry in cold if isinstance(entry, NerveConductionStudy))
    assert study.motor[0].sites[0].temperature_c == pytest.approx(26, abs=1.2)
