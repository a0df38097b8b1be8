"""Guidance for one record: options, cautions, what to expect, the response so far, aids and what to watch.

It takes the diagnosis of MMN as given, orders nothing, and says of everything on what it rests.
"""

from dataclasses import dataclass

from ranvier.anatomy import UnknownNameError
from ranvier.patient import Dose, Patient, Treatment
from ranvier.treatment.drug import drug
from ranvier.treatment.guidance.aids import Aid, aids
from ranvier.treatment.guidance.begun import treated
from ranvier.treatment.guidance.cautions import Caution, cautions
from ranvier.treatment.guidance.measured import Measure, measures
from ranvier.treatment.guidance.options import Monitoring, Option, Step, monitoring, options, steps
from ranvier.treatment.guidance.response import Response, response_assessment
from ranvier.treatment.guidance.watching import Watching, watching

ASSUMES = "It takes the diagnosis of MMN as given; whether the record supports it, ranvier examine says."
NEXT = {
    "too early": "assess",
    "response": "maintenance",
    "no response": "second_course",
    "cannot tell": "assess",
}


@dataclass(frozen=True)
class Guidance:
    """What guideline and evidence put before the patient of one record.

    `on`: the drugs on the record. `least_changes`: the change of each measure from
    which on it counts. `next_step`: the step that follows from the response. `not_known`: what
    would decide a caution and is not on the record.
    """

    assumes: str
    on: tuple[str, ...]
    options: tuple[Option, ...]
    not_helpful: tuple[Option, ...]
    cautions: tuple[Caution, ...]
    steps: tuple[Step, ...]
    response: Response
    least_changes: tuple[Measure, ...]
    next_step: Step
    watching: Watching
    aids: tuple[Aid, ...]
    monitoring: tuple[Monitoring, ...]
    not_known: tuple[str, ...]


def guidance(patient: Patient) -> Guidance:
    """The guidance for a record."""
    helpful = tuple(each for each in options() if each.standing != "not helpful")
    on = drugs_on(patient)
    asked = tuple(dict.fromkeys((*(each.drug for each in helpful), *on)))
    found, response = cautions(patient, asked), response_assessment(patient)
    return Guidance(
        assumes=ASSUMES,
        on=on,
        options=helpful,
        not_helpful=tuple(each for each in options() if each.standing == "not helpful"),
        cautions=found,
        steps=steps(),
        response=response,
        least_changes=tuple(one for one, _ in measures()),
        next_step=following(response, treated(patient)),
        watching=watching(patient),
        aids=aids(patient),
        monitoring=monitoring(on or (helpful[0].drug,)),
        not_known=missing(found),
    )


def drugs_on(patient: Patient) -> tuple[str, ...]:
    """The drugs on the record, by the names of their files; those that no file has are left out."""
    doses = [each.drug for each in patient.entries(Dose)]
    agents = [each.agent for each in patient.entries(Treatment)]
    found: dict[str, None] = {}
    for name in (*doses, *agents):
        try:
            found[drug(name).name] = None
        except UnknownNameError:
            continue
    return tuple(found)


def following(response: Response, given: bool | None) -> Step:
    """The step that comes next: by the response, or the first one where no immunoglobulin was given."""
    wanted = NEXT[response.verdict] if given else "begin"
    return next(each for each in steps() if each.id == wanted)


def missing(found: tuple[Caution, ...]) -> tuple[str, ...]:
    """What is not known, each once, in the order of the rules."""
    parts = [part for each in found if each.holds is None for part in each.value.split("; ")]
    known = [part.removeprefix("not known: ") for part in parts if part.startswith("not known: ")]
    return tuple(dict.fromkeys(known))
