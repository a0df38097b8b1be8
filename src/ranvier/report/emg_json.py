"""A needle recording as JSON, schema `ranvier.emg/1`; what cannot be told is null."""

import json
from dataclasses import asdict
from typing import Any

from ranvier import __version__
from ranvier.findings.needle.analysis import NeedleAnalysis
from ranvier.findings.needle.unit import Unit
from ranvier.report import emg_words as words

SCHEMA = "ranvier.emg/1"


def emg_json(found: NeedleAnalysis, name: str) -> str:
    """The analysis as an indented JSON text."""
    return json.dumps(emg_data(found, name), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def emg_data(found: NeedleAnalysis, name: str) -> dict[str, Any]:
    """The analysis as plain data; times in s, potentials in mV with their step in ms."""
    return {
        "schema": SCHEMA,
        "version": __version__,
        "file": name,
        "simulated": found.recording.simulated,
        "intended_use": words.USE,
        "duration_s": rounded(found.recording.duration_s),
        "rate_hz": rounded(found.recording.rate_hz),
        "noise_mv": rounded(found.noise_mv, 5),
        "least_spike_mv": rounded(found.least_mv, 5),
        "summary": summary(found),
        "units": [unit_data(n, unit) for n, unit in enumerate(found.units, 1)],
        "interference": interference_data(found),
        "rest": None if found.rest is None else asdict(found.rest),
        "remarks": list(words.remarks(found)),
        "notes": list(words.endings(found)),
    }


def summary(found: NeedleAnalysis) -> dict[str, Any]:
    """The units together."""
    return {
        "units": len(found.units),
        "mean_amplitude_mv": rounded(found.mean_amplitude_mv),
        "median_amplitude_mv": rounded(found.median_amplitude_mv),
        "mean_duration_ms": rounded(found.mean_duration_ms),
        "median_duration_ms": rounded(found.median_duration_ms),
        "polyphasic_percent": rounded(found.polyphasic_percent),
        "slowest_hz": rounded(found.slowest_hz),
        "fastest_hz": rounded(found.fastest_hz),
    }


def unit_data(number: int, unit: Unit) -> dict[str, Any]:
    """One unit, with its averaged potential and its discharges."""
    potential, firing = unit.potential, unit.firing
    return {
        "unit": number,
        "amplitude_mv": rounded(potential.amplitude_mv),
        "duration_ms": rounded(potential.duration_ms),
        "phases": potential.phases,
        "polyphasic": potential.polyphasic,
        "turns": potential.turns,
        "firing_rate_hz": rounded(firing.rate_hz),
        "regular_share": rounded(firing.regular),
        "interval_variation": rounded(firing.variation),
        "silence": rounded(firing.silence),
        "rhythm": rounded(firing.rhythm),
        "discharges": unit.discharges,
        "reliability": unit.reliability,
        "discharge_s": [rounded(float(time), 5) for time in unit.times_s],
        "potential": {
            "step_ms": rounded(potential.step_ms, 6),
            "begin": potential.begin,
            "end": potential.end,
            "margin_mv": rounded(potential.margin_mv, 5),
            "samples_mv": [rounded(float(mv), 5) for mv in potential.samples_mv],
        },
    }


def interference_data(found: NeedleAnalysis) -> dict[str, Any]:
    """The interference pattern, epoch by epoch."""
    seen = found.interference
    return {
        "active_share": rounded(seen.active_share),
        "turns_per_s": rounded(seen.mean_turns_per_s),
        "turn_amplitude_mv": rounded(seen.mean_amplitude_mv),
        "epoch_start_s": [rounded(float(one)) for one in seen.start_s],
        "epoch_turns_per_s": [rounded(float(one)) for one in seen.turns_per_s],
        "epoch_turn_amplitude_mv": [rounded(float(one)) for one in seen.amplitude_mv],
    }


def rounded(value: float | None, digits: int = 3) -> float | None:
    """A number rounded below what it can tell; null stays null, and what is not finite becomes it."""
    if value is None or abs(value) == float("inf"):
        return None
    return round(value, digits)
