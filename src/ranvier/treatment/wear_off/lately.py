"""What of a patient's record is watched: the last year, and of it what was read under treatment."""

from collections.abc import Sequence

from ranvier.patient import Patient
from ranvier.treatment.drug import drug
from ranvier.treatment.given import Given, given
from ranvier.treatment.readings import Readings, readings
from ranvier.treatment.wear_off.measures import kind_of, numbers
from ranvier.treatment.wear_off.watch import Watch, watch


def watched(patient: Patient) -> Watch | None:
    """The watch on a patient's own record; None where nothing that can be watched was read in that time."""
    doses = given(patient)
    told = lately([each for each in readings(patient) if kind_of(each.measure, each.unit)], doses)
    seen = any(each.value.any() for each in told)
    return watch(told, doses, weight_kg=patient.weight_kg) if seen else None


def lately(told: Sequence[Readings], doses: Sequence[Given]) -> list[Readings]:
    """The readings of the last year, from some weeks after the first immunoglobulin on."""
    last = max((float(each.day[-1]) for each in told if len(each.day)), default=0.0)
    first = min((each.day for each in doses if drug(each.drug).is_immunoglobulin), default=last)
    begin = max(last - numbers()["lately"]["days"], first + numbers()["lately"]["treated_days"])
    kept = [(each, each.day >= begin) for each in told]
    return [Readings(e.measure, e.unit, e.day[k], e.value[k]) for e, k in kept if k.any()]
