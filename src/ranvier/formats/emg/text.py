"""Text: amplitudes one below the other, with or without a column of times before them."""

import gzip
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.findings.needle import Recording
from ranvier.formats.emg.lines import Lines, listed, parsed
from ranvier.formats.emg.times import placed
from ranvier.formats.emg.wanted import Wanted
from ranvier.formats.files import InputError

LARGEST_MB = 200
MOST_DAMAGED = 0.01
"""Share of lines that may be unreadable before the file is refused."""


def read_text(path: Path, wanted: Wanted) -> Recording:
    """One channel of a text file; what could not be read as it stands is a gap, and said in a remark.

    Raises InputError; under `strict` for any line that could not be read as it stands.
    """
    lines = parsed(content(path))
    if lines.total == 0:
        raise InputError(
            path, ["holds no number; give amplitudes one below the other, or time and amplitude."]
        )
    refuse_damaged(path, lines, wanted)
    timed = len(lines.numbers[0]) > 1
    names = lines.names[1:] if timed else lines.names
    column = wanted.of(path, names) + (1 if timed else 0)
    values = lines.numbers[:, column].copy()
    values[lines.odd(column)] = np.nan
    step_ms, samples, gaps = spaced(path, lines, values, timed, wanted)
    faults = [*lines.faults(column), *gaps]
    if wanted.strict and faults:
        raise InputError(path, [f"{fault}; --strict takes no such file." for fault in faults])
    said = [*lines.heading_remark(), *(f"{fault}, and bridged" for fault in faults)]
    if wanted.unit is None:
        said.append("amplitudes taken as mV; say --unit if they are not")
    return wanted.cut(path, step_ms, samples * wanted.factor(path, "mV"), said)


def spaced(
    path: Path, lines: Lines, values: NDArray[np.float64], timed: bool, wanted: Wanted
) -> tuple[float, NDArray[np.float64], list[str]]:
    """The step, the samples one step apart, and what is missing in between."""
    if not timed and wanted.rate_hz is None:
        raise InputError(path, ["has one column and does not say its rate; add --rate-hz."])
    if wanted.rate_hz is not None:
        if not wanted.rate_hz > 0:
            raise InputError(path, [f"cannot be read at {wanted.rate_hz:g} Hz; give a rate above 0."])
        samples = np.full(int(lines.rows[-1]) + 1, np.nan)
        samples[lines.rows] = values
        return 1000 / wanted.rate_hz, samples, []
    return placed(path, lines, values)


def refuse_damaged(path: Path, lines: Lines, wanted: Wanted) -> None:
    """Refuse a file of which more than a hundredth cannot be read."""
    if len(lines.damaged) > MOST_DAMAGED * lines.total:
        raise InputError(
            path,
            [
                f"{listed(lines.damaged)} cannot be read as numbers, {len(lines.damaged)} of {lines.total}; "
                f"at most {MOST_DAMAGED:.0%} may be damaged. Give time and amplitude, in columns, as plain "
                "numbers."
            ],
        )


def content(path: Path) -> bytes:
    """The bytes of a file, unpacked where it is packed; raises InputError."""
    most = LARGEST_MB * 1_000_000
    try:
        with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
            found = file.read(most + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(path, ["is not a whole .gz file; fetch it again."]) from error
    if len(found) > most:
        raise InputError(path, [f"is larger than {LARGEST_MB} MB; give a shorter recording."])
    if found.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return found.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            raise InputError(path, ["is damaged UTF-16 text; save it again as UTF-8."]) from error
    return found.removeprefix(b"\xef\xbb\xbf")
