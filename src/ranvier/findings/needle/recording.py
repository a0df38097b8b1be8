"""A recording from one needle, whole numbers of samples at one step, and how it is made ready."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ranvier.findings.needle.filters import Array, resampled
from ranvier.findings.needle.rules import rules


@dataclass(frozen=True, eq=False)
class Recording:
    """What one needle recorded: samples in mV, `step_ms` apart; not a number where a sample is missing.

    `remarks` say what the reader of the file had to do. Raises ValueError for a step that is not above 0, a
    rate outside what the analysis can use, or a recording that is too short, too long or mostly missing.
    """

    step_ms: float
    samples_mv: Array
    remarks: tuple[str, ...] = ()
    simulated: bool = False

    def __post_init__(self) -> None:
        limits = rules("recording")
        if not (np.isfinite(self.step_ms) and self.step_ms > 0):
            raise ValueError(f"step_ms must be above 0, not {self.step_ms:g}.")
        if not limits["least_rate"] <= round(self.rate_hz, 3) <= limits["most_rate"]:
            raise ValueError(
                f"A needle recording is sampled at {limits['least_rate']:g} to {limits['most_rate']:g} Hz, "
                f"not at {self.rate_hz:g} Hz; check the time column or --rate-hz."
            )
        if np.ndim(self.samples_mv) != 1 or self.duration_s < limits["least_duration"]:
            raise ValueError(
                f"A needle recording must last {limits['least_duration']:g} s or more, "
                f"not {self.duration_s:.3g} s."
            )
        if self.duration_s > limits["most_duration"]:
            raise ValueError(
                f"The recording lasts {self.duration_s:.0f} s; at most {limits['most_duration']:g} s are "
                "taken apart at once. Give a part of it with --from-s and --to-s."
            )
        if np.mean(self.missing) > limits["most_missing"]:
            raise ValueError(
                f"{np.mean(self.missing):.0%} of the samples are missing; at most "
                f"{limits['most_missing']:.0%} may be."
            )

    @property
    def rate_hz(self) -> float:
        """Samples per second."""
        return 1000 / self.step_ms

    @property
    def duration_s(self) -> float:
        """How long the needle recorded."""
        return np.size(self.samples_mv) * self.step_ms / 1000

    @cached_property
    def missing(self) -> NDArray[np.bool_]:
        """Which samples are not there."""
        return ~np.isfinite(self.samples_mv)

    @cached_property
    def bridged_mv(self) -> Array:
        """The samples with a straight line across what is missing, about their median."""
        there = np.flatnonzero(~self.missing)
        whole = np.interp(np.arange(len(self.samples_mv)), there, self.samples_mv[there])
        return whole - float(np.median(whole))

    @property
    def flat(self) -> bool:
        """Whether the recording is one value throughout: no needle, or a lead that is off."""
        return bool(np.ptp(self.bridged_mv) == 0)

    @cached_property
    def at_one_rate(self) -> tuple[Array, float]:
        """The samples at the rate of the analysis (20 kHz), so that no result hangs on the amplifier's."""
        return resampled(self.bridged_mv, self.step_ms, rules("recording")["step"])
