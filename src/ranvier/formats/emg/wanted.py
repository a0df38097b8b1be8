"""What is to be read: which channel, in which unit, at which rate, how strictly, from when to when."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ranvier.findings.needle import Recording
from ranvier.formats.files import InputError

Unit = Literal["uV", "mV", "V"]
TO_MV: dict[str, float] = {"nv": 1e-6, "uv": 1e-3, "µv": 1e-3, "μv": 1e-3, "mv": 1.0, "v": 1e3}
"""Factors to mV by the unit's name in small letters; micro as u and as both Greek signs."""

LARGEST_MV = 100.0
"""Beyond this no needle records; the unit is wrong, or the needle was moved."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of a file; None for what the file must say itself."""

    channel: str | None = None
    rate_hz: float | None = None
    unit: Unit | None = None
    strict: bool = False
    from_s: float | None = None
    to_s: float | None = None

    def of(self, path: Path, names: list[str]) -> int:
        """Which of the channels is meant, by number from 1 or by name; raises InputError that lists them."""
        listed = ", ".join(f"{n} {name}".strip() for n, name in enumerate(names, 1))
        if self.channel is None:
            if len(names) == 1:
                return 0
            raise InputError(path, [f"has {len(names)} channels ({listed}); say which with --channel."])
        if self.channel in names:
            return names.index(self.channel)
        if self.channel.isdecimal() and 1 <= int(self.channel) <= len(names):
            return int(self.channel) - 1
        raise InputError(path, [f"has no channel '{self.channel}'; there are {listed}."])

    def factor(self, path: Path, written: str) -> float:
        """To mV from the unit that is asked for, or else written in the file."""
        name = self.unit or written.strip()
        if name.lower() not in TO_MV:
            raise InputError(path, [f"gives its channel in '{name}'; say what that is with --unit."])
        return TO_MV[name.lower()]

    def cut(
        self, path: Path, step_ms: float, samples_mv: NDArray[np.float64], remarks: list[str]
    ) -> Recording:
        """The recording between the times asked for; raises InputError where it cannot be used."""
        duration_s = len(samples_mv) * step_ms / 1000
        first, last = self.from_s or 0.0, duration_s if self.to_s is None else self.to_s
        if not 0 <= first < last or first >= duration_s:
            raise InputError(
                path, [f"lasts {duration_s:.3g} s; --from-s and --to-s must lie in it, one after the other."]
            )
        begin, end = round(first * 1000 / step_ms), round(last * 1000 / step_ms)
        kept = np.where(np.isfinite(samples_mv), samples_mv, np.nan)[begin:end]
        there = kept[np.isfinite(kept)]
        if there.size and np.ptp(there) > LARGEST_MV:
            remarks = [
                *remarks,
                f"amplitudes span {np.ptp(there):.3g} mV, more than any needle records; check --unit",
            ]
        try:
            return Recording(step_ms, kept, tuple(remarks))
        except ValueError as error:
            raise InputError(path, [str(error)]) from error
