"""Two sets beside each other: where they differ, and which rules decide it."""

import pytest

from builders import definite, examination, feels, history, motor, patient, study
from ranvier.diagnosis.comparison import Comparison, compared, holding_back
from ranvier.diagnosis.rule_file import criteria_set

EFNS, AAEM = criteria_set("EFNS_PNS_2010"), criteria_set("AAEM_2003")
NOBODY = patient()


def beside(who, first=EFNS, second=AAEM):
    return compared("one", who, first, second)


def test_the_highest_level_is_held_back_by_nothing():
    found = beside(definite())
    assert (found.first.level, found.second.level) == ("definite", "indeterminate")
    assert found.differs
    assert holding_back(found.first) == ()
    assert found.deciding == (found.second,)
    assert holding_back(found.second) == ("2+3 definite", "4.tested")


def test_what_failed_holds_back_what_is_not_met():
    # The course is not known, and does not matter: the signs alone decide.
    bulbar = patient(examination(bulbar_signs=True), study(motor(drop=0.6), sensory=[feels()]))
    found = beside(bulbar)
    assert (found.first.level, found.second.level) == ("not met", "indeterminate")
    assert holding_back(found.first) == ("C9",)
    assert found.deciding == (found.first,)


def test_of_the_ways_up_the_shortest_is_told_and_of_equal_ones_the_highest():
    probable = patient(history(), examination(), study(motor(drop=0.4), sensory=[feels()]))
    # Definite needs a definite block somewhere, one rule; probable a second nerve or two supportive tests.
    assert holding_back(beside(probable).first) == ("E1+E3",)


def test_the_rules_told_are_enough():
    """Were they met, the level would be reached: shown by meeting them."""
    one = patient(
        history(), examination(), study(motor(drop=0.6), motor(side="left", drop=0.6), sensory=[feels()])
    )
    found = beside(one)
    assert holding_back(found.second) == ("2+3 definite", "4.tested")
    three = [feels(), feels(side="left"), feels("ulnar")]
    settled = one.adding(study(sensory=three, when="2021"))
    assert beside(settled).second.level == "definite"


def test_the_cross_table_counts_every_patient_once():
    pairs = tuple(beside(who) for who in (definite(), definite(), NOBODY))
    found = Comparison(EFNS, AAEM, pairs)
    assert found.counts == {("definite", "indeterminate"): 2, ("indeterminate", "indeterminate"): 1}
    assert found.differing == pairs[:2]


@pytest.mark.parametrize("criteria", [EFNS, AAEM])
def test_a_set_never_differs_from_itself(criteria):
    for who in (definite(), NOBODY):
        assert not beside(who, criteria, criteria).differs
