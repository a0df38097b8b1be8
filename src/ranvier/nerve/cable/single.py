"""The five words of the kernel in plain Python: one fibre at a time, slow, and readable.

`lanes.py` gives them a row of fibres in one SIMD register, `gpu.py` one fibre per thread.
"""

from numpy.typing import NDArray

LANES = 1


def load(array: NDArray, row: int):
    """The numbers of one row, one for each fibre."""
    return array[row, 0]


def store(array: NDArray, row: int, value) -> None:
    """Put the numbers of one row."""
    array[row, 0] = value


def clamp(value, least, most):
    """The value, held between two limits."""
    return min(max(value, least), most)


def upward(before, after) -> int:
    """Which fibres rose through 0 mV between two moments, as a set of bits."""
    return int(before < 0.0 <= after)


def beyond(value, other, limit) -> int:
    """Which fibres differ by more than a limit, as a set of bits; one that is not a number does."""
    return int(not abs(value - other) <= limit)


def lane_of(bit: int) -> int:
    """The column of an array that belongs to a bit."""
    return bit
