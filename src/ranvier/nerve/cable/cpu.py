"""The kernel on the processor: compiled once by numba and kept on disk."""

from typing import Any

import numpy as np
from numba import njit

from ranvier.nerve.cable import lanes
from ranvier.nerve.cable.translate import translated

WIDTH = {np.dtype(name): count for name, count in lanes.WIDTH.items()}

WORDS = ("load", "store", "clamp", "upward", "beyond", "lane_of")

OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": set(lanes.FLAGS), "_nrt": False}
"""Without `_nrt` numba counts a reference whenever a function looks at an array: three times slower here."""


def compiled(bits: int) -> Any:
    """The kernel for numbers of 32 or 64 bits; where nothing can be kept on disk it is compiled each time."""
    words = {word: getattr(lanes, word) for word in WORDS} | {"LANES": lanes.WIDTH[f"float{bits}"]}
    inner = njit(forceinline=True, **OPTIONS)
    try:
        return translated(words, inner, njit(cache=True, **OPTIONS))
    except RuntimeError:
        return translated(words, inner, njit(**OPTIONS))


ADVANCE = {np.dtype(f"float{bits}"): compiled(bits) for bits in (32, 64)}
