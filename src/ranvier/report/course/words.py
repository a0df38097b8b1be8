"""A course in three lines, as a tired resident would tell it."""

from collections import Counter
from dataclasses import replace
from math import isfinite

from ranvier.diagnosis import examine
from ranvier.disease import Simulated
from ranvier.report.course.course import counted, percent

GRADES = ("definite", "probable")


def summary(found: Simulated) -> tuple[str, str, str]:
    """Who and when; foci and blocks; axons lost. Marked as simulated."""
    return who(found), foci(found), lost(found)


def who(found: Simulated) -> str:
    """The person, and what is behind all this."""
    illness = found.illness
    person = "Man" if illness.healthy.person.sex == "male" else "Woman"
    died = f"; fatal after {counted(round(illness.ends, 1), 'year')}" if isfinite(illness.ends) else ""
    until = f", the last after {counted(found.visits[-1].years, 'year')}" if found.visits else ""
    seen = counted(len(found.visits), "visit") if found.visits else "no visit"
    told = f"{person}, {found.onset_age_years:.0f} at the first symptom, {seen}{until}{died}."
    return f"SIMULATED {illness.disease.title}. {told}"


def foci(found: Simulated) -> str:
    """How many foci began and where the first, what is blocked, and what the study found of it."""
    if not found.visits:
        return "Nobody examined the patient."
    last = found.visits[-1]
    begun = [attack for attack in found.illness.attacks if attack.begins <= last.years]
    first = (
        f", the first in the {begun[0].place.side} {begun[0].place.segment}" if begun else otherwise(found)
    )
    count = f"{len(begun) or 'No'} {'focus' if len(begun) == 1 else 'foci'}{first}"
    blocked = percent(float(last.truth["blocked motor"]))
    return f"{count}. Last visit: {blocked} of motor axons blocked; {blocks(found)}."


def otherwise(found: Simulated) -> str:
    """What goes wrong where no place of a nerve is attacked."""
    illness = found.illness
    if illness.decline:
        reached = illness.decline.reached
        region, side = min(reached, key=lambda where: reached[where])
        return f": motor neurons die, the first of the {side} {region} region"
    return ": muscle wastes with its nerve intact" if illness.disease.wasting else ""


def blocks(found: Simulated) -> str:
    """The blocks that the blind code calls in the last study, by the first criteria set."""
    when = found.visits[-1].when
    record = replace(
        found.patient,
        timeline=tuple(
            entry for entry in found.patient.timeline if entry.when == when or entry.kind == "history"
        ),
    )
    verdicts = Counter(block.graded[0].verdict for block in examine(record).blocks)
    called = [f"{verdicts[grade]} {grade}" for grade in GRADES if verdicts[grade]]
    total = sum(verdicts[grade] for grade in GRADES)
    if not called:
        return "the study shows no block"
    return f"the study shows {' and '.join(called)} {'block' if total == 1 else 'blocks'}"


def lost(found: Simulated) -> str:
    """Axons lost for good, and where most."""
    if not found.visits:
        return "What was lost until then stands in the truth."
    truth = found.visits[-1].truth
    motor, sensory = (percent(float(truth[f"lost {kind}"])) for kind in ("motor", "sensory"))
    muscles = {" ".join(key): float(truth[f"lost {' '.join(key)}"]) for key in found.illness.healthy.motor}
    worst = max(muscles, key=lambda name: muscles[name])
    most = f"; worst is the {worst} ({percent(muscles[worst])})" if muscles[worst] > 0 else ""
    return f"Axons lost: {motor} of motor, {sensory} of sensory{most}."
