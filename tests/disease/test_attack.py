"""Attacks: their dose over time, and the balance of attack and repair."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.anatomy import UnknownNameError
from ranvier.anatomy.course import course, muscle_course
from ranvier.body import Person
from ranvier.disease.attack import HORIZON_YEARS, attacks, severity, susceptibility, times
from ranvier.disease.description import disease, diseases
from ranvier.disease.places import place, segments

MMN = disease("mmn").foci[0]
WHO = Person("male", 40.0, 180.0)


@given(st.floats(0, 1e6), st.floats(1e-3, 1e3))
def test_severity_is_the_balance_of_attack_and_repair(dose, x):
    found = float(severity(dose, np.array(x)))
    assert 0 <= found <= 1
    assert found == pytest.approx(dose * x * (1 - found), abs=1e-6 * (1 + dose * x))


@given(st.floats(0, 100), st.floats(0.01, 10), st.floats(0.01, 10))
def test_less_attack_is_less_severity(dose, less, x):
    assert severity(dose * min(less, 1), np.array(x)) <= severity(dose, np.array(x))


def test_the_dose_rises_to_its_height_and_fades_where_the_disease_allows():
    rising = attacks(MMN, WHO, 1, 0)[0]
    assert rising.at(rising.begins) == 0
    assert rising.at(rising.begins + rising.dose.rise_years) == pytest.approx(
        rising.height * (1 - np.exp(-1))
    )
    assert rising.at(rising.begins + 50) == pytest.approx(rising.height)
    fading = replace(rising, dose=replace(rising.dose, fade_years=0.5))
    assert fading.at(fading.begins + 5) == pytest.approx(rising.height * np.exp(-10))


def test_attacks_follow_each_other_at_the_rate_of_the_file():
    rule = replace(MMN, when=replace(MMN.when, per_year=0.8, per_year_between=0.0, first=1.0))
    counts = [len(list(times(rule, np.random.default_rng(n)))) for n in range(200)]
    expected = 1 + 0.8 * HORIZON_YEARS
    assert np.mean(counts) == pytest.approx(expected, abs=4 * np.sqrt(expected / 200))


def test_the_first_symptom_is_the_first_attack():
    for seed in range(20):
        found = attacks(MMN, WHO, seed, 0)
        assert found[0].begins == 0
        assert [a.begins for a in found] == sorted(a.begins for a in found)


def test_places_lie_within_their_segment():
    random = np.random.default_rng(1)
    for name, (nerve, above, below) in segments().items():
        way = course(nerve, 180.0)
        for _ in range(5):
            found = place(name, "left", 180.0, random)
            end = way.at(below) if below in way.site_mm else muscle_course(below, 180.0).length_mm
            assert way.at(above) <= found.mm <= end


def test_every_disease_names_segments_that_are_there():
    for name in diseases():
        for foci in disease(name).foci:
            for segment in foci.where:
                assert place(segment, "right", 170.0, np.random.default_rng(1)).segment == segment
    with pytest.raises(UnknownNameError, match="median forearm"):
        place("median knee", "left", 180.0, np.random.default_rng(1))


def test_fascicles_of_muscles_differ_and_axons_within_them():
    attack = attacks(MMN, WHO, 1, 0)[0]
    one, two = (np.log(susceptibility(attack, name, 4000)) for name in ("left APB", "left FCR"))
    assert one.std() == pytest.approx(attack.dose.axon_between, rel=0.05)
    assert abs(one.mean() - two.mean()) > 0.02
    np.testing.assert_array_equal(one, np.log(susceptibility(attack, "left APB", 4000)))
