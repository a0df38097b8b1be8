"""The names on a record as anatomy spells them: nerves, muscles, stimulation sites and movements."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ranvier.anatomy import MotorNerve, UnknownNameError, motor_nerve, movement, sensory_nerve
from ranvier.findings.study import Inching, MotorSite, SensoryStudy
from ranvier.patient.entries import AnyEntry, NerveConductionStudy, NeurologicalExamination, Strength
from ranvier.patient.problem import Place, Problem, RecordError

Name = Callable[[Any, Place], Any]
STEP = re.compile(r"(?P<site>.+?)\s*\+\s*(?P<mm>\d{1,9}(\.\d{1,9})?)\s*mm", re.IGNORECASE)
SITES = ("site", "proximal", "distal")
ROWS = ("sites", "steps", "before", "after")


def named(entry: AnyEntry, place: Place) -> AnyEntry:
    """The entry with nerves, sites, muscles and movements as anatomy names them; raises RecordError."""
    if isinstance(entry, NeurologicalExamination):
        return with_names(entry, place, {"strength": strength_named})
    if isinstance(entry, NerveConductionStudy):
        muscles = ("motor", "f_waves", "inching", "repetitive", "exercise", "triple", "scans")
        return with_names(entry, place, {**dict.fromkeys(muscles, motor_named), "sensory": sensory_named})
    return entry


def with_names(record: Any, place: Place, names: dict[str, Name]) -> Any:
    """A record whose lists of rows are named; every unknown name is told in one RecordError."""
    found: dict[str, tuple[Any, ...]] = {}
    problems: list[Problem] = []
    for field, name in names.items():
        found[field], more = each(getattr(record, field), (*place, field), name)
        problems += more
    if problems:
        raise RecordError(problems)
    return replace(record, **found)


def each(rows: tuple[Any, ...], place: Place, name: Name) -> tuple[tuple[Any, ...], list[Problem]]:
    """Each row named, and the problem of each that cannot be."""
    found: list[Any] = []
    problems: list[Problem] = []
    for position, row in enumerate(rows):
        try:
            found.append(name(row, (*place, position)))
        except RecordError as error:
            problems += error.problems
        except UnknownNameError as error:
            problems.append(Problem((*place, position), f"names the {error}"))
    return tuple(found), problems


def strength_named(row: Strength, place: Place) -> Strength:
    """An MRC grade with the movement as anatomy names it."""
    return replace(row, movement=movement(row.movement))


def sensory_named(row: SensoryStudy, place: Place) -> SensoryStudy:
    """A sensory study with the nerve as anatomy names it."""
    return replace(row, nerve=sensory_nerve(row.nerve))


def motor_named(row: Any, place: Place) -> Any:
    """Any study of a motor nerve with nerve, muscle and stimulation sites as anatomy names them."""
    nerve = motor_nerve(row.nerve)
    own = {field: getattr(row, field) for field in SITES if getattr(row, field, "")}
    sites = {field: nerve.site(name) for field, name in own.items()}
    spell = step_name if isinstance(row, Inching) else MotorNerve.site

    def site_named(site: MotorSite, place: Place) -> MotorSite:
        return replace(site, site=spell(nerve, site.site))

    row = replace(row, nerve=nerve.name, muscle=nerve.muscle(row.muscle), **sites)
    return with_names(row, place, {field: site_named for field in ROWS if hasattr(row, field)})


def step_name(nerve: MotorNerve, name: str) -> str:
    """`wrist + 25 mm`, or a site alone; raises UnknownNameError, or RecordError without such a form."""
    step = STEP.fullmatch(name.strip())
    return f"{nerve.site(step['site'])} + {float(step['mm']):.10g} mm" if step else nerve.site(name)
