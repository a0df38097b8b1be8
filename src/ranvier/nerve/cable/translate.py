"""The kernel with its words given another meaning: one text, compiled for processor and graphics card."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

from ranvier.nerve.cable import kernel, node, rows, wrapped

TEXT = (node, wrapped, kernel)
"""The modules of the kernel, each after those it calls."""


def translated(
    words: dict[str, Any], compiled: Callable[[Any], Any], outermost: Callable[[Any], Any] | None = None
) -> Any:
    """`kernel.advanced` compiled with `words` in the place of those of `single`."""
    names: dict[str, Any] = {**vars(rows), **vars(kernel), **words}
    for function in functions():
        names[function.__name__] = compiled(FunctionType(function.__code__, names, function.__name__))
    return (outermost or compiled)(FunctionType(signed(kernel.advanced.__code__), names, "advanced"))


def functions() -> Iterator[FunctionType]:
    """The functions of the kernel below `advanced`, each after those it calls."""
    for module in TEXT:
        for entry in vars(module).values():
            own = isinstance(entry, FunctionType) and entry.__module__ == module.__name__
            if own and entry is not kernel.advanced:
                yield entry


def signed(code: Any) -> Any:
    """The code under a name that changes with every line of this package: no stale copy is ever used."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"".join(each.read_bytes() for each in sources)).hexdigest()[:12]
    return code.replace(co_name=f"advanced_{digest}", co_qualname=f"advanced_{digest}")
