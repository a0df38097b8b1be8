"""The kernel on an NVIDIA graphics card: the same lines, one fibre per thread (the extra `gpu`)."""

from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any

import numpy as np
from numba import cuda

from ranvier.nerve.cable.rows import Block
from ranvier.nerve.cable.translate import translated

MOST_FIBRES = 8192
"""Fibres in one launch."""

THREADS = 64


def present() -> bool:
    """Whether a card is there that numba can use."""
    return bool(cuda.is_available())


def load(array: Any, row: int) -> Any:
    """The number of this thread's fibre in a row."""
    return array[row, cuda.grid(1)]  # pyright: ignore[reportCallIssue]


def store(array: Any, row: int, value: Any) -> None:
    """Put the number of this thread's fibre."""
    array[row, cuda.grid(1)] = value  # pyright: ignore[reportCallIssue]


def clamp(value: Any, least: Any, most: Any) -> Any:
    """The value, held between two limits."""
    return min(max(value, least), most)


def upward(before: Any, after: Any) -> int:
    """1 if this fibre rose through 0 mV."""
    return 1 if before < 0.0 and after >= 0.0 else 0


def beyond(value: Any, other: Any, limit: Any) -> int:
    """1 if this fibre differs by more than a limit, or is not a number."""
    return 0 if abs(value - other) <= limit else 1


def lane_of(bit: int) -> int:
    """This thread's column."""
    return cuda.grid(1)  # pyright: ignore[reportCallIssue]


WORDS = (load, store, clamp, upward, beyond, lane_of)


@cache
def launcher(bits: int) -> Any:
    """The kernel as a launch on the card, for numbers of 32 or 64 bits."""
    number = np.float32 if bits == 32 else float
    device = cuda.jit(device=True)
    words = {word.__name__: device(narrow(word, number)) for word in WORDS} | {"LANES": 1}
    advanced = translated(words, lambda function: device(narrow(function, number)))

    @cuda.jit
    def launch(block: Any, start: int, end: int) -> None:
        if cuda.grid(1) < block.potential.shape[1]:  # pyright: ignore[reportCallIssue]
            advanced(block, start, end)

    return launch


def narrow(function: FunctionType, number: Callable[[float], Any]) -> FunctionType:
    """The function with its literal numbers in the precision of the run: a card pays for every wide one."""
    constants = tuple(
        number(each) if isinstance(each, float) else each for each in function.__code__.co_consts
    )
    return FunctionType(
        function.__code__.replace(co_consts=constants), function.__globals__, function.__name__
    )


def sent(block: Block) -> Block:
    """The block with its arrays on the card; nodes do not sleep there."""
    arrays = {
        name: cuda.to_device(each) for name, each in block._asdict().items() if isinstance(each, np.ndarray)
    }
    return block._replace(**arrays, window=False)


def fetched(block: Block) -> Block:
    """The block with its arrays back."""
    return block._replace(
        **{name: each.copy_to_host() for name, each in block._asdict().items() if on_card(each)}
    )


def on_card(entry: Any) -> bool:
    """Whether an entry of a block lives on the card."""
    return hasattr(entry, "copy_to_host")


def advance(block: Block, start: int, end: int) -> None:
    """All fibres from step `start` to step `end`."""
    fibres = block.potential.shape[1]
    launcher(8 * block.potential.dtype.itemsize)[-(-fibres // THREADS), THREADS](block, start, end)
    cuda.synchronize()
