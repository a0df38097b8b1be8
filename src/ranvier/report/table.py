"""The study in the layout that clinicians read in ten seconds, abnormal cells marked by symbol."""

from collections.abc import Iterator
from dataclasses import dataclass

from ranvier.anatomy import motor_nerve
from ranvier.diagnosis import Assessment
from ranvier.diagnosis.block import GradedSegment
from ranvier.evidence import Value
from ranvier.findings.norms import Person
from ranvier.findings.sensation import normal, velocity_m_s
from ranvier.findings.study import MotorSite, MotorStudy
from ranvier.patient import NerveConductionStudy
from ranvier.report.words import MARK, percent, plain

LOW, HIGH = "↓", "↑"


@dataclass(frozen=True)
class Cell:
    """One cell: its text, the symbol that marks it as abnormal, and the limit that says so."""

    text: str = ""
    mark: str = ""
    limit: str = ""

    def __str__(self) -> str:
        return f"{self.text}{f' {self.mark}' if self.mark else ''}"


@dataclass(frozen=True)
class MotorRow:
    """One stimulation site, with the segment that ends there."""

    site: str
    latency: Cell
    amplitude: Cell
    area: Cell
    duration: Cell
    distance: Cell
    velocity: Cell
    amplitude_drop: Cell
    area_drop: Cell
    duration_rise: Cell
    graded: GradedSegment | None


@dataclass(frozen=True)
class MotorTable:
    """The rows of one motor study."""

    title: str
    rows: tuple[MotorRow, ...]
    study: MotorStudy


def marked(number: float | None, least: Value | None, most: Value | None, digits: int) -> Cell:
    """A number against its limits; what has no limit on file is not marked."""
    text = plain(number, digits)
    if number is None:
        return Cell()
    if least and number < least.number:
        return Cell(text, LOW, f"below {least.number:g} {least.unit}")
    if most and number > most.number:
        return Cell(text, HIGH, f"above {most.number:g} {most.unit}")
    return Cell(text)


def motor_tables(assessment: Assessment) -> Iterator[MotorTable]:
    """Every motor study on the record, in the order of the examination."""
    for entry in assessment.patient.entries(NerveConductionStudy):
        person = assessment.patient.person(entry.when)
        for study in entry.motor:
            title = f"{study.side} {study.nerve} to {study.muscle}"
            if entry.when != "unknown":
                title += f", {entry.when}"
            if study.muscle in motor_nerve(study.nerve).crossing_check:
                title += " (check for crossing fibres)"
            yield MotorTable(title, tuple(motor_rows(assessment, study, entry.when, person)), study)


def motor_rows(assessment: Assessment, study: MotorStudy, when: str, person: Person) -> Iterator[MotorRow]:
    """The rows of one motor study, distal first."""
    nerve = motor_nerve(study.nerve)
    crossing_check = study.muscle in nerve.crossing_check
    ends = {
        graded.examined.segment.proximal: graded
        for block in assessment.blocks
        if (segment := (graded := block.graded[0]).examined.segment).side == study.side
        and (segment.nerve.name, segment.muscle, segment.when) == (study.nerve, study.muscle, when)
    }

    def limit(measure: str, stretch: str = "") -> Value | None:
        return assessment.norms.limit("motor", study.nerve, study.muscle, measure, person, stretch)

    for site in sorted(study.sites, key=lambda row: nerve.sites.index(row.site)):
        graded = ends.get(site)
        distal = graded is None and nerve.starts_distally(study.muscle, site.site)
        segment = graded.examined.segment if graded else None
        stretch = segment.stretches[0] if segment and len(segment.stretches) == 1 else ""
        yield MotorRow(
            site=site.site,
            latency=marked(site.latency_ms, None, limit("distal_latency_ms_max") if distal else None, 1),
            amplitude=amplitude(site, limit("amplitude_mv_min") if distal else None, crossing_check),
            area=Cell(plain(site.area_mv_ms)),
            duration=Cell(plain(site.duration_ms)),
            distance=Cell(plain(site.distance_mm, 0)),
            velocity=marked(
                segment.velocity_m_s if segment else site.velocity_m_s,
                limit("velocity_m_s_min", stretch),
                None,
                0,
            ),
            amplitude_drop=fall(graded, "amplitude_drop"),
            area_drop=fall(graded, "area_drop"),
            duration_rise=Cell(percent(segment.duration_rise if segment else None)),
            graded=graded,
        )


def amplitude(site: MotorSite, least: Value | None, crossing_check: bool) -> Cell:
    """The amplitude; no response is abnormal but where one only looks for crossing fibres."""
    if site.absent:
        return Cell("absent", "" if crossing_check else LOW)
    return marked(site.amplitude_mv, least, None, 1)


def fall(graded: GradedSegment | None, measure: str) -> Cell:
    """A fall as it was measured, marked where the segment is graded a block."""
    if graded is None:
        return Cell()
    mark = MARK[graded.verdict] if graded.blocked else ""
    return Cell(percent(getattr(graded.examined.segment, measure)), mark)


@dataclass(frozen=True)
class SensoryRow:
    """One sensory study."""

    title: str
    amplitude: Cell
    peak_latency: Cell
    velocity: Cell
    verdict: str


def sensory_rows(assessment: Assessment) -> Iterator[SensoryRow]:
    """Every sensory study on the record."""
    for entry in assessment.patient.entries(NerveConductionStudy):
        person = assessment.patient.person(entry.when)
        for study in entry.sensory:
            truth, _ = normal(study, assessment.norms, person)
            least, most = (
                assessment.norms.limit("sensory", study.nerve, "", measure, person)
                for measure in ("amplitude_uv_min", "peak_latency_ms_max")
            )
            yield SensoryRow(
                title=f"{study.side} {study.nerve}",
                amplitude=Cell("absent", LOW)
                if study.amplitude_uv == 0
                else marked(study.amplitude_uv, least, None, 1),
                peak_latency=marked(study.peak_latency_ms, None, most, 1),
                velocity=Cell(plain(velocity_m_s(study), 0)),
                verdict={True: "normal", False: "abnormal", None: "not known"}[truth],
            )


def f_wave_rows(assessment: Assessment) -> Iterator[tuple[str, Cell, str]]:
    """Every F-wave study: nerve, shortest latency, persistence."""
    for entry in assessment.patient.entries(NerveConductionStudy):
        person = assessment.patient.person(entry.when)
        for wave in entry.f_waves:
            most = assessment.norms.limit("motor", wave.nerve, wave.muscle, "f_latency_ms_max", person)
            latency = marked(wave.minimal_latency_ms, None, most, 1)
            if wave.persistence_percent == 0:
                latency = Cell("absent", LOW)
            persistence = plain(wave.persistence_percent, 0)
            yield f"{wave.side} {wave.nerve} to {wave.muscle}", latency, persistence
