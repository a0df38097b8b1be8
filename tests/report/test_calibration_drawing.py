from hashlib import sha256
from xml.etree import ElementTree

import pytest

from ranvier.diagnosis.differential.likelihoods import MADE
from ranvier.report import differential_words
from ranvier.report.calibration import calibration_from, calibration_svg

BINS = [
    {"given": 0.1, "found": 0.2, "low": 0.15, "high": 0.3},
    {"given": 0.9, "found": 0.85, "low": 0.8, "high": 0.9},
]


def measured(**changes):
    with_ = sha256(MADE.read_bytes()).hexdigest()
    told = {"likelihoods": with_, "setting": "neuromuscular clinic", "patients": 800, "top_error": 0.0312,
            "mmn_error": 0.004, "bins": BINS}  # fmt: skip
    return calibration_from({**told, **changes})


def test_what_was_measured_with_other_likelihoods_is_not_told():
    assert measured(likelihoods="other") is None
    assert measured().top_error == 0.0312


def test_the_error_and_on_whom_it_was_measured_are_told(monkeypatch):
    monkeypatch.setattr(differential_words, "calibration", measured)
    (said,) = differential_words.trust()
    for wanted in (
        "800 simulated patients",
        "0.031",
        "0.004",
        "docs/figures/calibration.svg",
        "No real cohort",
    ):
        assert wanted in said


def test_a_point_stands_where_it_was_given_and_found():
    drawing = ElementTree.fromstring(calibration_svg(measured()))
    space = "{http://www.w3.org/2000/svg}"
    frame = drawing.find(f"{space}rect").attrib
    left, top, side = (float(frame[key]) for key in ("x", "y", "width"))
    points = [(float(c.get("cx")), float(c.get("cy"))) for c in drawing.iter(f"{space}circle")]
    for (x, y), each in zip(points, BINS, strict=True):
        assert (x - left) / side == pytest.approx(each["given"], abs=0.01)
        assert 1 - (y - top) / side == pytest.approx(each["found"], abs=0.01)
