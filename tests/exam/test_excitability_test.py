"""Nerve excitability at a site of a virtual nerve."""

import pytest
from nerves import ill, person, place, recording

from ranvier.exam import excitability
from ranvier.exam.excitability import axon_at, excitability_test
from ranvier.nerve.bundle import Focus
from ranvier.nerve.excitability import Indices

FOUND = Indices(0.3, 0.42, 60.0, 45.0, -51.0, 0.6, float("nan"), -30.0, 12.0)


class Plots:
    indices = FOUND


def test_the_axon_is_as_warm_and_as_ill_as_the_nerve_is_there():
    at_site = axon_at(
        recording(ill((Focus("na", 0.5, place("wrist"), 5), Focus("na", 0.1, place("erb"), 5)))), "wrist"
    )
    assert at_site.nodes == 41
    assert [(str(each)) for each in at_site.lesions] == ["na:0.5@18-22"]
    warmth = recording(person()).body.warmth("ulnar")
    assert at_site.temperatures()[20] == pytest.approx(float(warmth.at(place("wrist"))), abs=0.1)
    assert at_site.temperatures()[0] > at_site.temperatures()[40]


def test_internodes_of_a_lesion_that_reaches_the_end_stay_within_the_axon():
    own = axon_at(recording(ill((Focus("myelin", 2.0, place("wrist") + 30, 40),))), "wrist")
    assert [each.last for each in own.lesions] == [39]


def test_indices_are_told_and_what_no_plot_shows_is_left_out(monkeypatch):
    monkeypatch.setattr(excitability, "excitability", lambda fibre: Plots())
    found = excitability_test(recording(person()), "wrist", when="2026-01-01")
    names = [entry.name for entry in found]
    assert names[0] == "strength-duration time constant, right ulnar at the wrist"
    assert found[0].score == 0.42
    assert (found[0].unit, found[0].origin, found[0].when) == ("ms", "simulated", "2026-01-01")
    assert not any("refractory" in name for name in names)


def test_a_nerve_that_cannot_be_excited_gives_nothing():
    assert excitability_test(recording(ill((Focus("na", 0.0, place("wrist"), 41),))), "wrist") == ()
