import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import motor, site
from ranvier.findings.segment import computed_velocity, drop, segments
from ranvier.findings.study import MotorSite, MotorStudy


def only(study):
    (segment,) = segments(study)
    return segment


def test_falls_and_rise_are_fractions_of_the_distal_value():
    segment = only(motor(drop=0.25, rise=0.2))
    assert segment.area_drop == pytest.approx(0.25)
    assert segment.amplitude_drop == pytest.approx(0.25)
    assert segment.duration_rise == pytest.approx(0.2)


def test_without_a_proximal_response_everything_is_lost_and_nothing_is_dispersed():
    study = MotorStudy("left", "median", "APB", (site("wrist"), MotorSite("elbow", amplitude_mv=0)))
    segment = only(study)
    assert (segment.area_drop, segment.amplitude_drop, segment.duration_rise) == (1, 1, None)


def test_without_a_distal_response_no_fall_can_be_told():
    rows = (MotorSite("wrist", amplitude_mv=0), MotorSite("elbow", amplitude_mv=0))
    segment = only(MotorStudy("left", "median", "APB", rows))
    assert segment.area_drop is None
    rows = (MotorSite("wrist", latency_ms=3.5), MotorSite("elbow", amplitude_mv=0))
    assert only(MotorStudy("left", "median", "APB", rows)).area_drop is None


def test_a_site_of_which_nothing_is_known_divides_nothing():
    near, far = site("wrist", latency_ms=3.5), site("axilla", 2, 6, latency_ms=9.0, distance_mm=130)
    segment = only(MotorStudy("right", "median", "APB", (near, MotorSite("elbow"), far)))
    assert segment.stretches == ("forearm", "arm")
    assert segment.area_drop == 0.8
    assert segment.velocity_m_s is None
    apart = list(
        segments(MotorStudy("right", "median", "APB", (near, MotorSite("elbow", latency_ms=8.0), far)))
    )
    assert len(apart) == 2


@given(st.permutations(["wrist", "below elbow", "above elbow", "axilla"]))
def test_the_order_of_the_rows_does_not_matter(order):
    study = MotorStudy("right", "ulnar", "ADM", tuple(site(name) for name in order))
    found = [(s.distal.site, s.proximal.site) for s in segments(study)]
    assert found == [("wrist", "below elbow"), ("below elbow", "above elbow"), ("above elbow", "axilla")]


def test_a_segment_knows_its_stretches_and_entrapment_sites():
    study = motor("ulnar", muscle="ADM", ends=("wrist", "above elbow"))
    segment = only(study)
    assert segment.stretches == ("forearm", "elbow")
    assert segment.entrapments == ("ulnar nerve at the elbow",)
    assert only(motor()).entrapments == ()
    assert str(segment) == "right ulnar wrist to above elbow"


def test_velocity_is_distance_over_delay_or_as_printed():
    near = MotorSite("wrist", latency_ms=4.0)
    far = MotorSite("elbow", latency_ms=8.0, distance_mm=200, velocity_m_s=49)
    assert computed_velocity(near, far) == 50
    assert only(MotorStudy("left", "median", "APB", (near, far))).velocity_m_s == 50
    bare = MotorSite("elbow", velocity_m_s=49)
    assert only(MotorStudy("left", "median", "APB", (near, bare))).velocity_m_s == 49
    assert computed_velocity(near, MotorSite("elbow", latency_ms=4.0, distance_mm=200)) is None
    assert computed_velocity(MotorSite("wrist"), far) is None
    assert computed_velocity(near, MotorSite("elbow", distance_mm=200)) is None


@pytest.mark.parametrize(("distal", "proximal"), [(None, 1.0), (1.0, None), (0.0, 1.0)])
def test_a_fall_needs_both_values(distal, proximal):
    assert drop(distal, proximal) is None
