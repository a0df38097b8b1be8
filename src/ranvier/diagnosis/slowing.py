"""What one session says of one motor nerve: slow, late, dispersed, long, each held against a limit.

Every item answers True, False or None (not measured, no limit on file, or a doubt in the way): in a cold
limb nothing is called slow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ranvier.anatomy import Side, motor_nerve
from ranvier.diagnosis.block import GradedSegment
from ranvier.diagnosis.chart import Chart
from ranvier.findings import distal_duration
from ranvier.findings.limits import limit
from ranvier.findings.norms import Norms, Person
from ranvier.findings.segment import DIGITS
from ranvier.findings.study import FWave, MotorSite, MotorStudy
from ranvier.findings.truth import Range, Truth, all_of, any_of, exactly, opposite
from ranvier.patient import NerveConductionStudy

UNKNOWN: list[Truth] = [None]


@dataclass(frozen=True)
class Studied:
    """One motor nerve of one side in one session."""

    side: Side
    name: str
    person: Person
    norms: Norms
    motor: tuple[MotorStudy, ...]
    waves: tuple[FWave, ...]
    segments: tuple[GradedSegment, ...]

    @cached_property
    def distal(self) -> tuple[tuple[str, MotorSite], ...]:
        """The distal response of each muscle recorded from."""
        return tuple((study.muscle, site) for study in self.motor if (site := distal_site(study)))

    @cached_property
    def cold(self) -> bool:
        """Whether the limb is known to have been cold."""
        least = limit("cold_limb", f"{motor_nerve(self.name).limb}_c").number
        rows = [row for study in self.motor for row in study.sites]
        return any(row.temperature_c is not None and row.temperature_c < least for row in rows)

    def norm(self, muscle: str, measure: str, stretch: str = "") -> Range:
        """A reference limit for this person; anything when none is on file."""
        found = self.norms.limit("motor", self.name, muscle, measure, self.person, stretch)
        return exactly(found.number if found else None)

    def warm(self, truth: Truth) -> Truth:
        """An item that cold can feign: not known in a cold limb."""
        return None if truth and self.cold else truth


def sessions(chart: Chart, side: Side, name: str) -> Iterator[Studied]:
    """Every session in which this nerve was studied; muscles of another nerve are left out."""
    nerve = motor_nerve(name)
    for entry in chart.patient.entries(NerveConductionStudy):
        found = Studied(
            side,
            name,
            chart.patient.person(entry.when),
            chart.norms,
            tuple(
                m
                for m in entry.motor
                if (m.side, m.nerve) == (side, name) and m.muscle not in nerve.crossing_check
            ),
            tuple(wave for wave in entry.f_waves if (wave.side, wave.nerve) == (side, name)),
            tuple(g for g in chart.segments if of_nerve(g, entry.when, side, name)),
        )
        if found.motor or found.waves:
            yield found


def of_nerve(graded: GradedSegment, when: str, side: Side, name: str) -> bool:
    """Whether a segment is one of this nerve in a session, off the common entrapment sites."""
    one = graded.examined.segment
    return (one.when, one.side, one.nerve.name) == (when, side, name) and not one.entrapments


def distal_site(study: MotorStudy) -> MotorSite | None:
    """The row that gives the distal response of a study."""
    nerve = motor_nerve(study.nerve)
    first = min(study.sites, key=lambda row: nerve.sites.index(row.site))
    return first if nerve.starts_distally(study.muscle, first.site) else None


def share(number: float | None, norm: Range) -> Range:
    """A number as a share of its reference limit; anything when either is not known."""
    known = norm.exact
    return exactly(None if number is None or not known else round(number / known, DIGITS))


def late(nerve: Studied, op: str, ratio: float) -> Truth:
    """Whether the distal latency stands in relation `op` to so much of its upper limit."""
    truths = [
        share(site.latency_ms, nerve.norm(muscle, "distal_latency_ms_max")).compare(op, ratio)
        for muscle, site in nerve.distal
    ]
    return nerve.warm(any_of(truths or UNKNOWN))


def slow(nerve: Studied, op: str, ratio: float) -> Truth:
    """Whether a velocity stands in relation `op` to so much of its lower limit, in any segment."""
    truths = [
        share(one.velocity_m_s, nerve.norm(one.muscle, "velocity_m_s_min", only(one.stretches))).compare(
            op, ratio
        )
        for graded in nerve.segments
        if not (one := graded.examined.segment).proximal.absent
    ]
    return nerve.warm(any_of(truths or UNKNOWN))


def only(stretches: tuple[str, ...]) -> str:
    """The stretch of a segment that covers one."""
    return stretches[0] if len(stretches) == 1 else ""


def late_f(nerve: Studied, op: str, ratio: float, if_small: float, small: float) -> Truth:
    """Whether the least F latency is beyond so much of its upper limit; a lost F wave has no latency.

    Where the distal response is below the share `small` of its lower limit, `if_small` is asked for.
    """
    truths: list[Truth] = []
    for wave in nerve.waves:
        found = share(wave.minimal_latency_ms, nerve.norm(wave.muscle, "f_latency_ms_max"))
        weak = opposite(amplitude_from(nerve, wave.muscle, small))
        usual, raised = found.compare(op, ratio), found.compare(op, if_small)
        truths.append(False if wave.persistence_percent == 0 else either(weak, raised, usual))
    return nerve.warm(any_of(truths or UNKNOWN))


def either(condition: Truth, then: Truth, otherwise: Truth) -> Truth:
    """One of two answers; where the condition is not known, what both say alike."""
    if condition is None:
        return then if then == otherwise else None
    return then if condition else otherwise


def lost_f(nerve: Studied, least: float) -> Truth:
    """Whether F waves are absent although the distal response has this share of its lower limit."""
    truths = [all_of((absent(wave), amplitude_from(nerve, wave.muscle, least))) for wave in nerve.waves]
    return any_of(truths or UNKNOWN)


def absent(wave: FWave) -> Truth:
    """Whether no F wave was obtained."""
    if wave.persistence_percent is None:
        return None if wave.minimal_latency_ms is None else False
    return wave.persistence_percent == 0


def amplitude_from(nerve: Studied, muscle: str, least: float) -> Truth:
    """Whether the distal response of a muscle has at least this share of its lower limit."""
    norm = nerve.norm(muscle, "amplitude_mv_min")
    truths = [
        share(site.amplitude_mv, norm).compare(">=", least) for of, site in nerve.distal if of == muscle
    ]
    return any_of(truths or UNKNOWN)


def dispersed(nerve: Studied, rise: float) -> Truth:
    """Whether the response lasts longer by more than this share above any segment."""
    truths = [
        exactly(graded.examined.measure("duration_rise")).compare(">", rise)
        for graded in nerve.segments
        if not graded.examined.segment.proximal.absent
    ]
    return any_of(truths or UNKNOWN)


def long(nerve: Studied, table: str) -> Truth:
    """Whether the distal response lasts as long as the limits of this table, whatever the filter."""
    truths = [
        distal_duration.long(site.duration_ms, distal_duration.limits(table, nerve.name, muscle))
        for muscle, site in nerve.distal
    ]
    return nerve.warm(any_of(truths or UNKNOWN))
