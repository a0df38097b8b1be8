"""The three recordings that ship: what is found in them, and how they compare."""

from functools import cache
from pathlib import Path

import pytest

from ranvier.findings.needle import analyse
from ranvier.formats.emg import read_emg
from ranvier.report.emg_words import healthy

FOLDER = Path(__file__).parents[3] / "examples" / "emg"


@cache
def found(name):
    return analyse(read_emg(FOLDER / f"emg_{name}.txt.gz"))


def sizes(name):
    return [unit.potential.amplitude_mv for unit in found(name).units]


def test_neuropathic_units_are_larger_than_healthy_ones():
    assert min(sizes("neuropathy")) > max(sizes("healthy"))
    assert found("neuropathy").mean_amplitude_mv > 3 * found("healthy").mean_amplitude_mv
    assert found("neuropathy").mean_duration_ms > found("healthy").mean_duration_ms
    assert found("neuropathy").mean_amplitude_mv > 2 * healthy()["amplitude"].number


def test_myopathic_units_are_not_larger_than_healthy_ones():
    """Not beyond the scatter of so few units, nor than published healthy people."""
    assert found("myopathy").mean_amplitude_mv < 1.4 * found("healthy").mean_amplitude_mv
    assert min(sizes("myopathy")) < max(sizes("healthy"))
    assert found("myopathy").mean_amplitude_mv < healthy()["amplitude"].number


def test_the_turns_tell_the_same():
    turn = {name: found(name).interference for name in ("healthy", "myopathy", "neuropathy")}
    assert turn["neuropathy"].mean_amplitude_mv > 3 * turn["healthy"].mean_amplitude_mv
    assert turn["myopathy"].mean_amplitude_mv < 1.3 * turn["healthy"].mean_amplitude_mv
    assert turn["myopathy"].mean_turns_per_s > 2 * turn["healthy"].mean_turns_per_s


@pytest.mark.parametrize(
    ("name", "units", "amplitude", "duration", "rates", "turns"),
    [
        ("healthy", (3, 5), 0.36, 11.5, (9, 12), 160),
        ("myopathy", (5, 9), 0.44, 17.6, (9, 14), 452),
        ("neuropathy", (2, 4), 2.33, 12.6, (8, 12), 354),
    ],
)
def test_the_figures_are_those_of_the_documents(name, units, amplitude, duration, rates, turns):
    seen = found(name)
    assert units[0] <= len(seen.units) <= units[1]
    assert seen.mean_amplitude_mv == pytest.approx(amplitude, rel=0.2)
    assert seen.mean_duration_ms == pytest.approx(duration, rel=0.25)
    assert rates[0] < seen.slowest_hz <= seen.fastest_hz < rates[1] + 1
    assert seen.interference.mean_turns_per_s == pytest.approx(turns, rel=0.05)


def test_the_recordings_are_as_they_were_published():
    """Byte for byte: the damaged lines stand where they stood."""
    assert {
        name: len(found(name).recording.samples_mv) for name in ("healthy", "myopathy", "neuropathy")
    } == {
        "healthy": 50860,
        "myopathy": 110415,
        "neuropathy": 148146,
    }
    assert "Lines 639 and 41464" in found("healthy").remarks[0].capitalize()
