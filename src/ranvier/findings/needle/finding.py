"""What a needle analysis says of one muscle, in the fields of a patient's record."""

from dataclasses import dataclass

from ranvier.anatomy.side import Side
from ranvier.findings.needle.analysis import NeedleAnalysis


@dataclass(frozen=True)
class MuscleFinding:
    """Needle EMG of one muscle; the names are those of the record's entry, None where it was not measured."""

    muscle: str
    side: Side | None = None
    potentials: int | None = None
    amplitude_mv: float | None = None
    duration_ms: float | None = None
    polyphasic_percent: float | None = None
    firing_rate_hz: float | None = None
    turns_per_s: float | None = None
    turn_amplitude_mv: float | None = None
    fibrillations: bool | None = None
    positive_sharp_waves: bool | None = None
    fasciculations: bool | None = None


def needle_finding(analysis: NeedleAnalysis, muscle: str, side: Side | None = None) -> MuscleFinding:
    """The means over the units of a recording, and what was seen at rest where it was made at rest."""
    rest = analysis.rest
    return MuscleFinding(
        muscle,
        side,
        len(analysis.units),
        analysis.mean_amplitude_mv,
        analysis.mean_duration_ms,
        analysis.polyphasic_percent,
        analysis.mean_rate_hz,
        analysis.interference.mean_turns_per_s,
        analysis.interference.mean_amplitude_mv,
        rest.fibrillations if rest else None,
        rest.positive_sharp_waves if rest else None,
        rest.fasciculations if rest else None,
    )
