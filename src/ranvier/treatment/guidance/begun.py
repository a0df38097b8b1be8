"""When immunoglobulin was given, as far as the record tells."""

from dataclasses import dataclass
from math import floor

from ranvier.anatomy import UnknownNameError
from ranvier.patient import Dose, Patient, Treatment
from ranvier.patient.problem import RecordError
from ranvier.patient.when import DAYS_PER_MONTH, When
from ranvier.treatment.drug import drug
from ranvier.treatment.given import Given, given_of

AGENTS = ("IVIG", "SCIG")


@dataclass(frozen=True)
class Clock:
    """Between which days something was, by the calendar or counted from the first symptom.

    Two times can be compared where they are on the same clock.
    """

    calendar: bool
    first: float
    last: float

    def before(self, other: "Clock") -> bool:
        """Whether this was certainly no later than the other."""
        return self.calendar == other.calendar and self.last <= other.first

    def days_after(self, other: "Clock") -> float | None:
        """The days from the other to this, between the middles; None on different clocks."""
        if self.calendar != other.calendar:
            return None
        return (self.first + self.last - other.first - other.last) / 2


def clock(when: str) -> Clock | None:
    """The time of an entry; None where it is unknown."""
    told = When(when)
    if told.day_numbers:
        first, last = told.day_numbers
        return Clock(True, float(floor(first)), float(floor(last)))
    if told.months_since_onset is None:
        return None
    day = told.months_since_onset * DAYS_PER_MONTH
    return Clock(False, day, day)


def immunoglobulin_given(patient: Patient) -> tuple[Given, ...]:
    """The dated doses of immunoglobulin, oldest first; entries that cannot be read are left out."""
    found: list[Given] = []
    for entry in patient.entries(Dose):
        try:
            found += [each for each in given_of(entry) if drug(each.drug).is_immunoglobulin]
        except RecordError:
            continue
    return tuple(sorted(found, key=lambda each: each.day))


def began(patient: Patient, pause_days: float) -> Clock | None:
    """When the present treatment with immunoglobulin began; None where the record does not tell.

    A pause in the doses longer than `pause_days`, in which a course wears off, ends a treatment.
    """
    days = [each.day for each in immunoglobulin_given(patient)]
    starts = [day for n, day in enumerate(days) if n == 0 or day - days[n - 1] > pause_days]
    if starts:
        return Clock(True, float(floor(starts[-1])), float(floor(starts[-1])))
    known = [each for each in map(clock, told(patient)) if each]
    return known[0] if known else None


def told(patient: Patient) -> tuple[str, ...]:
    """The times of every entry that has immunoglobulin, oldest first."""
    treatments = [each.when for each in patient.entries(Treatment) if each.agent in AGENTS]
    doses = [each.when for each in patient.entries(Dose) if is_immunoglobulin(each.drug)]
    return tuple(sorted((*treatments, *doses), key=lambda when: When(when).order))


def treated(patient: Patient) -> bool | None:
    """Whether the record has immunoglobulin on it; None where it has no treatment at all."""
    if told(patient):
        return True
    return False if patient.entries(Treatment) or patient.entries(Dose) else None


def is_immunoglobulin(name: str) -> bool:
    """Whether a name on the record is one of immunoglobulin; a name that no file has is not."""
    try:
        return drug(name).is_immunoglobulin
    except UnknownNameError:
        return False
