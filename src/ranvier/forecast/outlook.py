"""All that can be said ahead for one patient: the fit, the plan, and the course under each option."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import floor

from ranvier.forecast.ahead import Ahead, ahead
from ranvier.forecast.fitted import Fitted
from ranvier.forecast.individual import fit
from ranvier.forecast.model import IGG
from ranvier.forecast.present import present
from ranvier.patient import Patient
from ranvier.treatment.plan import (
    Candidate,
    Induction,
    Option,
    Plan,
    Prices,
    Taper,
    Target,
    Withdrawal,
    induction,
    meant,
    plan,
    taper,
    usual_targets,
    withdrawal,
)
from ranvier.treatment.regimen import Regimen
from ranvier.treatment.wear_off import FADING, Watch, watched

GRIP = "grip"
WITHHELD = (
    "Strength has fallen in spite of treatment and has not come back. Without a named target none of the "
    "regimens with less drug or longer intervals is offered: the level to keep would be that of the loss."
)


@dataclass(frozen=True, eq=False)
class Outlook:
    """What a plan rests on and what it offers.

    `now`: the present regimen, None where the record shows none. `plan` and the tests are there only with
    one; without, `first_course` says what a first course would do. `courses`: by the option's regimen, the
    bands of the next months. `watch`: what the self-monitored series show; while it shows strength lost in
    spite of treatment, and no target is named, the plan offers no less drug.
    """

    patient: Patient
    fitted: Fitted
    now: Candidate | None
    plan: Plan | None
    courses: Mapping[str, Ahead]
    withdrawal: Withdrawal | None
    taper: Taper | None
    first_course: Induction | None
    watch: Watch | None = None


def outlook(
    patient: Patient,
    *,
    targets: tuple[Target, ...] = (),
    now: Candidate | None = None,
    months: float = 4.0,
    prices: Prices | None = None,
) -> Outlook:
    """The outlook of a patient; `now`: the present regimen, where the record does not show it.

    Raises ValueError for a target whose measure was not measured or that is in another unit, without a
    weight, and for a present regimen without any reading of strength.
    """
    weight = patient.weight_kg
    if weight is None:
        raise ValueError(
            "weight_kg is missing; a plan in grams needs it. Enter it in identity or in the diary."
        )
    fitted = fit(patient)
    regimen, units = now or present(fitted.given), unit_by_measure(fitted)
    if regimen is None:
        first = induction(fitted.treated, weight, units=units)
        return Outlook(patient, fitted, None, None, {}, None, None, first, watched(patient))
    if not set(units) - {IGG}:
        raise ValueError(
            "no strength is on the record that a plan could keep; enter a reading of grip, pinch, MRC sum or "
            "MMN-RODS."
        )
    today = fitted.on(latest(fitted))
    wanted = meant(targets, today, units) or followed(fitted, usual_targets(today, regimen, units))
    found, seen = plan(today, regimen, weight, wanted, prices, units), watched(patient)
    if not targets and seen and falling(seen):
        found = with_no_less(found)
    return Outlook(
        patient,
        fitted,
        regimen,
        found,
        {each.outcome.candidate.text: under(fitted, each, regimen, months) for each in found.options},
        withdrawal(today, regimen, units),
        taper(today, regimen, weight, "interval", units),
        None,
        seen,
    )


def falling(watch: Watch) -> bool:
    """Whether strength has been lost in spite of treatment and has not come back."""
    return any(each.kind != FADING and each.ended is None for each in watch.events)


def with_no_less(found: Plan) -> Plan:
    """The plan with the present regimen as its only option: a usual target would be that of the loss."""
    return replace(found, options=found.options[:1], notes=(WITHHELD, *found.notes))


def followed(fitted: Fitted, usual: tuple[Target, ...]) -> tuple[Target, ...]:
    """Of the usual targets those of grip; without grip that of the measure read most often.

    What was never read above 0 has no level to keep; raises ValueError where nothing else was read.
    """
    lost = {each.measure for each in fitted.readings if not each.value.any()}
    usual = tuple(each for each in usual if each.measure not in lost)
    if not usual:
        raise ValueError("every measure reads 0, so that there is no level to keep; name a target above 0.")
    grips = tuple(each for each in usual if each.measure.startswith(GRIP))
    often = {each.measure: len(each.day) for each in fitted.readings}
    return grips or (max(usual, key=lambda each: often.get(each.measure, 0)),)


def latest(fitted: Fitted) -> float:
    """The day of the last reading or dose."""
    return max([fitted.last, *(each.day for each in fitted.given)])


def unit_by_measure(fitted: Fitted) -> dict[str, str]:
    """The unit of each measure that was read."""
    return {each.measure: each.unit for each in fitted.readings}


def under(fitted: Fitted, option: Option, now: Candidate, months: float) -> Ahead:
    """The next months under an option, which begins when the present interval ends."""
    chosen = option.outcome.candidate
    due = max([each.day for each in fitted.given], default=latest(fitted)) + (
        now.every_days if fitted.given else 0.0
    )
    begin = floor(max(due, latest(fitted)))
    regimen = Regimen(chosen.drug, chosen.grams, "g", False, chosen.every_days, chosen.over_days, begin=begin)
    return ahead(fitted, regimen, months=months)
