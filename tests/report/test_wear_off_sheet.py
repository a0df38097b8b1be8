"""The watch for wear-off as a figure and in words."""

import xml.etree.ElementTree as Xml
from datetime import date

import numpy as np
import pytest

from ranvier.report.wear_off_svg import USE, wear_off_svg
from ranvier.report.wear_off_words import NOTHING, wear_off_words
from ranvier.treatment.given import Given
from ranvier.treatment.readings import Readings
from ranvier.treatment.wear_off import watch

START = date(2026, 1, 5).toordinal()
DAYS = np.arange(120)
GIVEN = tuple(Given("ivig", float(START + day) + 0.4, 80.0, 0.2) for day in range(-210, 120, 21))
SVG = "{http://www.w3.org/2000/svg}"


def followed(share):
    noise = np.exp(0.04 * np.random.default_rng(2).standard_normal(len(DAYS)))
    grip = Readings("grip right & all", "kg", START + DAYS + 0.3, 32 * share * noise)
    return watch([grip], GIVEN)


@pytest.fixture(scope="module")
def fallen():
    return followed(np.where(DAYS < 80, 1.0, 0.6))


def test_the_figure_shows_every_reading_infusion_and_event(fallen):
    tree = Xml.fromstring(wear_off_svg(fallen, simulated=True))
    assert len(tree.findall(f".//{SVG}circle")) == len(DAYS)
    assert len(tree.findall(f".//{SVG}path[@class='dose']")) == sum(each.day >= START for each in GIVEN)
    names = [each.text for each in tree.iter(f"{SVG}text")]
    assert [each.kind for each in fallen.events] == ["relapse"]
    assert names.count("relapse") == 1
    told = [each.text for each in tree.iter(f"{SVG}title")]
    assert told.count(fallen.events[0].words) == 3
    assert "simulated" in "".join(tree.itertext())
    assert "simulated" not in wear_off_svg(fallen)
    assert {"curve level", "curve plateau", "curve limit"} <= {each.get("class") for each in tree.iter()}


def test_the_figure_says_all_in_words(fallen):
    tree = Xml.fromstring(wear_off_svg(fallen))
    told = tree.find(f"{SVG}desc")
    assert told is not None
    for each in (*wear_off_words(fallen), USE):
        assert each in " ".join((told.text or "").split())


def test_words_tell_level_and_event(fallen):
    told = list(wear_off_words(fallen))
    assert told[0].startswith("grip right & all: ")
    assert "2026-05-04" in told[0]
    assert any("relapse (probability" in each for each in told)
    assert any("did not come back to its plateau" in each for each in told)
    assert any(each.startswith("Cannot be seen: Only grip") for each in told)


def test_words_say_when_nothing_was_seen():
    told = list(wear_off_words(followed(np.ones(len(DAYS)))))
    assert NOTHING in told
    assert any(each.startswith("Wear-off is not expected") or "expected on" in each for each in told)
