"""Each motor nerve of a visit held against the published limits: what is abnormal in it beside block."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from ranvier.anatomy import motor_nerve
from ranvier.cohort.beside import alone, number, tables, weak
from ranvier.diagnosis.block import GradedSegment
from ranvier.findings.norms import Person, shipped_norms
from ranvier.findings.study import FWave, MotorSite, MotorStudy
from ranvier.findings.truth import Truth, all_of, exactly, opposite
from ranvier.patient import NerveConductionStudy, NeurologicalExamination

Key = tuple[str, str]


@dataclass(frozen=True)
class Judged:
    """One motor nerve of one side. Flags say that a number lies beyond its limit; None: not known.

    `axonal`: the distal response is low. Latency, duration and velocity are those of stretches without block;
    an F wave passes the whole nerve, so it is judged only where no stretch is blocked.
    """

    side: str
    nerve: str
    weak: Truth
    blocked: bool
    axonal: Truth
    latency_long: Truth
    duration_long: Truth
    velocity_slow: Truth
    f_abnormal: Truth

    @property
    def demyelinated(self) -> Truth:
        """Whether anything beside block is slow or dispersed."""
        return any_known((self.latency_long, self.duration_long, self.velocity_slow, self.f_abnormal))

    @property
    def abnormal(self) -> bool:
        """Whether anything of its conduction is abnormal."""
        return self.blocked or bool(self.axonal) or bool(self.demyelinated)

    @property
    def involved(self) -> bool:
        """Whether it is weak or conducts abnormally."""
        return bool(self.weak) or self.abnormal

    @property
    def weak_not_wasted(self) -> Truth:
        """Whether its muscles are weak while the distal response, and so the muscle, is of normal size."""
        return all_of((self.weak, opposite(self.axonal)))

    def told(self) -> dict[str, object]:
        """Every flag by its name."""
        return asdict(self) | {"demyelinated": self.demyelinated, "abnormal": self.abnormal}


def judged(
    study: NerveConductionStudy,
    graded: Sequence[GradedSegment],
    exam: NeurologicalExamination | None,
    person: Person,
) -> list[Judged]:
    """Every motor nerve of a study; muscles recorded to look for crossing fibres are left out."""
    own = [m for m in study.motor if m.muscle not in motor_nerve(m.nerve).crossing_check]
    keys = dict.fromkeys((motor.side, motor.nerve) for motor in own)
    return [of_nerve(key, own, study.f_waves, graded, exam, person) for key in keys]


def of_nerve(
    key: Key,
    motors: Iterable[MotorStudy],
    late: Iterable[FWave],
    graded: Iterable[GradedSegment],
    exam: NeurologicalExamination | None,
    person: Person,
) -> Judged:
    """One nerve by all its studies."""
    mine = [motor for motor in motors if (motor.side, motor.nerve) == key]
    distal = [(motor, first) for motor in mine if (first := distal_site(motor))]
    segments = [g for g in graded if (g.examined.segment.side, g.examined.segment.nerve.name) == key]
    blocked = any(segment.blocked for segment in segments)
    waves = [] if blocked else [wave for wave in late if (wave.side, wave.nerve) == key]
    return Judged(
        *key,
        weak=weak_in(exam, key),
        blocked=blocked,
        axonal=any_known(low(motor, first, person) for motor, first in distal),
        latency_long=any_known(
            beyond(motor, "distal_latency_ms_max", first.latency_ms, person) for motor, first in distal
        ),
        duration_long=any_known(long(motor, first) for motor, first in distal),
        velocity_slow=any_known(slow(segment, person) for segment in segments if not segment.blocked),
        f_abnormal=any_known(f_abnormal(wave, person) for wave in waves),
    )


def any_known(truths: Iterable[Truth]) -> Truth:
    """Whether any of those that are known holds; unknown where none is."""
    known = [truth for truth in truths if truth is not None]
    return any(known) if known else None


def most_distal(motor: MotorStudy) -> MotorSite:
    """The row of the most distal site."""
    sites = motor_nerve(motor.nerve).sites
    return min(motor.sites, key=lambda row: sites.index(row.site))


def distal_site(motor: MotorStudy) -> MotorSite | None:
    """The most distal row, if it is one from which the distal response is taken."""
    first = most_distal(motor)
    return first if motor_nerve(motor.nerve).starts_distally(motor.muscle, first.site) else None


def limit(motor: MotorStudy | FWave, measure: str, person: Person, stretch: str = "") -> float | None:
    """The published limit of a muscle."""
    found = shipped_norms().limit("motor", motor.nerve, motor.muscle, measure, person, stretch)
    return found.number if found else None


def beyond(motor: MotorStudy | FWave, measure: str, value: float | None, person: Person) -> Truth:
    """Whether a number lies above its limit."""
    most = limit(motor, measure, person)
    return None if most is None else exactly(value).compare(">", most)


def low(motor: MotorStudy, first: MotorSite, person: Person) -> Truth:
    """Whether the distal response is absent or below its limit."""
    least = limit(motor, "amplitude_mv_min", person)
    if first.absent:
        return True
    return None if least is None else exactly(first.amplitude_mv).compare("<", least)


def long(motor: MotorStudy, first: MotorSite) -> Truth:
    """Whether the distal response lasts long."""
    if motor.muscle not in tables()["long_duration"]:
        return None
    return exactly(first.duration_ms).compare(">=", number("long_duration", motor.muscle))


def slow(graded: GradedSegment, person: Person) -> Truth:
    """Whether a segment without block conducts slowly; unknown at entrapment sites and without a response."""
    segment = graded.examined.segment
    if segment.entrapments:
        return None
    stretch = segment.stretches[0] if len(segment.stretches) == 1 else ""
    motor = MotorStudy(segment.side, segment.nerve.name, segment.muscle, ())
    least = limit(motor, "velocity_m_s_min", person, stretch)
    return None if least is None else exactly(segment.velocity_m_s).compare("<", least)


def f_abnormal(wave: FWave, person: Person) -> Truth:
    """Whether F waves are absent or late."""
    if wave.persistence_percent == 0:
        return True
    return beyond(wave, "f_latency_ms_max", wave.minimal_latency_ms, person)


def weak_in(exam: NeurologicalExamination | None, key: Key) -> Truth:
    """Whether a movement that this nerve alone serves is weak."""
    rows = [row for row in exam.strength if (row.side, *alone(row.movement)) == key] if exam else []
    known = [row for row in rows if row.mrc is not None]
    return bool(weak(known)) if known else None
