"""The differential: Bayes' rule with weights, what each finding adds, and what is refused."""

from math import exp, isclose, log

import pytest

from ranvier.diagnosis.differential.classes import DEFAULT_SETTING, classes, kinds, settings
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.likelihoods import shipped, table, tables
from ranvier.diagnosis.differential.posterior import chances, differential, probabilities, weight
from ranvier.diagnosis.differential.typicality import fits
from ranvier.diagnosis.differential.weighing import weighed

SHOWN = {"upper_motor_neuron_regions": "none", "definite_blocks": "two", "sensory_signs": "normal"}


def drawn(weights, **counts):
    """A setting in which only some findings were counted."""
    rows = {id: table(each, counts.get(id, {})) for id, each in findings().items()}
    return weighed(DEFAULT_SETTING, rows, dict.fromkeys(findings(), weights))


def test_nothing_known_leaves_the_prior():
    for id, setting in settings().items():
        assert probabilities({}, id) == pytest.approx(setting.priors)


def test_mmn_is_a_twentieth_of_als_in_every_setting():
    for setting in settings().values():
        assert setting.priors["mmn"] / setting.priors["als"] == pytest.approx(0.05)


def test_one_finding_moves_the_odds_by_its_contribution():
    for id, finding in findings().items():
        for outcome in finding.outcomes:
            for one in differential({id: outcome}).candidates:
                before, after = one.prior / (1 - one.prior), one.probability / (1 - one.probability)
                assert isclose(log(after / before), one.contributions[0].log_ratio, abs_tol=1e-9)


def test_by_hand():
    """20 of 40 with MMN and none of 40 others have a block: 20.5/41 and 0.5/41, less slips, at a weight of 1/2."""
    each = findings()["gm1_igm"]
    counts = {kind: {"negative": 40, "positive": 0} for kind in kinds()}
    counts["mmn"] = {"negative": 20, "positive": 20}
    found = drawn(0.5, gm1_igm=counts).posterior({"gm1_igm": "positive"})
    prior = settings()[DEFAULT_SETTING].priors["mmn"]
    mmn, rest = (0.98 * n / 41 + 0.01 for n in (20.5, 0.5))
    odds = prior / (1 - prior) * (mmn / rest) ** 0.5
    assert found["mmn"] == pytest.approx(odds / (1 + odds), rel=1e-9)
    assert len(each.outcomes) == 2


def test_an_unknown_finding_drops_out():
    """At full weight the posterior, averaged over a finding's outcomes, is what it was without it."""
    whole = weighed(DEFAULT_SETTING, tables(), dict.fromkeys(findings(), 1.0))
    before = whole.posterior(SHOWN)
    id, finding = "sensory_nerves", findings()["sensory_nerves"]
    kept = dict.fromkeys(before, 0.0)
    for outcome in finding.outcomes:
        for first in ({**SHOWN, id: outcome},):
            chance = sum(exp(each) for each in joint(whole, first)) / sum(exp(e) for e in joint(whole, SHOWN))
            for disease, p in whole.posterior(first).items():
                kept[disease] += chance * p
    assert kept == pytest.approx(before)


def joint(whole, observed):
    return [sum(each) for each in zip(whole.log_priors, *whole.told(observed), strict=True)]


def test_order_does_not_matter():
    assert probabilities(dict(reversed(SHOWN.items()))) == pytest.approx(probabilities(SHOWN), rel=1e-12)


def test_the_whole_differential_agrees_with_its_parts():
    found = differential(SHOWN)
    given = probabilities(SHOWN)
    assert [one.probability for one in found.candidates] == sorted(given.values(), reverse=True)
    assert {one.disease: one.probability for one in found.candidates} == given
    assert {one.disease for one in found.candidates} == set(classes())
    for one in found.candidates:
        assert {each.finding.id: each.outcome for each in one.contributions} == SHOWN
        sizes = [abs(each.log_ratio) for each in one.contributions]
        assert sizes == sorted(sizes, reverse=True)


def test_chances_and_weights_are_shares():
    for finding in findings().values():
        assert 0 <= weight(finding) <= 1
        for disease in classes():
            found = chances(finding, disease)
            assert sum(found) == pytest.approx(1)
            assert len(found) == len(finding.outcomes)
            assert min(found) > 0


@pytest.mark.parametrize(
    ("observed", "said"),
    [
        ({"als": "yes"}, "'als' is a diagnosis, not a finding"),
        ({"definite_block": "one"}, "Did you mean 'definite_blocks'"),
        ({"definite_blocks": "many"}, "Known: none, one, two, three"),
        ({"definite_blocks": ["one"]}, "unknown outcome of 'definite_blocks'"),
    ],
)
def test_what_cannot_be_weighed_is_said(observed, said):
    for asked in (probabilities, differential):
        with pytest.raises(ValueError, match=said):
            asked(observed)


def test_an_unknown_setting_is_said():
    with pytest.raises(ValueError, match="Known: population, emg laboratory, neuromuscular clinic"):
        probabilities({}, "ward")


def test_enough_needs_examination_or_conduction():
    story = {"onset_age": "from_40", "sex": "male", "cramps": "yes", "pain": "no"}
    assert not differential(story).enough
    assert not differential({"bulbar": "no"}).enough
    assert differential({**story, "bulbar": "no"}).enough


def test_contradicting_signs_are_unusual():
    """A brisk, bulbar, sensory, blocked, myopathic and inflamed patient is like nobody; a plain one is not."""
    last = {id: each.outcomes[-1] for id, each in findings().items()}
    found = differential(last)
    assert found.unusual
    assert "least expected are" in found.unusual_reason
    assert not differential(SHOWN).unusual
    assert differential(SHOWN).unusual_reason == ""


def test_nothing_is_unusual_where_too_little_is_known():
    assert not differential({}).unusual
    beside = ("history", "needle", "laboratory", "imaging", "treatment")
    odd = {id: each.outcomes[-1] for id, each in findings().items() if each.group in beside}
    assert fits(odd)[1] < shipped().typical.least
    assert not differential(odd).unusual
