"""Single rows of a conduction study with the reference limits that belong to them."""

from collections.abc import Iterator
from dataclasses import dataclass

from ranvier.anatomy import Side, motor_nerve
from ranvier.diagnosis.chart import Chart
from ranvier.findings.norms import Norms, Person
from ranvier.findings.study import MotorSite, MotorStudy
from ranvier.findings.truth import Truth, exactly
from ranvier.patient import NerveConductionStudy


@dataclass(frozen=True)
class MotorRow:
    """The distal response of one motor study, or its F waves: latency, size, and the limits of both."""

    side: Side
    nerve: str
    muscle: str
    latency_ms: float | None
    latest_ms: float | None
    amplitude_mv: float | None = None
    least_mv: float | None = None
    absent: bool = False
    """Whether F waves were looked for and not one was found."""

    def late(self, share: float = 1.0) -> Truth:
        """Whether the latency is longer than so many times its upper limit, or nothing came at all."""
        if self.absent:
            return True
        return exactly(self.latency_ms).compare(">", share * self.latest_ms) if self.latest_ms else None

    @property
    def low(self) -> Truth:
        """Whether the response is smaller than its lower limit."""
        return exactly(self.amplitude_mv).compare("<", self.least_mv) if self.least_mv else None


def distal_rows(chart: Chart) -> Iterator[MotorRow]:
    """The distal response of every motor study; studies that look for crossing fibres have none."""
    for study in chart.patient.entries(NerveConductionStudy):
        person = chart.patient.person(study.when)
        for motor in study.motor:
            if site := distal_site(motor):
                yield distal_row(motor, site, chart.norms, person)


def distal_site(motor: MotorStudy) -> MotorSite | None:
    """The most distal site of a study, if it is one that gives the distal response of the muscle.

    The palm lies beyond where distal latencies are measured.
    """
    nerve = motor_nerve(motor.nerve)
    usual = nerve.distal_site[motor.muscle]
    if motor.muscle in nerve.crossing_check:
        return None
    return next((row for row in motor.sites if row.site == usual), None)


def distal_row(motor: MotorStudy, site: MotorSite, norms: Norms, person: Person) -> MotorRow:
    """The distal response with its limits."""

    def limit(measure: str) -> float | None:
        found = norms.limit("motor", motor.nerve, motor.muscle, measure, person)
        return found.number if found else None

    latest, least = limit("distal_latency_ms_max"), limit("amplitude_mv_min")
    return MotorRow(motor.side, motor.nerve, motor.muscle, site.latency_ms, latest, site.amplitude_mv, least)


def late_rows(chart: Chart) -> Iterator[MotorRow]:
    """The F waves of every nerve."""
    for study in chart.patient.entries(NerveConductionStudy):
        person = chart.patient.person(study.when)
        for wave in study.f_waves:
            found = chart.norms.limit("motor", wave.nerve, wave.muscle, "f_latency_ms_max", person)
            latest, absent = found.number if found else None, wave.persistence_percent == 0
            yield MotorRow(wave.side, wave.nerve, wave.muscle, wave.minimal_latency_ms, latest, absent=absent)
