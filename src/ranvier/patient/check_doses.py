"""Whether a dose and its course can be right, and under which bounds an entry falls."""

from collections.abc import Iterator

from ranvier.findings.plausible import bounds, outside
from ranvier.patient.entries import AnyEntry, Dose, Laboratory, Scale
from ranvier.patient.identity import Identity
from ranvier.patient.problem import Place, Problem
from ranvier.patient.when import When


def family(record: AnyEntry | Identity) -> str:
    """Under which bounds a record falls; a reading by its name and unit, '' for none."""
    if isinstance(record, Scale):
        return f"{record.name} in {record.unit}"
    kinds: tuple[tuple[type, str], ...] = ((Identity, "identity"), (Laboratory, "laboratory"), (Dose, "dose"))
    return next((name for kind, name in kinds if isinstance(record, kind)), "")


def check_dose(dose: Dose, place: Place) -> Iterator[Problem]:
    """A dose of nothing, and a course without a step, an end or a beginning."""
    if dose.amount == 0:
        yield Problem((*place, "amount"), "is 0; leave out a dose that was not given")
    if (dose.every_days is None) != (dose.until is None):
        missing = "until" if dose.until is None else "every_days"
        text = "is missing; a course has both every_days and until, a single dose has neither"
        yield Problem((*place, missing), text)
    elif dose.until is not None:
        yield from check_course(dose.when, dose.until, (*place, "until"))


def check_course(begin: str, until: str, place: Place) -> Iterator[Problem]:
    """A course whose end is no date, lies before its beginning, or a lifetime after it."""
    try:
        first, last = When(begin).day_numbers, When(until).day_numbers
    except ValueError as error:
        yield Problem(place, f"cannot be read: {error}")
        return
    if last is None:
        yield Problem(place, f"is '{until}'; write the day of the last dose, such as 2026-11-20")
    elif first is not None:
        lasted = last[1] - first[0]
        if lasted < 0:
            yield Problem(place, f"is {until}, before the first dose of {begin}; check the two dates")
        elif text := outside(lasted, bounds()["course", "days"]):
            yield Problem(place, f"ends a course that {text}")
