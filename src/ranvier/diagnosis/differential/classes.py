"""The diseases that are weighed against each other, and how common each is where the patient comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.anatomy import UnknownNameError
from ranvier.evidence import EvidenceError, Value, fetch, read_toml, value_from

CLASSES = Path(__file__).with_name("classes.toml")
SETTINGS = Path(__file__).with_name("settings.toml")
DEFAULT_SETTING = "neuromuscular clinic"
MMN, ANYTHING = "mmn", "anything"
SLIGHT = 1e-6


@dataclass(frozen=True)
class DiseaseClass:
    """One disease of the differential. `kinds`: the virtual cohorts it is made of, each with its share."""

    id: str
    title: str
    kinds: Mapping[str, float]


@dataclass(frozen=True)
class Setting:
    """Where patients come to, and how common each disease is among them; `priors` sum to 1."""

    id: str
    title: str
    priors: Mapping[str, float]
    values: tuple[Value, ...]

    def sources(self) -> tuple[str, ...]:
        """The ids of the sources of its numbers."""
        return tuple(sorted({value.source for value in self.values}))


@cache
def classes() -> dict[str, DiseaseClass]:
    """Every disease that is weighed, by id, in the order of `classes.toml`."""
    return {id: class_from(id, table) for id, table in read_toml(CLASSES).items()}


def class_from(id: str, table: dict[str, Any]) -> DiseaseClass:
    """One class of the file; raises EvidenceError where shares do not add up."""
    named: dict[str, dict[str, Any]] = fetch({"kinds": {}, **table}, "kinds", dict, id)
    shares = {kind: value_from(f"classes.{id}.{kind}", each).number for kind, each in named.items()}
    if shares and abs(sum(shares.values()) - 1) > SLIGHT:
        raise EvidenceError(f"classes.{id}: the shares of its kinds must sum to 1.")
    return DiseaseClass(id, fetch(table, "title", str, id), shares or {id: 1.0})


@cache
def kinds() -> dict[str, str]:
    """Every kind of patient, with the class that it belongs to."""
    return {kind: each.id for each in classes().values() for kind in each.kinds}


@cache
def settings() -> dict[str, Setting]:
    """Every setting, by id: who comes there, and how common each disease is."""
    return {id: setting_from(id, table) for id, table in read_toml(SETTINGS).items()}


def setting_from(id: str, table: dict[str, Any]) -> Setting:
    """One setting of the file; raises EvidenceError where a class has no prior."""
    named: dict[str, dict[str, Any]] = fetch(table, "priors", dict, id)
    if set(named) != set(classes()):
        raise EvidenceError(f"settings.{id}: needs one prior for each of {', '.join(classes())}.")
    values = {each: value_from(f"settings.{id}.{each}", named[each]) for each in classes()}
    total = sum(value.number for value in values.values())
    if min(value.number for value in values.values()) <= 0:
        raise EvidenceError(f"settings.{id}: every prior must lie above 0; a disease can always turn up.")
    priors = {each: value.number / total for each, value in values.items()}
    return Setting(id, fetch(table, "title", str, id), priors, tuple(values.values()))


def setting_of(id: str) -> Setting:
    """A setting by id; raises UnknownNameError with those there are."""
    if id not in settings():
        raise UnknownNameError("setting", id, list(settings()))
    return settings()[id]
