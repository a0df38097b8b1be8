"""The attack under any history of drugs: identities, limits and what is published."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.treatment.effect import course as module
from ranvier.treatment.effect import links
from ranvier.treatment.effect.answers import answers, usual
from ranvier.treatment.effect.cleared import igg_cleared, with_doses
from ranvier.treatment.effect.course import attack_under, course_under
from ranvier.treatment.effect.population import people
from ranvier.treatment.given import Given, immunoglobulin
from ranvier.treatment.kinetics import concentration

COUNT = 40
PEOPLE = people(np.random.default_rng(1), COUNT, 80.0)
DAYS = np.arange(-10.0, 250.0)
IVIG = [Given("ivig", 21.0 * n, 80.0, 0.2) for n in range(12)]
SCIG = [Given("scig", 7.0 * n, 20.0) for n in range(35)]
SESSIONS = [Given("plasma exchange", 2.0 * n, 0.0) for n in range(5)]


def daily(name, grams, days=200):
    return [Given(name, float(day), grams) for day in range(days)]


def median(given, days=DAYS, own=None):
    return np.median(course_under(PEOPLE, given, days, own or usual(COUNT)).attack, axis=0)


def at(day):
    return int(np.searchsorted(DAYS, day))


def test_immunoglobulin_alone_is_the_attack_of_treated():
    both = [*IVIG, *SCIG]
    np.testing.assert_array_equal(attack_under(PEOPLE, both, DAYS), PEOPLE.attack(immunoglobulin(both), DAYS))
    assert (attack_under(PEOPLE, [], DAYS) == 1.0).all()


def test_the_way_of_all_drugs_is_that_of_immunoglobulin_where_no_other_is_given():
    days = np.arange(-10.0, 250.0, 0.25)
    whole = course_under(PEOPLE, IVIG, days, usual(COUNT))
    np.testing.assert_allclose(whole.attack, attack_under(PEOPLE, IVIG, days), atol=5e-3)
    np.testing.assert_allclose(whole.igg_g_l, PEOPLE.igg(immunoglobulin(IVIG), days))
    assert (whole.antibody == 1.0).all()


@pytest.mark.parametrize(
    "name", ["mycophenolate", "rituximab", "empasiprubart", "efgartigimod", "prednisone"]
)
def test_before_the_first_dose_of_any_drug_the_attack_is_whole(name):
    found = attack_under(PEOPLE, [Given(name, 5.0, 1.0)], DAYS)
    assert (found[:, DAYS < 5] == 1.0).all()
    assert (found[:, at(30)] != 1.0).all()


def test_a_history_before_the_times_asked_for_is_followed():
    given = [*daily("cyclophosphamide", 0.16), *IVIG]
    late = DAYS[DAYS > 100]
    np.testing.assert_allclose(
        attack_under(PEOPLE, given, late), attack_under(PEOPLE, given, DAYS)[:, DAYS > 100], atol=1e-3
    )


def test_need_for_immunoglobulin_grows_with_its_use_alone():
    days = np.arange(-10.0, 2000.0)
    given = [Given("ivig", 21.0 * n, 80.0) for n in range(90)]
    own = replace(usual(COUNT), tolerance_per_year=np.full(COUNT, 0.1))
    tolerant, usually = (median(given, days, each) for each in (own, usual(COUNT)))
    assert tolerant[1800] > usually[1800] + 0.02
    assert tolerant[40] == pytest.approx(usually[40], abs=2e-3)
    unused = course_under(PEOPLE, [Given("ivig", 1990.0, 80.0)], days, own).attack
    fresh = course_under(PEOPLE, [Given("ivig", 1990.0, 80.0)], days, usual(COUNT)).attack
    np.testing.assert_allclose(unused, fresh, atol=1e-3)


def test_need_grows_as_the_closed_form_says_at_a_constant_level():
    above = np.full((COUNT, 366), 10.0)
    own = replace(usual(COUNT), tolerance_per_year=np.full(COUNT, 0.2))
    days = np.arange(366.0)
    found = module.needed(PEOPLE, above, own, days)
    used = 10 / (PEOPLE.half_g_l + 10)
    np.testing.assert_allclose(found[:, -1], PEOPLE.half_g_l * np.exp(0.2 * used * 365 / 365.25), rtol=1e-9)
    np.testing.assert_allclose(found[:, 0], PEOPLE.half_g_l)


def test_drugs_of_different_links_multiply_and_never_pass_below_nothing():
    given = [*IVIG, *daily("cyclophosphamide", 0.16), Given("riliprubart", 0.0, 5.0)]
    found = course_under(PEOPLE, given, DAYS, answers(np.random.default_rng(2), COUNT)).attack
    assert ((found > 0) & (found <= 1)).all()
    alone = [median(each) for each in (IVIG, given[len(IVIG) : -1], given[-1:])]
    together = median(given)
    assert (together[at(200)] < np.array([each[at(200)] for each in alone])).all()


def test_cyclophosphamide_takes_months_and_mycophenolate_reaches_little():
    found = median(daily("cyclophosphamide", 0.16))
    assert found[at(28)] > 0.95
    assert found[at(200)] < 0.7
    assert median(daily("mycophenolate", 2.0))[at(200)] > 0.85


def test_the_effect_of_rituximab_passes():
    days = np.arange(-10.0, 800.0)
    found = median([Given("rituximab", 0.0, 1.0), Given("rituximab", 14.0, 1.0)], days)
    lowest = int(np.argmin(found))
    assert 90 < days[lowest] < 300
    assert found[-1] > 0.97


def test_riliprubart_holds_half_of_its_share_at_its_published_level():
    own = usual(COUNT)
    volume = own.drugs["riliprubart"]["volume"][0]
    level = np.array([96.4, 458.0]) * volume / 1000
    days = np.arange(0.0, 1.0, 0.1)
    for grams, share in zip(level, (0.5, 0.9), strict=True):
        history = module.History([Given("riliprubart", 0.0, grams)], days, own)
        blocked = (1 - history.complement()[0, 0]) / own.drugs["riliprubart"]["share"][0]
        assert blocked == pytest.approx(share, abs=0.002)


def test_an_inhibitor_of_c5_reaches_less_than_one_of_c2():
    assert median(daily("eculizumab", 0.1))[at(100)] > median(daily("empasiprubart", 0.05))[at(100)] + 0.1


def test_steroids_worsen_within_a_month_and_that_passes():
    found = median(daily("prednisone", 0.06, 40))
    assert found[at(28)] > 1.3
    assert found[at(150)] == pytest.approx(1.0, abs=0.01)
    assert found.max() < 1 + usual(1).drugs["prednisone"]["worse"][0]


def test_plasma_exchange_brings_no_gain_and_is_worse_under_immunoglobulin():
    alone = median(SESSIONS)
    assert alone.min() > 0.95
    with_igg, igg_only = median([*IVIG, *SESSIONS]), median(IVIG)
    assert with_igg[at(12)] > 1.1 * igg_only[at(12)]


def test_an_fcrn_blocker_clears_given_igg_and_leaves_igm():
    own = course_under(PEOPLE, daily("efgartigimod", 0.12), DAYS, usual(COUNT))
    np.testing.assert_allclose(own.antibody, 1.0, rtol=1e-12)
    fell = 1 - np.median(own.igg_g_l, axis=0)[at(60)] / np.median(PEOPLE.own_g_l)
    assert 0.65 < fell < 0.85
    assert median([*IVIG, *daily("efgartigimod", 0.12)])[at(60)] > median(IVIG)[at(60)] + 0.1


def test_igg_where_clearance_does_not_change_is_the_closed_form():
    doses = immunoglobulin([*IVIG, *SCIG, Given("ivig", 3.3, 40.0)])
    days = with_doses(DAYS, doses)
    nothing = np.zeros((COUNT, len(days)))
    above, own = igg_cleared(PEOPLE.disposition, doses, days, nothing, nothing, usual(COUNT).body)
    exact = concentration(PEOPLE.disposition, doses, days)
    np.testing.assert_allclose(above, exact, rtol=2e-4, atol=1e-6)
    np.testing.assert_allclose(own, 1.0, rtol=1e-12)


def test_own_igg_settles_where_its_clearance_says_and_a_session_takes_from_plasma():
    days = np.arange(0.0, 200.0)
    doses = immunoglobulin([Given("ivig", 0.0, 50.0)])
    faster, taken = np.full((COUNT, len(days)), 3.0), np.zeros((COUNT, len(days)))
    _, own = igg_cleared(PEOPLE.disposition, doses, days, faster, taken, usual(COUNT).body)
    np.testing.assert_allclose(own[:, -1], 0.25, rtol=1e-3)
    taken[:, 5] = 0.6
    before, _ = igg_cleared(PEOPLE.disposition, doses, days, 0 * faster, 0 * taken, usual(COUNT).body)
    after, own = igg_cleared(PEOPLE.disposition, doses, days, 0 * faster, taken, usual(COUNT).body)
    np.testing.assert_allclose(after[:, 5], 0.4 * before[:, 5])
    np.testing.assert_allclose(own[:, 5], 1 - 0.6 * usual(1).body["igg_in_plasma"][0])
    assert (after[:, 20] < before[:, 20]).all()


def test_antibody_overshoots_after_plasma_exchange_by_its_rebound():
    own = usual(COUNT)
    found = []
    for rebound in (0.0, 3.0):
        exchange = {**own.drugs["plasma-exchange"], "rebound": np.full(COUNT, rebound)}
        changed = replace(own, drugs={**own.drugs, "plasma-exchange": exchange})
        found.append(course_under(PEOPLE, SESSIONS, DAYS, changed).antibody[0])
    without, with_rebound = found
    assert without.max() == 1.0
    assert without[at(9)] < 0.97
    assert with_rebound.max() > 1.01


def test_complement_is_spare_until_little_is_left():
    lost = np.array([[0.0, 0.5, 0.9, 1.0]])
    found = links.with_less(lost, np.array([0.1]))[0]
    assert found == pytest.approx([1.0, 0.5 * 1.1 / 0.6, 0.1 * 1.1 / 0.2, 0.0])


def test_missing_own_igg_restrains_less_on_the_tangent():
    most, half = np.array([0.8]), np.array([[5.0]])
    found = [float(links.held_back_by(np.array([[c]]), most, half)[0, 0]) for c in (-5.0, -1e-6, 0.0, 5.0)]
    assert found == pytest.approx([1.8, 1.0, 1.0, 0.6], abs=1e-5)
    assert (found[1] - found[2]) / 1e-6 == pytest.approx(0.8 / 5.0, rel=1e-3)


def test_antibody_in_plasma_halves_in_its_half_life_and_the_node_follows():
    days = np.arange(-1.0, 200.0, 0.05)
    formation = np.where(days > 0, 0.0, 1.0)[None, :]
    nothing, none = np.zeros_like(formation), np.zeros(1)
    quick, slow = (
        {"antibody_half_life": np.array([5.5]), "rebound_days": np.ones(1), "bound_days": np.array([each])}
        for each in (1e-3, 90.0)
    )
    plasma, node = (links.bound(formation, nothing, days, none, body)[0] for body in (quick, slow))
    assert np.interp([5.5, 11.0], days, plasma) == pytest.approx([0.5, 0.25], abs=0.005)
    fast, late = 90.0, 5.5 / np.log(2)
    expected = (fast * np.exp(-60 / fast) - late * np.exp(-60 / late)) / (fast - late)
    assert np.interp(60.0, days, node) == pytest.approx(expected, abs=0.002)
