"""A visit's columns from the bedside and the laboratory: story, examination, scales, blood and spinal fluid.

Only the entries of that visit are read; what they do not say is None.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

from ranvier.anatomy import SIDES, nerves_serving
from ranvier.diagnosis.support import positive
from ranvier.evidence import read_toml
from ranvier.evidence.value import number_in
from ranvier.findings.truth import Truth, any_of, exactly
from ranvier.patient import Entry, History, Laboratory, NeurologicalExamination, Patient, Scale, Strength
from ranvier.patient.entries import NORMAL_STRENGTH

Row = dict[str, Any]
E = TypeVar("E", bound=Entry)
WEAKNESS = (
    "weak_movements",
    "weak_nerves",
    "arm_weakness",
    "leg_weakness",
    "proximal_weakness",
    "differential_weakness",
)
LEG = ("hip", "knee", "ankle", "toe", "great_toe", "foot")
"""How the movements of the leg begin."""


@cache
def tables() -> dict[str, Any]:
    """The content of `follow.toml`."""
    return read_toml(Path(__file__).with_name("follow.toml"))


def number(table: str, key: str) -> float:
    """A number of `follow.toml`."""
    return number_in(tables()[table], key, table)


def at(patient: Patient, kind: type[E], when: str) -> E | None:
    """The last entry of a kind at a visit."""
    found = [entry for entry in patient.entries(kind) if entry.when == when]
    return found[-1] if found else None


def bedside(patient: Patient, when: str) -> Row:
    """Every column of a visit that needs no electrodes."""
    history, exam = at(patient, History, when), at(patient, NeurologicalExamination, when)
    return (
        story(history, exam)
        | signs(exam)
        | weakness(exam)
        | laboratory(at(patient, Laboratory, when))
        | scales(patient, when)
    )


def story(history: History | None, exam: NeurologicalExamination | None) -> Row:
    """What the patient tells; cramps and fasciculations also as seen."""
    names = ("course", "predominant_limbs", "pain", "worse_in_cold", "worse_in_heat", "sensory_symptoms")
    told = {name: getattr(history, name, None) for name in names}
    both = {
        name: any_of([getattr(history, name, None), getattr(exam, name, None)])
        for name in ("cramps", "fasciculations")
    }
    return told | both


def signs(exam: NeurologicalExamination | None) -> Row:
    """Signs of the examination."""
    names = {
        "asymmetric": "asymmetric",
        "sensory": "sensory",
        "atrophy": "atrophy",
        "tremor": "tremor",
        "reflexes": "reflexes_in_affected_limbs",
        "umn": "upper_motor_neuron_signs",
        "bulbar": "bulbar_signs",
        "cranial": "cranial_nerve_signs",
    }
    found = {column: getattr(exam, name, None) for column, name in names.items()}
    sensory, atrophy = found["sensory"], found["atrophy"]
    return found | {
        "sensory_loss": None if sensory is None else sensory == "abnormal",
        "wasted": None if atrophy is None else atrophy != "none",
    }


def weakness(exam: NeurologicalExamination | None) -> Row:
    """Where the graded movements are weak; None where none was graded."""
    graded = [row for row in exam.strength if row.mrc is not None] if exam else []
    if not graded:
        return dict.fromkeys(WEAKNESS)
    found = weak(graded)
    values = (
        len(found),
        len({(row.side, nerve) for row in found for nerve in alone(row.movement)}),
        any(limb(row.movement) == "arm" for row in found),
        any(limb(row.movement) == "leg" for row in found),
        any(proximal(row.movement) for row in found),
        differing(graded),
    )
    return dict(zip(WEAKNESS, values, strict=True))


def weak(rows: list[Strength]) -> list[Strength]:
    """The movements that are weak."""
    return [row for row in rows if row.weak]


def alone(movement: str) -> tuple[str, ...]:
    """The nerve that serves a movement, if it is one alone."""
    nerves = nerves_serving(movement)
    return nerves if len(nerves) == 1 else ()


def proximal(movement: str) -> bool:
    """Whether a movement is one of shoulder, elbow, hip or knee."""
    return movement in tables()["movements"]["proximal"]


def limb(movement: str) -> str:
    """'arm' or 'leg'."""
    return "leg" if movement.startswith(LEG) else "arm"


def differing(graded: list[Strength]) -> bool:
    """Whether two movements of one terminal nerve differ by a grade or more."""
    grade = {(row.side, row.movement): row.mrc or 0.0 for row in graded}
    least = number("weakness", "differential")
    for names, side in product(tables()["movements"]["terminal"], SIDES):
        found = [grade[side, name] for name in names if (side, name) in grade]
        if found and round(max(found) - min(found), 2) >= least:
            return True
    return False


def first_region(patient: Patient, when: str) -> str | None:
    """Where a visit finds most weakness, such as `distal arm`; `bulbar` if only there; None if nowhere."""
    exam = at(patient, NeurologicalExamination, when)
    lost: dict[str, float] = {}
    for row in weak(list(exam.strength)) if exam else ():
        name = f"{'proximal' if proximal(row.movement) else 'distal'} {limb(row.movement)}"
        lost[name] = lost.get(name, 0.0) + NORMAL_STRENGTH - (row.mrc or 0.0)
    if lost:
        return max(sorted(lost), key=lambda name: lost[name])
    return "bulbar" if exam and exam.bulbar_signs else None


def laboratory(lab: Laboratory | None) -> Row:
    """Blood and spinal fluid."""
    if lab is None:
        lab = Laboratory(origin="simulated", source="")
    protein, enzyme = exactly(lab.csf_protein_g_l), exactly(lab.ck_u_l)
    csf_limit, ck_limit = lab.csf_protein_upper_limit_g_l, lab.ck_upper_limit_u_l
    return {
        "anti_gm1": igm(lab, "GM1"),
        "anti_gm1_galc": igm(lab, "GM1:GalC"),
        "csf_protein_g_l": lab.csf_protein_g_l,
        "csf_raised": None if csf_limit is None else protein.compare(">", csf_limit),
        "csf_below_1_g_l": protein.compare("<", 1.0),
        "ck_u_l": lab.ck_u_l,
        "ck_raised": None if ck_limit is None else enzyme.compare(">", ck_limit),
        "m_protein": lab.m_protein,
    }


def igm(lab: Laboratory, antigen: str) -> Truth:
    """Whether IgM against an antigen was found."""
    tests = [test for test in lab.antibodies if test.antigen == antigen and test.isotype in ("IgM", None)]
    return any_of(positive(test) for test in tests) if tests else None


def scales(patient: Patient, when: str) -> Row:
    """Every scale by its name, and the worse hand of those that are measured on both sides."""
    found: dict[str, dict[str, float | None]] = {}
    for scale in patient.entries(Scale):
        if scale.when == when:
            found.setdefault(column(scale.name), {})[scale.side or ""] = scale.score
    return {key: value for name, scores in found.items() for key, value in sided(name, scores)}


def sided(name: str, scores: dict[str, float | None]) -> Iterator[tuple[str, float | None]]:
    """A score, or those of both sides."""
    for side, score in scores.items():
        yield (f"{side}_{name}" if side else name), score


def column(name: str) -> str:
    """A name as that of a column: `NIS-W` is `nis_w`; what stands in brackets is left out."""
    return "_".join(name.partition("(")[0].replace("-", " ").replace(":", " ").lower().split())
