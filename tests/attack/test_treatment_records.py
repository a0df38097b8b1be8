"""Treatment records as they come in real life, and nasty ones: refused in a sentence, or followed sanely."""

from datetime import date, timedelta

import numpy as np
import pytest

from builders import WHO, patient
from diary_patients import looked_ahead
from ranvier.forecast.ahead import ahead
from ranvier.forecast.individual import fit
from ranvier.forecast.outlook import outlook
from ranvier.forecast.present import present
from ranvier.patient import Dose, Laboratory, Scale
from ranvier.treatment.given import Given, given
from ranvier.treatment.plan import candidate, longest_interval, target, targets
from ranvier.treatment.reading_check import misdated
from ranvier.treatment.regimen import regimen

START = date(2025, 1, 6)
NOW = candidate("ivig 80 g every 21 d")
DRUGS = (
    "ivig",
    "scig",
    "fscig",
    "prednisone",
    "rituximab",
    "efgartigimod",
    "plasma-exchange",
    "mycophenolate",
)
MEASURES = (("grip", "kg", "right", 50), ("grip", "kPa", "left", 120), ("MRC sum score", "points", None, 70))


def day(number):
    return (START + timedelta(number)).isoformat()


def dose(number, grams=80.0, drug="ivig", **fields):
    return Dose(**WHO, when=day(number), drug=drug, amount=grams, **fields)


def grip(number, score, **fields):
    return Scale(
        **WHO, when=day(number), **{"name": "grip", "unit": "kg", "side": "right", **fields}, score=score
    )


def read(*entries, **identity):
    return patient(*entries, **{"weight_kg": 80.0, **identity})


def test_a_gap_of_half_a_year_does_not_turn_infusions_into_one_course():
    days = (0, 21, 45, 60, 90, 270, 290, 318, 333)
    assert present(given(read(*map(dose, days)))).text == "ivig 80 g every 24 d"


def test_after_a_switch_only_the_new_drug_goes_on():
    before = [dose(21 * n) for n in range(8)]
    weekly = [dose(168 + 7 * n, 27.0, "scig") for n in range(20)]
    later = ahead(fit(read(*before, *weekly, grip(300, 18))), months=6)
    new = [each for each in later.given if each.day > later.days[0]]
    assert {each.drug for each in new} == {"scig"}
    assert np.diff([each.day for each in new]) == pytest.approx(7)


@pytest.mark.parametrize("moments", [(0.0, 1.0), (0.3, 0.5), tuple(range(40))])
def test_infusions_on_days_in_a_row_hold_no_interval(moments):
    doses = tuple(Given("ivig", START.toordinal() + each, 20.0) for each in moments)
    assert present(doses) is None
    with pytest.raises(ValueError, match="fewer than two courses"):
        ahead(fit(read(*(dose(int(each), 20.0) for each in moments), grip(60, 18))))


def test_two_infusions_of_one_day_are_one_day_of_the_course():
    doses = [Given("ivig", START.toordinal() + 21 * n + part, 40.0) for n in range(5) for part in (0.3, 0.6)]
    assert present(doses).text == "ivig 80 g every 21 d"


def test_courses_years_apart_or_without_end_are_no_regimen():
    assert present([Given("ivig", 730000.0, 80.0), Given("ivig", 737000.0, 80.0)]) is None
    assert (
        present([Given("ivig", 730000.0 + 60 * n + each, 10.0) for n in range(2) for each in range(20)])
        is None
    )


def test_a_regimen_named_with_a_day_long_past_is_not_given_a_second_time():
    fitted = looked_ahead().fitted
    later = ahead(fitted, regimen("ivig 1 g/kg every 21 d from 2020-01"), months=2)
    past = [each.day for each in later.given if each.day < later.days[0]]
    assert past == [each.day for each in fitted.given if each.day < later.days[0]]
    assert any(
        "no dose of this regimen" in each
        for each in ahead(fitted, regimen("ivig 80 g every 21 d until 2020")).remarks
    )


@pytest.mark.parametrize(
    "text",
    [
        "ivig 1 g/kg every 0.0001 d",
        "ivig 1 g/kg every 9999 d",
        "ivig 1 g/kg over 5 d every 3 d",
        "ivig 1 g/kg over 1.5 d every 21 d",
        f"ivig {'9' * 400} g every 21 d",
        "ivig ١ g every 21 d",
    ],
)
def test_a_regimen_that_nobody_can_be_given_is_refused(text):
    with pytest.raises(ValueError, match="write|enter"):
        regimen(text)


def test_grams_ten_times_beyond_the_label_are_refused_in_a_plan_and_in_a_forecast():
    with pytest.raises(ValueError, match="check amount and unit"):
        candidate("ivig 99999 g every 21 d", 80.0)
    with pytest.raises(ValueError, match="check amount and unit"):
        ahead(looked_ahead().fitted, regimen("ivig 99999 g every 21 d"))
    with pytest.raises(ValueError, match="in a row"):
        candidate("ivig 1 g/kg over 100 d every 200 d", 80.0)


@pytest.mark.parametrize("text", ["Grip_Right ≥ 18 KG", "grip-right>=18", "right grip >= 18kg"])
def test_a_target_is_known_however_it_is_spelled(text):
    (found,) = outlook(read(*map(dose, (0, 21, 42)), grip(50, 20)), targets=targets(text)).plan.targets
    assert (found.measure, found.at_least, found.unit) == ("grip right", 18, "kg")


def test_a_target_in_another_unit_is_refused_and_kpa_finds_its_own_device():
    doses = tuple(map(dose, (0, 21, 42)))
    both = read(*doses, grip(50, 20), grip(51, 60, unit="kPa"))
    (found,) = outlook(both, targets=targets("grip right>=50kPa")).plan.targets
    assert (found.measure, found.unit) == ("grip right (kPa)", "kPa")
    with pytest.raises(ValueError, match="was read in kg; nothing turns kPa into it"):
        outlook(read(*doses, grip(50, 20)), targets=targets("grip right>=80kPa"))


