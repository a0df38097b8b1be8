"""Motor neurons that die."""

import numpy as np
import pytest

from ranvier.anatomy import region_of
from ranvier.disease.description import disease
from ranvier.disease.neurons import REGIONS, decline

ALS = disease("als").neurons


def test_regions_are_reached_one_after_the_other_from_the_first():
    for seed in range(30):
        own = decline(ALS, seed)
        near = min(own.reached, key=lambda key: own.reached[key])
        side, first = near[1], REGIONS.index(near[0])
        times = [own.reached[name, side] for name in REGIONS]
        assert times[first] == -ALS.before_years
        assert times[first:] == sorted(times[first:])
        assert times[: first + 1] == sorted(times[: first + 1], reverse=True)


def test_burden_is_the_integral_of_a_rising_hazard():
    own = decline(ALS, 4)
    where, side = min(own.reached, key=lambda key: own.reached[key])
    grid = np.linspace(own.reached[where, side], 3.0, 20001)
    hazard = own.rate * (1 + ALS.growth * (grid - grid[0]))
    assert own.burden(where, side, 3.0) == pytest.approx(np.trapezoid(hazard, grid), rel=1e-6)


def test_a_pool_gains_what_its_roots_gain():
    own = decline(ALS, 4)
    roots = np.array(["C8", "T1", "C8"])
    gained = own.gained("left", "APB", roots, 1.0, 2.0)
    step = own.burden("cervical", "left", 2.0) - own.burden("cervical", "left", 1.0)
    assert gained == pytest.approx(np.full(3, ALS.muscles["APB"] * step))


def test_breathing_ends_als_and_spares_hirayama():
    ends = [decline(ALS, seed).breathes_until for seed in range(300)]
    assert 2.0 < np.median(ends) < 4.5  # median survival from onset 2 to 4 years in most series (recalled)
    hirayama = disease("hirayama").neurons
    assert all(np.isinf(decline(hirayama, seed).breathes_until) for seed in range(20))


def test_hirayama_stops():
    own = decline(disease("hirayama").neurons, 3)
    where, side = min(own.reached, key=lambda key: own.reached[key])
    assert own.burden(where, side, 8.0) == own.burden(where, side, 20.0)


def test_regions_of_roots():
    assert [region_of(each) for each in ("C5", "T1", "T6", "L4", "S1")] == [
        "cervical", "cervical", "thoracic", "lumbosacral", "lumbosacral",
    ]  # fmt: skip
