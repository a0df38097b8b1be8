"""What an impulse does on one axon, against the values that an independent simulator gives for it."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, Pulse
from ranvier.nerve.basis import basis
from ranvier.nerve.course import MOST_ROWS, course
from ranvier.nerve.impulse import impulse, shape
from ranvier.nerve.places import Places
from ranvier.nerve.solver import Solver

EXACT = Solver(exact=True)
HEALTHY = Fibre(10)


def with_lesions(*texts, **about):
    return Fibre(**{"diameter_um": 10, **about}, lesions=tuple(map(Lesion.parse, texts)))


@pytest.fixture(scope="module", params=[EXACT, Solver()], ids=["exact", "asleep"])
def healthy(request):
    return impulse(HEALTHY, solver=request.param)


@pytest.fixture(scope="module")
def ill():
    return impulse(with_lesions("na:0.25@23-27"), solver=EXACT)


def test_a_healthy_axon_has_the_velocity_height_and_width_of_the_reference(healthy):
    assert healthy.places == Places((20, 40), 45, None)
    assert healthy.velocity_m_s == pytest.approx(56.26, rel=0.005)
    assert healthy.peak_mv == pytest.approx(29.16, abs=1)
    assert healthy.half_width_ms == pytest.approx(0.300, rel=0.02)
    assert (healthy.conducts, healthy.reached, healthy.extra_delay_ms) == (True, 50, 0)


def test_the_refractory_period_of_transmission_is_that_of_the_reference(healthy, ill):
    assert healthy.refractory_period_ms == pytest.approx(0.947, rel=0.05)
    assert ill.refractory_period_ms == pytest.approx(2.39, rel=0.05)


def test_no_shorter_interval_brings_two_impulses_across(ill):
    from ranvier.nerve import propagate

    second = [ill.refractory_period_ms + by for by in (-0.02, 0.02)]
    pulses = [(ill.pulse, replace(ill.pulse, onset_ms=ill.pulse.onset_ms + each)) for each in second]
    seen = propagate([ill.fibre] * 2, pulses, duration_ms=8)
    assert seen.crossed[:, ill.places.landing].tolist() == [1, 2]


def test_refractoriness_is_computed_in_full_even_where_nodes_may_sleep():
    cold = Fibre(10, temperature_c=20)
    awake, asleep = (impulse(cold, solver=solver) for solver in (EXACT, Solver()))
    assert awake.refractory_period_ms == asleep.refractory_period_ms
    assert awake.again_ms == asleep.again_ms


def test_a_lesion_delays_and_its_healthy_stretch_does_not_know_of_it(ill, healthy):
    assert 0.05 < ill.extra_delay_ms < 0.3
    assert ill.places.stretch == (8, 18)
    assert ill.velocity_m_s == pytest.approx(healthy.velocity_m_s, rel=0.003)
    assert ill.peak_mv == pytest.approx(healthy.peak_mv, abs=0.2)


def test_delay_is_that_of_the_reference():
    delays = [impulse(with_lesions(each)).extra_delay_ms for each in ("na:0.5@23-27", "na:0.3@23-27")]
    assert delays == pytest.approx([0.0492, 0.1126], rel=0.03)


def test_fewer_sodium_channels_block_in_the_warm_and_conduct_in_the_cold():
    warm, cold = (impulse(with_lesions("na:0.1@23-27", temperature_c=at)) for at in (37, 20))
    assert (warm.conducts, warm.extra_delay_ms, warm.refractory_period_ms) == (False, None, None)
    assert 20 <= warm.reached < 27
    assert warm.velocity_m_s is not None
    assert (cold.conducts, cold.reached) == (True, 50)
    assert cold.extra_delay_ms > 0


def test_a_slow_crossing_is_waited_for():
    near = impulse(with_lesions("myelin:200@25", temperature_c=20), solver=EXACT)
    assert near.conducts
    assert near.extra_delay_ms > 1


def test_a_later_impulse_that_crosses_does_not_hide_that_the_first_one_failed():
    found = impulse(with_lesions("width:45.335@23-27", nodes=71, temperature_c=25), solver=EXACT)
    assert found.again_ms is None or found.again_ms > 0
    assert (found.conducts, found.extra_delay_ms) == (False, None)
    assert 20 <= found.reached < 27


def test_a_weak_pulse_starts_nothing():
    found = impulse(HEALTHY, Pulse(current_na=0.2))
    assert (found.conducts, found.reached, found.velocity_m_s, found.peak_mv) == (None, None, None, None)


@pytest.mark.parametrize("current_na", [0, -4])
def test_where_nothing_is_started_nothing_is_known_of_conduction(current_na):
    found = impulse(with_lesions("na:0.5@23-27"), Pulse(current_na=current_na))
    assert (found.conducts, found.reached, found.uncalled_ms) == (None, None, None)


def ectopic(solver=None, current_na=1.0, lesion="pore:0.01587@21-30"):
    axon = with_lesions(lesion, diameter_um=15.76, temperature_c=15.1)
    return impulse(axon, Pulse(current_na=current_na), solver)


@pytest.mark.parametrize("solver", [None, EXACT], ids=["default", "exact"])
def test_an_impulse_that_arises_in_the_lesion_is_not_the_one_that_was_sent(solver):
    found = ectopic(solver)
    assert (found.conducts, found.reached, found.velocity_m_s, found.extra_delay_ms) == (None,) * 4
    assert found.uncalled_ms > 0


def test_beside_the_pulse_what_the_pulse_starts_is_told_from_what_the_lesion_starts():
    assert ectopic(lesion="pore:0.01587@1-10").conducts
    assert ectopic(lesion="pore:0.01587@0-9").conducts is None


def test_an_impulse_that_fails_behind_node_0_was_started_and_fails():
    found = impulse(with_lesions("na:0@1-6"))
    assert (found.conducts, found.reached) == (False, 0)
    begun = impulse(with_lesions("na:0.5@0-6"))
    assert (begun.conducts, begun.reached) == (True, 50)


def test_a_pulse_at_another_node_is_refused():
    with pytest.raises(ValueError, match="pulse: .* node 0"):
        impulse(HEALTHY, Pulse(node=5))


@pytest.mark.parametrize("lesion", ["width:45.335@23-27", "na:0.1@23-27", "myelin:200@25"])
def test_where_anything_is_wrong_exact_makes_no_difference(lesion):
    axon = with_lesions(lesion, nodes=71, temperature_c=25)
    assert replace(impulse(axon), solver=EXACT) == impulse(axon, solver=EXACT)


def test_a_long_healthy_axon_gives_the_same_with_sleeping_nodes():
    asleep, awake = (impulse(Fibre(10, nodes=210), solver=solver) for solver in (Solver(), EXACT))
    assert asleep.velocity_m_s != awake.velocity_m_s
    assert asleep.velocity_m_s == pytest.approx(awake.velocity_m_s, rel=0.001)
    assert (asleep.conducts, asleep.again_ms, asleep.reached) == (True, None, 209)


def test_an_axon_that_fires_by_itself_says_where_and_has_no_refractory_period():
    found = impulse(with_lesions("potassium:1.5@0-50", temperature_c=25))
    node, after_ms = found.fires_by_itself
    assert 0 <= node <= 50
    assert after_ms > 0
    assert found.refractory_period_ms is None
    too_late = impulse(found.fibre, Pulse(onset_ms=after_ms + 1))
    assert (too_late.conducts, too_late.velocity_m_s) == (None, None)


@pytest.mark.parametrize(
    ("nodes", "lesions", "stretch", "landing"),
    [
        (51, (), (20, 40), 45),
        (101, (), (20, 90), 95),
        (31, (), (10, 20), 25),
        (21, (), (6, 10), 15),
        (20, (), None, 14),
        (2, (), None, 1),
        (71, ("na:0@23-27",), (8, 18), 47),
        (51, ("na:0@23-27",), (8, 18), 45),
        (51, ("myelin:2@23-27",), (8, 18), 45),
        (71, ("myelin:2@23-27",), (8, 18), 48),
        (91, ("na:0@30-32", "myelin:2@40-44"), (15, 25), 65),
        (51, ("na:0@48-48",), (20, 40), 49),
        (51, ("na:0@40-50",), (20, 35), 50),
        (51, ("na:0@3-4",), None, 24),
    ],
)
def test_the_places_of_measurement_follow_one_rule(nodes, lesions, stretch, landing):
    places = Places.of(with_lesions(*lesions, nodes=nodes))
    assert (places.stretch, places.landing) == (stretch, landing)


@pytest.mark.parametrize("nodes", [2, 3, 7, 12, 20])
def test_a_short_axon_conducts_and_leaves_unknown_what_it_cannot_show(nodes):
    found = impulse(Fibre(10, nodes=nodes))
    assert found.conducts
    assert found.velocity_m_s is found.peak_mv is found.half_width_ms is found.refractory_period_ms is None


def test_one_node_is_no_axon():
    with pytest.raises(ValueError, match="nodes must be at least 2"):
        impulse(Fibre(10, nodes=1))


def test_the_width_at_half_height_is_interpolated():
    times = np.arange(7.0)
    found = shape(times, np.array([-80.0, -80, -20, 20, -20, -80, -80]))
    assert found.peak_mv == 20
    assert found.half_width_ms == pytest.approx(2 + 2 * (30 - 20) / 60)
    triangle = shape(times, np.array([-80.0, -80, -30, 20, -30, -80, -80]))
    assert triangle.half_width_ms == pytest.approx(2)


def test_only_the_first_impulse_of_a_trace_is_measured_and_none_where_it_stays_below_zero():
    times, one = np.arange(12.0), [-80, -30, 20, -30, -80, -80]
    twice = shape(times, np.array([*one, -80, 0, 60, 0, -80, -80], float))
    assert (twice.peak_mv, twice.half_width_ms) == (20, pytest.approx(2))
    assert shape(times, np.full(12, -10.0)) is None
    assert shape(times[:3], np.array([-80.0, -30, 20])).half_width_ms is None


def test_the_course_shows_every_node_of_a_short_axon_and_a_window_of_a_long_one():
    short = course(HEALTHY, Pulse(), Solver())
    assert short.nodes == tuple(range(51))
    assert short.potential_mv.shape == (len(short.times_ms), 51)
    assert short.times_ms[0] < 0.6 < 1.5 < short.times_ms[-1]
    assert short.arrival_ms == pytest.approx(short.healthy_ms)
    long = course(with_lesions("na:0.25@200-204", nodes=400), Pulse(), Solver())
    assert (long.nodes[0], long.nodes[-1], len(long.nodes)) == (180, 224, 45)
    assert np.all(long.arrival_ms[25:] > long.healthy_ms[25:])
    assert len(course(Fibre(10, nodes=300), Pulse(), Solver()).nodes) <= MOST_ROWS


def test_the_course_of_an_impulse_that_never_starts_is_flat():
    flat = course(HEALTHY, Pulse(current_na=0), Solver())
    assert np.all(np.abs(flat.potential_mv + 80) < 1)
    assert not np.any(np.isfinite(flat.arrival_ms))


def test_the_values_an_axon_rests_on_are_those_it_reads():
    names = {value.id for value in basis(HEALTHY)}
    assert "nerve.channels.membranes.mrg.node.fast_na.density" in names
    assert "nerve.channels.gates.m.q10" in names or any("gates.m." in name for name in names)
    assert not any("human" in name or "polynomial" in name or "nerve.pump" in name for name in names)
    other = {
        value.id for value in basis(Fibre(10, geometry_choice="polynomial", membrane_name="human", pump=True))
    }
    assert {"nerve.geometry.polynomial.large.lamellae.square", "nerve.pump.pump.half"} <= other
    assert not any(".mrg." in name for name in other)
    bare = {value.id for value in basis(with_lesions("fast_k:0.1@25"))}
    assert any(".gates.n." in name for name in bare)
    assert "nerve.channels.membranes.human.node.fast_k.reversal" in bare
    assert "nerve.channels.membranes.human.node.fast_k.density" not in bare
