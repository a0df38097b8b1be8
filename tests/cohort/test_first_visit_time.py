"""When virtual patients come for the first time."""

import numpy as np
import pytest

from ranvier.anatomy import UnknownNameError
from ranvier.cohort.first_visit_time import LIMIT, first_visit_years, numbers
from ranvier.disease import diseases


def test_every_disease_has_its_times_and_nothing_else_has():
    assert set(numbers()) == {*diseases(), LIMIT}


def test_mmn_comes_as_late_as_published():
    years = np.array([first_visit_years("mmn", seed) for seed in range(2000)])
    assert np.median(years) == pytest.approx(25 / 12, rel=0.1)
    assert 3 < years.mean() < 4.5  # the published mean of 5.5 years belongs to another country's median
    assert years.max() <= numbers()[LIMIT]["latest"]


def test_a_neuropathy_of_days_is_seen_long_before_one_of_years():
    found = {name: np.median([first_visit_years(name, seed) for seed in range(300)]) for name in diseases()}
    assert found["gbs"] < found["vasculitis"] < found["cidp"] < found["als"] < found["mmn"] < found["ibm"]


def test_the_seed_decides():
    assert first_visit_years("als", 7) == first_visit_years("als", 7) != first_visit_years("als", 8)
    with pytest.raises(UnknownNameError, match="gout"):
        first_visit_years("gout", 1)
