"""An apparent block: a fall of the response along a nerve, and what is known of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log, log1p
from pathlib import Path

from ranvier.diagnosis.block import Examined
from ranvier.evidence.value import numbers_of
from ranvier.findings.limits import limit

OPTIONAL = ("area", "duration", "distance")
"""What may be unknown of a fall; its amplitudes are always known."""


@cache
def numbers() -> Mapping[str, Mapping[str, float]]:
    """The numbers of `apparent_block.toml`."""
    return numbers_of(Path(__file__).with_name("apparent_block.toml"))


@dataclass(frozen=True)
class Fall:
    """An apparent block as numbers."""

    amplitude_drop: float
    area_drop: float | None
    duration_rise: float | None
    distance_mm: float | None
    distal_mv: float
    limb: str

    @property
    def known(self) -> tuple[str, ...]:
        """What is known of `OPTIONAL`."""
        there = (self.area_drop, self.duration_rise, self.distance_mm)
        return tuple(name for name, value in zip(OPTIONAL, there, strict=True) if value is not None)

    @property
    def terms(self) -> dict[str, float]:
        """What the probability is computed from; a term that needs an unknown number is left out.

        A fall counts as ln ln(distal / proximal): the odds go with a power of what is lost on the way.
        """
        return self.size | self.beside

    @property
    def size(self) -> dict[str, float]:
        """The terms of the fall itself. Without areas the amplitude must do, which falls more in a leg."""
        amplitude = decay(self.amplitude_drop)
        if self.area_drop is not None:
            area = decay(self.area_drop)
            return {"area": log(area), "amplitude beyond area": amplitude - area}
        return {"amplitude": log(amplitude), "amplitude in a leg": log(amplitude) * (self.limb == "leg")}

    @property
    def beside(self) -> dict[str, float]:
        """The terms of what else is known."""
        floor_mv = limit("low_distal_amplitude", "floor_mv").number
        found = {
            "leg": float(self.limb == "leg"),
            "distal amplitude": log(self.distal_mv),
            "distal below floor": log(max(floor_mv / self.distal_mv, 1.0)),
            "duration": None if self.duration_rise is None else log1p(self.duration_rise),
            "distance": None if self.distance_mm is None else log(self.distance_mm),
        }
        return {name: value for name, value in found.items() if value is not None}


def decay(drop: float) -> float:
    """ln(distal / proximal) of a fall given as a fraction of the distal value, within what counts."""
    rule = numbers()["fall"]
    return -log1p(-min(max(drop, rule["smallest"]), rule["most"]))


def falls(drops: Iterable[float | None]) -> bool:
    """Whether one of these falls is large enough to be asked why; one that is not known is not."""
    return any(drop is not None and drop >= numbers()["fall"]["least"] for drop in drops)


def apparent(examined: Examined) -> bool:
    """Whether the response falls so far, as measured, that it is asked why."""
    return falls((examined.segment.amplitude_drop, examined.segment.area_drop))


def fall_of(examined: Examined) -> Fall | None:
    """What is known of an apparent block, crossed fibres added back.

    None where that leaves no fall to explain, where an amplitude is missing, and where the distal one is too
    small for its fall to mean anything.
    """
    segment, rule = examined.segment, numbers()["fall"]
    amplitude, area = examined.measure("amplitude_drop"), examined.measure("area_drop")
    distal = segment.distal.amplitude_mv
    if amplitude is None or distal is None or distal < rule["least_mv"]:
        return None
    if not falls((amplitude, area)):
        return None
    return Fall(
        amplitude_drop=amplitude,
        area_drop=area,
        duration_rise=examined.measure("duration_rise"),
        distance_mm=None if segment.over_unknown_site else segment.proximal.distance_mm or None,
        distal_mv=distal,
        limb=segment.nerve.limb,
    )
