"""The lines of a text recording: numbers, headings, and lines that are neither."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import isinf

import numpy as np
from numpy.typing import NDArray

MOST_HEADINGS = 50
MOST_LISTED = 4
USUAL = 0.99
"""Share of amplitudes with one number of decimals before others are taken to come from elsewhere."""


@dataclass(frozen=True, eq=False)
class Lines:
    """The numbers of a file (rows, columns), with the row each stands in, counted without headings.

    `damaged` are the line numbers that could not be read, `decimals` how many each number was written with.
    """

    numbers: NDArray[np.float64]
    decimals: NDArray[np.int64]
    rows: NDArray[np.int64]
    line_numbers: NDArray[np.int64]
    damaged: list[int]
    headings: int
    names: list[str]

    @property
    def total(self) -> int:
        """Lines with data, readable or not."""
        return len(self.rows) + len(self.damaged) if len(self.rows) else 0

    def odd(self, column: int) -> NDArray[np.bool_]:
        """Amplitudes with fewer decimals than almost all others: no samples of the same writer."""
        decimals = self.decimals[:, column]
        usual, count = Counter(decimals.tolist()).most_common(1)[0]
        if count < USUAL * len(decimals):
            return np.zeros(len(decimals), bool)
        return decimals < usual

    def faults(self, column: int) -> Iterator[str]:
        """What cannot be taken as it stands: damaged lines, amplitudes written otherwise than the rest."""
        if self.damaged:
            yield f"{listed(self.damaged)} cannot be read as numbers: taken as {gaps(len(self.damaged))}"
        where = self.line_numbers[self.odd(column)].tolist()
        if where:
            every = set(np.diff(where).tolist())
            rhythm = (
                f", most of them {Counter(np.diff(where).tolist()).most_common(1)[0][0]} lines apart"
                if every
                else ""
            )
            yield (
                f"{listed(where)} {'gives' if len(where) == 1 else 'give'} the amplitude with fewer "
                f"decimals than the rest{rhythm}: marks or rests, no samples, taken as {gaps(len(where))}"
            )

    def heading_remark(self) -> list[str]:
        """What was passed over at the top."""
        if not self.headings:
            return []
        return [f"{self.headings} heading {'line' if self.headings == 1 else 'lines'} passed over"]


def gaps(count: int) -> str:
    """`a gap` or `gaps`."""
    return "a gap" if count == 1 else "gaps"


def listed(lines: list[int]) -> str:
    """`line 3`, `lines 3 and 9`, `312 lines (3, 9, 11, 20, ...)`."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    if len(lines) <= MOST_LISTED:
        return f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"
    return f"{len(lines)} lines ({', '.join(map(str, lines[:MOST_LISTED]))}, ...)"


def parsed(content: bytes) -> Lines:
    """The numbers of a text; lines before the first numbers are headings, empty lines nothing."""
    numbers: list[tuple[int, list[bytes]]] = []
    headings = list[bytes]()
    damaged: list[int] = []
    for n, line in enumerate(content.split(b"\n" if b"\n" in content else b"\r"), 1):
        if not (bare := line.strip()) or bare.startswith(b"#"):
            continue
        cells = split(bare)
        if all(map(is_number, cells)):
            numbers.append((n, cells))
        elif not numbers and len(headings) < MOST_HEADINGS:
            headings.append(bare)
        else:
            damaged.append(n)
    width = Counter(len(cells) for _, cells in numbers).most_common(1)[0][0] if numbers else 0
    damaged += [n for n, cells in numbers if len(cells) != width]
    return gathered(
        [(n, cells) for n, cells in numbers if len(cells) == width], sorted(damaged), headings, width
    )


def gathered(
    whole: list[tuple[int, list[bytes]]], damaged: list[int], headings: list[bytes], width: int
) -> Lines:
    """The lines that are whole, as arrays."""
    line_numbers = np.array([n for n, _ in whole], np.int64)
    order = np.sort(np.concatenate([line_numbers, np.array(damaged, np.int64)]))
    title = split(headings[-1]) if headings else []
    names = (
        [cell.decode("utf-8", "replace").strip('"') for cell in title]
        if len(title) == width
        else [""] * width
    )
    return Lines(
        np.array([[float(cell) for cell in cells] for _, cells in whole], np.float64).reshape(
            len(whole), width
        ),
        np.array([[decimals(cell) for cell in cells] for _, cells in whole], np.int64).reshape(
            len(whole), width
        ),
        np.searchsorted(order, line_numbers).astype(np.int64),
        line_numbers,
        damaged,
        len(headings),
        names,
    )


def split(line: bytes) -> list[bytes]:
    """The cells of a line, between semicolons, tabs (a comma is then a point), commas or blanks."""
    for mark in (b";", b"\t"):
        if mark in line:
            return [cell.strip().replace(b",", b".") for cell in line.split(mark)]
    if b"," in line:
        return [cell.strip() for cell in line.split(b",")]
    return line.split()


def is_number(cell: bytes) -> bool:
    """Whether a cell is a number; `nan` is one, a sample that is missing."""
    try:
        return not isinf(float(cell)) and b"_" not in cell
    except ValueError:
        return False


def decimals(cell: bytes) -> int:
    """How many digits follow the point."""
    return len(cell.partition(b".")[2])
