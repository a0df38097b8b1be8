"""Whether a record can be right: names that anatomy knows, numbers that a laboratory can measure.

What is wrong is said with its place on the record and the remedy, and never mended by guessing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import MISSING, replace

from ranvier.findings.plausible import out_of_bounds
from ranvier.findings.study import MotorStudy
from ranvier.patient.check_doses import check_dose, family
from ranvier.patient.check_studies import check_study
from ranvier.patient.contradictions import contradictions
from ranvier.patient.diagnoses import diagnoses
from ranvier.patient.entries import (
    AnyEntry,
    Dose,
    History,
    NeedleEMG,
    NerveConductionStudy,
    NeurologicalExamination,
)
from ranvier.patient.identity import Identity
from ranvier.patient.names import named
from ranvier.patient.problem import Place, Problem, RecordError, dotted
from ranvier.patient.record import Patient
from ranvier.patient.when import When

__all__ = ["Place", "Problem", "RecordError", "checked", "dotted", "entered_twice"]

HIGHEST_MRC = 5
LARGEST_NUMBER = 1_000_000


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
    problems += contradictions((("timeline", n), entry) for n, entry in enumerate(patient.timeline))
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
    yield from diagnoses(entry, place)
    if isinstance(entry, NeurologicalExamination):
        yield from check_strength(entry, place)
    if isinstance(entry, NerveConductionStudy):
        yield from check_study(entry, place)
    if isinstance(entry, NeedleEMG):
        yield from check_needle(entry, place)
    if isinstance(entry, Dose):
        yield from check_dose(entry, place)


def check_numbers(record: AnyEntry | Identity, place: Place) -> Iterator[Problem]:
    """Numbers that no patient can have."""
    bounded = dict(out_of_bounds(record, family(record)))
    for field in record.__dataclass_fields__:
        number = getattr(record, field)
        if isinstance(number, float | int) and not isinstance(number, bool):
            if not -LARGEST_NUMBER <= number <= LARGEST_NUMBER:
                yield Problem((*place, field), "is not a number anybody has; leave it out if it is not known")
            elif number < 0 and field != "score":
                yield Problem((*place, field), f"is {number:g}, and cannot be negative")
            elif field in bounded:
                yield Problem((*place, field), bounded[field])


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


def check_needle(examination: NeedleEMG, place: Place) -> Iterator[Problem]:
    """Numbers of a needle EMG that cannot be right."""
    for position, row in enumerate(examination.muscles):
        for column, text in out_of_bounds(row, "needle"):
            yield Problem((*place, "muscles", position, column), text)
