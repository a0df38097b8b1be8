"""A segment between two stimulation sites: how much the response falls and spreads across it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ranvier.anatomy import MotorNerve, Side, motor_nerve
from ranvier.findings.study import MotorSite, MotorStudy

DIGITS = 9


def drop(distal: float | None, proximal: float | None) -> float | None:
    """Fall from distal to proximal as a fraction of the distal value: 1 - proximal / distal.

    Rounded far below any measurement, so that 6.0 to 7.8 ms is a rise of 30 % and not a hair above.
    """
    if distal is None or proximal is None or distal == 0:
        return None
    return round(1 - proximal / distal, DIGITS)


@dataclass(frozen=True)
class Segment:
    """A stretch of motor nerve between two neighbouring stimulation sites of one study."""

    side: Side
    nerve: MotorNerve
    muscle: str
    distal: MotorSite
    proximal: MotorSite
    when: str = ""
    over_unknown_site: bool = False
    """Whether a site in between was left out, so that distances do not add up to the segment."""

    @cached_property
    def stretches(self) -> tuple[str, ...]:
        """The anatomical stretches the segment covers, from distal to proximal."""
        return self.nerve.between(self.distal.site, self.proximal.site)

    @cached_property
    def entrapments(self) -> tuple[str, ...]:
        """The common entrapment sites that lie within the segment."""
        return tuple(self.nerve.entrapments[s] for s in self.stretches if s in self.nerve.entrapments)

    @property
    def depth(self) -> int:
        """How far up the nerve the segment begins, counted in stimulation sites."""
        return self.nerve.sites.index(self.distal.site)

    @cached_property
    def amplitude_drop(self) -> float | None:
        """1 - proximal / distal negative-peak amplitude."""
        return drop(self.distal.amplitude_mv, self.proximal.amplitude_mv)

    @cached_property
    def area_drop(self) -> float | None:
        """1 - proximal / distal negative-peak area; 1 where the proximal response is absent."""
        if self.proximal.absent and not self.distal.absent:
            return 1.0 if self.distal.amplitude_mv is not None else None
        return drop(self.distal.area_mv_ms, self.proximal.area_mv_ms)

    @cached_property
    def duration_rise(self) -> float | None:
        """proximal / distal negative-peak duration - 1; unknown where there is no proximal response."""
        if self.proximal.absent:
            return None
        fall = drop(self.distal.duration_ms, self.proximal.duration_ms)
        return None if fall is None else -fall

    @property
    def velocity_m_s(self) -> float | None:
        """Distance over latency difference, or the printed velocity when one of them is missing."""
        printed = None if self.over_unknown_site else self.proximal.velocity_m_s
        return self.computed_velocity_m_s or printed

    @property
    def computed_velocity_m_s(self) -> float | None:
        """Velocity from distance and latencies; unknown where the distance is not that of the segment."""
        return None if self.over_unknown_site else computed_velocity(self.distal, self.proximal)

    def __str__(self) -> str:
        return f"{self.side} {self.nerve.name} {self.distal.site} to {self.proximal.site}"


def computed_velocity(distal: MotorSite, proximal: MotorSite) -> float | None:
    """Conduction velocity in m/s (mm/ms) between two sites; None unless all three numbers are there."""
    if proximal.distance_mm is None or distal.latency_ms is None or proximal.latency_ms is None:
        return None
    delay_ms = proximal.latency_ms - distal.latency_ms
    return proximal.distance_mm / delay_ms if delay_ms > 0 else None


def segments(study: MotorStudy, when: str = "") -> Iterator[Segment]:
    """The segments of one motor study, from distal to proximal, whatever the order of its sites.

    A site of which nothing is known but its name divides nothing.
    """
    nerve = motor_nerve(study.nerve)
    ordered = sorted(study.sites, key=lambda row: nerve.sites.index(row.site))
    measured = [row for row in ordered if row != MotorSite(row.site)]
    for distal, proximal in pairwise(measured):
        left_out = ordered.index(proximal) - ordered.index(distal) > 1
        yield Segment(study.side, nerve, study.muscle, distal, proximal, when, left_out)
