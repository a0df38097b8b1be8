"""Triple stimulation and collision: exact identities of the algebra of impulses."""

import numpy as np
import pytest
from nerves import between, ill, person, place, recording

from ranvier.anatomy import UnknownNameError
from ranvier.exam.collision import Collisions
from ranvier.exam.slowest import velocity_range
from ranvier.exam.triple import delays_ms, triple_stimulation
from ranvier.findings.measure import measured_site
from ranvier.nerve.bundle import Focus
from ranvier.nerve.timetable import places_mm, timetable
from ranvier.nerve.transit import transit_ms

DEAD = 0.0
HIDDEN = np.arange(60) % 5 < 3


@pytest.mark.parametrize("proximal", ["root", "erb", "axilla"])
def test_a_healthy_nerve_conducts_in_all_its_axons(proximal):
    found = triple_stimulation(recording(person()), proximal)
    assert found.amplitude_ratio_percent == pytest.approx(100, abs=1e-2)
    assert found.area_ratio_percent == pytest.approx(100, abs=1e-2)
    assert (found.proximal, found.distal) == (proximal, "wrist")


def test_a_block_above_erb_leaves_the_share_of_the_units_that_still_conduct():
    own = recording(ill((Focus("na", DEAD, between("root", "erb"), 10),), HIDDEN[:, None]))
    arrival = own.arrival_ms(own.electrode("erb"))
    full, left = (
        own.amplifier.filtered(own.potentials.response(times), 0.1).max()
        for times in (arrival, np.where(HIDDEN, np.nan, arrival))
    )
    found = triple_stimulation(own)
    assert found.amplitude_ratio_percent == pytest.approx(100 * left / full, rel=0.01)
    assert found.amplitude_ratio_percent < 60


def test_a_block_below_the_third_stimulus_is_in_test_and_control_alike():
    own = recording(ill((Focus("na", DEAD, between("wrist", "below elbow"), 10),), HIDDEN[:, None]))
    assert triple_stimulation(own).amplitude_ratio_percent == pytest.approx(100, abs=0.1)
    assert triple_stimulation(own, "axilla", middle="above elbow").amplitude_ratio_percent == pytest.approx(
        100, abs=0.1
    )
    above = recording(ill((Focus("na", DEAD, between("axilla", "above elbow"), 10),), HIDDEN[:, None]))
    assert triple_stimulation(above, "axilla").amplitude_ratio_percent < 60


def test_dispersion_without_block_lowers_the_plain_response_and_not_the_ratio():
    kinds = np.linspace(1, 14, 12)
    foci = tuple(Focus("myelin", float(kind), between("root", "erb"), 60) for kind in kinds)
    own = recording(ill(foci, np.arange(60)[:, None] % 12 == np.arange(12)))
    root, erb = (measured_site(own.site(own.electrode(site))) for site in ("root", "erb"))
    assert np.isfinite(own.arrival_ms(own.electrode("root"))).all()
    assert root.amplitude_mv < 0.9 * erb.amplitude_mv
    assert triple_stimulation(own).amplitude_ratio_percent == pytest.approx(100, abs=0.1)


def test_a_weak_first_stimulus_counts_as_axons_that_do_not_conduct():
    own = recording(person())
    weak = triple_stimulation(own, strengths=(0.6, None, None))
    assert weak.amplitude_ratio_percent < 80
    none = triple_stimulation(own, strengths=(0.2, None, None))
    assert none.amplitude_ratio_percent == pytest.approx(0, abs=0.1)


def test_a_nerve_that_gives_nothing_has_no_ratio():
    own = recording(ill((Focus("na", DEAD, place("wrist") + 40, 30),)))
    assert triple_stimulation(own).amplitude_ratio_percent is None


def test_noise_moves_the_ratio_by_a_few_percent_at_most():
    found = triple_stimulation(recording(person(), quiet=False))
    assert found.amplitude_ratio_percent == pytest.approx(100, abs=3)


