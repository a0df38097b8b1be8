"""What noise does to a reading: an error of each marker, of the size it has on noisy traces.

The SD of a marker's error is the root of the squares of three parts: one that is always there (`floor`), one
that grows with the response's amplitude (`share` of it), and one that grows as the response vanishes
(`inverse` / amplitude^`power`). Its mean is `shift`, and `lift` / amplitude where noise lifts what is small,
at most to twice its size.
"""

from collections.abc import Mapping
from functools import cache
from math import hypot
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.evidence.value import numbers_of
from ranvier.exam.laboratory import Amplifier
from ranvier.findings.measure.rows import rounded

Array = NDArray[np.float64]
Found = Mapping[str, float | None]


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `errors.toml`."""
    return numbers_of(Path(__file__).with_name("errors.toml"))


def seen_noise_mv(amplifier: Amplifier, kind: str) -> float:
    """The noise between samples as a reader of the trace would find it; kind: motor, f_wave or sensory."""
    return 0.0 if amplifier.quiet else numbers()["seen"][kind] * amplifier.noise_mv


def shift(marker: str, amplitude: float) -> float:
    """The mean error of one marker of a response of this amplitude."""
    size = numbers()[marker]
    return size["shift"] + min(size["lift"] / amplitude, amplitude)


def spread(marker: str, amplitude: float) -> float:
    """The SD of that error."""
    size = numbers()[marker]
    vanishing = size["inverse"] / amplitude ** size["power"]
    return hypot(size["floor"], size["share"] * amplitude, vanishing)


def misread(
    found: Found, amplitude: str, random: np.random.Generator, quiet: bool
) -> dict[str, float | None]:
    """The markers as they would be read in noise, none below zero; an absent response stays absent.

    `amplitude` names the marker that says how large the response is.
    """
    size = found[amplitude]
    if quiet or not size:
        return {name: rounded(value) for name, value in found.items()}
    errors = random.standard_normal(len(found))
    return {
        name: None if value is None else rounded(max(value + error_of(name, size, error), 0.0))
        for (name, value), error in zip(found.items(), errors.tolist(), strict=True)
    }


def error_of(marker: str, amplitude: float, drawn: float) -> float:
    """The error of one marker, for a number drawn from the normal distribution."""
    return shift(marker, amplitude) + spread(marker, amplitude) * drawn


def lost(amplitude_uv: float, random: np.random.Generator, quiet: bool) -> bool:
    """Whether a sensory response of this size is taken for noise."""
    size = numbers()["sensory_lost"]
    chance = 1 / (1 + (amplitude_uv / size["half"]) ** size["power"])
    return not quiet and bool(random.random() < chance)


def misread_f(latencies_ms: Array, random: np.random.Generator, quiet: bool) -> Array:
    """F latencies as they would be read in noise."""
    if quiet:
        return latencies_ms
    return latencies_ms + numbers()["f_wave"]["latency"] * random.standard_normal(len(latencies_ms))
