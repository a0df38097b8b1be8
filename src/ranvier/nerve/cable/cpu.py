"""The kernel on the processor: compiled once by numba and kept on disk."""

from collections.abc import Callable
from types import FunctionType
from typing import Any

import numpy as np
from numba import njit

from ranvier.nerve.cable import kernel, lanes

WIDTH = {np.dtype(name): count for name, count in lanes.WIDTH.items()}

WORDS = ("load", "store", "clamp", "upward", "beyond", "lane_of")

PARTS = (
    *(
        "expm1",
        "moved",
        "raised",
        "pumped",
        "opened",
        "stimulated",
        "returned",
        "axolemmal",
        "leaked",
        "relaxed",
        "landed",
        "back",
    ),
    *("stepped", "watched", "recorded"),
)
"""The functions of the kernel, each after those it calls."""


def translated(words: dict[str, Any], inner: Callable[[Any], Any], outer: Callable[[Any], Any]) -> Any:
    """`kernel.advanced`, compiled with other meanings of the words."""
    names = {**vars(kernel), **words}
    for part in PARTS:
        names[part] = inner(FunctionType(getattr(kernel, part).__code__, names, part))
    return outer(FunctionType(kernel.advanced.__code__, names, "advanced"))


def compiled(bits: int) -> Any:
    """The kernel for numbers of 32 or 64 bits."""
    options: dict[str, Any] = {
        "nogil": True,
        "_nrt": False,
        "error_model": "numpy",
        "fastmath": set(lanes.FLAGS),
    }
    words = {word: getattr(lanes, word) for word in WORDS} | {"LANES": lanes.WIDTH[f"float{bits}"]}
    return translated(words, njit(forceinline=True, **options), njit(cache=True, **options))


ADVANCE = {np.dtype(f"float{bits}"): compiled(bits) for bits in (32, 64)}
