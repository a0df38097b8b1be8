"""A needle recording as text, JSON and figure."""

import json
import re
import sys
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from ranvier.findings.needle import Recording, analyse
from ranvier.report.emg import WIDTH, emg_text
from ranvier.report.emg_json import emg_json
from ranvier.report.emg_svg import emg_svg

sys.path.insert(0, str(Path(__file__).parents[1] / "findings" / "needle"))
from made_needle import POLY, SHARP, TRIPHASIC, recording

SVG = "{http://www.w3.org/2000/svg}"


@cache
def found(units=(SHARP, POLY, TRIPHASIC), simulated=False, at_rest=False, seconds=8):
    samples, _ = recording(units, 10000, seconds=seconds)
    return analyse(Recording(0.1, samples, ("line 3 was damaged",), simulated), at_rest)


def words(page):
    return " ".join(page.split())


def test_the_text_answers_first_and_fits_a_terminal():
    page = emg_text(found(), "needle.txt")
    assert page.startswith("Needle EMG, 8.0 s at 10000 Hz: needle.txt\n3 motor units, on average")
    assert max(map(len, page.splitlines())) <= WIDTH
    assert "1 polyphasic" in words(page)
    assert re.search(r"^ +2 +0\.9\d +9\.\d +6\* +6 +[78]\.\d +\d\d +good$", page, flags=re.M)
    for told in ("Line 3 was damaged.", "Spontaneous activity is not judged", "no diagnosis", "For scale"):
        assert told in words(page)


def test_one_unit_is_no_average():
    assert words(emg_text(found((SHARP,)), "x")).startswith(
        "Needle EMG, 8.0 s at 10000 Hz: x 1 motor unit, 1.2"
    )


def test_nothing_found_is_said():
    for nothing in (found(()), analyse(Recording(0.1, np.zeros(9000)))):
        page = words(emg_text(nothing, "x"))
        assert "No motor unit fires often and regularly enough" in page
        assert "For scale" not in page
        ET.fromstring(emg_svg(nothing, "x"))
        data = json.loads(emg_json(nothing, "x"))
        assert (data["units"], data["summary"]["mean_amplitude_mv"]) == ([], None)


def test_what_was_found_at_rest_is_told_with_what_cannot_be():
    page = words(emg_text(found((SHARP,), at_rest=True), "x"))
    assert "1 unit fires as in a contraction" in page
    assert "too short to deny it" in page
    assert "end-plate spikes" in page


def test_a_simulated_recording_is_marked_everywhere():
    seen = found((SHARP,), simulated=True)
    assert emg_text(seen, "x").startswith("Simulated needle EMG")
    assert json.loads(emg_json(seen, "x"))["simulated"] is True
    assert "Simulated needle EMG" in emg_svg(seen, "x")
    assert "imulated" not in emg_text(found(), "x") + emg_svg(found(), "x")


def test_the_data_hold_what_the_text_says():
    data = json.loads(emg_json(found(), "needle.txt"))
    assert data["schema"] == "ranvier.emg/1"
    assert data["summary"]["units"] == len(data["units"]) == 3
    for unit, seen in zip(data["units"], found().units, strict=True):
        assert unit["amplitude_mv"] == pytest.approx(seen.potential.amplitude_mv, abs=0.001)
        assert unit["discharges"] == len(unit["discharge_s"])
        wave = unit["potential"]
        inside = wave["samples_mv"][wave["begin"] : wave["end"] + 1]
        assert max(inside) - min(inside) == pytest.approx(unit["amplitude_mv"], abs=0.002)
        assert (wave["end"] - wave["begin"]) * wave["step_ms"] == pytest.approx(unit["duration_ms"], abs=0.01)
    epochs = data["interference"]
    assert np.mean(epochs["epoch_turns_per_s"]) == pytest.approx(epochs["turns_per_s"], abs=0.01)


def test_the_figure_draws_every_discharge_and_every_potential():
    root = ET.fromstring(emg_svg(found(), "<needle>&.txt"))
    names = [text.text for text in root.iter(f"{SVG}text")]
    for n, unit in enumerate(found().units):
        assert f"Unit {n + 1}" in names
        drawn = [path.get("d").count("M") for path in root.iter(f"{SVG}path") if path.get("class") == f"u{n}"]
        assert max(drawn) == unit.discharges
    dots = list(root.iter(f"{SVG}circle"))
    assert len(dots) == len(found().interference.start_s)
    assert "<needle>&.txt" in root.find(f"{SVG}title").text


def test_nothing_of_the_figure_lies_outside_it():
    root = ET.fromstring(emg_svg(found(), "x"))
    _, _, width, height = map(float, root.get("viewBox").split())
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= width
        assert 0 <= float(text.get("y")) <= height
    for path in root.iter(f"{SVG}path"):
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.get("d")):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height
