"""The response surface against the cable, and the directions that every injury must show."""

from itertools import pairwise

import numpy as np
import pytest

from ranvier.body import Body
from ranvier.evidence import EvidenceError
from ranvier.nerve import response
from ranvier.nerve.bundle import Focus
from ranvier.nerve.passing import SurfacePathway
from ranvier.nerve.response import between, mapped, spot, surface
from ranvier.nerve.transit import Pathway, Warmth, transit_ms

RANDOM = np.random.default_rng(5)
CASES = [
    (
        str(name),
        int(RANDOM.integers(4, 20)),
        # Between 28 and 36 degC a paranodal injury changes from never blocking to blocking early: too steep to read.
        float(RANDOM.uniform(36 if name == "paranodal" else 22, 38)),
        float(RANDOM.uniform(7, 13)),
    )
    for name in mapped()
    for _ in range(2)
]
NEAR = 0.05
"""How far the severity that blocks may lie from the cable's."""


def path(kind, injury, count, celsius, axons, degree, membrane="mrg"):
    warmth = Warmth((0.0, 400.0), (celsius, celsius))
    focus = Focus(injury, 1.0, 200.0, count)
    return kind(np.asarray(axons, float), 400.0, warmth, (focus,), np.asarray(degree)[:, None], membrane)


def test_the_surface_was_made_with_the_numbers_that_ship(monkeypatch):
    made = surface().provenance
    assert made["fingerprint"] == response.fingerprint()
    assert made["date"] >= "2026"
    monkeypatch.setattr(response, "fingerprint", lambda: "other")
    surface.cache_clear()
    with pytest.raises(EvidenceError, match="run make response-surface"):
        surface()
    surface.cache_clear()


@pytest.mark.parametrize(("injury", "count", "celsius", "diameter"), CASES)
def test_the_cable_blocks_where_the_surface_says(injury, count, celsius, diameter):
    blocks = float(surface().critical(injury, count, celsius, diameter))
    share = np.array([0.0, 0.6, 1 - NEAR / blocks, 1 + NEAR / blocks])
    degree = np.clip(share * blocks, 0.0, 1.0)
    cable = path(Pathway, injury, count, celsius, [diameter] * 4, np.maximum(degree, 1e-9)).delay_ms(0, 400)
    quick = surface().delay_ms(injury, degree, count, celsius, diameter)
    assert np.isfinite(cable[:3]).all()
    assert np.isnan(cable[3]) or blocks + NEAR > 1
    assert quick[0] == 0
    assert quick[1] == pytest.approx(cable[1] - cable[0], abs=0.05 + 0.2 * cable[1])


@pytest.mark.parametrize("injury", mapped())
@pytest.mark.parametrize("membrane", response.MEMBRANES)
def test_more_of_an_injury_never_opens_a_block_nor_lets_it_pass_much_sooner(injury, membrane):
    severity = np.linspace(0, 1, 101)
    for count, celsius, diameter in ((1, 36, 9), (5, 34, 7), (12, 22, 12), (32, 30, 10)):
        delay = surface(membrane).delay_ms(injury, severity, count, celsius, diameter)
        through = np.isfinite(delay)
        assert (np.diff(through.astype(int)) <= 0).all()
        assert np.diff(delay[through]).min(initial=0) > -0.05


def test_longer_injuries_block_at_lower_severities():
    for injury in mapped():
        blocks = surface().critical(injury, [2, 4, 8, 16, 32], 36.0, 10.0)
        assert (np.diff(blocks) <= 0.02).all()


def test_warmth_and_cold_both_worsen_a_nodal_injury_and_warmth_alone_the_others():
    celsius = np.array([20.0, 32.0, 40.0])
    cold, usual, warm = surface().critical("nodal", 16, celsius, 10.0)
    assert cold < usual - 0.02
    assert warm < usual - 0.02
    for injury in ("sodium", "demyelinating", "paranodal"):
        assert (np.diff(surface().critical(injury, 16, celsius, 10.0)) < 0.001).all()


def test_demyelination_slows_long_before_it_blocks_and_a_nodal_injury_less():
    def before_block(injury):
        blocks = float(surface().critical(injury, 32, 34.0, 10.0))
        return float(surface().delay_ms(injury, 0.9 * blocks, 32, 34.0, 10.0))

    assert before_block("demyelinating") > 1.7 * before_block("nodal")


def test_the_refractory_period_lengthens_before_block():
    for injury in mapped():
        blocks = min(float(surface().critical(injury, 9, 37.0, 9.0)), 1.0)
        periods = surface().refractory_ms(injury, np.array([0.0, 0.5, 0.9]) * blocks, 9, 37.0, 9.0)
        assert (np.diff(periods) >= 0).all()
        assert periods[2] > 1.4 * periods[0]
    assert np.isnan(surface().refractory_ms("nodal", 1.0, 9, 37.0, 9.0))


