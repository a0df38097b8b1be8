"""Which impulses of a train get through the lesions of a nerve: block that depends on the rate.

An impulse leaves an axon refractory, and for a tenth of a second a little less excitable than at rest.
A lesion that lets single impulses pass may then stop the next one.
"""

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.apart import crossings
from ranvier.nerve.bundle import nerve_numbers
from ranvier.nerve.stimulus import Pulse
from ranvier.nerve.transit import Pathway
from ranvier.nerve.window import LEAD, ONSET_MS, STEP_US, Window, patience_ms

Mask = NDArray[np.bool_]


def carried(path: Pathway, begin_mm: float, end_mm: float, interval_ms: float, impulses: int) -> Mask:
    """Which impulses of a train begun at one place every axon brings to another farther down (N, impulses).

    Every lesion between the two places is followed with the cable for the whole train, each by itself.
    """
    through = np.ones((len(path.diameter_um), impulses), bool)
    starts: list[tuple[Window, int]] = []
    for window in path.windows:
        low, high = path.span_mm(window)
        spacing = float(path.spacing_mm[window.axon])
        if begin_mm <= low < end_mm:
            starts.append((window, 0))
        elif low < begin_mm < high:
            starts.append((window, round(begin_mm / spacing) - window.first))
    for (window, _), row in zip(starts, passed(path, starts, interval_ms, impulses), strict=True):
        through[window.axon] &= row
    through[path.severed(begin_mm, end_mm)] = False
    return through


def passed(path: Pathway, starts: list[tuple[Window, int]], interval_ms: float, impulses: int) -> Mask:
    """Which impulses of a train cross each window from a stimulated node downwards (windows, impulses)."""
    if not starts:
        return np.ones((0, impulses), bool)
    fibres = [path.fibre(window) for window, _ in starts]
    onsets = ONSET_MS + interval_ms * np.arange(impulses)
    strong = nerve_numbers()["pulse_na"]
    shocks = [
        tuple(Pulse(float(onset), 0.1, strong * fibre.diameter_um, node) for onset in onsets)
        for fibre, (_, node) in zip(fibres, starts, strict=True)
    ]
    longest = max(map(patience_ms, fibres)) + float(onsets[-1])
    crossing = crossings(
        fibres, shocks, longest, keep_crossings=impulses + 1, precision="float32", step_us=STEP_US
    )
    ends = [fibre.nodes - 1 - LEAD for fibre in fibres]
    arrived = crossing[np.arange(len(fibres)), ends]
    within = (arrived[:, :, None] > onsets) & (arrived[:, :, None] <= onsets + interval_ms)
    return np.asarray(within.any(axis=1))