def test_the_stimuli_are_given_so_that_their_impulses_meet():
    own = recording(person())
    electrodes = tuple(own.electrode(site) for site in ("root", "wrist", "erb"))
    root, wrist, erb = (measured_site(own.site(each)).latency_ms for each in electrodes)
    assert delays_ms(own, electrodes) == (0, int(root - wrist), int(root - wrist) + int(erb - wrist))


def test_sites_must_run_from_above_to_below():
    own = recording(person())
    with pytest.raises(
        ValueError, match=r"three sites from above to below, not wrist, palm and erb; the ulnar"
    ):
        triple_stimulation(own, "wrist", "erb")
    with pytest.raises(UnknownNameError, match="unknown ulnar stimulation site 'knee'"):
        triple_stimulation(own, "knee")


def collisions(body, *sites):
    own = recording(body)
    return Collisions(own, tuple(own.electrode(site) for site in sites))


def test_two_impulses_towards_each_other_end_and_two_from_one_stimulus_never_meet():
    both = collisions(person(), "axilla", "wrist")
    first, second = both.reached_ms((0.0, 0.5))
    assert np.isnan(first).all()
    assert np.isfinite(second).all()
    apart = both.reached_ms((0.0, 60.0))
    assert np.isfinite(apart).all()
    alone = both.reached_ms((0.0, None))
    assert np.array_equal(alone[0], apart[0])
    assert np.isnan(alone[1]).all()


def test_impulses_that_a_block_keeps_apart_do_not_collide():
    own = ill((Focus("na", DEAD, between("axilla", "wrist"), 12),))
    first, second = collisions(own, "axilla", "wrist").reached_ms((0.0, 0.5))
    assert np.isnan(first).all()
    assert np.isfinite(second).all()
    three = collisions(own, "axilla", "wrist", "palm").reached_ms((0.0, 0.5, None))
    assert np.isfinite(three[1]).all()


def test_an_axon_that_has_just_been_passed_is_not_excited():
    twice = collisions(person(), "wrist", "wrist")
    assert np.isnan(twice.reached_ms((0.0, 1.0))[1]).all()
    assert np.isfinite(twice.reached_ms((0.0, 1.5))[1]).all()


@pytest.mark.parametrize("up", [False, True])
def test_the_timetable_agrees_with_the_transit(up):
    body = ill((Focus("na", 0.3, between("axilla", "wrist"), 6), Focus("na", DEAD, place("erb"), 12)),
               np.stack([HIDDEN, ~HIDDEN], axis=1))  # fmt: skip
    path = body.pathway(body.motor["right", "ADM"])
    begin, end = (path.length_mm, 0.0) if up else (0.0, path.length_mm)
    places = places_mm(path, 5.0, [begin])
    times = timetable(path, begin, up, places)
    assert np.allclose(times[:, 0 if up else -1], transit_ms(path, begin, end), equal_nan=True)
    steps = np.diff(times, axis=1) * (-1 if up else 1)
    assert (steps[np.isfinite(steps)] > 0).all()
    assert np.isnan(times[~HIDDEN]).any(axis=1).all()
    assert np.isfinite(times[HIDDEN]).all()


def test_the_slowest_and_the_fastest_axons_by_collision():
    own = recording(person())
    path = own.body.pathway(own.supply)
    taken = transit_ms(path, place("wrist"), place("above elbow"))
    axons = (place("wrist") - place("above elbow")) / taken
    found = velocity_range(own, "above elbow")
    assert axons.max() * 0.88 < found.fastest_m_s < axons.max() * 1.05
    assert axons.min() * 0.95 < found.slowest_m_s < np.median(axons)
    assert found.ratio_percent == pytest.approx(100 * found.slowest_m_s / found.fastest_m_s)
    with pytest.raises(ValueError, match="collision needs a proximal and a distal site, not wrist and erb"):
        velocity_range(own, "wrist", "erb")


def test_a_blocked_nerve_has_no_range_of_velocities():
    own = recording(ill((Focus("na", DEAD, place("wrist") + 40, 30),)))
    found = velocity_range(own, "above elbow")
    assert (found.fastest_m_s, found.slowest_m_s, found.ratio_percent) == (None, None, None)
