"""What a diary shows: readings by measure and hand, doses, and notes, within a number of days."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from ranvier.formats.diary_words import vocabulary
from ranvier.patient import AnyEntry, Dose, Laboratory, Note, Patient, Scale, When
from ranvier.patient.problem import RecordError
from ranvier.treatment.given import day_of, times
from ranvier.treatment.regimen import GRAMS

SIDES = ("right", "left", "")
MG, SHORTEST_DAYS = 1000, 7
IGG = "IgG"
USE = (
    "A diary records what was entered and draws it. It gives no advice: what it means is for the patient and "
    "the physician to say."
)


@dataclass(frozen=True)
class Series:
    """The readings of one measure in one unit and, where it has one, of one hand; oldest first."""

    measure: str
    side: str
    unit: str
    days: tuple[float, ...]
    values: tuple[float, ...]

    @property
    def name(self) -> str:
        """`grip right`."""
        return f"{self.measure} {self.side}".strip()


@dataclass(frozen=True)
class Dosed:
    """One dose as it is shown."""

    day: float
    drug: str
    grams: float
    hours: float | None
    product: str


@dataclass(frozen=True)
class Diary:
    """A diary from day `first` to day `last` (day numbers); `undated`: entries that have no day."""

    who: str
    simulated: bool
    first: int
    last: int
    series: tuple[Series, ...]
    doses: tuple[Dosed, ...]
    notes: tuple[tuple[float, str], ...]
    undated: int

    @property
    def length(self) -> int:
        """How many days it shows."""
        return self.last - self.first + 1

    @property
    def panels(self) -> tuple[tuple[Series, ...], ...]:
        """The readings that are drawn together: both hands of one measure in one unit."""
        kinds = dict.fromkeys((each.measure, each.unit) for each in self.series)
        return tuple(tuple(s for s in self.series if (s.measure, s.unit) == kind) for kind in kinds)


def told(patient: Patient, days: int) -> Diary:
    """The last so many days of a diary, up to its last entry."""
    read = [one for entry in patient.in_order for one in readings(entry)]
    doses = [dose for entry in patient.entries(Dose) for dose in doses_of(entry)]
    notes = [(day, entry.text) for entry in patient.entries(Note) if (day := day_number(entry)) is not None]
    dated = (*(day for _, day, _ in read), *(dose.day for dose in doses), *(day for day, _ in notes))
    last = int(max(dated, default=1))
    begin = max(min(int(min(dated, default=1)), last - SHORTEST_DAYS + 1), 1)
    first = max(last - days + 1, begin)
    shown = (Dose, Note, Scale)
    return Diary(
        who=patient.identity.pseudonym,
        simulated=patient.simulated,
        first=first,
        last=last,
        series=tuple(in_series([one for one in read if one[1] >= first])),
        doses=tuple(dose for dose in doses if dose.day >= first),
        notes=tuple(note for note in notes if note[0] >= first),
        undated=sum(isinstance(entry, shown) and day_number(entry) is None for entry in patient.timeline),
    )


Reading = tuple[tuple[str, str, str], float, float]
"""Measure, side and unit; day; value."""


def readings(entry: AnyEntry) -> Iterator[Reading]:
    """The reading of an entry, if it is one that a diary shows and has a day."""
    day = day_number(entry)
    if day is None:
        return
    if isinstance(entry, Scale) and entry.score is not None and entry.name in shown_measures():
        yield (entry.name, entry.side or "", entry.unit), day, entry.score
    elif isinstance(entry, Laboratory) and entry.igg_g_l is not None:
        yield (IGG, "", "g/L"), day, entry.igg_g_l


def shown_measures() -> list[str]:
    """The measures of a diary as the record names them, in the order in which they are shown."""
    own = [table["entry"] for table in vocabulary()["measures"].values()]
    return [*own, *vocabulary()["shown"]["more"]]


def in_series(found: list[Reading]) -> Iterator[Series]:
    """Readings gathered by measure, unit and hand."""
    order = shown_measures()
    kinds = sorted({one[0] for one in found}, key=lambda k: (order.index(k[0]), k[2], SIDES.index(k[1])))
    for kind in kinds:
        same = [(day, value) for own, day, value in found if own == kind]
        measure, side, unit = kind
        yield Series(measure, side, unit, tuple(day for day, _ in same), tuple(value for _, value in same))


def doses_of(dose: Dose) -> Iterator[Dosed]:
    """Every dose of an entry that has a day, whether its drug is known or not."""
    try:
        day = day_of(dose)
    except RecordError:
        return
    grams, step = dose.amount * GRAMS[dose.unit], dose.every_days or 0.0
    for n in range(times(dose, day)):
        yield Dosed(day + n * step, dose.drug, grams, dose.hours, dose.product)


def day_number(entry: AnyEntry) -> float | None:
    """The day of an entry with its time, None where it names no day."""
    return When(cast(str, entry.when)).day_number


def amount_words(dose: Dosed) -> str:
    """`70 g`, `60 mg`."""
    return f"{dose.grams:g} g" if dose.grams >= 1 else f"{dose.grams * MG:g} mg"


def dose_words(dose: Dosed) -> str:
    """`ivig 70 g in 5 h (Privigen)`."""
    hours = f" in {dose.hours:g} h" if dose.hours else ""
    return f"{dose.drug} {amount_words(dose)}{hours}{f' ({dose.product})' if dose.product else ''}"
