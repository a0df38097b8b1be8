"""Who takes part: curves read between the factors, the natural course, doses."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.cohort.renumbered import renumbered
from ranvier.cohort.trials.courses import GRADES, graded
from ranvier.cohort.trials.persons import infusions, mean_lived, persons
from ranvier.cohort.virtual_hands import ATTACK
from ranvier.muscle.strength import mrc

NOW = np.zeros(1)
YEAR = np.array([365.25])


@pytest.fixture(scope="module")
def some():
    return persons(40, 3, 80.0, 0.85)


def at(some, factor):
    return np.full((len(some), 1), factor)


def test_a_measure_at_a_factor_of_the_library_is_the_library(some):
    for n in (0, 5, len(ATTACK) - 1):
        own = some.library.measures["moves"][some.who, 0, n]
        assert np.allclose(some.read("moves", at(some, ATTACK[n]), NOW)[:, 0], own)


def test_between_two_factors_it_lies_between_and_beyond_the_last_it_stays(some):
    low, high = (some.grip_kg(at(some, a), NOW) for a in (0.5, 0.6))
    middle = some.grip_kg(at(some, np.sqrt(0.3)), NOW)
    assert np.allclose(middle, (low + high) / 2)
    assert np.allclose(some.grip_kg(at(some, 0.01), NOW), some.grip_kg(at(some, 0.05), NOW))


@pytest.mark.parametrize(("lived", "look"), [(1.0, 1), (0.3, 2)])
def test_a_year_on_it_is_the_look_of_that_year(some, lived, look):
    own = some.library.measures["grip"][some.who, look, list(ATTACK).index(0.7)]
    assert np.allclose(some.read("grip", at(some, 0.7), YEAR, at(some, lived))[:, 0], own)


def test_the_worse_hand_is_the_one_that_presses_less_without_treatment(some):
    kg = some.read("grip", at(some, 1.0), NOW)[:, 0] * some.library.healthy_kg[some.who]
    assert np.allclose(some.grip_kg(at(some, 1.0), NOW)[:, 0], kg.min(axis=1))
    assert (some.read("grip", at(some, 1.0), NOW)[:, 0].min(axis=1) < 0.85).all()


def test_the_mean_attack_since_a_day():
    days = np.arange(0.0, 21.0)
    attack = np.where(days > 10, 0.5, 1.0)[None, :]
    lived = mean_lived(attack, days, 5.0)[0]
    assert np.allclose(lived[:6], 1.0)
    assert lived[20] == pytest.approx((5 * 1.0 + 10 * 0.5) / 15)


def test_more_for_each_person_is_the_same_as_larger_doses(some):
    days = np.arange(0.0, 30.0)
    double = some.attack(infusions(NOW, 2.0, 5.0), days)
    assert np.allclose(some.attack(infusions(NOW, 1.0, 5.0), days, np.full(len(some), 2.0)), double)
    assert double.min() < 0.7
    assert np.allclose(some.attack(infusions(np.array([]), 1.0, 1.0), days), 1.0)


def test_a_part_of_the_persons_are_the_same_persons(some):
    days, dose = np.arange(0.0, 30.0), infusions(NOW, 2.0, 5.0)
    mine = some.worse == 0
    less = some.only(mine)
    assert np.array_equal(less.attack(dose, days), some.attack(dose, days)[mine])
    assert np.array_equal(less.grip_kg(at(less, 0.5), NOW), some.grip_kg(at(some, 0.5), NOW)[mine])


def test_the_reading_errs_by_both_its_parts(some):
    many = replace(some, noise=np.full(1, 0.06), noise_kg=2.0, random=np.random.default_rng(1))
    read = many.reading(np.full((1, 20000), 30.0))
    assert read.std() == pytest.approx(np.hypot(1.8, 2.0), rel=0.03)
    assert many.felt(np.full((1, 20000), 30.0)).std() == pytest.approx(1.8, rel=0.03)


def test_grades_are_those_of_the_bedside():
    random = np.random.default_rng(5)
    share, slip = random.random(300) ** 2, random.normal(0, 0.4, 300)
    shares = np.concatenate([share, [0.0, 1.0, 1.1]])
    slips = np.concatenate([slip, [2.0, 0.0, 0.0]])
    one = [mrc(float(s), float(e)) for s, e in zip(shares, slips, strict=True)]
    assert np.array_equal(GRADES[graded(shares, slips)], one)


def test_a_fitted_number_is_written_where_it_stands():
    text = '[a]\nx = { number = 1, unit = "kg" }\n\n[b]\nx = { number = 2, note = "[a]" }\ny = 1\n'
    assert renumbered(text, "b", "x", 3.5) == text.replace("number = 2", "number = 3.5")
    assert renumbered(text, "a", "x", 0.25) == text.replace("number = 1", "number = 0.25")
    with pytest.raises(ValueError, match=r"\[a\] has no 'y"):
        renumbered(text, "a", "y", 1.0)
