"""Mild and grave injuries read off the surface, those near the edge of block followed: against the cable."""

import numpy as np
import pytest

from ranvier.nerve import crossing
from ranvier.nerve.bundle import Focus
from ranvier.nerve.edge import GRAVE, MILD, EdgePathway
from ranvier.nerve.response import surface
from ranvier.nerve.transit import Pathway, Warmth, transit_ms

WARM = Warmth((0.0, 400.0), (34.0, 34.0))
AXONS = np.full(6, 9.0)
NODAL = Focus("nodal", 1.0, 150.0, 9)
BLOCKS = float(surface().critical("nodal", 9, 34.0, 9.0))
DEGREES = BLOCKS * np.array([0.2, 0.95 * MILD, 1.05 * MILD, 0.9, 1.1, 1.02 * GRAVE])


def pathway(kind=EdgePathway, foci=(NODAL,), degrees=DEGREES[:, None]):
    return kind(AXONS, 300.0, WARM, foci, np.minimum(degrees, 1.0))


@pytest.fixture
def followed(monkeypatch):
    """The axons that the cable was asked for."""
    asked, honest = [], crossing.followed_ms
    monkeypatch.setattr(
        crossing, "followed_ms", lambda ways: (asked.extend(way.window.axon for way in ways), honest(ways))[1]
    )
    return asked


@pytest.mark.parametrize("ends", [(0, 300), (300, 0)])
def test_only_axons_near_the_edge_of_block_are_followed(followed, ends):
    assert DEGREES.max() < 1
    found = transit_ms(pathway(), *ends)
    assert followed == [2, 3, 4]
    cable = transit_ms(pathway(Pathway), *ends)
    assert np.isnan(found).tolist() == np.isnan(cable).tolist() == [False] * 4 + [True] * 2
    assert found[2:4].tolist() == cable[2:4].tolist()
    assert found[:2] == pytest.approx(cable[:2], abs=0.06)


@pytest.mark.parametrize(("foci", "begin"), [
    ((NODAL, Focus("nodal", 1.0, 165.0, 9)), 0), ((Focus("na", 0.9, 150.0, 9),), 0), ((NODAL,), 150),
])  # fmt: skip
def test_what_the_surface_does_not_know_is_followed(followed, foci, begin):
    whole = foci[0].injury is None
    degrees = np.full((6, len(foci)), 1.0 if whole else 0.2 * BLOCKS)
    transit_ms(pathway(foci=foci, degrees=degrees), begin, 300)
    assert followed == list(range(6))
