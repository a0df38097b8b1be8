"""One patient fitted: what is most likely, and how far off it may be, from any mix of readings and doses."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ranvier.forecast.band import HIGH_PERCENT, LOW_PERCENT
from ranvier.forecast.course import begin
from ranvier.forecast.evidence import Evidence, evidence
from ranvier.forecast.fitted import Fitted, Learned
from ranvier.forecast.mode import peak
from ranvier.forecast.model import IGG, Model, Person, model
from ranvier.forecast.places import columns
from ranvier.forecast.posterior import Posterior, posterior
from ranvier.forecast.said import after, before, old
from ranvier.forecast.unknowns import kind, tables
from ranvier.patient import Patient
from ranvier.treatment.effect.population import HANDS
from ranvier.treatment.given import Given, given
from ranvier.treatment.kinetics import usual_kg
from ranvier.treatment.readings import Readings, readings

Array = NDArray[np.float64]
DRAWS = 500
SEED = 20
BLOCKED, WORST = 0.8, 4
"""A stretch is followed if it once let through less than this share; so many of the worst are."""
TODAY = 738000.0
"""The clock of a patient without any date."""


def fit(patient: Patient, *, until: float | None = None) -> Fitted:
    """The patient as fitted to what was given and measured up to a day (a day number; None: all of it).

    With no readings it is what the population is like, and the remarks say so. Raises RecordError for a dose
    that has no day or no known drug.
    """
    every = [upto(each, until) for each in readings(patient)]
    told = recent(every)
    doses = given(patient, until)
    weight = patient.weight_kg or usual_kg()
    remarks = (*before(patient, doses, told), *old(every, told))
    return fitted(doses, [each for each in told if len(each.day)], weight, remarks)


def upto(each: Readings, until: float | None) -> Readings:
    """The readings of one measure up to a day."""
    early = each.day <= (np.inf if until is None else until)
    return Readings(each.measure, each.unit, each.day[early], each.value[early])


def recent(told: Sequence[Readings]) -> tuple[Readings, ...]:
    """The readings of the last months, counted from the last one of all; older ones tell of another time."""
    last = max((float(each.day[-1]) for each in told if len(each.day)), default=TODAY)
    rule = tables()["reading"]
    return tuple(
        Readings(each.measure, each.unit, each.day[kept], each.value[kept])
        for each in told
        for kept in [each.day > last - rule["recent_igg" if each.measure == IGG else "recent"]]
    )


def fitted(
    doses: Sequence[Given], told: Sequence[Readings], weight_kg: float, remarks: Sequence[str] = ()
) -> Fitted:
    """A person of a weight fitted to readings under doses; `remarks` go before those of the fit."""
    followed = tuple(each for each in told if each.measure == IGG or follows(each, told))
    measures = [each.measure for each in followed if each.measure != IGG]
    who = model(measures or HANDS, weight_kg)
    first = min((float(each.day[0]) for each in followed), default=start(doses))
    task = evidence(who, doses, followed, begin(doses, first))
    found = posterior(task, np.zeros(len(who.unknowns)), np.random.default_rng(SEED), DRAWS)
    mode = most_likely(task, found.mode)
    last = max((float(each.day[-1]) for each in followed), default=first)
    return said(result(task, found, mode, last, tuple(remarks)), found)


def most_likely(task: Evidence, near: Array) -> Array:
    """The mode in steps (1, K), which is the patient's; `near`: the mode in places."""
    plain, begins = replace(task, folded=False), task.steps(near[None])[0]
    wholes = [columns(task.model, each.measure).whole for each in task.readings]
    kept = [column for column in wholes if column is not None]
    begins[kept] = near[kept]
    return plain.steps(peak(plain, begins)[0][None])


def start(doses: Sequence[Given]) -> float:
    """The day from which a patient without readings is followed."""
    return min((each.day for each in doses), default=TODAY)


def follows(each: Readings, told: Sequence[Readings]) -> bool:
    """Whether a measure is fitted: one with a table; of stretches of nerve the worst that were seen twice."""
    if not each.measure.startswith("conduction"):
        return kind(each.measure) is not None
    again = [one for one in told if one.measure.startswith("conduction") and len(one.day) > 1]
    worst = sorted((float(one.value.min()), one.measure) for one in again)[:WORST]
    return any(each.measure == name and low < BLOCKED for low, name in worst)


def result(task: Evidence, found: Posterior, best: Array, last: float, remarks: tuple[str, ...]) -> Fitted:
    """The fit as it is handed on; `best`: the mode, in steps (1, K)."""
    steps = task.steps(found.draws)
    draws, mode = task.model.person(steps), task.model.person(best)
    return Fitted(
        origin=task.origin,
        last=last,
        weight_kg=task.model.weight_kg,
        given=task.given,
        readings=task.readings,
        draws=draws,
        mode=mode,
        learned=learned(task.model, draws, mode, steps),
        remarks=remarks,
        effective=found.effective,
    )


def said(one: Fitted, found: Posterior) -> Fitted:
    """The fit with what there is to say about it."""
    return replace(one, remarks=one.remarks + after(one, found))


def learned(who: Model, draws: Person, mode: Person, steps: Array) -> tuple[Learned, ...]:
    """What the readings taught about each number."""
    spread = steps.std(axis=0)
    return tuple(
        Learned(
            each.name,
            each.unit,
            each.typical,
            float(mode.values[each.name][0]),
            float(np.percentile(draws.values[each.name], LOW_PERCENT)),
            float(np.percentile(draws.values[each.name], HIGH_PERCENT)),
            float(max(1 - spread[n], 0.0)),
        )
        for n, each in enumerate(who.unknowns)
    )
