"""What is wrong with entries that are to go into a diary, and what must be asked about, entry by entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ranvier.patient import AnyEntry, Dose, Patient, When
from ranvier.patient.check import RecordError, checked
from ranvier.treatment.dose_check import slips


@dataclass(frozen=True)
class Doubt:
    """What is wrong with entry number `position` of a list: `certain` if it cannot be right."""

    position: int
    field: str
    text: str
    certain: bool = True


def doubts(patient: Patient, entries: Sequence[AnyEntry], today: date) -> tuple[Doubt, ...]:
    """Everything that is wrong with new entries of a record, or must be asked about."""
    found = [doubt for n, entry in enumerate(entries) for doubt in alone(patient, entry, n, today)]
    bad = {doubt.position for doubt in found}
    sound = [n for n in range(len(entries)) if n not in bad]
    first = len(patient.timeline)
    together = patient.adding(*(entries[n] for n in sound))
    for slip in slips(together, today.toordinal(), first):
        position, field = slip.place[1], slip.place[-1]
        if isinstance(position, int):
            found.append(Doubt(sound[position - first], str(field), slip.text, slip.certain))
    return tuple(found)


def alone(patient: Patient, entry: AnyEntry, position: int, today: date) -> Iterator[Doubt]:
    """What cannot be right in one entry by itself: its numbers, its words, its day."""
    try:
        checked(Patient(patient.identity, (entry,)))
    except RecordError as error:
        for problem in error.problems:
            yield Doubt(position, str(problem.place[-1]), problem.text)
        return
    days = When(entry.when).days
    if days is None or days[0] != days[1]:
        yield Doubt(position, "when", f"is '{entry.when}'; write the day, such as 2026-11-20")
    elif days[0] > today and not isinstance(entry, Dose):
        yield Doubt(position, "when", f"is {entry.when}, after {today}; enter a reading once it was taken")


def backwards(entries: Sequence[AnyEntry]) -> int | None:
    """The first entry of a list that lies before the one above it; None where time runs forwards."""
    for n, (one, other) in enumerate(pairwise(entries)):
        exact = "T" in one.when and "T" in other.when
        first, second = (each.when if exact else each.when.partition("T")[0] for each in (one, other))
        if second < first:
            return n + 1
    return None
