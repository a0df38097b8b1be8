"""Tendon reflexes and signs of the upper motor neuron.

A reflex is as vigorous as its arc is whole: the volley that the afferent axons bring together, times the
share of the muscle that motor axons reach, times 1 + gain x the share of upper motor neurons lost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from ranvier.anatomy import SIDES, Region, Side
from ranvier.body.condition import Condition
from ranvier.evidence import read_toml
from ranvier.evidence.value import number_in
from ranvier.exam.sensation import Delays, in_step
from ranvier.exam.signs import numbers
from ranvier.exam.strength import weights
from ranvier.exam.voluntary import Effort
from ranvier.patient.entries import Reflex, ReflexGrade, Sign, UpperMotorNeuronSign

LIMBS: dict[Region, str] = {"cervical": "arm", "lumbosacral": "leg"}
Vigour = Mapping[tuple[str, Side], float]


@dataclass(frozen=True)
class Arc:
    """The way of one reflex."""

    sensory: str
    region: Region
    motor: Mapping[str, float]


@cache
def arcs() -> dict[str, Arc]:
    """The reflexes of `reflexes.toml`."""
    table = read_toml(Path(__file__).with_name("reflexes.toml"))["arc"]
    return {name: arc(name, each) for name, each in table.items()}


def arc(name: str, table: dict[str, Any]) -> Arc:
    """One arc of the file."""
    motor = {part: number_in(table["motor"], part, name) for part in table["motor"]}
    return Arc(table["sensory"], table["region"], motor)


def vigour(effort: Effort, condition: Condition, late: Delays) -> dict[tuple[str, Side], float]:
    """How vigorous each reflex is on each side; 1 in a healthy person. `late`: see `sensation.delays`."""
    gain = numbers()["reflex"]["gain"]
    return {
        (name, side): whole(effort, side, way, late) * (1 + gain * condition.upper_lost(way.region))
        for name, way in arcs().items()
        for side in SIDES
    }


def whole(effort: Effort, side: Side, way: Arc, late: Delays) -> float:
    """The share of an arc that is left, 0 to 1."""
    volley = in_step(late[side, way.sensory], numbers()["reflex"]["together"])
    return volley * effort.answer(side, way.motor)


def grade(vigorous: float) -> ReflexGrade:
    """The grade of a reflex as the examiner writes it."""
    limits = numbers()["reflex"]
    if vigorous > limits["brisk"]:
        return "brisk"
    if vigorous < limits["reduced"]:
        return "absent" if vigorous < limits["absent"] else "reduced"
    return "normal"


def reflexes(found: Vigour) -> tuple[Reflex, ...]:
    """Every reflex on both sides."""
    return tuple(Reflex(name=name, side=side, grade=grade(each)) for (name, side), each in found.items())  # type: ignore[arg-type]


def summed_up(found: Vigour, weak: set[tuple[Side, str]]) -> ReflexGrade | None:
    """The reflexes of the weak limbs in one word; unknown where no limb is weak.

    `weak`: sides and limbs ('arm', 'leg'). One brisk reflex is what is told, else one that is reduced or
    lost; 'absent' only where all are.
    """
    limbs = ((side, LIMBS[arcs()[name].region]) for name, side in found)
    grades = {grade(each) for each, limb in zip(found.values(), limbs, strict=True) if limb in weak}
    if not grades:
        return None
    told: tuple[ReflexGrade, ...] = ("brisk", "absent", "reduced", "normal")
    first: ReflexGrade = next(each for each in told if each in grades)
    return "reduced" if first == "absent" and len(grades) > 1 else first


def upper_signs(effort: Effort, condition: Condition, found: Vigour) -> tuple[Sign, ...]:
    """Every upper motor neuron sign that is looked for, present or not."""
    signs = list(sided(effort, condition, found))
    limits = numbers()["upper"]
    for region in LIMBS:
        stiff = condition.upper_lost(region) >= limits["spasticity"]
        signs.append(Sign("spasticity", stiff, region=region))
    speech = condition.upper_lost("bulbar") >= limits["pseudobulbar"]
    signs.append(Sign("pseudobulbar palsy", speech, region="bulbar"))
    order = get_args(UpperMotorNeuronSign)
    return tuple(sorted(signs, key=lambda sign: order.index(sign.name)))


def sided(effort: Effort, condition: Condition, found: Vigour) -> Iterator[Sign]:
    """The signs that each side has for itself; a toe that cannot move cannot go up."""
    limits, reflex = numbers()["upper"], numbers()["reflex"]
    lost = condition.upper_lost("lumbosacral") >= limits["babinski"]
    toe = weights("movement", "great_toe_extension")
    for side in SIDES:
        yield Sign("babinski", lost and effort.answer(side, toe) >= limits["lift"], side, "lumbosacral")
        yield Sign("hoffmann", found["finger flexor", side] > reflex["hoffmann"], side, "cervical")
        yield Sign("clonus", found["ankle", side] > reflex["clonus"], side, "lumbosacral")
        beyond = [n for (n, of), each in found.items() if of == side and each > reflex["pathological"]]
        brisk = {arcs()[name].region for name in beyond}
        for region in LIMBS:
            yield Sign("pathologically brisk reflexes", region in brisk, side, region)
