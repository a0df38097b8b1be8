"""The watch on series whose truth is written down here."""

from datetime import date

import numpy as np
import pytest

from ranvier.treatment.given import Given
from ranvier.treatment.readings import Readings
from ranvier.treatment.wear_off import watch
from ranvier.treatment.wear_off.events import alarms, spans
from ranvier.treatment.wear_off.expected import wear_off
from ranvier.treatment.wear_off.measures import kind_of, measure

START = date(2026, 1, 5).toordinal()
DAYS = np.arange(200)
CYCLE = 28
INFUSIONS = tuple(Given("ivig", float(START + day) + 0.4, 100.0, 0.2) for day in range(-280, 200, CYCLE))
SINCE = (DAYS - 1) % CYCLE


def hand(name, share, kg=36.0, noise=0.05, seed=1):
    """Daily grip that is a share of `kg`, read with noise."""
    random = np.random.default_rng([seed, len(name)])
    value = kg * share * np.exp(noise * random.standard_normal(len(DAYS)))
    return Readings(name, "kg", START + DAYS + 0.3, value)


def both(share, **how):
    return (hand("grip right", share, **how), hand("grip left", share, kg=30.0, **how))


def kinds(found):
    return [each.kind for each in found.events]


STEADY = np.ones(len(DAYS))
FALLEN = 1 - 0.35 * np.clip((DAYS - 120) / 5, 0, 1)
SINKING = 1 - 0.5 * np.clip((DAYS - 70) / 110, 0, 1)
FADING = 1 - 0.28 * np.clip((SINCE - 8) / 19, 0, 1)


def test_nothing_is_seen_where_nothing_happens():
    found = watch(both(STEADY), INFUSIONS)
    assert found.events == ()
    assert found.any_fall[found.past][7:].max() < 0.5
    assert found.then.middle[150] == pytest.approx([36, 30], rel=0.05)
    assert found.noise == pytest.approx(0.05 / 0.06, rel=0.2)


def test_a_sudden_fall_is_a_relapse():
    found = watch(both(FALLEN), INFUSIONS)
    assert kinds(found) == ["relapse"]
    event = found.events[0]
    assert START + 120 <= event.began <= event.seen <= START + 130
    assert event.ended is None
    assert set(event.by) == {"grip right", "grip left"}
    assert "relapse" in event.words
    assert "2026-05" in event.words


def test_a_slow_fall_over_cycles_is_a_loss_of_response():
    assert kinds(watch(both(SINKING), INFUSIONS)) == ["loss of response"]


def test_a_fall_that_comes_back_with_each_infusion_is_fading():
    found = watch(both(FADING), INFUSIONS)
    assert kinds(found) == ["within-cycle fading"]
    assert found.events[0].times >= 4


def test_a_single_bad_reading_is_no_fall():
    one = both(STEADY)[0]
    value = one.value.copy()
    value[100] *= 0.4
    bad = Readings(one.measure, one.unit, one.day, value)
    found = watch([bad, both(STEADY)[1]], INFUSIONS)
    assert found.events == ()


def test_nothing_later_than_a_day_enters_what_was_known_then():
    plain, other = watch(both(STEADY), INFUSIONS), watch(both(FALLEN), INFUSIONS)
    assert other.probability[:120] == pytest.approx(plain.probability[:120], abs=1e-12)
    assert other.then.low[:120] == pytest.approx(plain.then.low[:120], abs=1e-9)
    assert np.abs(other.now.middle[:120] - plain.now.middle[:120]).max() > 0.1


def test_readings_after_today_are_not_read():
    early = watch(both(FALLEN), INFUSIONS, until=START + 110)
    assert early.today == START + 110
    assert early.events == ()
    assert all(each.day.max() <= START + 111 for each in early.readings)


def test_the_wear_off_day_of_a_regular_fading():
    """What matters is 4 of 36 kg: the true fall passes it on day 8 + 19 (4 / 36) / 0.28 after the infusion."""
    found = watch(both(FADING), INFUSIONS, until=START + 172)
    true = 8 + 19 * (4 / 36) / 0.28
    expected = found.wear_off
    assert expected is not None
    assert expected.came_back
    assert expected.expected - np.floor(expected.infusion) == pytest.approx(true, abs=3)
    assert expected.earliest <= expected.expected <= expected.latest


def test_after_a_relapse_there_is_nothing_to_wear_off():
    expected = watch(both(FALLEN), INFUSIONS).wear_off
    assert expected is not None
    assert not expected.came_back
    assert expected.expected is None


