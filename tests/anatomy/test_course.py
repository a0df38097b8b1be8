"""How long nerves are: every site in order, every standard distance kept, in people of every height."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.anatomy import UnknownNameError, motor_nerves
from ranvier.anatomy.course import course, muscle_course, sensory_course, slack_mm, tables

HEIGHTS = st.floats(120, 230)


@given(HEIGHTS)
def test_sites_follow_each_other_from_the_cord_outwards(height):
    for name, nerve in motor_nerves().items():
        places = course(name, height).site_mm
        assert set(places) <= set(nerve.sites)
        ordered = [places[site] for site in reversed(nerve.sites) if site in places]
        assert ordered == sorted(ordered)
        assert ordered[0] > 0


@given(HEIGHTS)
def test_the_distal_distance_is_the_laboratory_standard_whatever_the_height(height):
    wrist = course("median", height).at("wrist")
    assert muscle_course("APB", height).length_mm - wrist == pytest.approx(80)
    digit = sensory_course("median", height)
    assert digit.recording_mm - digit.stimulus_mm == pytest.approx(140)


@given(HEIGHTS)
def test_every_muscle_lies_beyond_its_distal_site(height):
    for muscle in tables()["muscle"]:
        way = muscle_course(muscle, height)
        nerve = motor_nerves()[way.nerve]
        assert way.length_mm > course(way.nerve, height).site_mm[nerve.distal_site[muscle]]


def test_a_taller_person_has_longer_nerves_and_the_elbow_is_as_long_in_all():
    small, tall = course("ulnar", 150), course("ulnar", 200)
    assert tall.at("wrist") > small.at("wrist") + 100
    for each in (small, tall):
        over_skin = (
            each.at("below elbow") - each.at("above elbow") - slack_mm("ulnar", "below elbow", "above elbow")
        )
        assert over_skin == pytest.approx(100)
    assert slack_mm("ulnar", "wrist", "axilla") == slack_mm("ulnar", "below elbow", "above elbow")
    assert slack_mm("ulnar", "wrist", "below elbow") == slack_mm("median", "wrist", "elbow") == 0


@pytest.mark.parametrize("height", [0, 119, 231, float("nan"), float("inf")])
def test_an_impossible_height_is_refused(height):
    with pytest.raises(ValueError, match="height_cm must lie between 120 and 230"):
        course("median", height)


def test_an_unknown_muscle_names_those_that_are_known():
    with pytest.raises(UnknownNameError, match=r"unknown muscle 'AbPB'.*APB"):
        muscle_course("AbPB", 170)
