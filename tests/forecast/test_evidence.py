"""The log density of a patient's readings: against its formula, and the same in places as in steps."""

from dataclasses import replace

import numpy as np
import pytest
from fitted_people import DOSES, START, person, truth
from scipy import stats

from ranvier.forecast.course import years_of
from ranvier.forecast.evidence import evidence
from ranvier.forecast.model import model
from ranvier.forecast.places import columns, unfolded
from ranvier.forecast.unknowns import tables
from ranvier.treatment.readings import Readings

HANDS = ("grip right", "grip left")
DAYS = START + np.array([1.3, 8.3, 15.3, 22.3, 40.3])
IGG = Readings("IgG", "g/L", DAYS[:2], np.array([18.0, 15.0]))


def grip(name="grip right", days=DAYS, value=None):
    return Readings(name, "kg", days, np.full(len(days), 20.0) if value is None else value)


def task(*readings, **ways):
    found = evidence(model(HANDS, 82.0), DOSES, readings, DOSES[0].day - 1)
    return replace(found, **ways)


def places(one, count=4, seed=1):
    return 0.3 * np.random.default_rng(seed).standard_normal((count, len(one.model.unknowns)))


def test_igg_alone_is_the_formula():
    one = task(IGG)
    at = places(one)
    wholes = [columns(one.model, name).whole for name in HANDS]
    level = one.lines[0].igg(one.model.person(at).treated)
    share = tables()["reading"]["igg_noise"]
    close = stats.norm.pdf(IGG.value, level, share * level)
    wide = stats.norm.pdf(IGG.value, level, 6 * share * level)
    alone = np.log(0.98 * close + 0.02 * wide).sum(axis=1) + np.log(2 * np.pi)
    r = tables()["grip"]["whole_together"]
    both = stats.multivariate_normal([0, 0], [[1, r], [r, 1]])
    before = both.logpdf(at[:, wholes]) - both.logpdf([0, 0])
    before -= 0.5 * (np.delete(at, wholes, axis=1) ** 2).sum(axis=1)
    assert one(at) == pytest.approx(alone + before)


def test_the_density_is_the_same_in_places_but_for_the_volume():
    folded = task(IGG, grip(), grip("grip left"))
    plain, at = replace(folded, folded=False), places(folded)
    steps, person = folded.steps(at), folded.model.person(at)
    logs = np.log(folded.strength.attack(person.treated)[:, folded.places[1]])
    near, volume = steps.copy(), np.zeros(len(at))
    for name in HANDS:
        where = columns(folded.model, name)
        near[:, where.whole] = at[:, where.whole]
        width = person.values[f"{name} width"]
        volume += unfolded(at[:, where.least], at[:, where.depth], width, logs.mean(axis=1))[2]
    assert plain.steps(near) == pytest.approx(steps)
    assert folded(at) == pytest.approx(plain(near) + volume)


def test_a_place_names_the_mean_of_the_readings():
    one = task(grip())
    at, volume = places(one), np.zeros(4)
    (level,) = one.levels(one.model.person(at), at.copy(), volume)
    column = columns(one.model, "grip right").whole
    assert level.mean(axis=1) == pytest.approx(one.model.unknowns[column].at(at[:, column]))
    treated = one.model.person(one.steps(at)).treated
    drift = one.model.person(at).drift("grip right", years_of(DAYS, DAYS))
    assert one.lines[0].level(treated, "grip right") * drift == pytest.approx(level)


def test_readings_of_one_day_count_less_than_those_of_several():
    day = START + np.array([1.3, 1.5, 1.8])
    assert task(grip(days=day)).counts(grip(days=day)) == pytest.approx(1 / 2)
    assert task(grip()).counts(grip()) == pytest.approx(1)


def test_a_reading_gone_wrong_costs_little_more_however_wrong():
    right = truth(person(), "grip right", DAYS)
    costs = []
    for factor in (1.0, 2.0, 2.5):
        value = right * np.array([1, 1, factor, 1, 1])
        one = task(grip(value=value))
        costs.append(one(np.zeros((1, len(one.model.unknowns))))[0])
    assert costs[0] > costs[1] > costs[2] > costs[1] - 60


def test_impossible_numbers_have_no_density():
    one = task(grip())
    assert one(np.full((1, len(one.model.unknowns)), 400.0))[0] == -np.inf
