"""The patient: an identity and a dated timeline to which entries are only ever added."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from ranvier.anatomy import motor_nerve
from ranvier.findings.norms import Person
from ranvier.findings.segment import Segment, segments
from ranvier.patient.entries import AnyEntry, Entry, History, NerveConductionStudy, Scale
from ranvier.patient.identity import Identity
from ranvier.patient.when import DAYS_PER_MONTH, Days, When, days_between

SCHEMA = "ranvier.patient/1"
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Patient:
    """One patient. Nothing on the record says what the diagnosis is: that is for `diagnosis` to find."""

    identity: Identity
    timeline: tuple[AnyEntry, ...] = ()
    schema: str = SCHEMA

    def entries(self, kind: type[E]) -> tuple[E, ...]:
        """All entries of one kind, oldest first."""
        return tuple(entry for entry in self.in_order if isinstance(entry, kind))

    @cached_property
    def in_order(self) -> tuple[AnyEntry, ...]:
        """The timeline, oldest first, whatever order its entries were added in."""
        return tuple(sorted(self.timeline, key=lambda entry: (When(entry.when).order, repr(entry))))

    def adding(self, *entries: AnyEntry) -> "Patient":
        """The same patient with more entries; what is on the timeline stays as it is."""
        return replace(self, timeline=self.timeline + entries)

    @property
    def simulated(self) -> bool:
        """Whether anything on the record was simulated; such a record is marked wherever it is shown."""
        return any(entry.origin == "simulated" for entry in self.timeline)

    @cached_property
    def onset(self) -> Days | None:
        """Between which days, as day numbers, the first symptom came, as far as a history tells it."""
        told = [onset_of(history) for history in self.entries(History)]
        known = [days for days in told if days]
        return (min(first for first, _ in known), min(last for _, last in known)) if known else None

    def person(self, when: str) -> Person:
        """What reference limits may depend on, with the age at that time."""
        return Person(self.age_at(When(when)), self.identity.height_cm, self.identity.sex)

    def age_at(self, when: When) -> float | None:
        """Age in years at a time: from the birth year and a calendar time, else as recorded."""
        if self.identity.birth_year is not None and when.days:
            return float(when.days[0].year - self.identity.birth_year)
        return self.identity.age_years

    @property
    def weight_kg(self) -> float | None:
        """Body weight as it was weighed last, else as the identity has it; None when not known."""
        return self.weighed[-1][1] if self.weighed else self.identity.weight_kg

    @cached_property
    def weighed(self) -> tuple[tuple[float, float], ...]:
        """When the patient was weighed (a day number, where one is known) and the weights, oldest first."""
        scales = [each for each in self.entries(Scale) if (each.name, each.unit) == ("weight", "kg")]
        return tuple((When(each.when).order[1], each.score) for each in scales if each.score is not None)

    def weight_on(self, day: float) -> float | None:
        """The weight on a day (a day number): as weighed last by then, else as weighed first."""
        before = [score for when, score in self.weighed if when <= day]
        if before or not self.weighed:
            return before[-1] if before else self.identity.weight_kg
        return self.identity.weight_kg or self.weighed[0][1]

    def days_of_disease(self, entry: Entry) -> Days | None:
        """The fewest and the most days from first symptom to an entry, None when not known.

        A duration told in a history of the same time goes before one computed from dates.
        """
        told = [
            history.duration_months * DAYS_PER_MONTH
            for history in self.entries(History)
            if history.duration_months is not None and history.when == entry.when
        ]
        return (min(told), max(told)) if told else days_between(self.onset, When(entry.when))

    def segments(self) -> Iterator[tuple[NerveConductionStudy, Segment]]:
        """Every motor segment that can hold a block, with the study it belongs to."""
        for study in self.entries(NerveConductionStudy):
            for motor in study.motor:
                if motor.muscle not in motor_nerve(motor.nerve).crossing_check:
                    yield from ((study, segment) for segment in segments(motor, study.when))


def onset_of(history: History) -> Days | None:
    """Between which days a history puts the first symptom: by its date, else by its duration."""
    if history.onset:
        return When(history.onset).day_numbers
    days = When(history.when).day_numbers
    if days is None or history.duration_months is None:
        return None
    lasted = history.duration_months * DAYS_PER_MONTH
    return days[0] - lasted, days[1] - lasted
