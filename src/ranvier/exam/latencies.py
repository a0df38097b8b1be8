"""Latencies that an examiner does not write down: the response is there, but where it begins cannot be told.

A response that is small or dispersed, or that also holds fibres which came another way, can seem to begin
before the one below it, or to have run faster than any nerve. The laboratory keeps the amplitude and leaves
the latency out. What cannot be is said by `findings.plausible`, as for every record.
"""

from dataclasses import replace
from typing import Any

from ranvier.anatomy import motor_nerve
from ranvier.findings.plausible import bounds, contradictions, impossible
from ranvier.findings.segment import Segment, segments
from ranvier.findings.study import FWave, MotorSite, MotorStudy, SensoryStudy


def believed(study: Any) -> Any:
    """A study as it goes on the record: latencies that cannot be are None, not known; the rest stays.

    A study without latencies that could be wrong is returned as it is.
    """
    if isinstance(study, MotorStudy):
        return believed_motor(study)
    if isinstance(study, SensoryStudy):
        return believed_sensory(study)
    return believed_f(study) if isinstance(study, FWave) else study


def believed_motor(study: MotorStudy) -> MotorStudy:
    """Of two sites whose latencies contradict each other, the smaller response is left without.

    Duration and area stay: an onset some tenths of a millisecond off spoils a velocity, but hardly them.
    """
    for segment in segments(timed(study)):
        if any(contradictions(segment)):
            doubted = smaller(segment).site
            rows = (replace(row, latency_ms=None) if row.site == doubted else row for row in study.sites)
            return believed_motor(replace(study, sites=tuple(rows)))
    return study


def timed(study: MotorStudy) -> MotorStudy:
    """The sites that have a latency, each as far from the one before it as all between them add up to."""
    order, found = motor_nerve(study.nerve).sites.index, list[MotorSite]()
    apart: list[float | None] = []
    for row in sorted(study.sites, key=lambda row: order(row.site)):
        apart.append(row.distance_mm)
        if row.latency_ms is not None:
            known = [mm for mm in apart if mm is not None]
            found.append(replace(row, distance_mm=sum(known) if len(known) == len(apart) else None))
            apart = []
    return replace(study, sites=tuple(found))


def smaller(segment: Segment) -> MotorSite:
    """The end of a segment with the smaller response; the proximal one where they are the same."""
    return min(segment.proximal, segment.distal, key=lambda row: row.amplitude_mv or 0.0)


def believed_sensory(row: SensoryStudy) -> SensoryStudy:
    """Without onset or peak of a wave that would have run faster, or more slowly, than any sensory nerve."""
    if row.distance_mm is None:
        return row
    limit = bounds()["sensory", "velocity_m_s"]
    shortest, longest = (row.distance_mm / each.number for each in (limit.high, limit.low))
    read = {name: getattr(row, name) for name in ("onset_latency_ms", "peak_latency_ms")}
    wrong = [name for name, ms in read.items() if ms is not None and not shortest <= ms <= longest]
    return replace(row, **dict.fromkeys(wrong, None))


def believed_f(row: FWave) -> FWave:
    """Without the F latencies that no nerve has or that contradict each other."""
    return replace(row, **dict.fromkeys((name for name, _ in impossible(row)), None))