@pytest.mark.parametrize("text", ["grip_right>=0kg", f"grip_right>={'9' * 400}kg", "grip_right>=18,5kg"])
def test_a_target_that_says_nothing_is_refused(text):
    with pytest.raises(ValueError, match="always met|is not a target"):
        targets(text)
    assert target("MRC sum score>=60").unit == ""


def test_a_paralysed_hand_sets_no_target():
    doses, weak = (
        tuple(map(dose, range(0, 210, 21))),
        [grip(n, 0.0, side="left") for n in range(100, 200, 10)],
    )
    with pytest.raises(ValueError, match="every measure reads 0"):
        outlook(read(*doses, *weak))
    both = outlook(read(*doses, *weak, *(grip(n, 20.0) for n in range(100, 200, 10))))
    assert [each.measure for each in both.plan.targets] == ["grip right"]


def test_without_any_strength_there_is_no_plan_for_this_patient():
    igg = Laboratory(**WHO, when=day(40), igg_g_l=14.0)
    for entries in ((), (igg,), (grip(30, 40.0, unit="lb"),)):
        with pytest.raises(ValueError, match="no strength is on the record"):
            outlook(read(*map(dose, (0, 21, 42)), *entries))


def test_readings_after_today_and_before_birth_are_refused():
    record = read(
        grip(0, 18), grip(900, 18), Scale(**WHO, when="1950", name="grip", score=3.0), birth_year=1970
    )
    found = misdated(record, START.toordinal() + 10)
    assert [(each.place[1], each.certain) for each in found] == [(1, True), (2, True)]
    assert not list(misdated(record, 800_000))[1:]


def test_a_record_at_the_end_of_the_calendar_is_refused():
    late = Scale(**WHO, when="9999-11-01", name="grip", unit="kg", side="right", score=18.0)
    with pytest.raises(ValueError, match="end of the calendar"):
        ahead(fit(read(late)), None)


def test_a_dose_after_the_last_reading_can_follow_a_plasma_exchange():
    exchange = [dose(2 * n, 3.0, "plasma-exchange") for n in range(3)]
    found = fit(read(*exchange, dose(5), grip(20, 18), dose(200, hours=None), dose(221)))
    assert np.isfinite(found.predict("grip right", np.array([found.last])).median).all()


def test_the_interval_is_the_longest_sought_where_most_draws_last_longer():
    person = looked_ahead().fitted.treated
    easy, hard = (
        longest_interval(person, NOW, targets(text), choice=lambda _: 0.0)
        for text in ("grip_right>=1kg", "grip_right>=80kg")
    )
    assert easy.any > 0.5 > hard.any
    assert easy.chosen == easy.safe == easy.last
    assert hard.chosen == 0


def test_a_hand_that_falls_in_spite_of_infusions_is_said_to_fall():
    doses = [dose(21 * n) for n in range(12)]
    falling, steady = (
        fit(read(*doses, *(grip(n, 24 - loss * n) for n in range(130, 250, 4)))) for loss in (0.05, 0)
    )
    assert any("grip right: falls by" in each and "does not count it" in each for each in falling.remarks)
    assert not any("falls by" in each for each in steady.remarks)


def anybody(random):
    """A record of a few doses and readings of any kind, in any order."""
    entries = []
    for drug in random.choice(DRUGS, random.integers(0, 3)):
        grams = float(random.choice([20, 80, 160])) if "ig" in drug[1:4] else 1.0
        for n in range(random.integers(1, 8)):
            entries.append(dose(int(n * random.choice([1, 7, 21, 60])), grams, str(drug)))
    for n in random.integers(0, len(MEASURES), random.integers(0, 3)):
        name, unit, side, most = MEASURES[n]
        for _ in range(random.integers(1, 12)):
            score = round(float(random.random() * most * random.integers(0, 2)), 1)
            entries.append(grip(int(random.integers(0, 300)), score, name=name, unit=unit, side=side))
    for _ in range(random.integers(0, 3)):
        entries.append(
            Laboratory(**WHO, when=day(int(random.integers(0, 300))), igg_g_l=float(random.integers(1, 60)))
        )
    random.shuffle(entries)
    return read(*entries, weight_kg=random.choice([None, 45.0, 82.0, 200.0]))


def in_order(*lines):
    """Whether numbers are finite, not negative and ascend from line to line."""
    every = np.array(lines, float)
    return np.isfinite(every).all() and (every >= 0).all() and (np.diff(every, axis=0) >= -1e-9).all()


@pytest.mark.parametrize("seed", range(8))
def test_any_record_is_followed_sanely_or_refused(seed):
    record = anybody(np.random.default_rng(seed))
    fitted = fit(record)
    less, more = (ahead(fitted, way, months=3).bands for way in (None, regimen("ivig 80 g every 14 d")))
    for name, band in less.items():
        assert in_order(band.low, band.median, band.high)
        assert (more[name].median >= band.median - 1e-6).all()
    strong = any(each.value.any() for each in fitted.readings if each.measure != "IgG")
    if record.weight_kg is None or not strong:
        with pytest.raises(ValueError, match="weight_kg|no strength|reads 0"):
            outlook(record, now=NOW)
        return
    found = outlook(record, now=NOW)
    for each in found.plan.outcomes:
        assert 0 <= each.chance <= 1
        assert each.above.high <= 1
        for band in (each.above, each.igg_trough_g_l, *(level.trough for level in each.measures.values())):
            assert in_order(band.low, band.typical, band.high)
