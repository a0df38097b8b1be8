"""Many potentials added in time, each at its own pace and from its own beginning.

numba compiles it when it is first called and keeps it on disk.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Waves = NDArray[np.float32]
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}


def added(waves: Waves, size: Array, begin: Array, pace: Array, samples: int) -> Array:
    """The sum over n of size[n] * waves[n] at pace[n] * (k - begin[s, n]), for each stimulus s and sample k.

    Beginnings count in samples; one that is not a number, or a size of 0, leaves its wave out. Between two
    samples a wave is read on the line that joins them; before its beginning and after its end it is nothing.
    """
    total = np.zeros((begin.shape[0], samples))
    last = waves.shape[1] - 1
    for s in range(begin.shape[0]):
        for n in range(waves.shape[0]):
            if size[n] == 0 or np.isnan(begin[s, n]):
                continue
            first = max(int(np.ceil(begin[s, n])), 0)
            until = min(int(np.ceil(begin[s, n] + last / pace[n])), samples)
            for k in range(first, until):
                place = min((k - begin[s, n]) * pace[n], last - 1e-9)
                left = int(place)
                low = waves[n, left]
                total[s, k] += size[n] * (low + (place - left) * (waves[n, left + 1] - low))
    return total


def high_passed(response: Array, turn: float) -> Array:
    """Responses (stimuli, samples) after a first-order high-pass, from rest.

    y' = x' - turn y by the trapezoid rule; `turn` is 2 pi times the corner frequency times the step.
    """
    passed = np.empty_like(response)
    for s in range(response.shape[0]):
        before, held = 0.0, 0.0
        for k in range(response.shape[1]):
            held = ((2 - turn) * held + 2 * (response[s, k] - before)) / (2 + turn)
            before = response[s, k]
            passed[s, k] = held
    return passed


def compiled(function: Any) -> Any:
    """The function as machine code; where nothing can be kept on disk it is compiled each time."""
    try:
        return njit(cache=True, **OPTIONS)(function)
    except RuntimeError:
        return njit(**OPTIONS)(function)


added, high_passed = compiled(added), compiled(high_passed)
