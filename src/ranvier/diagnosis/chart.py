"""The chart: everything on a patient's record that the rules ask for, laid out once."""

from dataclasses import dataclass

from ranvier.diagnosis.block import Examined, GradedSegment, grade
from ranvier.diagnosis.rules import BlockTable
from ranvier.evidence import Value
from ranvier.findings.martin_gruber import crossing
from ranvier.findings.norms import Norms
from ranvier.findings.quality import Setting, gates, late_enough
from ranvier.findings.segment import Segment
from ranvier.findings.sensation import normal
from ranvier.findings.study import SensoryStudy
from ranvier.findings.truth import Truth
from ranvier.patient import NerveConductionStudy, Patient


@dataclass(frozen=True)
class Felt:
    """A sensory study, whether it is normal, and the limits that say so."""

    study: SensoryStudy
    normal: Truth
    basis: tuple[Value, ...]


@dataclass(frozen=True)
class Chart:
    """A patient with every motor segment graded by one block table, and every sensory study judged."""

    patient: Patient
    table: BlockTable
    segments: tuple[GradedSegment, ...]
    sensory: tuple[Felt, ...]
    norms: Norms


def charts(patient: Patient, norms: Norms, tables: tuple[BlockTable, ...]) -> tuple[Chart, ...]:
    """The chart as each block table reads it; sets that share a table share the chart."""
    segments, sensory = examined_segments(patient, norms), sensory_studies(patient, norms)
    by_table = {
        table: Chart(patient, table, tuple(grade(segment, table) for segment in segments), sensory, norms)
        for table in dict.fromkeys(tables)
    }
    return tuple(by_table[table] for table in tables)


def sensory_studies(patient: Patient, norms: Norms) -> tuple[Felt, ...]:
    """Every sensory study on the record, judged by the limits for the patient's age at the time."""
    return tuple(
        Felt(study, *normal(study, norms, patient.person(entry.when)))
        for entry in patient.entries(NerveConductionStudy)
        for study in entry.sensory
    )


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
    late = late_enough(setting.days_of_disease)
    return Examined(segment, gates(segment, setting), crossed, late)
