"""A whole visit: every study of a protocol on one virtual person, as entries of a patient's record.

The entries are what a real laboratory would hand over. Nothing of the body itself goes onto the record.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import SIDES, Side
from ranvier.body import Body
from ranvier.exam.brief.needle import brief_needle
from ranvier.exam.brief.steps import brief_steps
from ranvier.exam.excitability import excitability_test
from ranvier.exam.exercise import exercise_test
from ranvier.exam.inching import inching
from ranvier.exam.items import WEAKER, Item, MotorItem, Protocol
from ranvier.exam.labs import HEALTHY, Serology, laboratory
from ranvier.exam.late import f_wave
from ranvier.exam.latencies import believed
from ranvier.exam.motor import Recording, motor_study
from ranvier.exam.needle import needle_emg
from ranvier.exam.repetitive import repetitive_study
from ranvier.exam.scan import cmap_scan
from ranvier.exam.sensory import sensory_study
from ranvier.exam.session import Session
from ranvier.exam.strength import grip, movements, strength
from ranvier.exam.triple import triple_stimulation
from ranvier.exam.voluntary import Effort
from ranvier.findings.measure import measured_f, measured_sensory, measured_site
from ranvier.findings.study import FWave, MotorStudy, SensoryStudy
from ranvier.patient import AnyEntry, Identity, NerveConductionStudy, NeurologicalExamination, Patient
from ranvier.patient.check import checked

Array = NDArray[np.float64]
SOURCE = "simulated examination"
CONDUCTION = ("motor", "f_waves", "sensory", "inching", "repetitive", "exercise", "triple", "scans")
"""The studies that stand together in one entry."""
Progress = Callable[[float], None]
Step = Callable[[], Any]


@dataclass(frozen=True)
class Visit:
    """When a person is examined, by which protocol and with which seed for hands and instruments.

    `brief`: conduction and needle studies as numbers without traces, for populations; special studies are
    refused. `serology`: what blood and spinal fluid will show. `fasciculation_per_min`: how often each unit
    of a muscle twitches by itself.
    """

    protocol: Protocol
    when: str = "unknown"
    seed: int = 0
    brief: bool = False
    serology: Serology = HEALTHY
    fasciculation_per_min: Mapping[tuple[Side, str], Array] = field(
        default_factory=dict[tuple[Side, str], Array]
    )


def patient(body: Body, visit: Visit, pseudonym: str, progress: Progress | None = None) -> Patient:
    """A patient's record with one visit, checked as every record is; raises ValueError if wrong."""
    person = body.person
    identity = Identity(pseudonym, person.sex, age_years=person.age_years, height_cm=person.height_cm)
    return checked(Patient(identity, tuple(entries(body, visit, progress))))


def entries(body: Body, visit: Visit, progress: Progress | None = None) -> list[AnyEntry]:
    """What one visit adds to the record, in the order it was done.

    Raises ValueError for a study that cannot be done, or that a brief visit does not hold.
    """
    plan = visit.protocol
    session = Session(body.at_skin(**plan.skin_c), visit.seed, low_cut_hz=plan.low_cut_hz)
    about: dict[str, Any] = {"when": visit.when, "origin": "simulated", "source": SOURCE}
    steps = list(work(session, plan, visit))
    found: dict[str, list[Any]] = {}
    for done, (name, step) in enumerate(steps):
        found.setdefault(name, []).append(believed(done_or_refused(step, name)))
        if progress:
            progress((done + 1) / len(steps))
    return list(timeline(found, about))


def done_or_refused(step: Step, name: str) -> Any:
    """What a study gives; where it cannot be done, its kind is named."""
    try:
        return step()
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def work(session: Session, plan: Protocol, visit: Visit) -> Iterator[tuple[str, Step]]:
    """Every study of the plan by the name of what it gives, to be done one after the other."""
    for kind in (brief_steps,) if visit.brief else (motor, sensory, special):
        yield from kind(session, plan)
    yield from bedside(session, plan, visit)


def motor(session: Session, plan: Protocol) -> Iterator[tuple[str, Step]]:
    """Motor studies and their F waves."""
    for item in plan.motor:
        for recording in recordings(session, item, item.muscle):
            yield "motor", partial(conducted, recording, item)
            if item.f_wave:
                yield "f_waves", partial(late, recording, item.f_wave)


