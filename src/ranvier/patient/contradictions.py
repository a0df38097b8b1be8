"""Two things on a record that cannot both be so: in one entry, or in entries of one time.

Which of them holds nobody can tell but who entered them. Findings of different times never contradict each
other: what was not there can come, and go.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import combinations

from ranvier.patient.entries import (
    AnyEntry,
    Background,
    Entry,
    History,
    Laboratory,
    NerveConductionStudy,
    NeurologicalExamination,
)
from ranvier.patient.problem import Place, Problem, dotted

Placed = tuple[Place, AnyEntry]
TOLD_ONCE = (History, NeurologicalExamination, Laboratory, Background)
"""Kinds of which two entries of one time tell of the same thing."""
NOTHING = ("none", "normal", "negative")
ABOUT = {field.name for field in fields(Entry)} | {"kind"}
YEAR = 4
"""Characters of a time that names no more than the year: too wide to be one time."""
WORDS = {True: "yes", False: "no"}


def contradictions(timeline: Iterable[Placed]) -> Iterator[Problem]:
    """Everything on a timeline that contradicts something else of the same time."""
    groups: dict[object, list[Placed]] = {}
    for place, entry in timeline:
        dated = entry.when != "unknown" and len(entry.when) > YEAR
        groups.setdefault((entry.kind, entry.when) if dated else place, []).append((place, entry))
        if isinstance(entry, NerveConductionStudy):
            yield from sensory(place, entry)
    for group in groups.values():
        yield from told_twice(group)
        yield from tested_twice(group)
        exams = [(place, entry) for place, entry in group if isinstance(entry, NeurologicalExamination)]
        yield from signs(exams)
        yield from wasting(exams)


def told_twice(group: list[Placed]) -> Iterator[Problem]:
    """Fields that say yes in one entry and no in another, or normal and abnormal."""
    for (here, one), (there, other) in combinations(group, 2):
        for name in (field.name for field in fields(one)):
            first, second = getattr(one, name), getattr(other, name)
            if isinstance(one, TOLD_ONCE) and name not in ABOUT and opposite(first, second):
                yield clash((*there, name), said(second), f"{said(first)} in {dotted(here)}")


def opposite(one: object, other: object) -> bool:
    """Whether two answers exclude each other: yes and no, or nothing found and something."""
    if isinstance(one, bool) and isinstance(other, bool):
        return one is not other
    both = isinstance(one, str) and isinstance(other, str) and one and other
    return bool(both) and (one in NOTHING) != (other in NOTHING)


def said(answer: object) -> str:
    """An answer in a word."""
    return WORDS[answer] if isinstance(answer, bool) else f"'{answer}'"


def tested_twice(group: list[Placed]) -> Iterator[Problem]:
    """Antibodies found by one test and not by another."""
    seen: dict[tuple[str, str | None], tuple[str, Place]] = {}
    for place, entry in group:
        for position, test in enumerate(entry.antibodies if isinstance(entry, Laboratory) else ()):
            if test.result not in ("positive", "negative"):
                continue
            here = (*place, "antibodies", position)
            result, there = seen.setdefault((test.antigen, test.isotype), (test.result, here))
            if result != test.result:
                name = f"{test.isotype or ''} against {test.antigen}".strip()
                yield clash(here, f"'{test.result}' ({name})", f"'{result}' in {dotted(there)}")


def signs(exams: list[tuple[Place, NeurologicalExamination]]) -> Iterator[Problem]:
    """Upper motor neuron signs that are listed as present where there are none, or present and absent."""
    denied = next((place for place, exam in exams if exam.upper_motor_neuron_signs is False), None)
    seen: dict[object, tuple[bool, Place]] = {}
    for place, exam in exams:
        for position, sign in enumerate(exam.upper_motor_neuron):
            here = (*place, "upper_motor_neuron", position)
            if sign.present is None:
                continue
            if sign.present and denied is not None:
                yield clash(here, f"{sign.name} present", f"no upper motor neuron signs in {dotted(denied)}")
            before, there = seen.setdefault((sign.name, sign.side, sign.region), (sign.present, here))
            if before != sign.present:
                yield clash(here, f"{said(sign.present)} ({sign.name})", f"{said(before)} in {dotted(there)}")


def wasting(exams: list[tuple[Place, NeurologicalExamination]]) -> Iterator[Problem]:
    """Muscles that are wasted where there is no atrophy."""
    denied = next((place for place, exam in exams if exam.atrophy == "none"), None)
    for place, exam in exams:
        for position, row in enumerate(exam.strength):
            if row.wasted and denied is not None:
                here = (*place, "strength", position, "wasted")
                yield clash(here, "yes", f"no atrophy at all in {dotted(denied)}")


def sensory(place: Place, study: NerveConductionStudy) -> Iterator[Problem]:
    """Sensory nerves called abnormal one by one, and normal all together."""
    for position, row in enumerate(study.sensory):
        if study.sensory_verdict == "normal" and row.verdict == "abnormal":
            here = (*place, "sensory", position, "verdict")
            yield clash(here, "'abnormal'", f"sensory_verdict 'normal' in {dotted(place)}")


def clash(place: Place, here: str, there: str) -> Problem:
    """One contradiction."""
    return Problem(place, f"says {here}, which contradicts {there} of the same time; keep what holds")
