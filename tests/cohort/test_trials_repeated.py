"""Virtual trials: nothing comes of nothing, more drug does more, and the same seed is the same trial."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.anatomy import UnknownNameError
from ranvier.cohort.trials.band import Predicted, banded, predicted, simulated
from ranvier.cohort.trials.design import described, design, designs
from ranvier.cohort.trials.fit import FREE, deviations, with_values
from ranvier.cohort.trials.maintained import MONTHLY_G_KG, needed
from ranvier.cohort.trials.persons import persons
from ranvier.cohort.trials.withdrawal import rescued
from ranvier.evidence import EvidenceError
from ranvier.treatment.effect.population import numbers

COUNT = 300
FITTED = ("federico_2000", "hahn_2013", "leger_2001")


def ruled(**changes):
    """The population with some tables changed."""
    known = {name: dict(table) for name, table in numbers().items()}
    for name, table in changes.items():
        known[name] |= table
    return known


QUIET = {"noise": 0.0, "noise_kg": 0.0}
NO_EFFECT = ruled(most={"typical": 1e-12}, grip=QUIET)


def asked(name, **changes):
    own = design(name)
    return replace(own, numbers={**own.numbers, **changes})


def test_a_drug_that_does_nothing_leaves_both_arms_alike():
    found = simulated(asked("hahn_2013", responds_by=0.9), COUNT, NO_EFFECT)
    kept = np.isfinite(found["change IVIG"])
    assert kept.sum() > COUNT / 3
    assert np.allclose(found["change IVIG"][kept], found["change placebo"][kept])
    assert np.array_equal(found["switch IVIG"][kept], found["switch placebo"][kept])


def test_without_a_drug_only_the_natural_course_is_left():
    found = simulated(asked("hahn_2013", responds_by=0.9), COUNT, NO_EFFECT)
    assert -5 < np.nanmean(found["change placebo"]) < 0.5
    found = simulated(design("federico_2000"), COUNT, NO_EFFECT)
    assert -0.5 < found["grip IVIG"].mean() < 0.05
    found = simulated(asked("leger_2001", noise=0.0), COUNT, NO_EFFECT)
    assert not found["better IVIG"].any()
    assert not found["better placebo"].any()


def test_more_drug_does_more():
    small, large = (simulated(asked("federico_2000", g_kg=g), COUNT, ruled(grip=QUIET)) for g in (0.5, 2.0))
    assert (large["grip IVIG"] - small["grip IVIG"]).min() > -0.01
    assert large["grip IVIG"].mean() > 1.3 * small["grip IVIG"].mean()
    assert large["block IVIG"].mean() < small["block IVIG"].mean() < 0


def test_each_course_is_judged_from_the_day_before_it():
    found = simulated(asked("federico_2000", second_day=28), COUNT, ruled(grip=QUIET))
    assert found["grip placebo"][::2].mean() < -1  # what IVIG gave goes
    assert abs(found["grip placebo"][1::2].mean()) < 0.5


def test_less_under_the_skin_makes_more_people_worse():
    whole, half = (simulated(asked("scig_halved", ratio=r), COUNT) for r in (1.0, 0.5))
    assert np.nanmean(half["worse"]) > np.nanmean(whole["worse"]) + 20


def test_who_leaves_is_read_at_the_first_fall():
    felt = np.array([[10.0, 8.0, 6.9, 9.0], [10.0, 9.0, 9.0, 9.0], [10.0, 9.0, 9.0, 6.0]])
    last, left = rescued(felt, 0.3)
    assert last.tolist() == [2, 3, 3]
    assert left.tolist() == [1, 0, 0]


def test_each_takes_the_least_dose_that_holds():
    own = design("keh_2020").numbers
    people = persons(COUNT, 2, 80.0, 0.85)
    monthly, responds = needed(people, own)
    assert set(monthly) <= set(MONTHLY_G_KG)
    more, _ = needed(people, {**own, "keeps": 0.97})
    assert (more >= monthly).all()
    assert more.mean() > monthly.mean() + 0.1
    assert 0.4 < responds.mean() < 0.95


def test_the_same_seed_is_the_same_trial():
    one, again, other = (predicted(design("federico_2000"), COUNT, 50, seed=s) for s in (1, 1, 2))
    assert [each.quantiles for each in one] == [each.quantiles for each in again]
    assert [each.quantiles for each in one] != [each.quantiles for each in other]


def test_every_trial_can_be_repeated():
    for name in designs():
        for each in predicted(design(name), COUNT, 50):
            assert np.all(np.diff(each.quantiles) >= 0), name
            assert np.isfinite(each.mean)


def test_only_three_trials_are_fitted_and_lie_in_their_bands():
    assert tuple(each for each in designs() if design(each).use == "fitted") == FITTED
    for name in FITTED:
        for each in predicted(design(name), 2000, 400):
            assert each.verdict in ("inside 80 %", "inside 90 %"), (name, each.figure.id, each.quantiles)


def test_the_fit_begins_where_its_priors_are():
    rules, trials = with_values(np.array([free.prior for free in FREE]))
    assert rules["half"]["typical"] == pytest.approx(8.0)
    assert 0 < rules["most"]["typical"] < 1
    assert trials["hahn_2013"].numbers["responds_by"] == pytest.approx(1.1)
    missed = deviations(np.array([free.prior for free in FREE]), COUNT, 7)
    assert all(missed[name] == 0 for name in missed if name.startswith("prior"))
    assert missed == deviations(np.array([free.prior for free in FREE]), COUNT, 7)


@pytest.mark.parametrize(
    ("quantiles", "verdict"),
    [
        ((0, 1, 5, 7, 8), "inside 80 %"),
        ((0, 6.5, 7, 8, 9), "inside 90 %"),
        ((7, 7.5, 8, 9, 10), "meets its interval"),
        ((8.5, 9, 9.5, 10, 11), "outside"),
        ((0, 1, 3, 5, 6), "meets its interval"),
        ((0, 1, 2, 3, 4), "outside"),
    ],
)
def test_the_verdict_on_a_figure(quantiles, verdict):
    figure = replace(design("federico_2000").figures[0], printed=(5.0, 8.0))
    assert figure.observed.number == 6.4
    assert Predicted(design("federico_2000"), figure, quantiles, 0.0).verdict == verdict


def test_words_are_judged_by_their_limits():
    figure = replace(design("claus_2000").figures[0], least=-5.0, most=5.0)
    for mean, verdict in ((4.0, "agrees"), (6.0, "outside"), (-6.0, "outside")):
        assert Predicted(design("claus_2000"), figure, (-9, -9, 0, 9, 9), mean).verdict == verdict


def test_a_pool_that_is_too_small_is_refused():
    figure = design("federico_2000").figures[0]
    with pytest.raises(ValueError, match="larger pool"):
        banded(design("federico_2000"), figure, np.full(100, np.nan), 10, 1)


def test_a_design_that_is_wrong_says_so():
    with pytest.raises(UnknownNameError, match="hahn_2013"):
        design("hahn_1999")
    with pytest.raises(EvidenceError, match="use must be one of fitted, unseen"):
        described("x", {"use": "perhaps"})
    seen = {"number": 1, "unit": "%", "kind": "measured", "source": "hahn_2013"}
    wrong = {"id": "f", "says": "x", "n": seen, "observed": seen, "compare": "maybe"}
    with pytest.raises(EvidenceError, match="compare must be one of figure, words"):
        described("x", {"use": "unseen", "title": "", "engine": "", "design": {}, "figure": [wrong]})
