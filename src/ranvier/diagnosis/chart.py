"""The chart: everything on a patient's record that the rules ask for, laid out once."""

from dataclasses import dataclass

from ranvier.diagnosis.block import Examined, GradedSegment, grade
from ranvier.diagnosis.rules import BlockTable
from ranvier.findings.martin_gruber import crossing
from ranvier.findings.norms import Norms
from ranvier.findings.quality import Setting, gates
from ranvier.findings.segment import Segment
from ranvier.patient import NerveConductionStudy, Patient


@dataclass(frozen=True)
class Chart:
    """A patient with every motor segment examined for doubts, and graded by one block table."""

    patient: Patient
    norms: Norms
    table: BlockTable
    segments: tuple[GradedSegment, ...]


def examined_segments(patient: Patient, norms: Norms) -> tuple[Examined, ...]:
    """Every motor segment on the record with its quality gates, in a fixed order."""
    found = [examined(patient, study, segment, norms) for study, segment in patient.segments()]
    return tuple(sorted(found, key=lambda e: (e.segment.when, str(e.segment), e.segment.muscle, repr(e))))


def examined(patient: Patient, study: NerveConductionStudy, segment: Segment, norms: Norms) -> Examined:
    """One segment with its quality gates."""
    crossed = crossing(segment, study.motor)
    setting = Setting(
        person=patient.person(study.when),
        norms=norms,
        days_of_disease=patient.days_of_disease(study),
        crossing=crossed,
    )
    return Examined(segment, gates(segment, setting), crossed)


def chart(patient: Patient, norms: Norms, table: BlockTable, segments: tuple[Examined, ...]) -> Chart:
    """The chart as one block table reads it."""
    return Chart(patient, norms, table, tuple(grade(segment, table) for segment in segments))
