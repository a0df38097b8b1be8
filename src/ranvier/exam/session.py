"""One visit to the laboratory: who is examined, with which seed, and how the instruments are set."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from ranvier.body import Body
from ranvier.exam import laboratory


@dataclass(frozen=True, eq=False)
class Session:
    """A body on one day. `quiet` leaves out noise, artefact and every error of hand and eye.

    `low_cut_hz` is the low-frequency filter of motor studies; None is the laboratory's usual one.
    """

    body: Body
    seed: int = 0
    quiet: bool = False
    low_cut_hz: float | None = None

    def random(self, *name: str) -> np.random.Generator:
        """Random numbers for one part of the session, the same whatever else is examined."""
        return np.random.default_rng([self.body.seed, self.seed, crc32(" ".join(name).encode())])

    def slip(self, of: str, *name: str) -> float:
        """An error of hand or eye of the size that `laboratory.toml` gives for it."""
        size = 0.0 if self.quiet else laboratory.numbers()["recording"][of]
        return size * float(self.random(of, *name).standard_normal())

    def thermometer(self, limb: str, side: str) -> float:
        """The skin temperature as it was read, degC."""
        return round(self.body.skin_c[limb] + self.slip("temperature", limb, side), 1)

    def tape(self, mm: float, *name: str) -> float:
        """A distance as it was measured over the skin, to the millimetre."""
        return float(round(mm + self.slip("tape", *name)))
