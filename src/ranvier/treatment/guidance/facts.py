"""What the record knows of the conditions in which a drug calls for care: present, absent, or not known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from ranvier.evidence.value import numbers_of
from ranvier.findings.truth import Truth, any_of
from ranvier.patient import Background, Laboratory, Patient
from ranvier.patient.entries import Entry
from ranvier.patient.when import When
from ranvier.treatment.guidance.begun import immunoglobulin_given

Ask = Callable[[Patient], "Known"]


@dataclass(frozen=True)
class Known:
    """Whether a condition holds (None: not known), and what on the record says so."""

    truth: Truth
    value: str


@cache
def limits() -> dict[str, dict[str, float]]:
    """The numbers of `limits.toml`."""
    return numbers_of(Path(__file__).with_name("limits.toml"))


def latest(patient: Patient, kind: type[Entry], field: str) -> tuple[object, str] | None:
    """The last value that the record has of a field, and when; None where it has none."""
    known = [(getattr(each, field), each.when) for each in patient.entries(kind)]
    told = [pair for pair in known if pair[0] is not None]
    return told[-1] if told else None


def stated(field: str, words: str) -> Ask:
    """A condition that a background entry states."""

    def known(patient: Patient) -> Known:
        found = latest(patient, Background, field)
        if found is None:
            return Known(None, f"not known: {words}")
        return Known(bool(found[0]), f"{words}: {'yes' if found[0] else 'no'} ({found[1]})")

    return known


def for_women(field: str, words: str) -> Ask:
    """A condition that only women can have."""

    def known(patient: Patient) -> Known:
        if patient.identity.sex == "male":
            return Known(False, "the patient is a man")
        return stated(field, words)(patient)

    return known


def measured(field: str, words: str, unit: str, limit: tuple[str, str]) -> Ask:
    """A condition that holds where the last laboratory value lies below a limit of `limits.toml`."""

    def known(patient: Patient) -> Known:
        found = latest(patient, Laboratory, field)
        if found is None:
            return Known(None, f"not known: {words}")
        below = float(str(found[0])) < limits()[limit[0]][limit[1]]
        return Known(below, f"{words} {found[0]:g} {unit} ({found[1]})")

    return known


def told_by(*asked: Ask) -> Ask:
    """One condition that several entries can tell: it holds if one says so, and not if one denies it."""

    def known(patient: Patient) -> Known:
        found = [ask(patient) for ask in asked]
        holds = [each for each in found if each.truth]
        denied = [each for each in found if each.truth is False]
        chosen = holds or denied or found
        return Known(chosen[0].truth, "; ".join(each.value for each in chosen))

    return known


def either(*asked: Ask) -> Ask:
    """Whether one of several conditions holds; unknown while one of them is and none holds."""

    def known(patient: Patient) -> Known:
        found = [ask(patient) for ask in asked]
        truth = any_of(each.truth for each in found)
        return Known(truth, "; ".join(each.value for each in found if each.truth is truth))

    return known


def older(patient: Patient) -> Known:
    """Whether the patient is over the age above which the kidney is at risk."""
    ages = [patient.age_at(When(each.when)) for each in patient.in_order]
    known = [age for age in (*ages, patient.identity.age_years) if age is not None]
    if not known:
        return Known(None, "not known: age")
    return Known(max(known) > limits()["age"]["over"], f"age {max(known):g}")


def blood_group(patient: Patient) -> Known:
    """Whether the blood group is A, B or AB."""
    found = latest(patient, Background, "blood_group")
    if found is None:
        return Known(None, "not known: blood group")
    highest = highest_course(patient)
    course = f"; largest course on record {highest:.1f} g/kg" if highest else ""
    return Known(found[0] != "0", f"blood group {found[0]}{course}")


def haemoglobin_fall(patient: Patient) -> Known:
    """Whether haemoglobin fell, between two values in a row, by what counts as a fall."""
    rows = [(each.haemoglobin_g_l, each.when) for each in patient.entries(Laboratory)]
    known = [(value, when) for value, when in rows if value is not None]
    if len(known) < 2:
        return Known(None, "not known: haemoglobin before and after")
    falls = [(a - b, at) for (a, _), (b, at) in pairwise(known)]
    most, when = max(falls)
    text = f"largest fall of haemoglobin {most:g} g/L ({when})" if most > 0 else "haemoglobin did not fall"
    return Known(most > limits()["haemoglobin"]["fall"], text)


def m_protein(patient: Patient) -> Known:
    """Whether there is a monoclonal protein."""
    found = latest(patient, Laboratory, "m_protein")
    if found is None:
        return Known(None, "not known: monoclonal protein")
    return Known(found[0] != "none", f"monoclonal protein: {found[0]} ({found[1]})")


def cryoglobulins(patient: Patient) -> Known:
    """Whether there are cryoglobulins, which thicken the blood."""
    found = latest(patient, Laboratory, "cryoglobulins")
    if found is None:
        return Known(None, "not known: cryoglobulins")
    return Known(found[0] == "positive", f"cryoglobulins: {found[0]} ({found[1]})")


def highest_course(patient: Patient) -> float | None:
    """The largest amount of immunoglobulin within a course of days, g/kg; None without weight or doses."""
    weight, doses = patient.weight_kg, immunoglobulin_given(patient)
    if not weight or not doses:
        return None
    span = limits()["course"]["days"]
    sums = (sum(each.grams for each in doses if 0 <= each.day - first.day < span) for first in doses)
    return max(sums) / weight


def no_entry(words: str) -> Ask:
    """A condition for which the record has no place."""
    return lambda patient: Known(None, f"not known: {words} (a patient file has no entry for it)")


FACTS: Mapping[str, Ask] = {
    "pregnant": for_women("pregnant", "pregnancy"),
    "breastfeeding": for_women("breastfeeding", "breastfeeding"),
    "wishes_children": stated("wishes_children", "wish for children"),
    "kidney": told_by(
        stated("kidney_disease", "kidney disease"),
        measured("egfr_ml_min", "eGFR", "mL/min/1.73 m2", ("kidney", "egfr_below")),
    ),
    "thrombosis": stated("thrombosis", "thrombosis, stroke or heart attack before"),
    "vascular_risk": stated("vascular_risk", "vascular risk"),
    "heart_failure": stated("heart_failure", "heart failure"),
    "iga_deficiency": told_by(
        stated("iga_deficiency", "IgA deficiency"),
        measured("iga_g_l", "IgA", "g/L", ("iga", "deficient_below")),
    ),
    "migraine": stated("migraine", "migraine"),
    "poor_veins": stated("poor_veins", "poor veins"),
    "older": older,
    "blood_group": blood_group,
    "haemoglobin_fall": haemoglobin_fall,
    "thick_blood": either(m_protein, cryoglobulins),
    "hepatitis_b": no_entry("hepatitis B"),
    "meningococcal_vaccination": no_entry("vaccination against meningococci"),
}
