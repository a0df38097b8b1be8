"""What is wrong with a recording, as far as it shows in the samples."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ranvier.findings.needle.filters import Array
from ranvier.findings.needle.recording import Recording
from ranvier.findings.needle.rules import rules


def quality(recording: Recording) -> Iterator[str]:
    """Each fault as a sentence without its full stop."""
    if recording.flat:
        yield "the recording is one value throughout: no signal reached the amplifier"
        return
    share = float(np.mean(recording.missing))
    if share > 0:
        lost_ms = share * recording.duration_s * 1000
        yield f"{lost_ms:.0f} ms of the recording are missing and bridged by straight lines"
    if clipped(recording.samples_mv):
        yield "the largest or smallest value is held again and again: amplitudes there are cut off"
    if paired(recording.bridged_mv):
        yield (
            f"neighbouring samples come in pairs: the recording holds no more than one of "
            f"{recording.rate_hz / 2:g} Hz, so that sharp peaks are too low"
        )


def paired(samples: Array) -> bool:
    """Whether samples change much less within pairs than between them, as after repeating each."""
    rule = rules("quality")
    width = int(rule["paired_window"])
    change = np.abs(np.diff(samples))
    blocks = change[: len(change) // width * width].reshape(-1, width // 2, 2)
    if not len(blocks):
        return False
    one, two = blocks[:, :, 0].mean(axis=1), blocks[:, :, 1].mean(axis=1)
    larger = np.maximum(one, two)
    moving = larger > 0
    return bool(np.any(moving)) and bool(
        np.median(np.minimum(one, two)[moving] / larger[moving]) < rule["paired"]
    )


def clipped(samples: Array) -> bool:
    """Whether the extreme values are held for several samples, several times."""
    rule = rules("quality")
    there = samples[np.isfinite(samples)]
    return any(
        runs(there == extreme, int(rule["clipped_run"])) >= rule["clipped_runs"]
        for extreme in (np.max(there), np.min(there))
    )


def runs(held: NDArray[np.bool_], least: int) -> int:
    """How many runs of at least so many samples there are."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], held.astype(np.int8), [0]])))
    return int(np.sum(edges[1::2] - edges[::2] >= least))
