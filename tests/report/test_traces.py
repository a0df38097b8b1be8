"""The traces of a motor study: one gain, distal on top, negative up."""

import xml.etree.ElementTree as ET

import pytest

from ranvier.findings.study import MotorSite, MotorStudy, Waveform
from ranvier.report.traces import handy, traces_svg

SVG = "{http://www.w3.org/2000/svg}"
SAMPLES = (0.0, 0.0, 0.5, 1.0, 0.5, 0.0, -0.2, 0.0)


def site(name, mv, latency=3.0):
    return MotorSite(name, latency, mv, waveform=Waveform(0, 1.5, tuple(mv * part for part in SAMPLES)))


STUDY = MotorStudy("right", "median", "APB", (site("elbow", 2), MotorSite("axilla", 9, 1), site("wrist", 8)))


def lines(svg):
    return [
        [tuple(map(float, pair.split(","))) for pair in line.get("points").split()]
        for line in ET.fromstring(svg).iter(f"{SVG}polyline")
    ]


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


def rise(line):
    return line[0][1] - min(y for _, y in line)


def test_only_sites_with_a_trace_are_shown_and_distal_is_on_top():
    svg = traces_svg(STUDY)
    wrist, elbow = lines(svg)
    assert wrist[0][1] < elbow[0][1]
    assert [t for t in texts(svg) if t in ("wrist", "elbow", "axilla")] == ["wrist", "elbow"]


def test_negative_is_up_and_the_gain_is_the_same_for_all_sites():
    wrist, elbow = lines(traces_svg(STUDY))
    assert rise(wrist) == pytest.approx(4 * rise(elbow), abs=0.2)
    assert rise(elbow) > 0


def test_the_latency_mark_lies_where_the_response_begins():
    svg = traces_svg(STUDY)
    marks = [p for p in ET.fromstring(svg).iter(f"{SVG}path") if p.find(f"{SVG}title") is not None]
    assert len(marks) == 2
    assert float(marks[0].get("d")[1:].split()[0]) == pytest.approx(
        (lines(svg)[0][1][0] + lines(svg)[0][3][0]) / 2, abs=0.1
    )


def test_the_calibration_bar_is_as_high_as_it_says():
    svg = traces_svg(STUDY)
    bar = next(p.get("d") for p in ET.fromstring(svg).iter(f"{SVG}path") if "h" in p.get("d"))
    top, bottom = float(bar.split()[1].split("V")[0]), float(bar.split("V")[1].split("h")[0])
    mv = next(float(t.split()[0]) for t in texts(svg) if t.endswith(" mV") and "ms" not in t)
    assert (bottom - top) / mv == pytest.approx(rise(lines(svg)[0]) / 8, abs=0.1)


@pytest.mark.parametrize(
    "wave",
    [
        None,
        Waveform(0, 1, ()),
        Waveform(0, 1, (1.0,)),
        Waveform(0, 0, (1.0, 2.0)),
        Waveform(0, 1, (1.0, float("nan"))),
    ],
)
def test_without_a_trace_there_is_no_figure(wave):
    assert traces_svg(MotorStudy("left", "ulnar", "ADM", (MotorSite("wrist", waveform=wave),))) == ""


def test_a_flat_trace_is_drawn_and_called_no_response():
    flat = MotorSite("wrist", None, 0, waveform=Waveform(-2, 0.5, (0.0, 0.0, 0.0)))
    svg = traces_svg(MotorStudy("left", "ulnar", "ADM", (flat,)))
    assert "no response" in texts(svg)
    assert len({y for _, y in lines(svg)[0]}) == 1


def test_hostile_text_stays_text():
    svg = traces_svg(MotorStudy("left", "median", "<script>&", STUDY.sites))
    assert "<script" not in svg
    assert "<script>&" in ET.fromstring(svg).find(f"{SVG}title").text


def test_the_figure_is_always_the_same():
    assert traces_svg(STUDY) == traces_svg(STUDY)


@pytest.mark.parametrize(("span", "step"), [(1, 1), (4.9, 2), (7, 5), (26, 20), (0.06, 0.05)])
def test_bars_have_handy_lengths(span, step):
    assert handy(span) == pytest.approx(step)
