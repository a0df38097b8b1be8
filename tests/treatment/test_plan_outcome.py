"""What a regimen is predicted to do: more drug never harms the target, smaller doses more often swing less."""

from dataclasses import replace

import numpy as np
import pytest
from plan_people import WEIGHT_KG, crowd, one_person, without_effect

from ranvier.treatment.plan import (
    Candidate,
    Prices,
    Target,
    candidates,
    evaluate,
    prices,
    targets,
    usual_targets,
)
from ranvier.treatment.plan.band import band
from ranvier.treatment.plan.fall import clear_fall
from ranvier.treatment.plan.outcome import above, share_above

CURRENT = Candidate("ivig", 80, 21)
GRIP = (Target("grip right", 18.0), Target("grip left", 16.0))


def test_more_grams_at_the_same_interval_never_mean_less_time_above():
    shares = [
        share_above(crowd(), replace(CURRENT, grams=grams), GRIP) for grams in (0, 20, 40, 80, 120, 160)
    ]
    assert np.all(np.diff(shares, axis=0) >= -1e-9)
    assert np.any(np.diff(shares, axis=0) > 0.05)


def test_a_longer_interval_at_the_same_dose_never_means_more_time_above():
    shares = [
        share_above(crowd(), replace(CURRENT, every_days=days), GRIP) for days in (7.0, 14.0, 21.0, 35.0)
    ]
    assert np.all(np.diff(shares, axis=0) <= 1e-9)


def test_half_the_dose_twice_as_often_swings_less_for_the_same_grams():
    whole, half = evaluate(one_person(), [CURRENT, Candidate("ivig", 40, 10.5)], GRIP, WEIGHT_KG)
    assert half.burden.grams == pytest.approx(whole.burden.grams)
    for name in whole.measures:
        assert half.measures[name].swing_pct.high < whole.measures[name].swing_pct.low
        assert half.measures[name].trough.typical > whole.measures[name].trough.typical
    assert half.igg_trough_g_l.typical > whole.igg_trough_g_l.typical


def test_the_same_grams_under_the_skin_swing_least():
    vein, skin = evaluate(one_person(), [Candidate("ivig", 28, 7), Candidate("scig", 28, 7)], GRIP, WEIGHT_KG)
    assert skin.measures["grip right"].swing_pct.high < vein.measures["grip right"].swing_pct.low
    assert (skin.burden.hospital_days, vein.burden.hospital_days) == (0, pytest.approx(365.25 / 7))
    assert skin.burden.needles > vein.burden.needles


def test_the_swing_and_the_trough_of_igg_are_those_of_the_cycle():
    person = one_person(spread=0.0, draws=1)
    now, nothing = evaluate(person, [CURRENT, replace(CURRENT, grams=0.0)], GRIP, WEIGHT_KG)
    level = now.measures["grip right"]
    assert level.swing_pct.typical == pytest.approx(100 * (1 - level.trough.typical / level.peak.typical))
    assert nothing.igg_trough_g_l.typical == pytest.approx(10.0)
    assert now.igg_trough_g_l.typical > 12


def test_the_doses_of_a_cycle_hold_its_grams_and_say_how_they_are_given():
    split = Candidate("ivig", 160, 28, over_days=4).doses
    assert split.day.tolist() == [0, 1, 2, 3]
    assert split.grams.sum() == pytest.approx(160)
    assert np.all(split.days_long > 0)
    plain, eased = Candidate("scig", 20, 7).doses, Candidate("fscig", 20, 14).doses
    assert plain.depot.all()
    assert eased.gain[0] > plain.gain[0] == 1


def test_without_drug_or_without_effect_the_outcome_is_the_untreated_level():
    person = one_person()
    untreated = person.hands["grip right"].strength(np.ones((len(person.most), 1)))[:, 0]
    for treated, given in ((person, replace(CURRENT, grams=0.0)), (without_effect(person), CURRENT)):
        (found,) = evaluate(treated, [given], GRIP, WEIGHT_KG)
        assert found.measures["grip right"].trough == found.measures["grip right"].peak == band(untreated)
        assert found.measures["grip right"].swing_pct.high == pytest.approx(0, abs=1e-9)


def test_all_targets_at_once_are_met_no_longer_than_each():
    person = one_person(spread=0.0, draws=1)
    (now,) = evaluate(person, [CURRENT], GRIP, WEIGHT_KG)
    middle = {name: (level.trough.typical + level.peak.typical) / 2 for name, level in now.measures.items()}
    hard, easy = Target("grip right", middle["grip right"]), Target("grip left", 0.9 * middle["grip left"])
    (found,) = evaluate(person, [CURRENT], (hard, easy), WEIGHT_KG)
    right, left = found.measures["grip right"].above, found.measures["grip left"].above
    assert right
    assert left
    assert 0 < right.typical < left.typical
    assert found.above.typical == pytest.approx(right.typical)


