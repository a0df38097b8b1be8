"""Whether a record can be right: names that anatomy knows, numbers that a laboratory can measure.

What is wrong is said with its place on the record and the remedy, and never mended by guessing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, replace
from math import isfinite
from typing import Any, TypeVar

from ranvier.anatomy import UnknownNameError, motor_nerve, movement, sensory_nerve
from ranvier.findings.plausible import contradictions, impossible
from ranvier.findings.segment import segments
from ranvier.findings.study import FWave, MotorSite, MotorStudy, SensoryStudy, Waveform
from ranvier.patient.entries import (
    AnyEntry,
    History,
    Identity,
    NerveConductionStudy,
    NeurologicalExamination,
    Strength,
)
from ranvier.patient.record import Patient
from ranvier.patient.when import When

Place = tuple[str | int, ...]
Row = TypeVar("Row", FWave, SensoryStudy)
HIGHEST_MRC = 5
LARGEST_NUMBER = 1_000_000


@dataclass(frozen=True)
class Problem:
    """What is wrong, where on the record, and what to do about it."""

    place: Place
    text: str


class RecordError(ValueError):
    """A record that cannot be used; `problems` lists every place and remedy."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{dotted(p.place)} {p.text}" for p in problems))


def dotted(place: Place) -> str:
    """`timeline[2].motor[0].sites[1].latency_ms` for a place on the record."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in place]
    return "".join(parts).lstrip(".")


def checked(patient: Patient) -> Patient:
    """The same patient with every name as anatomy spells it; raises RecordError."""
    problems = list(check_numbers(patient.identity, ("identity",)))
    problems += check_texts(patient.identity, ("identity",))
    timeline: list[AnyEntry] = []
    for position, entry in enumerate(patient.timeline):
        try:
            entry = named(entry, ("timeline", position))
        except RecordError as error:
            problems += error.problems
            continue
        problems += check(entry, ("timeline", position))
        timeline.append(entry)
    problems += entered_twice(tuple(timeline))
    if problems:
        raise RecordError(problems)
    return replace(patient, timeline=tuple(timeline))


def entered_twice(timeline: tuple[AnyEntry, ...]) -> Iterator[Problem]:
    """Motor studies that stand, the same to the last number, in two sessions of one time."""
    seen: dict[tuple[str, MotorStudy], int] = {}
    for position, entry in enumerate(timeline):
        for study in entry.motor if isinstance(entry, NerveConductionStudy) else ():
            measured = [row for row in study.sites if row.amplitude_mv]
            if measured and seen.setdefault((entry.when, study), position) != position:
                text = (
                    f"holds {study.side} {study.nerve} to {study.muscle} of another session again; keep one"
                )
                yield Problem(("timeline", position), text)


def named(entry: AnyEntry, place: Place) -> AnyEntry:
    """The entry with nerves, sites, muscles and movements as anatomy names them; raises RecordError."""
    if isinstance(entry, NeurologicalExamination):
        return replace(
            entry,
            strength=each(entry.strength, place, "strength", strength_named),
        )
    if isinstance(entry, NerveConductionStudy):
        return replace(
            entry,
            motor=each(entry.motor, place, "motor", motor_named),
            f_waves=each(entry.f_waves, place, "f_waves", motor_named),
            sensory=each(entry.sensory, place, "sensory", sensory_named),
        )
    return entry


def each(rows: tuple[Any, ...], place: Place, field: str, name: Any) -> tuple[Any, ...]:
    """Each row named; all names that anatomy does not know are collected in one RecordError."""
    found: list[Any] = []
    problems: list[Problem] = []
    for position, row in enumerate(rows):
        try:
            found.append(name(row, (*place, field, position)))
        except RecordError as error:
            problems += error.problems
        except UnknownNameError as error:
            problems.append(Problem((*place, field, position), f"names the {error}"))
    if problems:
        raise RecordError(problems)
    return tuple(found)


def strength_named(row: Strength, place: Place) -> Strength:
    """An MRC grade with the movement as anatomy names it."""
    return replace(row, movement=movement(row.movement))


def sensory_named(row: SensoryStudy, place: Place) -> SensoryStudy:
    """A sensory study with the nerve as anatomy names it."""
    return replace(row, nerve=sensory_nerve(row.nerve))


def motor_named(row: MotorStudy | FWave, place: Place) -> MotorStudy | FWave:
    """A motor study or F wave with nerve, muscle and sites as anatomy names them."""
    nerve = motor_nerve(row.nerve)
    row = replace(row, nerve=nerve.name, muscle=nerve.muscle(row.muscle))
    if isinstance(row, FWave):
        return row

    def site_named(site: MotorSite, place: Place) -> MotorSite:
        return replace(site, site=nerve.site(site.site))

    return replace(row, sites=each(row.sites, place, "sites", site_named))


def check(entry: AnyEntry, place: Place) -> Iterator[Problem]:
    """Everything in one entry that cannot be right."""
    times = {"when": entry.when}
    if isinstance(entry, History):
        times["onset"] = entry.onset or "unknown"
        if entry.onset and entry.onset.startswith("month"):
            yield Problem((*place, "onset"), "must be a date such as 2019-05: months count from onset")
    for field, text in times.items():
        try:
            When(text)
        except ValueError as error:
            yield Problem((*place, field), f"cannot be read: {error}")
    yield from check_numbers(entry, place)
    yield from check_texts(entry, place)
    if isinstance(entry, NeurologicalExamination):
        yield from check_strength(entry, place)
    if isinstance(entry, NerveConductionStudy):
        yield from check_study(entry, place)


def check_numbers(record: AnyEntry | Identity, place: Place) -> Iterator[Problem]:
    """Numbers that no patient can have."""
    for field in record.__dataclass_fields__:
        number = getattr(record, field)
        if isinstance(number, float | int) and not isinstance(number, bool):
            if not -LARGEST_NUMBER <= number <= LARGEST_NUMBER:
                yield Problem((*place, field), "is not a number anybody has; leave it out if it is not known")
            elif number < 0 and field != "score":
                yield Problem((*place, field), f"is {number:g}, and cannot be negative")


def check_texts(record: AnyEntry | Identity, place: Place) -> Iterator[Problem]:
    """Texts that must be there and are empty."""
    for name, field in record.__dataclass_fields__.items():
        if field.default is MISSING and getattr(record, name) == "":
            yield Problem((*place, name), "is empty; fill it in")


def check_strength(exam: NeurologicalExamination, place: Place) -> Iterator[Problem]:
    """MRC grades outside 0 to 5, and movements graded twice on one side."""
    for position, row in enumerate(exam.strength):
        if row.mrc is not None and not 0 <= row.mrc <= HIGHEST_MRC:
            where = (*place, "strength", position, "mrc")
            yield Problem(where, f"is {row.mrc:g}; an MRC grade lies between 0 and 5")
    twice = Counter((row.side, row.movement) for row in exam.strength)
    for (side, name), times in twice.items():
        if times > 1:
            text = f"grades {side} {name} {times} times; keep one grade, or enter two examinations"
            yield Problem((*place, "strength"), text)


def check_study(study: NerveConductionStudy, place: Place) -> Iterator[Problem]:
    """Impossible, contradictory and repeated rows of a nerve conduction study."""
    for position, motor in enumerate(study.motor):
        yield from check_motor(motor, (*place, "motor", position))
    for field, rows in (("f_waves", study.f_waves), ("sensory", study.sensory)):
        for position, row in enumerate(rows):
            for column, text in impossible(row):
                yield Problem((*place, field, position, column), text)
    yield from repeated(place, "motor", [f"{m.side} {m.nerve} to {m.muscle}" for m in study.motor])
    yield from repeated(place, "f_waves", [f"{f.side} {f.nerve} to {f.muscle}" for f in study.f_waves])
    yield from repeated(place, "sensory", [f"{s.side} {s.nerve} {s.site}" for s in study.sensory])


def repeated(place: Place, field: str, names: list[str]) -> Iterator[Problem]:
    """Studies that stand twice in one session."""
    for position, name in enumerate(names):
        if name in names[:position]:
            text = f"repeats {name.strip()}; keep one study, or enter two sessions"
            yield Problem((*place, field, position), text)


def check_motor(study: MotorStudy, place: Place) -> Iterator[Problem]:
    """Impossible, contradictory and repeated rows of one motor study."""
    positions = {row.site: position for position, row in enumerate(study.sites)}
    for position, row in enumerate(study.sites):
        for column, text in impossible(row):
            yield Problem((*place, "sites", position, column), text)
        if row.waveform and not drawable(row.waveform):
            text = "cannot be drawn; give a step above 0 ms and at least two finite samples"
            yield Problem((*place, "sites", position, "waveform"), text)
        if positions[row.site] != position:
            text = f"repeats the {row.site}; keep one row for each stimulation site"
            yield Problem((*place, "sites", position, "site"), text)
    if not study.sites:
        yield Problem((*place, "sites"), "is empty; give at least the distal stimulation site")
    elif len(positions) == len(study.sites):
        yield from check_course(study, positions, place)


def drawable(trace: Waveform) -> bool:
    """Whether a trace has a time axis and samples."""
    numbers = (trace.start_ms, trace.step_ms, *trace.samples_mv)
    return trace.step_ms > 0 and len(trace.samples_mv) > 1 and all(map(isfinite, numbers))


def check_course(study: MotorStudy, positions: dict[str, int], place: Place) -> Iterator[Problem]:
    """A proximal site without a distal one, and sites that contradict each other."""
    nerve = motor_nerve(study.nerve)
    first = min(positions, key=nerve.sites.index)
    if len(positions) == 1 and not nerve.starts_distally(study.muscle, first):
        text = (
            f"has only the {first}, a proximal site; add the {nerve.distal_site[study.muscle]} "
            "(leave its numbers out if they are not known, write amplitude 0 for no response)"
        )
        yield Problem((*place, "sites", positions[first], "site"), text)
    for segment in segments(study):
        for column, text in contradictions(segment):
            yield Problem((*place, "sites", positions[segment.proximal.site], column), text)
