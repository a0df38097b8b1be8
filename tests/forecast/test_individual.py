"""A fit to one patient: what it finds, what it says, and what it must not look at."""

import numpy as np
import pytest
from fitted_people import DOSES, START, WHO, person, record, truth

from ranvier.forecast.course import years_of
from ranvier.forecast.individual import fit, fitted
from ranvier.patient import Identity, Patient, Scale, When
from ranvier.treatment.effect.population import people
from ranvier.treatment.given import Given
from ranvier.treatment.readings import Readings

ONE = person()
WITHIN = START + np.arange(0.0, 90.0, 3.0)


@pytest.fixture(scope="module")
def found():
    return fit(record(ONE))


def test_bands_hold_the_truth_and_are_far_narrower_than_the_population(found):
    nobody = fitted(DOSES, (), 82.0)
    for measure in ("IgG", "grip right", "grip left"):
        band, before = found.predict(measure, WITHIN), nobody.predict(measure, WITHIN)
        assert band.holds(truth(ONE, measure, WITHIN)).mean() > 0.6, measure
        assert np.median((band.high - band.low) / (before.high - before.low)) < 0.6, measure


def test_draws_are_people_under_treatment(found):
    assert len(found.treated.most) >= 400
    assert len(found.best.most) == 1
    assert set(found.treated.hands) == {"grip right", "grip left"}
    assert found.measures == ("IgG", "grip left", "grip right")


def test_a_reading_is_less_sure_than_the_level(found):
    level, reading = (found.predict("grip right", WITHIN, reading=way) for way in (False, True))
    assert np.all(reading.high - reading.low > 1.5 * (level.high - level.low))
    assert all(share < 0.3 for share in found.outside.values())


def test_what_the_readings_taught(found):
    by_name = {each.name: each for each in found.learned}
    assert by_name["own IgG"].from_readings > 0.2
    assert by_name["decline"].from_readings < 0.2
    assert all(each.low <= each.high for each in found.learned)
    assert found.remarks == ()


def test_later_readings_and_doses_are_not_seen():
    whole, day = record(ONE), START + 40
    early = fit(whole, until=day)
    assert max(each.day[-1] for each in early.readings) <= day
    assert [each.day for each in early.given] == pytest.approx(
        [each.day for each in DOSES if each.day <= day]
    )
    cut = tuple(each for each in whole.timeline if When(each.when).day_number <= day)
    again = fit(Patient(whole.identity, cut))
    assert np.array_equal(early.treated.most, again.treated.most)
    assert not np.array_equal(early.treated.most, fit(whole).treated.most)


def test_precise_igg_finds_the_kinetics():
    days = START + np.arange(0.5, 84.5, 1.0)
    level = truth(ONE, "IgG", days)
    noisy = level * (1 + 0.05 * np.random.default_rng(1).standard_normal(len(days)))
    one = fitted(DOSES, [Readings("IgG", "g/L", days, noisy)], 82.0)
    by_name = {each.name: each for each in one.learned}
    assert by_name["clearance"].best == pytest.approx(ONE.disposition.clearance[0], rel=0.12)
    assert by_name["own IgG"].best == pytest.approx(ONE.own_g_l[0], rel=0.08)
    assert by_name["clearance"].from_readings > 0.5
    assert any("no reading of strength" in each for each in one.remarks)


def test_without_readings_it_is_the_population_and_says_so():
    one = fit(Patient(Identity("x")))
    assert one.remarks[-1].startswith("no readings: this is the band of the population")
    assert any("no weight" in each for each in one.remarks)
    wholes = people(np.random.default_rng(0), 4000).hands["grip right"].whole
    mine = one.treated.hands["grip right"].whole
    assert np.log(mine).mean() == pytest.approx(np.log(wholes).mean(), abs=0.06)
    assert np.log(mine).std() == pytest.approx(np.log(wholes).std(), rel=0.15)


def test_what_is_missing_is_said():
    entries = [
        Scale(**WHO, when=f"2021-07-{day:02d}", name="grip", score=20.0, unit="kg", side="right")
        for day in range(1, 9)
    ]
    one = fit(
        Patient(
            Identity("x", weight_kg=70.0),
            (*entries, Scale(**WHO, when="2021-07-01", name="ONLS arm", score=2.0)),
        )
    )
    told = " ".join(one.remarks)
    assert "no IgG value" in told
    assert "no dose of immunoglobulin" in told
    assert "shown but not fitted: ONLS arm" in told


