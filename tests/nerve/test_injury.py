"""Injuries: one severity, several qualities; what the axon makes of them warm and cold, in part and severed."""

import numpy as np
import pytest

from ranvier.evidence import registry
from ranvier.nerve.bundle import Focus, bundle
from ranvier.nerve.injury import injuries
from ranvier.nerve.lesion import QUALITIES
from ranvier.nerve.timetable import timetable
from ranvier.nerve.train import carried
from ranvier.nerve.transit import Pathway, Warmth, transit_ms

AXONS = np.array([8.0, 10.0, 12.0])


def pathway(*foci, degree=None, celsius=34.0, axons=AXONS, membrane="mrg"):
    degree = np.ones((len(axons), len(foci)), bool) if degree is None else np.asarray(degree)
    return Pathway(axons, 200.0, Warmth((0.0, 200.0), (celsius, celsius)), foci, degree, membrane)


@pytest.mark.parametrize("name", [each for each in injuries() if each != "cut"])
def test_severity_runs_from_health_to_the_worst(name):
    injury = injuries()[name]
    assert injury.lesions(0.0, 3, 5) == ()
    worst = {each.quality: each.value for each in injury.lesions(1.0, 3, 5)}
    assert worst == pytest.approx({**injury.linear, **injury.logarithmic})
    half = {each.quality: each.value for each in injury.lesions(0.5, 3, 5)}
    for quality, most in injury.linear.items():
        assert half[quality] == pytest.approx((QUALITIES[quality].healthy + most) / 2)
    for quality, most in injury.logarithmic.items():
        assert half[quality] == pytest.approx(np.sqrt(most))


def test_every_injury_says_what_speaks_for_it_from_known_sources():
    for injury in injuries().values():
        assert injury.meaning
        assert injury.speaks_for
        for finding in injury.speaks_for + injury.speaks_against:
            assert registry().source(finding.source)
            assert finding.text
    assert len(injuries()["nodal"].speaks_against) >= 2


def test_a_severity_that_is_none_is_refused():
    with pytest.raises(ValueError, match="injury nodal: severity must lie between 0 and 1, not 1.2"):
        injuries()["nodal"].lesions(1.2, 0, 3)


def blocked(injury, severity, celsius):
    path = pathway(Focus(injury, severity, 100.0, 16), celsius=celsius, axons=np.array([10.0]))
    return bool(np.isnan(path.delay_ms(0.0, 200.0))[0])


def test_a_nodal_injury_is_worse_in_warmth_and_in_the_cold():
    assert [blocked("nodal", 0.59, celsius) for celsius in (18, 22, 33, 40)] == [True, True, False, True]


def test_loss_of_sodium_channels_alone_is_worse_in_warmth_and_better_in_the_cold():
    assert [blocked("sodium", 0.78, celsius) for celsius in (18, 22, 30, 40)] == [False, False, False, True]


def test_a_degree_multiplies_the_severity_and_nothing_else():
    foci = (Focus("nodal", 0.8, 100.0, 9),)
    degree = np.array([[0.0], [0.4], [1.0]])
    found = pathway(*foci, degree=degree).delay_ms(0.0, 200.0)
    alone = pathway(Focus("nodal", 0.8 * 0.4, 100.0, 9)).delay_ms(0.0, 200.0)
    assert found[0] == 0
    assert found[1] == pytest.approx(alone[1])
    assert found[1] > 0.05
    assert np.isnan(found[2])


def test_a_plain_quality_is_had_or_not():
    path = pathway(Focus("na", 0.3, 100.0, 5), degree=np.full((3, 1), 0.5))
    with pytest.raises(
        ValueError, match="affected: an axon has na as the focus says or not at all, not to 0.5"
    ):
        path.delay_ms(0.0, 200.0)


def test_pumped_and_unpumped_axons_are_followed_side_by_side_as_each_alone():
    foci = (Focus("nodal", 0.35, 60.0, 6), Focus("sodium", 0.5, 140.0, 6))
    degree = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    together = pathway(*foci, degree=degree).delay_ms(0.0, 200.0)
    alone = [
        pathway(*foci, degree=degree[n : n + 1], axons=AXONS[n : n + 1]).delay_ms(0.0, 200.0)[0]
        for n in range(3)
    ]
    assert together == pytest.approx(alone, abs=1e-4)
    assert (together > 0.02).all()


CUT = (Focus("cut", 1.0, 120.0, 1),)
SEVERED = np.array([[1.0], [0.0], [1.0]])


@pytest.mark.parametrize(
    ("begin", "end", "passes"),
    [(0, 110, True), (0, 130, False), (130, 200, True), (200, 0, False), (110, 0, True), (120, 200, False)],
)
def test_a_cut_stops_what_would_pass_it_and_nothing_else(begin, end, passes):
    found = transit_ms(pathway(*CUT, degree=SEVERED), begin, end)
    assert np.isnan(found).tolist() == ([False] * 3 if passes else [True, False, True])
    healthy = transit_ms(pathway(), begin, end)
    assert found[1] == healthy[1]


def test_trains_and_timetables_and_whole_axons_end_at_a_cut():
    path = pathway(*CUT, degree=SEVERED)
    assert carried(path, 0.0, 200.0, 20.0, 2)[:, 0].tolist() == [False, True, False]
    places = np.array([0.0, 100.0, 119.0, 121.0, 200.0])
    passing = timetable(path, 0.0, False, places)
    assert np.isnan(passing).tolist() == [[False] * 3 + [True] * 2, [False] * 5, [False] * 3 + [True] * 2]
    whole = bundle(AXONS, 200.0, [100.0, 150.0], CUT, affected=SEVERED)
    assert whole.blocked.tolist() == [[False, True], [False, False], [False, True]]


def test_the_sensory_membrane_conducts_as_fast_and_bears_hyperpolarisation_better():
    focus = Focus("na", 1.0, 100.0, 6)
    motor, sensory = (pathway(focus, membrane=name).delay_ms(0.0, 200.0) for name in ("mrg", "sensory"))
    assert sensory == pytest.approx(motor, abs=0.01)
    pulled = Focus("current", -0.75, 100.0, 6)
    one = np.array([10.0])
    assert np.isnan(pathway(pulled, axons=one, celsius=37.0).delay_ms(0.0, 200.0)).all()
    assert np.isfinite(
        pathway(pulled, axons=one, celsius=37.0, membrane="sensory").delay_ms(0.0, 200.0)
    ).all()
