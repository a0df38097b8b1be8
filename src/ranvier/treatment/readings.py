"""What was measured of a patient over time, by measure: grip of each hand, sums, scales, IgG."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import SIDES
from ranvier.exam.scales import mrc_sum, tables
from ranvier.patient import (
    Laboratory,
    NeurologicalExamination,
    Patient,
    Scale,
    When,
)

Array = NDArray[np.float64]
SUM = "MRC sum score"
NAMES = {"grip": "grip", "grip strength": "grip", "pinch": "pinch", "key pinch": "pinch"}
DAYS_OF_A_MONTH = 31


@dataclass(frozen=True, eq=False)
class Readings:
    """One measure: its name (`grip right`, `MRC sum score`, `IgG`), unit, and values in order of time.

    `day` (N,): day numbers (1 January of the year 1 is 1) with the time of day as a fraction; several a day
    and missing days are as they come.
    """

    measure: str
    unit: str
    day: Array
    value: Array


@dataclass(frozen=True)
class Reading:
    """One value as an entry of the record gives it."""

    measure: str
    unit: str
    when: str
    value: float

    @property
    def day(self) -> float | None:
        """Its day number, the middle of a month where no day is given; None without a month."""
        span = When(self.when).day_numbers
        if span is None or span[1] - span[0] > DAYS_OF_A_MONTH:
            return None
        return sum(span) / 2


def readings(patient: Patient) -> tuple[Readings, ...]:
    """Everything measured more or less often that a course can be drawn through, by measure, oldest first.

    Grip and pinch by side, scales by name, IgG, the MRC sum of examinations that grade all of its movements,
    and of each stretch of motor nerve the share of the distal amplitude that is left proximally. A grip in
    kPa is `grip right (kPa)`, a measure of its own: no number turns kPa into kg.
    """
    rows: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for each in found(patient):
        if each.day is not None:
            rows[each.measure, each.unit].append((each.day, each.value))
    return tuple(in_order(name, unit, rows[name, unit]) for name, unit in sorted(rows))


def in_order(measure: str, unit: str, rows: list[tuple[float, float]]) -> Readings:
    """The readings of one measure, oldest first; those of one time keep the order of the record."""
    day, value = np.array(sorted(rows, key=lambda row: row[0])).T
    return Readings(measure, unit, day, value)


def remarks(patient: Patient) -> tuple[str, ...]:
    """What of the readings could not be placed in time, or only roughly, in sentences."""
    every = list(found(patient))
    undated = sum(each.day is None for each in every)
    rough = sum(each.day is not None and len(each.when) == len("2026-01") for each in every)
    said = (
        (undated, "have no calendar month and are left out; enter when as 2026-03-14 or 2026-03-14T08:30."),
        (rough, "have a month but no day and are placed in its middle."),
    )
    return tuple(f"{count} readings {what}" for count, what in said if count)


def found(patient: Patient) -> Iterator[Reading]:
    """Every value of the record that is a reading, dated or not."""
    for scale in patient.entries(Scale):
        if scale.score is not None:
            yield Reading(*named(scale), scale.when, float(scale.score))
    for laboratory in patient.entries(Laboratory):
        if laboratory.igg_g_l is not None:
            yield Reading("IgG", "g/L", laboratory.when, laboratory.igg_g_l)
    yield from sums(patient)
    yield from conduction(patient)


def named(scale: Scale) -> tuple[str, str]:
    """The measure and unit of a scale: its name with the side and, where it is not kg or points, the unit."""
    name = NAMES.get(scale.name.strip().casefold(), scale.name.strip())
    sided = f"{name} {scale.side}" if scale.side else name
    return (f"{sided} ({scale.unit})" if scale.unit not in ("kg", "points") else sided), scale.unit


def sums(patient: Patient) -> Iterator[Reading]:
    """The MRC sum of each examination with all its grades, unless the record has the sum of that time."""
    wanted = {(name, side) for name in tables()["mrc_sum"]["movements"] for side in SIDES}
    scored = {scale.when for scale in patient.entries(Scale) if scale.name == SUM}
    for each in patient.entries(NeurologicalExamination):
        graded = {(row.movement, row.side) for row in each.strength if row.mrc is not None}
        if each.when not in scored and wanted <= graded:
            yield Reading(SUM, "points", each.when, mrc_sum(each.strength))


def conduction(patient: Patient) -> Iterator[Reading]:
    """The proximal amplitude as a share of the distal one, of each stretch of motor nerve of each study."""
    for study, segment in patient.segments():
        if segment.amplitude_drop is not None:
            where = f"{segment.side} {segment.nerve.name} {segment.muscle}"
            ends = f"{segment.distal.site}-{segment.proximal.site}"
            yield Reading(f"conduction {where} {ends}", "1", study.when, 1 - segment.amplitude_drop)