def test_the_share_of_time_is_that_of_the_straight_lines():
    days = np.array([0.0, 1.0, 3.0, 4.0])
    margin = np.array([[1.0, -1.0, -1.0, 3.0], [0.0, 0.0, 0.0, 0.0], [-1.0, -1.0, -2.0, -1.0]])
    assert above(margin, days) == pytest.approx([(0.5 + 0.75) / 4, 1.0, 0.0])


def test_the_grid_holds_about_fifty_regimens_inside_the_label_with_the_present_one_first():
    found = candidates(CURRENT, WEIGHT_KG)
    assert found[0] == CURRENT
    assert 40 <= len(found) <= 70
    assert len(set(found)) == len(found)
    monthly = [each.grams_per_kg_month(WEIGHT_KG) for each in found if each.drug == "ivig"]
    assert min(monthly) > 0.47
    assert max(monthly) < 2.53
    assert all(each.grams % 5 == 0 for each in found if each.drug == "ivig")
    assert Candidate("ivig", 40, 10.5) in found


def test_a_present_regimen_outside_the_label_is_kept_and_says_so():
    strong = Candidate("ivig", 160, 14, over_days=2)
    found = candidates(strong, WEIGHT_KG)
    (outcome,) = evaluate(one_person(), found[:1], GRIP, WEIGHT_KG)
    assert found[0] == strong
    assert outcome.label
    assert "above the label's 2.4" in outcome.label


def test_cost_is_said_with_its_currency_and_what_is_not_known_stays_unknown():
    first = evaluate(one_person(), [CURRENT], GRIP, WEIGHT_KG, prices("United States"))[0].burden.cost
    own = Prices("EUR", 40.0, 40.0, 250.0)
    second = evaluate(one_person(), [CURRENT], GRIP, WEIGHT_KG, own)[0].burden.cost
    assert first
    assert first.currency == "USD"
    assert first.administration is None
    assert second
    assert second.drug_low == second.drug_high == pytest.approx(40 * 80 * 365.25 / 21)
    assert second.administration == pytest.approx(250 * 365.25 / 21)
    assert evaluate(one_person(), [CURRENT], GRIP, WEIGHT_KG)[0].burden.cost is None
    skin = Candidate("scig", 28, 7)
    assert evaluate(one_person(), [skin], GRIP, WEIGHT_KG, prices())[0].burden.cost is None
    with pytest.raises(ValueError, match="Atlantis.*United States"):
        prices("Atlantis")


def test_a_target_is_read_as_it_is_written():
    assert targets("grip_right>=18kg, grip left ≥ 15.5") == (
        Target("grip right", 18.0),
        Target("grip left", 15.5),
    )


@pytest.mark.parametrize("text", ["grip right 18", "grip_right>=much", "", "grip>=3kg,grip>=4kg"])
def test_a_target_that_is_none_names_the_remedy(text):
    with pytest.raises(ValueError, match=r"write it as|give each one level"):
        targets(text)


def test_a_target_for_what_was_not_measured_is_refused():
    with pytest.raises(ValueError, match="pinch left.*grip left, grip right"):
        evaluate(one_person(), [CURRENT], (Target("pinch left", 3.0),), WEIGHT_KG)


def test_without_a_target_it_lies_below_the_best_of_the_present_regimen_and_says_so():
    person = one_person()
    (now,) = evaluate(person, [CURRENT], GRIP, WEIGHT_KG)
    for each in usual_targets(person, CURRENT):
        best = now.measures[each.measure].peak.typical
        assert each.at_least == pytest.approx(best - min(4.0, 0.2 * best), abs=0.06)
        assert "none was named" in each.basis


def test_a_clear_fall_is_the_smaller_of_a_difference_and_a_share():
    assert clear_fall(np.array([10.0, 40.0])) == pytest.approx([2.0, 4.0])
    assert clear_fall(np.array([100.0]), "kPa") == pytest.approx([8.0])
    assert clear_fall(np.array([100.0]), "steps") == pytest.approx([20.0])


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: Candidate("rituximab", 1, 21), "no immunoglobulin"),
        (lambda: Candidate("ivig", -5, 21), "below 0"),
        (lambda: Candidate("ivig", 80, 3, over_days=5), "do not fit"),
        (lambda: candidates(CURRENT, 0.0), "weight_kg"),
    ],
)
def test_a_regimen_that_cannot_be_is_refused(make, word):
    with pytest.raises(ValueError, match=word):
        make()
