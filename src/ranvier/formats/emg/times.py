"""Samples set to their times: the step, and what is missing between two times."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.formats.emg.lines import Lines, listed
from ranvier.formats.files import InputError

SPAN = 100
"""Samples over which a step is measured, since a time may be rounded."""

DIGITS = 12
"""Of a step in seconds: far below what any clock keeps, so that 0.00025 s is 0.25 ms."""

MOST_LONGER = 20
"""How many times longer than its samples a recording may be; beyond, its times are wrong."""


def placed(
    path: Path, lines: Lines, values: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], list[str]]:
    """The step (ms), the samples at even steps, not a number where none was, and what is missing.

    Raises InputError where the times do not go forward.
    """
    times = lines.numbers[:, 0]
    if len(times) < 2 or not np.all(np.isfinite(times)):
        raise InputError(
            path, ["does not give a time for every sample; give two or more rows, or --rate-hz."]
        )
    back = np.flatnonzero(np.diff(times) < 0)
    if back.size:
        where = int(lines.line_numbers[back[0] + 1])
        raise InputError(path, [f"line {where}: the time goes back; sort the rows, or give --rate-hz."])
    span = min(SPAN, len(times) - 1)
    step = round(float(np.median(times[span:] - times[:-span])) / span, DIGITS)
    if step <= 0:
        raise InputError(path, ["has times that stand still; give --rate-hz."])
    return spread(path, lines, values, times, step)


def spread(
    path: Path, lines: Lines, values: NDArray[np.float64], times: NDArray[np.float64], step: float
) -> tuple[float, NDArray[np.float64], list[str]]:
    """Samples at the steps nearest to their times; one after the other where times are too coarse."""
    place = np.round((times - times[0]) / step).astype(np.int64)
    if np.any(np.diff(place) == 0):
        place = lines.rows - lines.rows[0]
        coarse = ["times are too coarse to place single samples, taken as evenly spaced: no gap can be told"]
        return samples_at(place, values, round(1000 * step, DIGITS - 3), coarse)
    if place[-1] > MOST_LONGER * len(times):
        raise InputError(
            path, [f"spans {times[-1] - times[0]:.4g} s with {len(times)} samples; check its times."]
        )
    missing = np.diff(place) - np.diff(lines.rows)
    jumps = lines.line_numbers[1:][missing > 0].tolist()
    lost = int(np.sum(missing[missing > 0]))
    said = [f"before {listed(jumps)} time jumps: {lost} samples are missing, taken as gaps"] if jumps else []
    return samples_at(place, values, round(1000 * step, DIGITS - 3), said)


def samples_at(
    place: NDArray[np.int64], values: NDArray[np.float64], step_ms: float, said: list[str]
) -> tuple[float, NDArray[np.float64], list[str]]:
    """The values at their places, not a number elsewhere."""
    samples = np.full(int(place[-1]) + 1, np.nan)
    samples[place] = values
    return step_ms, samples, said
