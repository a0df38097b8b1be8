"""Has immunoglobulin helped? Readings before against readings when its effect is to be judged.

A change counts from the least that matters for the measure (`changes.toml`). No single measure catches every
change: that none is seen is said, never that there is none.
"""

from dataclasses import dataclass
from statistics import median
from typing import Literal

from ranvier.patient import Patient, Treatment
from ranvier.treatment.guidance.begun import AGENTS, Clock, began, clock
from ranvier.treatment.guidance.measured import Measure, Series, days, series

Verdict = Literal["too early", "response", "no response", "cannot tell"]
NEARLY = 1e-9
"""By so much a computed share may fall short of its limit."""


@dataclass(frozen=True)
class Change:
    """One measure before and under treatment.

    `days`: from the begin to the readings judged (their median). `gain`: towards the better, in the measure's
    unit, or as a share. `verdict`: of this measure; `worse` where it fell by what matters.
    """

    measure: Measure
    side: str
    before: float
    after: float
    days: float
    gain: float
    verdict: Literal["too early", "response", "no response", "worse"]


@dataclass(frozen=True)
class Response:
    """What the record says of the response to immunoglobulin; `told`: the words of it, one sentence each."""

    verdict: Verdict
    began: Clock | None
    changes: tuple[Change, ...]
    told: tuple[str, ...]


def response_assessment(patient: Patient) -> Response:
    """The response to the present treatment with immunoglobulin.

    A treatment begins with its first dose, and anew after a pause in which a full course wears off.
    """
    start = began(patient, days("lasts_days"))
    read = series(patient) if start else ()
    found = tuple(change for one in read if start and (change := changed(one, start)))
    return judged(start, found) if start and counted(found) else without_readings(patient, start, found)


def changed(one: Series, start: Clock) -> Change | None:
    """The change of one measure since the begin; None where there is no reading on both sides of it."""
    before = [(start.days_after(at), value) for at, value in one.readings if at.before(start)]
    since = [(at.days_after(start), value) for at, value in one.readings if start.before(at)]
    earlier = sorted((age, value) for age, value in before if age is not None)
    later = sorted((age, value) for age, value in since if age is not None and age > 0)
    if not earlier or not (used := judged_at(later)):
        return None
    near = [value for age, value in earlier if age <= days("before_days")]
    first, last = median(near or [earlier[0][1]]), median(value for _, value in used)
    gain = (last - first) * (1 if one.measure.better == "more" else -1)
    gain = gain / first if one.measure.share and first else gain
    at = median(age for age, _ in used)
    return Change(one.measure, one.side, first, last, at, gain, of_gain(gain, one.measure, at))


def judged_at(later: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The readings to judge by: those of weeks 3 to 6, else those until a course wears off, else the last."""
    for first, last in (("effect_days", "assessed_days"), ("assessed_days", "lasts_days")):
        found = [each for each in later if days(first) <= each[0] <= days(last)]
        if found:
            return found
    early = [each for each in later if each[0] < days("effect_days")]
    return early[-1:]


def of_gain(
    gain: float, measure: Measure, at: float
) -> Literal["too early", "response", "no response", "worse"]:
    """What a gain means at a time: an early gain is a response, an early lack of it says nothing."""
    if gain >= measure.change.number - NEARLY:
        return "response"
    if at < days("effect_days"):
        return "too early"
    return "worse" if gain <= NEARLY - measure.change.number else "no response"


def judged(start: Clock, changes: tuple[Change, ...]) -> Response:
    """The verdict of all measures together."""
    kinds = {each.verdict for each in counted(changes)}
    if {"response", "worse"} <= kinds:
        told = "The measures disagree: one gained and another lost what matters."
        return Response("cannot tell", start, changes, (told,))
    if "response" in kinds:
        return Response("response", start, changes, ("At least one measure gained what matters.",))
    if kinds & {"no response", "worse"}:
        told = "No measure gained what matters; one measure can miss a change that another shows."
        worse = ("At least one measure lost what matters.",) if "worse" in kinds else ()
        return Response("no response", start, changes, (told, *worse))
    told = f"An effect may take {days('effect_days') / 7:.0f} weeks; that none is seen so far says nothing."
    return Response("too early", start, changes, (told,))


def counted(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes that count: pinch alone never does, only as a gain beside one of grip by the same share."""
    grips = [each for each in changes if each.measure.id == "grip_kg" and each.before > 0]
    shares = {each.side: each.gain / each.before for each in grips}

    def counts(one: Change) -> bool:
        beside = shares.get(one.side, 0.0) >= one.measure.change.number - NEARLY
        return not one.measure.share or (one.verdict == "response" and beside)

    return tuple(each for each in changes if counts(each))


def without_readings(patient: Patient, start: Clock | None, changes: tuple[Change, ...]) -> Response:
    """What can be said where nothing that counts was measured on both sides of the begin."""
    said = [one for one in patient.entries(Treatment) if one.agent in AGENTS and one.response]
    if said and said[-1].objective:
        verdict: Verdict = "response" if said[-1].response == "improved" else "no response"
        told = f"The record says '{said[-1].response}', measured ({said[-1].source}); no readings are given."
        return Response(verdict, start, changes, (told,))
    if said:
        told = f"The record says '{said[-1].response}', not measured: a feeling is not a measurement."
        return Response("cannot tell", start, changes, (told,))
    if start is None:
        return Response("cannot tell", None, (), ("Not known: when immunoglobulin began.",))
    passed = since(patient, start)
    if passed is not None and passed < days("effect_days"):
        return Response("too early", start, changes, (f"{passed:.0f} days since it began.",))
    missing = "Not known: a measure of strength or disability both before and after it began."
    return Response("cannot tell", start, changes, (missing,))


def since(patient: Patient, start: Clock) -> float | None:
    """The days from the begin to the last entry of the record; None where some are on another clock."""
    times = [at for each in patient.timeline if (at := clock(each.when))]
    ages = [at.days_after(start) for at in times]
    known = [age for age in ages if age is not None]
    return max(known) if known and len(known) == len(ages) else None
