"""The fate of axons, and of the muscle fibres they leave behind."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ranvier.disease.attack import Attack
from ranvier.disease.axons import CUT, DAYS, Exposure, Fate, numbers, outlived
from ranvier.disease.description import Dose
from ranvier.disease.places import Place
from ranvier.disease.reinnervation import Muscle, cared_for

PLACE = Place("left", "median", 500.0, "median forearm")


def dose(**changed):
    plain = Dose(
        9.0, 0, 0, 0, sensory=1, rise_years=1e-6, fade_years=0, nodes=8, patches=1, patch_mm=0,
        loss_per_year=0.5, loss_power=1,
    )  # fmt: skip
    return replace(plain, **changed)


def exposure(injury="nodal", begins=0.0, count=2000, height=9.0, grows_back=1.0, **changed):
    random = np.random.default_rng(3)
    attack = Attack(PLACE, injury, begins, height, 8, dose(**changed), 1)
    return Exposure(
        (attack,), np.ones((count, 1)), random.exponential(size=count), np.full(count, 6 / DAYS),
        np.full(count, grows_back), np.ones(1), 700.0,
    )  # fmt: skip


def followed(own, until, steps=60, neuron=0.0):
    fate = Fate.healthy(len(own.endurance))
    grid = np.linspace(0, until, steps + 1)
    for begin, end in pairwise(grid):
        fate = outlived(fate, own, np.full(len(own.endurance), neuron * (end - begin)), begin, end)
    return fate


@pytest.mark.parametrize("years", [1.0, 4.0])
def test_axons_are_lost_at_the_hazard_of_their_severity(years):
    # severity 9 x / (1 + 9 x) = 0.9; hazard 0.5 * 0.9 a year
    lost = followed(exposure(), years).cut(years).mean()
    assert lost == pytest.approx(1 - np.exp(-0.45 * years), abs=0.03)


def test_a_milder_focus_spares_axons():
    mild, severe = followed(exposure(height=1.0), 3.0), followed(exposure(), 3.0)
    assert not np.any(mild.cut(3.0) & ~severe.cut(3.0))
    assert mild.cut(3.0).mean() < severe.cut(3.0).mean()


def test_an_axon_is_cut_where_it_suffers_and_at_the_cord_when_its_neuron_dies():
    by_focus = followed(exposure(), 2.0)
    assert set(by_focus.cut_mm[by_focus.cut(2.0)]) == {500.0}
    by_neuron = followed(exposure(height=0.0), 2.0, neuron=1.0)
    assert set(by_neuron.cut_mm[by_neuron.cut(2.0)]) == {numbers()["neuron"]["at_mm"]}
    assert by_neuron.cut(2.0).mean() == pytest.approx(1 - np.exp(-2), abs=0.03)


def test_an_infarct_cuts_at_once_and_the_stump_answers_for_days():
    own = exposure(CUT, begins=0.0)
    fate = outlived(Fate.healthy(2000), own, np.zeros(2000), 0.0, 0.1)
    assert fate.cut(0.001).all()
    assert not fate.gone(5 / DAYS, own).any()
    assert fate.gone(7 / DAYS, own).all()


def test_steps_do_not_matter_much():
    coarse, fine = followed(exposure(), 6.0, 36), followed(exposure(), 6.0, 600)
    assert coarse.cut(6.0).mean() == pytest.approx(fine.cut(6.0).mean(), abs=0.01)


def test_axons_grow_back_at_a_constant_pace_or_not_at_all():
    rule = numbers()["regrowth"]
    way = 700.0 - 500.0
    own = exposure(CUT, grows_back=0.0)
    fate = outlived(Fate.healthy(10), exposure(CUT, count=10, grows_back=0.0), np.zeros(10), 0.0, 0.1)
    assert fate.back == pytest.approx(0.1 + (rule["delay"] + way / rule["mm_per_day"]) / DAYS)
    never = outlived(Fate.healthy(10), exposure(CUT, count=10), np.zeros(10), 0.0, 0.1)
    assert np.isinf(never.back).all()
    assert own.length_mm == 700.0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 9), st.floats(0.01, 2.0))
def test_no_muscle_fibre_appears_from_nowhere(seed, step):
    random = np.random.default_rng(seed)
    own = exposure(count=50)
    born = random.uniform(50, 300, 50)
    fate, muscle, now = Fate.healthy(50), Muscle(born, 0.0), 0.0
    while now < 6:
        fate = outlived(fate, own, np.zeros(50), now, now + step)
        after = cared_for(muscle, born, fate, own, now, now + step)
        assert after.fibres.sum() + after.orphans <= muscle.fibres.sum() + muscle.orphans + 1e-6
        assert (after.fibres <= numbers()["sprouting"]["most"] * born + 1e-9).all()
        assert (after.fibres[fate.gone(now + step, own)] == 0).all()
        muscle, now = after, now + step


@pytest.mark.parametrize(
    ("cut", "kept"),
    [
        (50, 0.5 + 0.5 * 1.5 / 1.9),
        (90, 0.4),
    ],  # room for all: sprouting 1/0.4 against wasting 1/1.5; ten units at four times
)
def test_neighbours_take_over_what_they_can_and_the_rest_wastes(cut, kept):
    born = np.full(100, 100.0)
    own = exposure(CUT, count=100)
    own = replace(own, susceptible=(np.arange(100) < cut)[:, None] * 1.0)
    fate, muscle, now = Fate.healthy(100), Muscle(born, 0.0), 0.0
    while now < 8:
        fate = outlived(fate, own, np.zeros(100), now, now + 0.1)
        muscle, now = cared_for(muscle, born, fate, own, now, now + 0.1), now + 0.1
    assert muscle.fibres.sum() / born.sum() == pytest.approx(kept, abs=0.01)
    assert muscle.orphans < 0.02 * born.sum()
