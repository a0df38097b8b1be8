"""The instruments: what the amplifier adds to a response and takes from it, with one seed for all of it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.evidence.value import numbers_of
from ranvier.findings.study import Waveform

Array = NDArray[np.float64]
DIGITS = 5
LEAST_PARTS = 2


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `laboratory.toml`."""
    return numbers_of(Path(__file__).with_name("laboratory.toml"))


@dataclass(frozen=True)
class Amplifier:
    """One channel: noise, hum and drift in mV, filters in Hz, and how strong the stimulus artefact is.

    `quiet` adds nothing at all; the filters stay.
    """

    noise_mv: float
    hum_mv: float
    drift_mv: float
    artefact_mv: float
    low_cut_hz: float
    high_cut_hz: float
    quiet: bool = False

    @classmethod
    def of(cls, kind: str, quiet: bool = False, low_cut_hz: float | None = None) -> "Amplifier":
        """The channel for `motor` or `sensory` studies."""
        table = numbers()[kind]
        volt = 1.0 if kind == "motor" else 1e-3
        sweeps = np.sqrt(table.get("sweeps", 1.0))
        return cls(
            table["noise"] * 1e-3 / sweeps,
            table["hum"] * 1e-3 / sweeps,
            table["drift"] * 1e-3,
            table["artefact"] * volt,
            table["low_cut"] if low_cut_hz is None else low_cut_hz,
            table["high_cut"],
            quiet,
        )

    def record(
        self,
        response_mv: Array,
        step_ms: float,
        sweep_ms: float,
        random: np.random.Generator,
        near: float = 1.0,
    ) -> Waveform:
        """What is seen of a response that begins with the stimulus (circular in time), as a trace.

        `near`: how strong the artefact is against a stimulus close to the electrode.
        """
        before = numbers()["recording"]["before"]
        passed = self.filtered(response_mv, step_ms)
        lead, count = round(before / step_ms), round(sweep_ms / step_ms)
        seen = np.concatenate([np.zeros(lead), passed[: count - lead]])
        time = step_ms * np.arange(-lead, count - lead, dtype=float)
        if not self.quiet:
            seen = seen + self.disturbance(time, step_ms, random, near)
        return Waveform(-before, step_ms, tuple(np.round(seen, DIGITS).tolist()))

    def filtered(self, response_mv: Array, step_ms: float) -> Array:
        """First-order high-pass and second-order low-pass, from rest at the first sample."""
        length = 2 * len(response_mv)
        hertz = 1000 * np.fft.rfftfreq(length, step_ms)
        high = 1j * hertz / (self.low_cut_hz + 1j * hertz) if self.low_cut_hz else np.ones(len(hertz))
        ratio = 1j * hertz / self.high_cut_hz
        low = 1 / (1 + np.sqrt(2) * ratio - np.abs(ratio) ** 2)
        return np.fft.irfft(np.fft.rfft(response_mv, length) * high * low, length)[: len(response_mv)]

    def disturbance(self, time_ms: Array, step_ms: float, random: np.random.Generator, near: float) -> Array:
        """Noise of the amplifier's own band, mains hum, drift and stimulus artefact."""
        recording = numbers()["recording"]
        white = random.standard_normal(len(time_ms))
        noise = self.filtered(white, step_ms)
        noise *= self.noise_mv / (noise.std() or 1)
        phase = random.uniform(0, 2 * np.pi)
        hum = self.hum_mv * np.sin(2 * np.pi * recording["mains"] * time_ms / 1000 + phase)
        along = np.linspace(-0.5, 0.5, len(time_ms))
        drift = self.drift_mv * (random.standard_normal() * along + random.standard_normal() * along**2)
        sign = 1 if random.random() < 1 / LEAST_PARTS else -1
        decay = np.where(time_ms >= 0, np.exp(-np.maximum(time_ms, 0) / recording["artefact_decay"]), 0.0)
        return noise + hum + drift + sign * near * self.artefact_mv * decay


def near(reach_mm: float) -> float:
    """How much of the stimulus artefact is left at this distance from the stimulus."""
    return float(np.exp(-reach_mm / numbers()["recording"]["artefact_reach"]))
