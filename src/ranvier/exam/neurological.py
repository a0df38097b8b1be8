"""The complete neurological examination of a virtual person, and what the person complains of."""

from dataclasses import replace
from itertools import groupby
from typing import Any

from ranvier.anatomy import SIDES, Side, nerves_serving
from ranvier.body import Body
from ranvier.body.condition import Condition
from ranvier.exam.disability import weak
from ranvier.exam.reflexes import reflexes, summed_up, upper_signs, vigour
from ranvier.exam.sensation import delays, sensory_finding, sensory_symptoms
from ranvier.exam.signs import Signs, numbers, signs
from ranvier.exam.strength import grades, movements, weights
from ranvier.exam.twitching import cramps, fasciculating, noticed
from ranvier.exam.voluntary import Effort
from ranvier.exam.weather import worse_in_cold, worse_in_heat
from ranvier.patient.entries import NeurologicalExamination, Strength

SOURCE = "simulated examination"
ROUNDING = 2


def neurological_examination(
    body: Body, condition: Condition, seed: int, when: str = "unknown", effort: Effort | None = None
) -> NeurologicalExamination:
    """A complete examination; `seed` is the session's, for the examiner's hand and eye.

    `effort`: that of this body, if its ways are known already.
    """
    mine = effort or Effort(body)
    seen = signs(mine)
    rows = tuple(looked_at(row, seen) for row in grades(mine, movements(), seed))
    late = delays(body)
    tapped = vigour(mine, condition, late)
    upper = upper_signs(mine, condition, tapped)
    return NeurologicalExamination(
        when=when,
        origin="simulated",
        source=SOURCE,
        strength=rows,
        weak_nerve_territories=len(weak_nerves(rows)),
        asymmetric=asymmetric(rows),
        reflexes=reflexes(tapped),
        reflexes_in_affected_limbs=summed_up(tapped, weak(mine, "arm") | weak(mine, "leg")),
        sensory=sensory_finding(body, late),
        upper_motor_neuron_signs=any(sign.present for sign in upper),
        upper_motor_neuron=upper,
        bulbar_signs=bulbar(condition),
        cranial_nerve_signs=condition.cranial,
        fasciculations=bool(fasciculating(body, condition, seed)),
        cramps=cramps(body, condition),
        atrophy=seen.atrophy,
        tremor=bool(seen.tremor),
    )


def looked_at(row: Strength, seen: Signs) -> Strength:
    """A grade with whether the muscle is wasted; unknown for muscles that another one stands for."""
    wasting = [seen.wasting.get((row.side, muscle)) for muscle in weights("movement", row.movement)]
    known = [each for each in wasting if each is not None]
    return replace(row, wasted=any(each != "none" for each in known)) if known else row


def bulbar(condition: Condition) -> bool:
    """Whether mouth and throat are markedly affected, by their lower or upper motor neurons."""
    return (
        condition.bulbar >= numbers()["bulbar"]["marked"]
        or condition.upper_lost("bulbar") >= numbers()["upper"]["pseudobulbar"]
    )


def weak_nerves(rows: tuple[Strength, ...]) -> set[tuple[Side, str]]:
    """The nerves of which a muscle was graded weak; a movement of two nerves speaks for neither."""
    return {
        (row.side, nerves_serving(row.movement)[0])
        for row in rows
        if row.weak and len(nerves_serving(row.movement)) == 1
    }


def asymmetric(rows: tuple[Strength, ...]) -> bool:
    """Whether a movement is weaker on one side: by 1 grade if above 3, by 2 if not."""
    rule = numbers()["asymmetry"]
    for _, pair in groupby(sorted(rows, key=lambda row: row.movement), lambda row: row.movement):
        found = [row.mrc for row in pair if row.mrc is not None]
        strong = min(found) > rule["strong_above"]
        least = rule["grades_if_strong" if strong else "grades_if_weak"]
        if len(found) == len(SIDES) and round(max(found) - min(found), ROUNDING) >= least:
            return True
    return False


def complaints(body: Body, condition: Condition, seed: int, effort: Effort | None = None) -> dict[str, Any]:
    """The fields of a History that follow from body and condition, as told in the session of this seed.

    `effort`: that of this body, if its ways are known already.
    """
    mine = effort or Effort(body)
    return {
        "sensory_symptoms": sensory_symptoms(delays(body)),
        "pain": condition.pain,
        "cramps": cramps(body, condition),
        "fasciculations": noticed(body, condition, seed),
        "worse_in_cold": worse_in_cold(body, mine),
        "worse_in_heat": worse_in_heat(body, mine),
        "family_history": condition.family_history,
        "preceding_infection": condition.preceding_infection,
        "systemic_features": condition.systemic,
    }
