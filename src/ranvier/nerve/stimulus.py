"""Current pulses into the axoplasm of one node, as a microelectrode gives them."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Pulse:
    """A rectangular pulse: from `onset_ms` for `duration_ms`, `current_na` into `node` (positive excites).

    Raises ValueError for times before 0 or numbers that are not finite.
    """

    onset_ms: float = 0.5
    duration_ms: float = 0.1
    current_na: float = 4.0
    node: int = 0

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.onset_ms, self.duration_ms, self.current_na))):
            raise ValueError("pulse: onset, duration and current must be finite numbers.")
        if self.onset_ms < 0 or self.duration_ms < 0 or self.node < 0:
            raise ValueError("pulse: onset_ms, duration_ms and node must not be negative.")
        if int(self.node) != self.node:
            raise ValueError(f"pulse: node must be a whole number, not {self.node:g}.")
