"""The states behind a series, and the shapes of fading."""

import numpy as np
import pytest

from ranvier.treatment.given import Given
from ranvier.treatment.readings import Readings
from ranvier.treatment.wear_off.bank import both_ways, weighed
from ranvier.treatment.wear_off.measures import measure
from ranvier.treatment.wear_off.shapes import faded, shapes
from ranvier.treatment.wear_off.states import Frame, Setting

FIRST = 739000
DAYS = FIRST + np.arange(80) + 0.5
GIVEN = tuple(Given("ivig", float(FIRST + day), 80.0, 0.2) for day in range(-210, 80, 21))


@pytest.fixture(scope="module")
def frame():
    found = shapes(GIVEN, DAYS, 82.0)
    day = DAYS[[0, 3, 3, 20]]
    series = (
        Readings("grip right", "kg", day, np.array([30.0, 31, 29, 28])),
        Readings("MRC sum score", "points", day[1:], np.array([55.0, 54, 54])),
    )
    return Frame((measure("grip_kg"), measure("mrc_sum")), found, series, FIRST)


def test_level_plateau_fall_and_its_parts_add_up(frame):
    for m in (0, 1):
        part = {name: frame.rows(m, name) for name in ("level", "fall", "fading", "disease", "plateau")}
        assert part["level"] == pytest.approx(part["plateau"] - part["fall"])
        assert part["fall"] == pytest.approx(part["fading"] + part["disease"])


def test_a_score_moves_with_strength_as_it_is_told(frame):
    grip, total = frame.rows(0, "disease"), frame.rows(1, "disease")
    assert total[0, -2] == pytest.approx(measure("mrc_sum").per_log * grip[0, -2])


def test_readings_are_in_order_of_time_and_learn(frame):
    seen = frame.seen()
    assert list(seen.day) == [0, 3, 3, 3, 3, 20, 20]
    gain = frame.width - 2
    own = seen.row[seen.row[:, 0] == 1, gain]
    assert own[0] == -1
    assert (np.diff(own) > 0).all()


def test_disease_begins_at_nothing_and_only_it_is_restless(frame):
    quiet, sudden = (frame.moves(Setting(1.0, name)) for name in ("quiet", "sudden"))
    assert quiet.cov[-3:, -3:] == pytest.approx(np.zeros((3, 3)), abs=1e-9)
    assert sudden.noise[-3] > quiet.noise[-3]
    assert sudden.noise[0] == quiet.noise[0]


def test_shapes_describe_the_fading_of_the_population():
    every = faded(GIVEN, DAYS, 82.0)
    found = shapes(GIVEN, DAYS, 82.0)
    assert every[:, :42].max() == pytest.approx(0.0, abs=1e-12)
    told = found.by_day.T @ np.linalg.lstsq(found.by_day.T, every.T, rcond=None)[0]
    assert np.sqrt(np.mean((told - every.T) ** 2)) < 0.1 * np.sqrt(np.mean(every**2))
    second = found.cov + np.outer(found.mean, found.mean)
    assert second == pytest.approx(np.eye(len(found.mean)), abs=0.02)


def test_shapes_go_on_after_today_as_in_the_population():
    """A fade after the last infusion deepens, whatever happens in the days before."""
    given = tuple(each for each in GIVEN if each.day < FIRST + 42)
    found = shapes(given, DAYS, 82.0, 50)
    mean = found.mean @ found.by_day
    assert mean[75] < mean[60] < mean[50] < 0


def test_without_immunoglobulin_there_is_no_shape():
    assert shapes((), DAYS, 82.0).by_day.shape == (0, len(DAYS))
    assert shapes((Given("cyclophosphamide", float(FIRST), 0.1),), DAYS, 82.0).by_day.shape[0] == 0


def test_weights_follow_the_evidence_and_forget_it():
    told = np.zeros((2, 60))
    told[0, 10] = 3.0
    weight = weighed(told, np.array([0.5, 0.5]))
    assert weight.sum(axis=0) == pytest.approx(np.ones(60))
    assert weight[0, 9] == pytest.approx(0.5)
    assert weight[0, 10] == pytest.approx(1 / (1 + np.exp(-3)))
    assert 0.5 < weight[0, 59] < 0.6
    around = both_ways(told, np.array([0.5, 0.5]))
    assert around[0, 10] == pytest.approx(weight[0, 10])
    assert around[0, 8] == pytest.approx(around[0, 12])


def test_days_ahead_do_not_shape_the_days_that_have_been():
    whole, been = shapes(GIVEN, DAYS, 82.0, 50), shapes(GIVEN, DAYS[:50], 82.0)
    assert np.abs(whole.by_day[:, :50]) == pytest.approx(np.abs(been.by_day), abs=1e-9)
