"""The published model of grip in MMN (Li 2024): cycles, washout and claims, computed apart from this code.

The reference values come from the printed numbers by matrix exponentials; the paper prints none of them
but the claim (at least 1.6 g/kg a month brings 4 kg or more to at least 70 %).
"""

import numpy as np
import pytest

from ranvier.treatment.effect.grip_turnover import (
    STEP_DAYS,
    cycle,
    grip,
    numbers,
    reaching,
    settled,
    washout,
)  # fmt: skip

CYCLES = [
    (0.4, 14, 9.237, 4.083, 14.399, 13.272, 4.16, 7.83),
    (0.4, 28, 6.406, 1.251, 13.314, 11.511, 5.07, 13.54),
    (1.0, 14, 23.092, 10.206, 17.518, 16.041, 4.71, 8.43),
    (1.0, 21, 18.248, 5.362, 16.412, 13.963, 5.55, 14.93),
    (1.0, 28, 16.014, 3.128, 15.841, 12.725, 6.00, 19.67),
    (0.8, 14, 18.474, 8.165, 16.676, 15.245, 4.57, 8.58),
    (1.6, 28, 25.623, 5.005, 17.493, 13.779, 6.59, 21.23),
    (2.0, 28, 32.028, 6.257, 18.322, 14.407, 6.89, 21.37),
    (2.0, 14, 46.184, 20.413, 20.232, 18.836, 5.09, 6.90),
]
"""g/kg, every so many days; highest and lowest IgG; highest and lowest grip; day of the highest; swing in %."""

CLAIMS = [
    (0.4, 28, 0.018, 0.167, 0.424),
    (0.4, 14, 0.252, 0.419, 0.566),
    (1.0, 28, 0.165, 0.507, 0.742),
    (1.0, 21, 0.354, 0.611, 0.775),
    (0.8, 14, 0.519, 0.673, 0.778),
    (1.6, 28, 0.328, 0.673, 0.841),
    (1.0, 14, 0.602, 0.738, 0.824),
    (2.0, 28, 0.415, 0.738, 0.873),
    (2.0, 14, 0.799, 0.871, 0.909),
]
"""g/kg, every so many days; share that gains 4 kg at trough, at mean and at peak IgG (20 000 drawn patients)."""


@pytest.mark.parametrize(("grams", "every", "peak", "trough", "most", "least", "top", "swing"), CYCLES)
def test_a_cycle_of_the_published_model(grams, every, peak, trough, most, least, top, swing):
    found, untreated = cycle(grams, every), numbers()["grip"]["untreated"]
    assert (found.igg_highest, found.igg_lowest) == pytest.approx((peak, trough), abs=6e-4)
    assert untreated * found.highest == pytest.approx(most, abs=1e-3)
    assert untreated * found.lowest == pytest.approx(least, abs=1e-3)
    assert found.at_highest == pytest.approx(top, abs=2 * STEP_DAYS)
    assert 100 * found.swing == pytest.approx(swing, abs=0.01)


def test_the_washout_of_the_published_model():
    kept = washout(1.0, 21, 400.0)
    assert kept[round(84 / STEP_DAYS)] == pytest.approx(0.7613, abs=1e-4)
    assert kept[-1] == pytest.approx(0.7592, abs=1e-4)
    for share, day in ((0.9, 10.73), (0.8, 33.31)):
        assert int((kept < share).argmax()) * STEP_DAYS == pytest.approx(day, abs=2 * STEP_DAYS)
    assert kept.min() > 0.7


@pytest.mark.parametrize(("grams", "every", "trough", "mean", "peak"), CLAIMS)
def test_how_many_gain_four_kg(grams, every, trough, mean, peak):
    assert reaching(4.0, grams, every) == pytest.approx((trough, mean, peak), abs=0.006)


def test_without_drug_grip_stays_and_under_it_it_stays_below_its_ceiling():
    assert (grip(np.zeros(1000)) == 1.0).all()
    ceiling = 1 / (1 - numbers()["grip"]["most"])
    assert settled(np.array([1e9]))[0] == pytest.approx(ceiling)
    assert grip(np.full(20000, 1e6)).max() < ceiling