def test_pores_depolarise_and_demyelination_does_not():
    shift = surface().shift_mv("nodal", [0.0, 0.2, 0.4], 9, 34.0, [9.0, 9.0, 9.0])
    assert shift[0] == 0
    assert shift[1] > 1
    assert abs(float(surface().shift_mv("demyelinating", 0.5, 9, 34.0, 9.0))) < 0.1


def test_reading_between_entries_is_linear_in_each_and_holds_beyond_the_ends():
    table = np.array([[1.0, 3.0], [5.0, 11.0]])
    at = np.array([0.0, 1.0, 2.0])
    assert between(table, (spot(at[:2], 0.5), spot(at[:2], 0.25))) == pytest.approx(4.0)
    many = between(
        table, (spot(at[:2], np.array([0.0, 0.5, 7.0])), spot(at[:2], np.array([0.25, 0.25, 1.0])))
    )
    assert many == pytest.approx([1.5, 4.0, 11.0])


def test_scalars_and_arrays_of_count_and_temperature_give_the_same():
    one = [float(surface().delay_ms("nodal", s, c, t, 9.0)) for s, c, t in ((0.2, 4, 30), (0.35, 9, 21))]
    assert surface().delay_ms("nodal", [0.2, 0.35], [4, 9], [30, 21], 9.0) == pytest.approx(one)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"injury": "cut"}, "injury must be one of nodal"),
        ({"severity": 1.1}, "severity must lie between 0 and 1"),
        ({"temperature_c": 12.0}, "temperature_c must lie between 16 and 42"),
        ({"diameter_um": 20.0}, "diameter_um must lie between 3 and 16"),
        ({"count": 0}, "count must lie between 1"),
    ],
)
def test_what_lies_off_the_surface_is_refused(change, message):
    given = {"injury": "nodal", "severity": 0.2, "count": 5, "temperature_c": 33.0, "diameter_um": 9.0}
    with pytest.raises(ValueError, match=message):
        surface().delay_ms(**given | change)
    with pytest.raises(ValueError, match="membrane_name must be one of mrg, sensory"):
        surface("human")


def test_a_nerve_on_the_surface_loses_the_same_share_as_on_the_cable():
    blocks = float(surface().critical("nodal", 9, 34.0, 9.5))
    axons, severity = RANDOM.normal(9.5, 1.0, 48), np.clip(RANDOM.normal(blocks, 0.15, 48), 0, 1)
    quick, cable = (
        transit_ms(path(kind, "nodal", 9, 34.0, axons, severity), 0.0, 400.0)
        for kind in (SurfacePathway, Pathway)
    )
    assert 0.25 < np.isnan(cable).mean() < 0.75
    assert np.isnan(quick).mean() == pytest.approx(np.isnan(cable).mean(), abs=0.05)
    both = np.isfinite(quick + cable)
    assert quick[both] == pytest.approx(cable[both], abs=0.15)


@pytest.mark.parametrize(
    ("begin", "end", "meets"),
    [
        (0, 400, True),
        (400, 0, True),
        (0, 199, False),
        (201, 400, False),
        (199, 201, True),
        (200, 0, True),
        (0, 200, False),
    ],
)
def test_an_injury_counts_on_the_surface_when_the_impulse_passes_its_middle(begin, end, meets):
    axons = np.array([9.0, 10.0])
    for injury in ("nodal", "cut"):
        found = path(SurfacePathway, injury, 9, 34.0, axons, [0.9, 0.0]).delay_ms(begin, end)
        assert np.isnan(found).tolist() == [meets, False]
        assert found[1] == 0


def test_two_injuries_add_and_plain_qualities_are_not_on_the_surface():
    warmth, axons = Warmth((0.0, 400.0), (36.0, 30.0)), np.array([9.0, 10.0])
    foci = (Focus("nodal", 0.3, 100.0, 9), Focus("demyelinating", 0.4, 300.0, 9))
    every = np.ones((2, 2), bool)
    both = SurfacePathway(axons, 400.0, warmth, foci, every).delay_ms(0, 400)
    each = [SurfacePathway(axons, 400.0, warmth, (one,), every[:, :1]).delay_ms(0, 400) for one in foci]
    assert both == pytest.approx(each[0] + each[1])
    plain = SurfacePathway(axons, 400.0, warmth, (Focus("na", 0.3, 100.0, 9),), every[:, :1])
    with pytest.raises(ValueError, match="na is not on the response surface, which knows the injuries nodal"):
        plain.delay_ms(0, 400)


def test_a_body_says_by_what_its_lesions_are_crossed():
    with pytest.raises(ValueError, match="by must be one of cable, edge, surface, not 'guess'"):
        Body(None, 1, {}, {}, 37.0, {}, (), 0.0, by="guess")  # type: ignore[arg-type]


def test_the_entries_stand_in_order():
    for entries in (response.COUNTS, response.TEMPERATURES_C, response.DIAMETERS_UM, response.SHARES):
        assert all(low < high for low, high in pairwise(entries))
