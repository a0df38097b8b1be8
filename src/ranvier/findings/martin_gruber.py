"""Martin-Gruber anastomosis: median fibres that cross to the ulnar nerve in the forearm.

Stimulated above the crossing, the ulnar nerve moves the hand less, as if it were blocked. Stimulating the
median nerve at wrist and elbow while recording from the same ulnar muscle settles it: what the elbow
adds to the wrist has crossed, and goes missing from the ulnar response for that reason alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ranvier.findings.limits import limit
from ranvier.findings.segment import Segment, drop
from ranvier.findings.study import MotorSite, MotorStudy


@dataclass(frozen=True)
class Crossing:
    """The response that reaches an ulnar muscle through the median nerve; None where unknown."""

    amplitude_mv: float | None
    area_mv_ms: float | None

    @property
    def settled(self) -> bool:
        """Whether the check was done."""
        return self.amplitude_mv is not None

    @property
    def present(self) -> bool:
        """Whether fibres were shown to cross."""
        return bool(self.amplitude_mv)


NO_CROSSING = Crossing(0.0, 0.0)
UNCHECKED = Crossing(None, None)


def concerns(segment: Segment) -> bool:
    """Whether a crossing could explain a fall in this segment: any ulnar one that spans the forearm."""
    return segment.nerve.name == "ulnar" and "forearm" in segment.stretches


def crossing(segment: Segment, studies: Iterable[MotorStudy]) -> Crossing:
    """What the other motor studies of the same session say about a crossing."""
    if not concerns(segment):
        return NO_CROSSING
    rows = {
        row.site: row
        for study in studies
        if (study.side, study.nerve, study.muscle) == (segment.side, "median", segment.muscle)
        for row in study.sites
    }
    wrist, elbow = rows.get("wrist"), rows.get("elbow")
    if elbow is None:
        return UNCHECKED
    if elbow.absent:
        return NO_CROSSING
    if wrist is None:
        return UNCHECKED
    gained = gain(wrist.amplitude_mv, elbow.amplitude_mv)
    if gained is not None and gained < limit("martin_gruber", "least_gain_mv").number:
        return NO_CROSSING
    return Crossing(gained, gain(area(wrist), area(elbow)))


def area(row: MotorSite) -> float | None:
    """The negative-peak area of a response, 0 where it is absent."""
    return 0.0 if row.absent else row.area_mv_ms


def gain(wrist: float | None, elbow: float | None) -> float | None:
    """What stimulation at the elbow adds to that at the wrist; never less than nothing."""
    return None if wrist is None or elbow is None else max(elbow - wrist, 0.0)


def corrected_drop(distal: float | None, proximal: float | None, crossed: float | None) -> float | None:
    """The fall that remains when the crossed response is added back to the proximal one."""
    if proximal is None or crossed is None:
        return None
    return drop(distal, proximal + crossed)
