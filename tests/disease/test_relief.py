"""Relief of the attack: what treatment does to the disease, told to it as a factor on every dose."""

from dataclasses import replace
from math import pi, sin

import numpy as np
import pytest

from ranvier.disease import axons
from ranvier.disease.attack import attacks
from ranvier.disease.description import disease
from ranvier.disease.illness import fall_ill
from ranvier.disease.simulate import simulate
from ranvier.patient import Dose

BRIEF = {"brief": True, "by": "surface"}


def eased(years: float) -> float:
    return 0.25


def from_two_on(years: float) -> float:
    return 1.0 if years < 2 else 0.3


def weekly(years: float) -> float:
    return 0.5 + 0.4 * sin(2 * pi * years * 365.25 / 7)


def lost(illness, years=5.0):
    (stage,) = illness.stages([years])
    return {key: fate.cut(years) for key, fate in stage.motor.items()}


def share(which) -> float:
    return float(np.mean(np.concatenate(list(which.values()))))


def test_relief_multiplies_the_dose_of_every_focus():
    attack = attacks(disease("mmn").foci[0], fall_ill("mmn", 3).healthy.person, 3, 0)[0]
    for years in (0.1, 1.0, 7.0):
        assert replace(attack, relief=from_two_on).at(years) == attack.at(years) * from_two_on(years)


def test_who_falls_ill_and_where_does_not_depend_on_relief():
    plain, treated = fall_ill("mmn", 3), fall_ill("mmn", 3, relief=eased)
    assert [replace(each, relief=None) for each in treated.attacks] == list(plain.attacks)
    assert {each.relief for each in treated.attacks} == {eased}
    assert (treated.ends, treated.immune) == (plain.ends, plain.immune)


def test_relief_that_never_comes_changes_nothing_at_all():
    plain, treated = fall_ill("mmn", 11), fall_ill("mmn", 11, relief=lambda years: 1.0)
    (one,), (two,) = plain.stages([6.0]), treated.stages([6.0])
    for key, fate in one.motor.items():
        np.testing.assert_array_equal(fate.burden, two.motor[key].burden)
        np.testing.assert_array_equal(fate.lost, two.motor[key].lost)
        np.testing.assert_array_equal(one.muscles[key].fibres, two.muscles[key].fibres)


def test_before_treatment_begins_all_is_as_without_it():
    plain, treated = fall_ill("mmn", 3), fall_ill("mmn", 3, relief=from_two_on)
    (one,), (two,) = plain.stages([1.9]), treated.stages([1.9])
    for key, fate in one.motor.items():
        np.testing.assert_array_equal(fate.burden, two.motor[key].burden)


def test_less_attack_is_fewer_lost_axons():
    without, late, early = (
        share(lost(fall_ill("mmn", 3, relief=relief))) for relief in (None, from_two_on, eased)
    )
    assert early < late < without


@pytest.mark.parametrize("relief", [weekly, lambda years: 0.5 + 0.4 * sin(2 * pi * years * 365.25 / 28)])
def test_what_rises_and_falls_within_weeks_is_not_missed_between_steps(relief, monkeypatch):
    illness = fall_ill("mmn", 3, relief=relief)
    exposure = max(illness.motor.values(), key=lambda each: len(each.attacks))
    count, found = exposure.begun(3.0), {}
    for points in (axons.POINT_DAYS, 0.25):
        monkeypatch.setattr(axons, "POINT_DAYS", points)
        found[points] = exposure.burdened(3.0, 3.0 + 1 / 6, count)
    usual, fine = found.values()
    assert fine.max() > 0
    np.testing.assert_allclose(usual, fine, rtol=0.02, atol=1e-6)
    middle = exposure.hurt(3.0 + 1 / 12, count) / 6
    assert np.abs(middle - fine).max() > 0.05 * fine.max()


def test_finer_steps_lose_the_same_axons(monkeypatch):
    illness = fall_ill("mmn", 3, relief=weekly)
    usual = lost(illness)
    monkeypatch.setattr(axons, "POINT_DAYS", 1.0)
    fine = lost(illness)
    differ = sum(int(np.sum(usual[key] != fine[key])) for key in usual)
    assert differ <= 0.01 * sum(int(each.sum()) for each in fine.values())


def test_within_are_the_middles_of_equal_parts():
    times = axons.within(1.0, 1.0 + 11.9 / axons.DAYS)
    assert len(times) == 4
    assert times == pytest.approx([1 + each * 11.9 / 12 / axons.DAYS for each in (1.5, 4.5, 7.5, 10.5)])
    assert axons.within(1.0, 1.001) == pytest.approx([1.0005])


def test_what_is_given_stands_on_the_record_by_its_time():
    dose = Dose(when="2016-01-01T09:00", origin="simulated", source="x", drug="ivig", amount=80)
    found = simulate("mmn", 3, visits=(0.5, 1.5), given=[dose], weight_kg=81.0, **BRIEF)
    times = [entry.when for entry in found.patient.timeline]
    assert times == sorted(times)
    assert dose in found.patient.timeline
    assert found.patient.identity.weight_kg == 81.0
    plain = simulate("mmn", 3, visits=(0.5, 1.5), **BRIEF)
    assert [entry for entry in found.patient.timeline if entry != dose] == list(plain.patient.timeline)
