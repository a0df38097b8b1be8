"""A drug, or another treatment, as its file in `drugs/` describes it: what it is and what is known in MMN.

A stranger changes a drug, or writes another, in TOML; every number there has unit, source and kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.anatomy import UnknownNameError
from ranvier.evidence import EvidenceError, Value, fetch, read_toml, value_from, values_in
from ranvier.evidence.tables import one_of, only
from ranvier.treatment.drug_facts import Brand, Cost, Fact, Label, Practice, Study, Watch, facts, label

FOLDER = Path(__file__).with_name("drugs")
GROUPS = (
    "immunoglobulin",
    "FcRn blocker",
    "complement inhibitor",
    "immunosuppressant",
    "corticosteroid",
    "apheresis",
)
KNOWN = (
    "title", "names", "group", "route", "mechanism", "in_mmn", "not_known",
    "label", "kinetics", "effect", "evidence", "doses", "harms", "monitoring", "cost", "brands",
)  # fmt: skip
NO_GAIN = 1.0
ROUNDING = 1.05
"""Amounts in whole vials may pass a limit of the label by this much."""


@dataclass(frozen=True, kw_only=True)
class Drug:
    """A treatment as its file describes it.

    `names`: what else it is called. `in_mmn`: what is known of it in MMN, in one line. `not_known`: what was
    looked for and not found. `numbers`: every Value of the file by its dotted name, such as
    `kinetics.half_life_days`. `effect`: the file's [effect] as it stands, a `link` and Values.
    """

    name: str
    title: str
    names: tuple[str, ...]
    group: str
    route: str
    mechanism: str
    in_mmn: str
    not_known: tuple[str, ...]
    label: Label
    numbers: Mapping[str, Value]
    effect: Mapping[str, Any]
    evidence: tuple[Study, ...]
    doses: tuple[Practice, ...]
    harms: tuple[Fact, ...]
    monitoring: tuple[Watch, ...]
    cost: tuple[Cost, ...]
    brands: tuple[Brand, ...]

    @property
    def is_immunoglobulin(self) -> bool:
        """Whether it is pooled immunoglobulin."""
        return self.group == "immunoglobulin"

    @property
    def is_subcutaneous(self) -> bool:
        """Whether it is given under the skin alone."""
        return self.route == "subcutaneous"

    @property
    def gain(self) -> float:
        """Bioavailability relative to plain subcutaneous immunoglobulin; 1 where the file has none."""
        found = self.numbers.get("kinetics.gain")
        return found.number if found else NO_GAIN


@cache
def drugs() -> tuple[str, ...]:
    """The treatments that have a file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def drug(name: str) -> Drug:
    """A treatment by name or another name, case ignored.

    Raises UnknownNameError with all names and EvidenceError for a file that is wrong.
    """
    wanted = called().get(spelled(name))
    if wanted is None:
        raise UnknownNameError("drug", name, list(drugs()))
    return by_name(wanted)


@cache
def called() -> dict[str, str]:
    """The name of the file by everything a treatment is called."""
    return {spelled(word): name for name in drugs() for word in (name, *by_name(name).names)}


def spelled(name: str) -> str:
    """A name without regard to case, spaces, hyphens and underscores."""
    return "".join(name.casefold().replace("-", " ").replace("_", " ").split())


@cache
def by_name(name: str) -> Drug:
    """The treatment in the file of this name."""
    path = FOLDER / f"{name}.toml"
    try:
        return described(name, read_toml(path))
    except EvidenceError as error:
        raise EvidenceError(f"{path.name}: {error}") from error


def described(name: str, data: dict[str, Any]) -> Drug:
    """The content of a drug's file; raises EvidenceError with the entry that is wrong."""
    only(data, KNOWN, name)
    texts = {key: fetch(data, key, str, name) for key in ("title", "group", "route", "mechanism", "in_mmn")}
    one_of(GROUPS, texts["group"], f"{name}.group")
    return Drug(
        name=name,
        **texts,
        names=words(data, "names", name),
        not_known=words(data, "not_known", name),
        label=label(data, name),
        numbers={value.id.partition(".")[2]: value for value in values_in(data, name)},
        effect=effect(data, name),
        evidence=facts(Study, data, "evidence", name),
        doses=facts(Practice, data, "doses", name),
        harms=facts(Fact, data, "harms", name),
        monitoring=facts(Watch, data, "monitoring", name),
        cost=facts(Cost, data, "cost", name),
        brands=facts(Brand, data, "brands", name),
    )


def words(data: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of words of the file; empty where it has none."""
    found = fetch(data, key, list, where) if key in data else []
    if not all(isinstance(word, str) for word in found):
        raise EvidenceError(f"{where}: '{key}' must be a list of words.")
    return tuple(found)


def effect(data: dict[str, Any], where: str) -> Mapping[str, Any]:
    """The file's [effect], a `link` in words and otherwise Values; empty where it has none."""
    if "effect" not in data:
        return {}
    table = fetch(data, "effect", dict, where)
    fetch(table, "link", str, f"{where}.effect")
    for key in table:
        if key != "link":
            value_from(f"{where}.effect.{key}", fetch(table, key, dict, f"{where}.effect"))
    return table
