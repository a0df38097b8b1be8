"""What has to be said beside a fit: what is missing, what rests on the population, where it fits badly."""

from collections.abc import Iterator, Sequence

import numpy as np

from ranvier.forecast.fitted import Fitted
from ranvier.forecast.model import IGG
from ranvier.forecast.posterior import Posterior
from ranvier.forecast.unknowns import kind
from ranvier.patient import Patient, Treatment, When
from ranvier.treatment.drug import drug
from ranvier.treatment.given import Given
from ranvier.treatment.kinetics import usual_kg
from ranvier.treatment.readings import Readings, remarks

MANY_OUTSIDE = 0.25
FAR = 3.0
"""SDs from the typical patient beyond which a number is outside of what is known."""
EARLIER_DAYS = 30.0
TREND = " trend"


def before(patient: Patient, doses: Sequence[Given], told: Sequence[Readings]) -> tuple[str, ...]:
    """What the record lacks."""
    return (*remarks(patient), *missing(patient, doses, told))


def old(told: Sequence[Readings], kept: Sequence[Readings]) -> tuple[str, ...]:
    """How many readings are too old to be fitted."""
    left = sum(len(each.day) for each in told) - sum(len(each.day) for each in kept)
    what = "are shown and not fitted: they are too old to tell of the present, since blocks come and go."
    return (f"{left} earlier readings {what}",) if left else ()


def missing(patient: Patient, doses: Sequence[Given], told: Sequence[Readings]) -> Iterator[str]:
    """Sentences on weight, doses, drugs and scales."""
    if patient.weight_kg is None:
        yield f"no weight: kinetics are those of {usual_kg():g} kg; enter weight_kg."
    others = sorted({each.drug for each in doses if not drug(each.drug).is_immunoglobulin})
    if others:
        yield f"{', '.join(others)}: counted as it acts on the typical patient; it is not fitted."
    if len(others) == len({each.drug for each in doses}):
        yield "no dose of immunoglobulin on the record: how strongly it acts is what is usual in patients."
    elif earlier(patient, min(each.day for each in doses)):
        yield "immunoglobulin was given before the first dose on the record; what it left is not known."
    unfit = sorted(each.measure for each in told if each.measure != IGG and kind(each.measure) is None)
    if unfit:
        yield f"shown but not fitted: {', '.join(unfit)}."


def earlier(patient: Patient, first: float) -> bool:
    """Whether the record tells of immunoglobulin long before the first dose."""
    told = [each.when for each in patient.entries(Treatment) if each.agent in ("IVIG", "SCIG")]
    spans = [When(when).day_numbers for when in told]
    return any(span is not None and span[1] < first - EARLIER_DAYS for span in spans)


def after(fitted: Fitted, found: Posterior) -> tuple[str, ...]:
    """What the fit itself has to say."""
    return (*resting(fitted), *falling(fitted), *doubtful(fitted, found))


def resting(fitted: Fitted) -> Iterator[str]:
    """What is the population's because nothing was measured."""
    measured = {each.measure for each in fitted.readings}
    if not measured:
        yield "no readings: this is the band of the population, not of the patient."
        return
    if IGG not in measured:
        yield "no IgG value: kinetics and own IgG are what is usual in patients."
    if measured == {IGG}:
        yield "no reading of strength: its level and its answer are what is usual in patients."


def falling(fitted: Fitted) -> Iterator[str]:
    """Which measures fall whatever was given: a steady state, and so a plan, does not count that."""
    for each in fitted.learned:
        if each.name.endswith(TREND) and each.high < 0:
            most, middle, least = (-np.expm1(rate) for rate in (each.low, each.best, each.high))
            band = f"{middle:.0%} a year ({least:.0%} to {most:.0%})"
            what = "under what was given; a plan keeps the level of today and does not count it."
            yield f"{each.name.removesuffix(TREND)}: falls by {band} {what}"


def doubtful(fitted: Fitted, found: Posterior) -> Iterator[str]:
    """Where the fit is outside of what the model knows."""
    for measure, share in fitted.outside.items():
        if share > MANY_OUTSIDE:
            yield f"{measure}: {share:.0%} of readings outside their 90 % band; the model does not fit."
    far = [
        each.name
        for each, unknown in zip(fitted.learned, fitted.draws.model.unknowns, strict=True)
        if abs(unknown.steps(np.array(each.best))) > FAR
    ]
    if far:
        yield f"outside of what is known of patients (more than {FAR:g} SD): {', '.join(far)}."
    if found.poor:
        yield "the draws mix badly, so that bands are rough."