def test_a_fall_of_the_legs_is_seen_by_the_sum_only():
    random = np.random.default_rng(5)
    at = DAYS[::7]
    total = np.round(np.where(at < 120, 56, 49) + 0.7 * random.standard_normal(len(at)))
    grips = both(STEADY)
    found = watch([*grips, Readings("MRC sum score", "points", START + at + 0.5, total)], INFUSIONS)
    assert kinds(found) == ["relapse"]
    assert found.events[0].by == ("MRC sum score",)
    assert watch(grips, INFUSIONS).events == ()


def test_nothing_is_known_of_a_measure_before_its_first_reading():
    later = Readings("MRC sum score", "points", START + 60.0 + DAYS[:100], np.full(100, 55.0))
    found = watch([*both(STEADY), later], INFUSIONS)
    assert np.isnan(found.probability[:60, 2]).all()
    assert np.isnan(found.now.middle[:60, 2]).all()
    assert np.isfinite(found.probability[60:, 2]).all()
    assert np.isfinite(found.any_fall).all()
    assert found.events == ()


def test_many_readings_a_day_narrow_the_band():
    one, *rest = (hand("grip right", STEADY, seed=seed) for seed in (1, 2, 3))
    value = np.column_stack([one.value, *(each.value for each in rest)]).ravel()
    more = Readings("grip right", "kg", np.repeat(one.day, 3), value)
    wide, narrow = (watch([each], INFUSIONS) for each in (one, more))
    width = [(each.then.high - each.then.low)[150, 0] for each in (wide, narrow)]
    assert width[1] < 0.8 * width[0]


def test_what_it_cannot_see_is_said():
    one = hand("grip right", STEADY)
    there = (DAYS < 60) | (DAYS > 75)
    gap = Readings(one.measure, one.unit, one.day[there], np.where(DAYS == 20, 0.0, one.value)[there])
    told = " ".join(watch([gap], ()).cannot_see)
    for said in (
        "grip showed 53%",
        "No infusion is entered",
        "2026-03-06 to 2026-03-21 (16 days)",
        "1 reading",
    ):
        assert said in told
    assert "53%" not in " ".join(
        watch([one, Readings("MRC sum score", "", one.day, STEADY * 50)], ()).cannot_see
    )


def test_without_infusions_nothing_fades():
    found = watch(both(FALLEN), ())
    assert found.wear_off is None
    assert kinds(found) == ["relapse"]


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        ((), "no reading"),
        ((Readings("IgG", "g/L", np.array([START + 0.5]), np.array([12.0])),), "No measure of strength"),
        ((Readings("grip right", "kg", np.array([START + 0.5]), np.array([np.nan])),), "not a number"),
    ],
)
def test_what_cannot_be_watched_is_refused(readings, said):
    with pytest.raises(ValueError, match=said):
        watch(readings, INFUSIONS)


def test_the_important_change_is_the_less_of_amount_and_share():
    assert measure("grip_kg").fall_that_matters(np.array([10.0, 20.0, 40.0])) == pytest.approx([2, 4, 4])
    assert measure("grip_kpa").fall_that_matters(np.array([20.0, 80.0])) == pytest.approx([4, 8])
    assert measure("mrc_sum").fall_that_matters(55.0) == 2
    plateau = np.log(np.array([40.0]))
    assert np.exp(plateau - measure("grip_kg").scaled_fall(plateau)) == pytest.approx([36.0])


def test_measures_are_known_by_name_and_unit():
    assert [kind_of("grip right", "kPa"), kind_of("Grip left", "kg"), kind_of("IgG", "g/L")] == [
        "grip_kpa", "grip_kg", None,
    ]  # fmt: skip
    assert kind_of("function score (RODS-like)", "") == "rods"
    assert kind_of("key pinch right", "kg") == "other"


def test_spans_begin_high_and_end_low():
    likely = np.array([0.1, 0.9, 0.5, 0.7, 0.3, 0.6, 0.9])
    assert list(spans(likely, 0.8, 0.4)) == [(1, 4), (6, 7)]


def test_the_wear_off_day_is_read_off_the_probability():
    likely = np.array([0.9, 0.4, 0.0, 0.02, 0.2, 0.55, 0.5, 0.97])[:, None]
    found = wear_off(likely, ("grip right",), 100.0, 100.4)
    assert (found.earliest, found.expected, found.latest) == (104, 105, 107)
    assert found.probability == pytest.approx(0.97)


def test_no_event_is_seen_while_the_plateau_is_learnt():
    likely = np.full((30, 1), 0.9)
    assert alarms(likely) == [(14, 30)]
