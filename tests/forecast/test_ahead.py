"""What comes next: doses that go on, another regimen, none."""

import numpy as np
import pytest
from fitted_people import DOSES, START, person, record

from ranvier.forecast.ahead import ahead, continued
from ranvier.forecast.individual import fit
from ranvier.treatment.given import Given
from ranvier.treatment.regimen import regimen

ONE = person()


@pytest.fixture(scope="module")
def found():
    return fit(record(ONE))


def test_the_same_goes_on(found):
    later = ahead(found, months=6)
    days = [each.day for each in later.given]
    assert np.diff(days) == pytest.approx(21)
    assert later.days[-1] - later.days[0] == pytest.approx(182, abs=1)
    assert set(later.bands) == {"IgG", "grip right", "grip left"}
    for band in later.bands.values():
        assert np.all((band.low <= band.median) & (band.median <= band.high))


def test_less_is_weaker_and_nothing_is_weakest(found):
    last = [
        ahead(found, way, months=4).bands["grip left"].median[-20:].mean()
        for way in ("as before", regimen("ivig 1 g/kg every 42 d"), None)
    ]
    assert last[0] > last[1] > last[2]


def test_without_treatment_igg_returns_to_the_own_level(found):
    band = ahead(found, None, months=8).bands["IgG"]
    own = np.quantile(found.treated.own_g_l, [0.05, 0.95])
    assert [band.low[-1], band.high[-1]] == pytest.approx(own, rel=0.02)


def test_bands_widen_with_time_and_a_long_forecast_is_said_to_be(found):
    later = ahead(found, None, months=24)
    width = later.bands["grip right"].high - later.bands["grip right"].low
    assert width[-1] > width[5]
    assert later.remarks
    assert not ahead(found, months=2).remarks


def test_courses_of_two_days_stay_together():
    doses = tuple(Given("ivig", START + 28 * n + day, 40.0) for n in range(3) for day in (0, 1))
    days = [each.day for each in continued(doses, START + 130)]
    assert days == pytest.approx([START + 84, START + 85, START + 112, START + 113])


def test_weekly_doses_go_on_one_by_one():
    weekly = tuple(Given("scig", START + 7.0 * n, 10.0) for n in range(6))
    days = [each.day for each in continued(weekly, START + 57)]
    assert days == pytest.approx([START + 42, START + 49, START + 56])


def test_one_course_has_no_interval():
    with pytest.raises(ValueError, match="fewer than two courses"):
        continued(DOSES[:1], START + 100)
