"""The CMAP scan of a virtual muscle."""

import numpy as np
import pytest
from nerves import between, ill, person, recording

from ranvier.exam.scan import cmap_scan, scanned, with_count
from ranvier.nerve.bundle import Focus


def test_a_scan_falls_from_the_full_response_to_none():
    current, amplitude = scanned(recording(person(), quiet=False), "wrist")
    assert len(current) == 500
    assert (np.diff(current) < 0).all()
    assert amplitude[:20].mean() > 50 * abs(amplitude[-20:].mean())
    assert np.corrcoef(current, amplitude)[0, 1] > 0.8


def test_a_scan_is_counted_and_a_recorded_one_is_counted_alike():
    found = cmap_scan(recording(person(20), quiet=False), "wrist")
    assert found.site == "wrist"
    assert 6 < found.units < 26
    assert found.units_low <= found.units <= found.units_high
    assert with_count(found).units == pytest.approx(found.units, rel=0.1)


def test_blocked_axons_are_not_in_the_scan_above_the_block():
    half = np.arange(20)[:, None] % 2 == 0
    own = recording(ill((Focus("na", 0.0, between("wrist", "below elbow"), 8),), half, 20))
    above, below = (scanned(own, site, 200)[1].max() for site in ("below elbow", "wrist"))
    assert above < 0.8 * below


def test_the_same_seed_gives_the_same_scan_and_another_session_another():
    one, same, other = (scanned(recording(person(20), False, seed), "wrist", 100)[1] for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
