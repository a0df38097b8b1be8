"""Whether doses on a record can have been given: slips of unit, date and weight, held against the label.

Some cannot be right and are refused; others are asked about, for whoever entered them knows. Every limit is
that of the drug's own file. Nothing is mended by guessing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ranvier.findings.plausible import bounds
from ranvier.patient import Dose, Patient
from ranvier.patient.problem import Place, Problem, RecordError
from ranvier.patient.when import When
from ranvier.treatment.dose_limit import never
from ranvier.treatment.dose_overlap import Placed, overlaps
from ranvier.treatment.drug import ROUNDING, Drug, drug
from ranvier.treatment.given import HOURS_PER_DAY, Given, given_of

MG, MINUTES = 1000, 60


@dataclass(frozen=True)
class Slip(Problem):
    """What may be wrong with a dose: `certain` if it cannot be right, else to be asked about."""

    certain: bool = False


def slips(patient: Patient, today: float, first: int = 0) -> tuple[Slip, ...]:
    """What is wrong, or must be asked about, with the doses from entry `first` of the timeline on.

    `today` is the last day (a day number) on which something can have been given: today, or the end of the
    record. Earlier entries count where doses meet.
    """
    found: list[Slip] = []
    placed: list[Placed] = []
    for position, entry in enumerate(patient.timeline):
        if not isinstance(entry, Dose):
            continue
        place: Place = ("timeline", position)
        try:
            each = tuple(given_of(entry, place))
        except RecordError as error:
            found += [Slip(p.place, p.text, certain=True) for p in error.problems if position >= first]
            continue
        placed += [Placed(position, one) for one in each]
        if position >= first:
            found += of_dose(patient, entry, each, place, today)
    found += [Slip(p.place, p.text) for p in overlaps(placed, patient.weight_on, first)]
    return (*found, *weight_missing(patient, first))


def of_dose(
    patient: Patient, dose: Dose, given: tuple[Given, ...], place: Place, today: float
) -> Iterator[Slip]:
    """What is wrong with one entry by itself."""
    yield from of_dates(patient, dose, given, place, today)
    known = drug(dose.drug)
    weight_kg = patient.weight_on(given[0].day)
    yield from of_amount(dose, given[0].grams, known, weight_kg, (*place, "amount"))
    yield from of_speed(given[0], known, weight_kg, (*place, "hours"))


def of_dates(
    patient: Patient, dose: Dose, given: tuple[Given, ...], place: Place, today: float
) -> Iterator[Slip]:
    """A dose in the future, a course that goes on into it, and a dose before birth."""
    last = date.fromordinal(int(today))
    born = patient.identity.birth_year
    day = When(dose.when).days
    if int(given[0].day) > int(today):
        text = f"is {dose.when}, after {last}; enter a dose once it was given"
        yield Slip((*place, "when"), text, certain=True)
    elif int(given[-1].day) > int(today):
        text = f"is {dose.until}, after {last}; end the course with the last dose that was given"
        yield Slip((*place, "until"), text, certain=True)
    if day and born is not None and day[0].year < born:
        text = f"is {dose.when}, before the year of birth, {born}; check the two dates"
        yield Slip((*place, "when"), text, certain=True)


def of_amount(dose: Dose, grams: float, known: Drug, weight_kg: float | None, place: Place) -> Iterator[Slip]:
    """A dose beyond the label, one so small that it looks like g/kg, and slips between mg and g.

    Without a weight only what no body weight makes right is told.
    """
    most = known.label.most_g_per_kg_dose
    if most is None:
        return
    weight = weight_kg or bounds()["identity", "weight_kg"].high.number
    is_so = f"is {dose.amount:g} {dose.unit} of {known.name}"
    per_kg = f", {grams / weight_kg:.4g} g/kg at {weight_kg:g} kg" if weight_kg else ""
    if grams > most * weight * ROUNDING:
        label = f"its label gives {most:g} g/kg for a dose at most"
        hint = slip_of_unit(dose, known, weight) or "check amount, unit and weight"
        far = grams >= never() * most * weight
        yield Slip(place, f"{is_so}{per_kg}, and {label}; {hint}", certain=far)
    elif grams <= most:
        yield Slip(place, f"{is_so}{per_kg}; {meant(dose, most * weight, weight_kg)}")


def slip_of_unit(dose: Dose, known: Drug, weight_kg: float) -> str:
    """What to write if milligrams were entered as grams, '' where they were not."""
    grams, most = dose.amount / MG, known.label.most_g_per_kg_dose or 0.0
    possible = dose.unit == "g" and most < grams <= most * weight_kg
    return f"write {grams:g} g if it was {dose.amount:g} mg" if possible else ""


def meant(dose: Dose, most_g: float, weight_kg: float | None) -> str:
    """What a very small amount may have been meant for."""
    if dose.unit == "mg" and dose.amount <= most_g:
        return f"did you mean {dose.amount:g} g?"
    amount = dose.amount if dose.unit == "g" else dose.amount / MG
    whole = f", which is {amount * weight_kg:g} g" if weight_kg else ""
    return f"did you mean {amount:g} g/kg{whole}?"


def of_speed(one: Given, known: Drug, weight_kg: float | None, place: Place) -> Iterator[Slip]:
    """An infusion that ran faster than the label allows."""
    most = known.label.most_mg_per_kg_min
    if most is None or not one.days_long or weight_kg is None:
        return
    speed = one.grams * MG / weight_kg / (one.days_long * HOURS_PER_DAY * MINUTES)
    if speed > most:
        text = (
            f"is {one.days_long * HOURS_PER_DAY:g} h, which makes {speed:.3g} mg/kg a minute; the label "
            f"gives {most:g} at most; check amount and hours"
        )
        yield Slip(place, text)


def weight_missing(patient: Patient, first: int) -> Iterator[Slip]:
    """The doses that cannot be held against their label since nobody entered the weight."""
    if patient.weight_kg is not None:
        return
    for position, entry in enumerate(patient.timeline[first:], first):
        if isinstance(entry, Dose) and labelled(entry):
            text = "cannot be held against the label without the body weight; enter the weight first"
            yield Slip(("timeline", position, "amount"), text)


def labelled(dose: Dose) -> bool:
    """Whether the drug's file is there and limits a dose by weight."""
    try:
        return drug(dose.drug).label.most_g_per_kg_dose is not None
    except ValueError:
        return False