def test_one_reading_gone_wrong_moves_little():
    days = START + np.arange(0.3, 60.3, 2.0)
    value = truth(ONE, "grip right", days) * (1 + 0.04 * np.random.default_rng(2).standard_normal(len(days)))
    wrong = value.copy()
    wrong[20] *= 3
    clean, soiled = (
        fitted(DOSES, [Readings("grip right", "kg", days, each)], 82.0) for each in (value, wrong)
    )
    there = [each.predict("grip right", days).median for each in (clean, soiled)]
    assert np.abs(there[1] / there[0] - 1).max() < 0.03


def test_practice_is_told_from_strength():
    days = START + np.arange(0.3, 80.3, 2.0)
    level = truth(ONE, "grip right", days)
    shown = level * (1 - 0.2 * np.exp(-np.arange(len(days)) / 5))
    noisy = shown * (1 + 0.03 * np.random.default_rng(3).standard_normal(len(days)))
    one = fitted(DOSES, [Readings("grip right", "kg", days, noisy)], 82.0)
    early = one.predict("grip right", days[:1])
    assert early.median[0] > 1.06 * noisy[0]
    assert {each.name: each for each in one.learned}["grip gain"].best > 0.08


def test_any_mix_of_measures():
    days = START + np.arange(1.0, 85.0, 12.0)
    up = np.linspace(0, 1, len(days))
    mix = [
        Readings("MRC sum score", "points", days, np.round(52 + 4 * up)),
        Readings("function score (RODS-like)", "points", days, np.round(36 + 6 * up)),
        Readings("grip right (kPa)", "kPa", days, 40 + 10 * up),
        Readings("conduction right ulnar ADM wrist-below elbow", "1", days, 0.3 + 0.3 * up),
        Readings("conduction right median APB wrist-elbow", "1", days, 0.9 + 0.05 * up),
    ]
    late = tuple(Given("ivig", START + 5 + 21 * n, 82.0, 0.2) for n in range(4))
    one = fitted(late, mix, 82.0)
    assert "conduction right median APB wrist-elbow" not in one.measures
    assert len(one.measures) == 5
    for each in mix[:-1]:
        band = one.predict(each.measure, each.day, reading=True)
        assert band.holds(each.value).mean() > 0.7, each.measure
    assert one.predict("MRC sum score", days).high.max() <= 60


def test_a_patient_unlike_all_others_is_said_to_be():
    days = START + np.arange(0.3, 80.3, 2.0)
    value = np.where(np.arange(len(days)) % 2 == 0, 30.0, 6.0)
    one = fitted(DOSES, [Readings("grip right", "kg", days, value)], 82.0)
    assert any("grip right" in each and ("outside" in each) for each in one.remarks)


def test_wrong_questions_are_answered_with_the_remedy(found):
    with pytest.raises(ValueError, match=r"'grip' was not fitted; there are IgG, grip left, grip right"):
        found.predict("grip", WITHIN)
    with pytest.raises(ValueError, match="ascending, none before"):
        found.predict("IgG", WITHIN[::-1])
    with pytest.raises(ValueError, match="ascending, none before"):
        found.predict("IgG", [found.origin - 1])


def test_what_was_lost_or_won_by_a_day_is_in_the_whole(found):
    day = np.array([START + 100.0])
    late = found.on(day[0])
    attack = found.course(day).attack(found.treated)[:, -1:]
    level = found.levels("grip right", day)
    assert late.measured("grip right", attack, day) == pytest.approx(level)


def test_a_hand_that_loses_on_its_own_is_followed_and_said_to_be():
    days = START + np.arange(0.3, 88.3, 2.0)
    years = (days - days.mean()) / 365.25
    value = truth(ONE, "grip right", days) * np.exp(-1.5 * years)
    noisy = value * (1 + 0.04 * np.random.default_rng(3).standard_normal(len(days)))
    one = fitted(DOSES, [Readings("grip right", "kg", days, noisy)], 82.0)
    band = one.predict("grip right", days)
    assert np.abs(band.median / value - 1).max() < 0.08
    assert {each.name: each for each in one.learned}["grip right trend"].high < -0.5
    assert any("grip right trend" in each for each in one.remarks)


def test_a_trend_dies_away_after_the_last_reading():
    seen = START + np.arange(0.0, 91.0)
    days = START + np.array([45.0, 90.0, 120.0, 5000.0])
    years = years_of(days, seen)
    assert years[:2] * 365.25 == pytest.approx([0, 45])
    assert 45 + 20 < years[2] * 365.25 < 45 + 30
    assert years[3] * 365.25 == pytest.approx(45 + 120)
