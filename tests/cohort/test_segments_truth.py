"""What is true of each segment: units that arrive from below and not from above, and why."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from ranvier.anatomy.course import course
from ranvier.body import healthy
from ranvier.cohort.segments import segment_truth
from ranvier.disease.axons import CUT
from ranvier.exam.items import MotorItem, Protocol
from ranvier.nerve.bundle import Focus

KEY = ("right", "APB")
PLAN = Protocol("test", motor=(MotorItem("median", ("right",), "APB", ("elbow", "axilla", "wrist")),))
SHARES = ("blocked_share", "severed_share", "unreached_share", "missing_share")


@cache
def person():
    return replace(healthy("male", 40.0, 176.0, 5), by="surface")


def place_mm(share):
    """Between elbow and wrist of the median nerve."""
    way = course("median", 176.0).site_mm
    return way["elbow"] + share * (way["wrist"] - way["elbow"])


def ill(focus, every):
    """The person with a lesion in one of so many axons of the muscle, and which of them have it."""
    supply = person().motor[KEY]
    mask = np.arange(len(supply.pool)) % every == 0
    return replace(person(), motor={**person().motor, KEY: supply.ill((focus,), mask[:, None])}), mask


def moved(mask):
    """The share of the muscle's fibres that these units move."""
    fibres = person().motor[KEY].pool.fibres
    return round(float(fibres[mask].sum() / fibres.sum()), 4)


def test_segments_come_from_distal_to_proximal_and_nothing_is_missing_in_health():
    rows = segment_truth(person(), PLAN)
    assert [(row["distal"], row["proximal"]) for row in rows] == [("wrist", "elbow"), ("elbow", "axilla")]
    for row in rows:
        assert (row["arriving_share"], row["enlarged"]) == (1.0, 1.0)
        assert all(row[name] == 0 for name in ("blocked_share", "severed_share"))
        assert row["missing_share"] == row["unreached_share"] < 0.05


def test_a_block_is_missing_in_its_own_segment_only():
    body, mask = ill(Focus("nodal", 1.0, place_mm(0.5), 9), 3)
    forearm, arm = segment_truth(body, PLAN)
    assert forearm["blocked_share"] == pytest.approx(moved(mask), abs=2e-4)
    assert forearm["severed_share"] == 0
    assert arm["blocked_share"] == 0
    assert arm["arriving_share"] == pytest.approx(1 - forearm["missing_share"], abs=2e-4)


def test_a_cut_is_told_apart_from_a_block():
    body, mask = ill(Focus(CUT, 1.0, place_mm(0.5), 1), 2)
    forearm = segment_truth(body, PLAN)[0]
    assert forearm["severed_share"] == pytest.approx(moved(mask), abs=2e-4)
    assert forearm["blocked_share"] == 0


def test_what_is_missing_is_the_sum_of_its_causes():
    body, _ = ill(Focus("nodal", 1.0, place_mm(0.5), 9), 4)
    for row in segment_truth(body, PLAN):
        parts = sum(row[name] for name in SHARES[:3])
        assert row["missing_share"] == pytest.approx(parts, abs=3e-4)


def test_crossed_fibres_are_not_reached_from_above():
    bodies = (replace(healthy("female", 50.0, 165.0, seed), by="surface") for seed in range(40))
    body = next(each for each in bodies if each.motor["right", "ADM"].detour is not None)
    ulnar = MotorItem("ulnar", ("right",), "ADM", ("wrist", "below elbow"))
    supply = body.motor["right", "ADM"]
    row = segment_truth(body, Protocol("test", motor=(ulnar,)))[0]
    crossed = supply.pool.fibres[supply.detour.members].sum() / supply.pool.fibres.sum()
    assert row["unreached_share"] == pytest.approx(float(crossed), abs=0.05)
    assert row["unreached_share"] > 0
    assert row["blocked_share"] == 0


def test_nothing_is_shared_out_where_nothing_arrives():
    body, _ = ill(Focus(CUT, 1.0, course("median", 176.0).site_mm["wrist"] + 20.0, 1), 1)
    row = segment_truth(body, PLAN)[0]
    assert row["arriving_share"] == 0
    assert row["enlarged"] is None
    assert all(row[name] is None for name in SHARES)
