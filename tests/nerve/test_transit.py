"""From place to place along a nerve: healthy stretches by velocity, lesions by the cable, against whole axons."""

import numpy as np
import pytest

from ranvier.nerve.bundle import Focus, bundle, motor_diameters
from ranvier.nerve.speed import velocity_m_s
from ranvier.nerve.transit import Pathway, Warmth, transit_ms

WARM = Warmth((0.0, 400.0), (37.0, 37.0))
AXONS = motor_diameters(24, 3)


def pathway(*foci, affected=None, warmth=WARM, axons=AXONS):
    mask = np.ones((len(axons), len(foci)), bool) if affected is None else affected
    return Pathway(axons, 300.0, warmth, foci, mask)


def test_a_healthy_axon_takes_its_length_over_its_velocity_both_ways():
    path = pathway()
    expected = 250 / velocity_m_s(AXONS, 37.0)
    assert transit_ms(path, 20, 270) == pytest.approx(expected)
    assert transit_ms(path, 270, 20) == pytest.approx(expected)


def test_times_add_up_along_a_nerve_that_cools():
    path = pathway(warmth=Warmth((0.0, 150.0, 300.0), (37.0, 34.0, 26.0)))
    whole = transit_ms(path, 0, 300)
    assert transit_ms(path, 0, 123) + transit_ms(path, 123, 300) == pytest.approx(whole)
    middle = velocity_m_s(AXONS, 26.0)
    assert (whole > 300 / velocity_m_s(AXONS, 37.0)).all()
    assert (whole < 300 / middle).all()


@pytest.mark.parametrize(
    "foci",
    [
        (Focus("myelin", 20, 120, 8),),
        (Focus("na", 0.3, 120, 8),),
        (Focus("myelin", 5, 120, 25), Focus("na", 0.3, 140, 5)),
        (Focus("width", 4, 60, 3), Focus("myelin", 10, 200, 6)),
    ],
)
def test_lesions_delay_as_in_axons_followed_over_their_whole_length(foci):
    whole = bundle(AXONS, 300, [300], foci, exact=True).arrival_ms[:, 0]
    healthy = bundle(AXONS, 300, [300], exact=True).arrival_ms[:, 0]
    extra = transit_ms(pathway(*foci), 0, 300) - transit_ms(pathway(), 0, 300)
    assert extra == pytest.approx(whole - healthy, abs=0.025)


def test_what_is_blocked_in_whole_axons_is_blocked_here():
    for value, blocked in ((0.1, True), (0.3, False)):
        focus = Focus("na", value, 120, 8)
        assert np.isnan(bundle(AXONS, 300, [300], (focus,)).arrival_ms).all() == blocked
        assert np.isnan(transit_ms(pathway(focus), 0, 300)).all() == blocked
        assert np.isnan(transit_ms(pathway(focus), 300, 0)).all() == blocked


def test_only_axons_with_the_focus_are_changed_and_only_across_it():
    ill = np.zeros((24, 1), bool)
    ill[:10] = True
    path = pathway(Focus("na", 0.05, 150, 8), affected=ill)
    assert np.isnan(transit_ms(path, 0, 300)).tolist() == ill[:, 0].tolist()
    below, above = transit_ms(path, 200, 300), transit_ms(path, 100, 0)
    assert below == pytest.approx(transit_ms(pathway(), 200, 300))
    assert above == pytest.approx(transit_ms(pathway(), 100, 0))


def test_a_stimulus_moved_across_a_focus_loses_the_axons_at_the_focus():
    path = pathway(Focus("na", 0.05, 150, 8))
    lost = [int(np.isnan(transit_ms(path, place, 300)).sum()) for place in (100, 125, 140, 160, 175, 200)]
    assert lost[0] == lost[1] == 24
    assert lost[-1] == lost[-2] == 0
    assert lost == sorted(lost, reverse=True)


def test_delays_do_not_depend_on_the_axon_s_company():
    focus = Focus("myelin", 20, 120, 8)
    alone = [transit_ms(pathway(focus, axons=AXONS[i : i + 1]), 0, 300)[0] for i in range(4)]
    assert transit_ms(pathway(focus), 0, 300)[:4] == pytest.approx(alone, abs=1e-4)


def test_a_place_off_the_nerve_is_refused():
    with pytest.raises(ValueError, match="place must lie between 0 and 300 mm, not 400"):
        transit_ms(pathway(), 0, 400)


@pytest.mark.parametrize(("centre", "begin", "end", "blocked"), [
    (310, 0, 300, False), (310, 300, 0, False), (150, 0, 140, False), (150, 0, 160, True), (150, 300, 160, False),
    (150, 300, 140, True), (-5, 100, 0, False), (150, 158, 300, False), (150, 158, 0, True),
])  # fmt: skip
def test_a_lesion_counts_only_when_the_impulse_passes_it(centre, begin, end, blocked):
    focus = Focus("na", 0.02, centre, 8)
    assert np.isnan(transit_ms(pathway(focus), begin, end)).mean() == pytest.approx(float(blocked), abs=0.1)
