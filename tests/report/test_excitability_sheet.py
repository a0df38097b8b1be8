"""The sheet of a nerve excitability test: four plots that say what the numbers say, and nothing on another."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion
from ranvier.nerve.excitability import (
    DELAYS_MS,
    INTERVALS_MS,
    LEVELS,
    POLARISING,
    WIDTHS_MS,
    Excitability,
    human_targets,
    indices,
)
from ranvier.report.excitability import excitability_text
from ranvier.report.excitability_json import excitability_json
from ranvier.report.excitability_svg import PAGE, excitability_svg

SVG = "{http://www.w3.org/2000/svg}"
SIZE = {"big": 19, "head": 17, "foot": 14, "note": 13.5, "tick": 13.5}
UNDER = DELAYS_MS < 100
SHARES = np.array(POLARISING)[:, None]
CYCLE = 500 * np.exp(-INTERVALS_MS / 0.8) - 80 * np.exp(-INTERVALS_MS / 8) + 25 * np.exp(-INTERVALS_MS / 60)


def found(**changes):
    widths = 0.2 * (1 + 0.4 / WIDTHS_MS)
    arrays = {
        "width_threshold_na": widths,
        "reduction": np.where(UNDER, 120 * SHARES, -5 * SHARES),
        "level_reduction": 140 * LEVELS,
        "recovery": CYCLE,
        **{name: value for name, value in changes.items() if name != "fibre"},
    }
    with np.errstate(invalid="ignore"):
        read = indices(*arrays.values())
    return Excitability(
        **arrays,
        fibre=changes.get("fibre", Fibre(10, 21)),
        threshold_na=0.28,
        widths_ms=WIDTHS_MS,
        delays_ms=DELAYS_MS,
        polarising=POLARISING,
        levels=LEVELS,
        intervals_ms=INTERVALS_MS,
        indices=read,
    )


def with_gaps():
    reduction, recovery = found().reduction.copy(), CYCLE.copy()
    reduction[0, 4], reduction[3, 2], recovery[0], recovery[9] = np.nan, -np.inf, np.inf, np.nan
    return found(reduction=reduction, recovery=recovery)


AXONS = {
    "healthy": found(),
    "gaps": with_gaps(),
    "nothing": found(
        reduction=np.full((4, len(DELAYS_MS)), np.nan),
        level_reduction=np.where(np.abs(LEVELS) < 0.15, 140 * LEVELS, np.inf),
        recovery=np.full(len(INTERVALS_MS), np.nan),
    ),
    "never superexcitable": found(recovery=60 * np.exp(-INTERVALS_MS / 2) + 8),
    "far out": found(level_reduction=600 * LEVELS, recovery=3 * CYCLE),
    "lesions": found(
        fibre=Fibre(
            10,
            21,
            lesions=tuple(Lesion(name, 2.5, 3, 9) for name in ("detachment", "juxtaparanode", "myelin")),
        )
    ),
}


def sheet(axon):
    return ET.fromstring(excitability_svg(axon))


def words(element):
    return "".join(element.itertext())


def texts(svg):
    return [words(each) for each in svg.iter(f"{SVG}text")]


def looks(svg, look):
    return [each for each in svg.iter() if each.get("class") == look]


def plot(axon, name):
    return next(each for each in looks(sheet(axon), "panel") if name in texts(each))


def across(panel):
    """The numbers of the horizontal axis, and where they stand."""
    below = max(float(each.get("y")) for each in looks(panel, "tick"))
    return {words(e): float(e.get("x")) for e in looks(panel, "tick") if float(e.get("y")) == below}


def heights(path):
    return [float(pair.split()[1]) for pair in re.split("[ML]", path.get("d"))[1:]]


def boxes(svg):
    """About where each line of text lies: left, right, top, bottom."""
    for each in svg.iter(f"{SVG}text"):
        size = SIZE.get(each.get("class"), 15)
        width, x, y = 0.56 * size * len(words(each)), float(each.get("x")), float(each.get("y"))
        if each.get("transform"):
            yield x - size, x, y - width / 2, y + width / 2, words(each)
        else:
            left = x - {"start": 0, "middle": 0.5, "end": 1}[each.get("text-anchor") or "start"] * width
            yield left, left + width, y - 0.7 * size, y, words(each)


@pytest.mark.parametrize("axon", AXONS.values(), ids=AXONS)
def test_no_text_lies_on_another_or_beyond_the_page(axon):
    placed = list(boxes(sheet(axon)))
    for left, right, _, _, told in placed:
        assert left >= 0, told
        assert right <= PAGE, told
    for one, two in combinations(placed, 2):
        apart = one[1] <= two[0] or two[1] <= one[0] or one[3] <= two[2] or two[3] <= one[2]
        assert apart, (one, two)


@pytest.mark.parametrize("axon", AXONS.values(), ids=AXONS)
def test_every_sheet_has_four_plots_with_units_and_nothing_that_is_no_number(axon):
    page = excitability_svg(axon)
    told = texts(sheet(axon))
    assert {
        "Strength-duration",
        "Threshold electrotonus",
        "Current/threshold relation",
        "Recovery cycle",
    } <= {*told}
    assert {"Stimulus width (ms)", "Threshold charge (pC)", "Delay (ms)", "Threshold reduction (%)"} <= {
        *told
    }
    assert {"Current (% threshold)", "Interstimulus interval (ms)", "Threshold change (%)"} <= {*told}
    assert not re.search(r'="[^"]*\b(nan|inf)\b', page)
    assert not re.search(r"\d-\d", " ".join(each for each in told if each.endswith("%")))


def test_the_weiss_line_meets_the_axis_at_minus_the_time_constant():
    panel = plot(found(), "Strength-duration")
    at, hollow = across(panel), max(looks(panel, "hollow"), key=lambda each: float(each.get("r")))
    assert float(hollow.get("cx")) == pytest.approx(at["−0.4"], abs=0.2)
    assert float(hollow.get("cy")) == pytest.approx(heights(looks(panel, "weiss")[0])[0], abs=0.1)
    assert "SDTC 0.40 ms (0.46)" in texts(panel)


def test_depolarisation_is_up_and_each_curve_is_named_where_it_runs():
    svg = sheet(found())
    first, *_, last = (heights(each) for each in looks(svg, "curve")[:4])
    assert min(first) < first[0] < max(last)
    label = {words(each): float(each.get("y")) for each in svg.iter(f"{SVG}text")}
    assert label["+40 % depolarising"] == pytest.approx(min(first), abs=6)
    assert label["−40 % hyperpolarising"] == pytest.approx(max(last), abs=6)


def test_the_bar_of_the_polarising_current_is_as_long_as_the_current():
    panel = plot(found(), "Threshold electrotonus")
    begin, end = re.match(r"M([\d.]+) [\d.]+H([\d.]+)", looks(panel, "bar")[0].get("d")).groups()
    at = across(panel)
    assert (float(begin), float(end)) == pytest.approx((at["0"], at["100"]), abs=0.2)


def test_the_intervals_of_the_recovery_cycle_are_in_decades():
    at = across(plot(found(), "Recovery cycle"))
    assert [*at] == ["1", "2", "5", "10", "20", "50", "100", "200"]
    assert at["100"] - at["10"] == pytest.approx(at["10"] - at["1"], abs=0.2)


def test_the_phases_of_the_recovery_cycle_are_named_and_a_missing_one_is_said():
    assert {"refractory", "superexcitable", "subexcitable"} <= {*texts(sheet(found()))}
    never = texts(sheet(AXONS["never superexcitable"]))
    assert "not superexcitable" in never
    assert "superexcitable" not in never


def test_a_healthy_value_lies_at_its_own_height():
    svg = sheet(found())
    curve = heights(looks(svg, "curve")[0])
    zero, high = curve[0], min(curve)
    bars = [
        float(each.get("d").split()[1].split("H")[0])
        for each in looks(svg, "healthy")
        if "H" in each.get("d")
    ]
    per_percent = (zero - high) / 48
    assert zero - bars[0] == pytest.approx(per_percent * human_targets()["ted_90_100"].number, abs=0.3)
    assert zero - bars[1] == pytest.approx(per_percent * human_targets()["teh_90_100"].number, abs=0.3)


def test_a_curve_is_interrupted_where_there_is_no_threshold():
    whole, broken = (looks(sheet(AXONS[name]), "curve")[0].get("d") for name in ("healthy", "gaps"))
    assert (whole.count("M"), broken.count("M")) == (1, 2)


def test_what_cannot_be_told_is_null_a_dash_and_a_remark():
    axon = AXONS["gaps"]
    data = json.loads(excitability_json(axon))
    assert data["threshold_electrotonus"]["threshold_reduction_percent"][0][4] is None
    assert data["recovery_cycle"]["threshold_change_percent"][0] is None
    assert data["indices"]["superexcitability"] < -15
    assert "In 2 of 58 tests" not in excitability_text(axon)
    text = " ".join(excitability_text(axon).split())
    assert "In 2 of 124 tests an impulse came without the test pulse" in text
    assert "In 2 of 124 tests no test pulse excited the axon." in text


def test_what_differs_by_more_than_a_fifth_is_named_and_nothing_else():
    line = " ".join(excitability_text(found()).split()).split("more than a fifth: ")[1].split(". Currents")[0]
    assert "TEh(90-100 ms) -48.0, not -120 %" in line
    assert "TEd" not in line
    assert "Strength-duration" not in line


def test_an_axon_that_is_never_superexcitable_has_no_end_of_its_refractory_period():
    text = " ".join(excitability_text(AXONS["never superexcitable"]).split())
    assert "the axon has no superexcitability" in text
    assert "Relative refractory period – 3.00 ms" in text


def test_the_sheet_says_to_the_blind_what_it_shows():
    svg = sheet(found())
    assert "TEh(90-100 ms), -40 %: -48.0 %" in svg.find(f"{SVG}desc").text
    assert svg.find(f"{SVG}title").text.startswith("Nerve excitability: Motor axon of 10 µm")


def test_the_sheet_is_always_the_same():
    assert excitability_svg(found()) == excitability_svg(replace(found()))
