"""One cycle at steady state: the same as a long history, closed, and without run-in."""

import numpy as np
import pytest
from plan_people import crowd

from ranvier.treatment.plan.candidate import Candidate
from ranvier.treatment.plan.course import times
from ranvier.treatment.plan.cycle import cycle

REGIMENS = [
    Candidate("ivig", 80, 21),
    Candidate("ivig", 160, 28, over_days=4),
    Candidate("scig", 20, 7),
    Candidate("fscig", 60, 21),
]


@pytest.mark.parametrize("regimen", REGIMENS, ids=lambda each: each.text)
def test_a_cycle_is_where_a_long_history_ends(regimen):
    persons, one = crowd(12), cycle(crowd(12), regimen)
    before = int(840 / regimen.every_days)
    doses = regimen.repeated(before + 1, -before * regimen.every_days)
    grid = np.unique(np.concatenate([times(doses, doses.day[0] - 1, regimen.every_days), one.days]))
    at = np.searchsorted(grid, one.days)[:-1]
    igg = persons.igg(doses, grid)[:, at] - persons.own_g_l[:, None]
    assert igg == pytest.approx(one.igg_above_g_l[:, :-1], rel=1e-6, abs=1e-6)
    assert persons.attack(doses, grid)[:, at] == pytest.approx(one.attack[:, :-1], abs=2e-3)


@pytest.mark.parametrize("regimen", REGIMENS, ids=lambda each: each.text)
def test_a_cycle_ends_where_it_begins(regimen):
    one = cycle(crowd(), regimen)
    assert one.attack[:, -1] == pytest.approx(one.attack[:, 0], abs=1e-12)
    assert one.igg_above_g_l[:, -1] == pytest.approx(one.igg_above_g_l[:, 0], rel=1e-9)


def test_the_times_are_close_enough(monkeypatch):
    usual = cycle(crowd(), REGIMENS[0])
    monkeypatch.setattr("ranvier.treatment.plan.cycle.AFTER", 400)
    monkeypatch.setattr("ranvier.treatment.plan.cycle.IN_INFUSION", 20)
    fine = cycle(crowd(), REGIMENS[0])
    for end in (np.min, np.max):
        assert end(usual.attack, axis=1) == pytest.approx(end(fine.attack, axis=1), abs=2e-3)


def test_no_drug_leaves_the_attack_as_it_is():
    one = cycle(crowd(), Candidate("ivig", 0, 21))
    assert np.all(one.attack == pytest.approx(1.0))
    assert np.all(one.igg_above_g_l == 0)
