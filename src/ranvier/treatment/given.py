"""What was given, dose by dose, on one clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from ranvier.anatomy import UnknownNameError
from ranvier.patient import Dose, Patient, When
from ranvier.patient.problem import Place, Problem, RecordError
from ranvier.treatment.drug import drug
from ranvier.treatment.regimen import GRAMS

if TYPE_CHECKING:
    from ranvier.treatment.kinetics import Doses

HOURS_PER_DAY = 24
NEARLY = 1e-9
"""Share of an interval by which rounding may misplace the end of a course."""


@dataclass(frozen=True)
class Given:
    """One dose of a drug: `day` as a day number (1 January of the year 1 is 1) with the time as its fraction.

    `days_long`: how long it ran, 0 for a dose given at once.
    """

    drug: str
    day: float
    grams: float
    days_long: float = 0.0


def given(patient: Patient, until: float | None = None) -> tuple[Given, ...]:
    """Every dose on the record that began up to `until` (a day number), oldest first, courses dose by dose.

    Amounts in g, drugs by the names of their files. Raises RecordError (a ValueError) with the place and the
    remedy of each dose that has no day, or of a drug that has no file.
    """
    found: list[Given] = []
    problems: list[Problem] = []
    for position, entry in enumerate(patient.timeline):
        if isinstance(entry, Dose):
            try:
                found += given_of(entry, ("timeline", position))
            except RecordError as error:
                problems += error.problems
    if problems:
        raise RecordError(problems)
    kept = (each for each in found if until is None or each.day <= until)
    return tuple(sorted(kept, key=lambda each: each.day))


def given_of(dose: Dose, place: Place = ()) -> Iterator[Given]:
    """The doses of one entry; raises RecordError where it has no day or no known drug."""
    day = day_of(dose, place)
    try:
        name = drug(dose.drug).name
    except UnknownNameError as error:
        raise RecordError([Problem((*place, "drug"), f"names the {error}")]) from error
    grams, long = dose.amount * GRAMS[dose.unit], (dose.hours or 0.0) / HOURS_PER_DAY
    for number in range(times(dose, day)):
        yield Given(name, day + number * (dose.every_days or 0.0), grams, long)


def day_of(dose: Dose, place: Place = ()) -> float:
    """The day on which a dose began; raises RecordError where its time names none."""
    day = When(dose.when).day_number
    if day is None:
        what = "not the day of a dose; write the day, such as 2026-11-20 or 2026-11-20T08:30"
        raise RecordError([Problem((*place, "when"), f"is '{dose.when}', {what}")])
    return day


def times(dose: Dose, day: float) -> int:
    """How many doses an entry stands for: up to the end of its course, the last day whole."""
    last = When(dose.until).day_numbers if dose.until else None
    if last is None or not dose.every_days:
        return 1
    if "T" in str(dose.until):
        return max(floor((last[1] - day) / dose.every_days + NEARLY) + 1, 1)
    return max(ceil((last[1] + 1 - day) / dose.every_days - NEARLY), 1)


def immunoglobulin(given: Iterable[Given]) -> "Doses":
    """The doses of immunoglobulin among what was given, oldest first."""
    import numpy as np

    # A diary that only adds a dose need not wait for the compiler that the kinetics bring.
    from ranvier.treatment.kinetics import Doses

    of = [(each, drug(each.drug)) for each in sorted(given, key=lambda one: one.day)]
    own = [(each, known) for each, known in of if known.is_immunoglobulin]
    return Doses(
        day=np.array([each.day for each, _ in own]),
        grams=np.array([each.grams for each, _ in own]),
        days_long=np.array([each.days_long for each, _ in own]),
        depot=np.array([known.is_subcutaneous for _, known in own], bool),
        gain=np.array([known.gain for _, known in own]),
    )
