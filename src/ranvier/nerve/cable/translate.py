"""The kernel with its words given another meaning: one text, compiled for processor and graphics card."""

from collections.abc import Callable
from types import FunctionType
from typing import Any

from ranvier.nerve.cable import kernel

PARTS = (
    *("expm1", "moved", "raised", "pumped", "opened", "stimulated", "returned", "axolemmal", "leaked"),
    *("relaxed", "landed", "back", "stepped", "watched", "recorded"),
)
"""The functions of the kernel, each after those it calls; `advanced` calls them all."""


def translated(
    words: dict[str, Any], compiled: Callable[[Any], Any], outermost: Callable[[Any], Any] | None = None
) -> Any:
    """`kernel.advanced` compiled with `words` in the place of those of `single`."""
    names = {**vars(kernel), **words}
    for part in PARTS:
        names[part] = compiled(FunctionType(getattr(kernel, part).__code__, names, part))
    return (outermost or compiled)(FunctionType(kernel.advanced.__code__, names, "advanced"))
