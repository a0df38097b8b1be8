"""Where the fibres of a muscle lie, and what becomes of them when units are lost or take others over."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.muscle.fibres import NOBODY, folded, muscle_fibres, numbers
from ranvier.muscle.pool import born, shape


def pool(count=120, muscle="APB", seed=1):
    random = np.random.default_rng(seed)
    return born(muscle, random.normal(10, 0.6, count), shape(muscle).fibres, random)


def laid(motor, seed=5):
    return muscle_fibres(motor, np.random.default_rng(seed))


LOST = np.arange(120) % 3 == 0
ROUNDING = 40  # one fibre of each lost unit


def test_a_healthy_muscle_has_the_published_fibres_per_unit_and_none_without_a_nerve():
    motor = replace(pool(), fibres=np.full(120, shape("APB").fibres), born_fibres=None)
    fibres = laid(motor)
    assert (fibres.unit != NOBODY).all()
    counts = np.bincount(fibres.unit, minlength=120)
    assert counts == pytest.approx(numbers("innervation")["APB"], abs=1)


def test_the_fibres_of_a_unit_follow_its_own_number():
    motor = pool()
    counts = np.bincount(laid(motor).unit, minlength=120)
    real = numbers("innervation")["APB"] / shape("APB").fibres
    assert counts == pytest.approx(motor.fibres * real, abs=1)


def test_loss_elsewhere_leaves_every_surviving_fibre_where_it_was():
    motor = pool()
    before, after = laid(motor), laid(replace(motor, fibres=np.where(LOST, 0, motor.fibres)))
    kept = before.only(~LOST[before.unit])
    still = after.only(after.unit != NOBODY)
    for name in ("unit", "across_mm", "depth_mm", "diameter_um", "endplate_mm", "late_ms"):
        assert np.array_equal(getattr(kept, name), getattr(still, name)), name


@pytest.mark.parametrize("share", [1.0, 0.25, 0.0])
def test_lost_fibres_stay_without_a_nerve_as_far_as_they_are_still_there(share):
    motor = replace(pool(), orphaned=share)
    ill = replace(motor, fibres=np.where(LOST, 0, motor.fibres))
    before, after = laid(motor), laid(ill)
    alone = after.only(after.unit == NOBODY)
    theirs = before.only(LOST[before.unit])
    assert len(alone) == pytest.approx(share * len(theirs), abs=ROUNDING)
    assert set(alone.across_mm) <= set(theirs.across_mm)
    if share:
        thin = numbers("denervated")["thinness"]
        assert alone.diameter_um.mean() == pytest.approx(thin * theirs.diameter_um.mean(), rel=0.05)


def test_fibres_taken_over_lie_beside_those_of_the_unit_and_are_reached_later():
    motor = pool()
    more = np.where(LOST, 0, np.where(np.arange(120) == 1, 2 * motor.fibres, motor.fibres))
    before, after = laid(motor), laid(replace(motor, fibres=more))
    own, unit = before.only(before.unit == 1), after.only(after.unit == 1)
    assert len(unit) == pytest.approx(2 * len(own), abs=1)
    taken = unit.only(~np.isin(unit.across_mm, own.across_mm))
    apart = np.hypot(
        taken.across_mm[:, None] - own.across_mm[None], taken.depth_mm[:, None] - own.depth_mm[None]
    )
    assert np.quantile(apart.min(axis=1), 0.9) < 3 * numbers("adopted")["beside"]
    assert taken.late_ms.mean() - own.late_ms.mean() > 0.6 * numbers("adopted")["sprout"]
    left, lost = np.sum(after.unit == NOBODY), np.sum(LOST[before.unit])
    assert left + len(taken) == pytest.approx(lost, abs=ROUNDING)


def test_a_unit_without_fibres_takes_none_over():
    motor = pool()
    nothing = np.where(LOST, 0.0, motor.at_birth)
    grown = replace(motor, born_fibres=nothing, fibres=motor.fibres)
    assert not np.isin(np.flatnonzero(LOST), laid(grown).unit).any()


def test_every_fibre_lies_within_the_muscle_and_its_territory():
    fibres, body, layout = laid(pool()), shape("APB"), numbers("layout")
    assert (fibres.depth_mm >= body.shallow).all()
    assert (fibres.depth_mm <= body.deep).all()
    assert (fibres.across_mm >= 0).all()
    assert (fibres.across_mm <= fibres.width_mm).all()
    packed = len(fibres) / (fibres.width_mm * (body.deep - body.shallow))
    assert packed == pytest.approx(layout["packing"], rel=1e-9)
    for unit in range(0, 120, 10):
        own = fibres.only(fibres.unit == unit)
        assert np.ptp(own.across_mm) <= layout["widest"]


def test_places_beyond_an_edge_are_mirrored():
    assert folded(np.array([-1.0, 0.5, 3.5, 7.0]), 0, 3) == pytest.approx([1.0, 0.5, 2.5, 1.0])
