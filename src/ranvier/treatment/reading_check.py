"""Whether what was measured can have been measured on its day: one slip of a year moves a whole forecast."""

from collections.abc import Iterator
from datetime import date

from ranvier.patient import Laboratory, NerveConductionStudy, NeurologicalExamination, Patient, Scale, When
from ranvier.treatment.dose_check import Slip

MEASURED = (Scale, Laboratory, NeurologicalExamination, NerveConductionStudy)


def misdated(patient: Patient, today: float) -> Iterator[Slip]:
    """What was measured after `today` (a day number; the end of a simulated record) or before birth."""
    born = patient.identity.birth_year
    for position, entry in enumerate(patient.timeline):
        days = When(entry.when).days if isinstance(entry, MEASURED) else None
        if days is None:
            continue
        if days[0].toordinal() > int(today):
            wrong = f"after {date.fromordinal(int(today))}; enter a reading once it was taken"
        elif born is not None and days[1].year < born:
            wrong = f"before the year of birth, {born}; check the two dates"
        else:
            continue
        yield Slip(("timeline", position, "when"), f"is {entry.when}, {wrong}", certain=True)
