"""Signs of lost lower motor neurons, region by region: weak and wasted muscles, and needle EMG."""

from dataclasses import dataclass
from itertools import combinations

from ranvier.anatomy import Region
from ranvier.anatomy.territories import Territory, territory
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.rules import Rule
from ranvier.findings.motor_units import chronic_neurogenic, denervating
from ranvier.findings.truth import Truth, all_of, any_of
from ranvier.patient import NeedleEMG, NeurologicalExamination
from ranvier.patient.entries import Strength

LIMBS: tuple[Region, ...] = ("cervical", "lumbosacral")
MOUTH = Territory(frozenset(), "", "bulbar")


@dataclass(frozen=True)
class Muscle:
    """Whether one muscle shows loss of its lower motor neurons, by one method."""

    territory: Territory
    method: str
    affected: Truth


def lower(chart: Chart, rule: Rule, region: Region) -> Truth:
    """Whether so many muscles as the rule asks for, of different nerve and root, lost lower motor neurons.

    In the bulbar and the thoracic region one muscle is enough. Not so only where every method of the rule
    looked at as many muscles and no muscle is affected: one where two are asked for leaves the region open.
    """
    here = [muscle for muscle in muscles(chart, rule) if muscle.territory.region == region]
    least = int(rule.limit("limb_muscles").number) if region in LIMBS else 1
    if apart([muscle for muscle in here if muscle.affected], least):
        return True
    clean = all(muscle.affected is False for muscle in here)
    looked = [apart([m for m in here if m.method == method], least) for method in methods(rule, region)]
    return False if clean and looked and all(looked) else None


def apart(found: list[Muscle], least: int) -> bool:
    """Whether among the muscles there are so many that differ from each other in nerve and root."""
    return any(
        all(one.territory.apart_from(other.territory) for one, other in combinations(group, 2))
        for group in combinations(found, least)
    )


def methods(rule: Rule, region: Region) -> tuple[str, ...]:
    """How the rule looks for lower motor neuron signs; the bedside shows none in the thoracic region."""
    asked = rule.words("lower")
    return tuple(method for method in asked if method == "needle" or region != "thoracic")


def muscles(chart: Chart, rule: Rule) -> list[Muscle]:
    """Every muscle on the record that was looked at by a method of the rule."""
    asked, found = rule.words("lower"), list[Muscle]()
    if "examination" in asked:
        for exam in chart.patient.entries(NeurologicalExamination):
            found += examined_muscles(exam)
    if "needle" in asked:
        found += needled_muscles(chart, "fasciculations" in rule.words("denervation"))
    return found


def examined_muscles(exam: NeurologicalExamination) -> list[Muscle]:
    """The muscles graded in one examination, and those of mouth and throat."""
    graded = [(territory(row.movement), wasted(exam, row)) for row in exam.strength]
    rows = [*graded, *([(MOUTH, bulbar(exam))] if exam.bulbar_signs is not None else [])]
    return [Muscle(of, "examination", truth) for of, truth in rows if of]


def wasted(exam: NeurologicalExamination, row: Strength) -> Truth:
    """Whether a muscle is weak and wasted; no atrophy anywhere is none here."""
    return all_of((row.weak, False if exam.atrophy == "none" else row.wasted))


def bulbar(exam: NeurologicalExamination) -> Truth:
    """Whether mouth and throat are affected by more than their upper motor neurons."""
    palsy = any_of(sign.present for sign in exam.upper_motor_neuron if sign.name == "pseudobulbar palsy")
    return None if exam.bulbar_signs and palsy else exam.bulbar_signs


def needled_muscles(chart: Chart, fasciculations: bool) -> list[Muscle]:
    """The muscles examined with the needle: affected is chronic neurogenic with ongoing denervation."""
    rows = [row for entry in chart.patient.entries(NeedleEMG) for row in entry.muscles]
    return [
        Muscle(of, "needle", all_of((chronic_neurogenic(row), denervating(row, fasciculations))))
        for row in rows
        if (of := territory(row.muscle))
    ]