def sensory(session: Session, plan: Protocol) -> Iterator[tuple[str, Step]]:
    """Sensory studies."""
    for item in plan.sensory:
        for side in item.sides:
            for site in (None, *item.sites):
                yield "sensory", partial(felt, session, side, item.nerve, site)


def special(session: Session, plan: Protocol) -> Iterator[tuple[str, Step]]:
    """Studies beyond routine."""
    for steps in plan.inching:
        for recording in recordings(session, steps, steps.muscle):
            yield "inching", partial(inching, recording, steps.distal, steps.proximal, steps.step_mm)
    for triple in plan.triple:
        for recording in recordings(session, triple, triple.muscle):
            yield "triple", partial(triple_stimulation, recording, triple.proximal, triple.distal)
    for effort in plan.exercise:
        for recording in recordings(session, effort, effort.muscle):
            sites = (effort.distal, effort.proximal)
            yield "exercise", partial(exercise_test, recording, sites, effort.seconds)
    for train in plan.repetitive:
        for recording in recordings(session, train, train.muscle):
            yield "repetitive", partial(repetitive_study, recording, train.site, train.rate_hz)
    for scan in plan.scan:
        for recording in recordings(session, scan, scan.muscle):
            yield "scans", partial(cmap_scan, recording, scan.site)


def bedside(session: Session, plan: Protocol, visit: Visit) -> Iterator[tuple[str, Step]]:
    """What is not a nerve conduction study; each gives entries of its own."""
    body, seed, when = session.body, session.seed, visit.when
    if plan.strength:
        yield "examination", partial(strength, body, movements(), seed)
    if plan.needle:
        twitching, emg = visit.fasciculation_per_min, brief_needle if visit.brief else needle_emg
        yield "entries", lambda: (emg(body, needled(body, plan.needle), seed, when, twitching),)
    if plan.grip:
        yield "entries", lambda: tuple(grip(body, side, seed, when) for side in SIDES)
    for test in plan.excitability:
        for recording in recordings(session, test, test.muscle):
            yield "entries", partial(excitability_test, recording, test.site, when=when)
    if plan.laboratory:
        yield "entries", lambda: (laboratory(session, visit.serology, when=when),)


def recordings(session: Session, item: Item, muscle: str) -> Iterator[Recording]:
    """The recordings of one item, a side each."""
    return (Recording.of(session, side, item.nerve, muscle) for side in item.sides)


def needled(body: Body, names: tuple[str, ...]) -> list[tuple[Side, str]]:
    """`right APB` as side and muscle, each once; of `weaker APB` the side with less force."""
    effort = Effort(body)

    def side(asked: str, muscle: str) -> Side:
        if asked == WEAKER:
            return "left" if effort.share("left", muscle) < effort.share("right", muscle) else "right"
        return "left" if asked == "left" else "right"

    split = [name.partition(" ") for name in names]
    return list(dict.fromkeys((side(asked, muscle), muscle) for asked, _, muscle in split))


def conducted(recording: Recording, item: MotorItem) -> MotorStudy:
    """A motor study with its markers."""
    study = motor_study(recording, item.sites, item.strength)
    return replace(study, sites=tuple(map(measured_site, study.sites)))


def late(recording: Recording, site: str) -> FWave:
    """F waves with their markers."""
    return measured_f(f_wave(recording, site))


def felt(session: Session, side: Side, nerve: str, site: str | None) -> SensoryStudy:
    """A sensory study with its markers."""
    return measured_sensory(sensory_study(session, side, nerve, site))


def timeline(found: dict[str, list[Any]], about: dict[str, Any]) -> Iterator[AnyEntry]:
    """The entries that hold what was found."""
    for grades in found.get("examination", ()):
        yield NeurologicalExamination(**about, scope="strength only", strength=grades)
    studies: dict[str, Any] = {name: tuple(found[name]) for name in CONDUCTION if name in found}
    if studies:
        yield NerveConductionStudy(**about, **studies)
    for more in found.get("entries", ()):
        yield from more
