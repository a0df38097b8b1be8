"""What one disease is, read from its file in `diseases/`: who falls ill, what is attacked, what is found.

A stranger changes a disease, or writes another, in TOML; every number there has unit, source and kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.anatomy import UnknownNameError
from ranvier.body.body import By
from ranvier.evidence import EvidenceError, fetch, read_toml
from ranvier.evidence.value import filled, number_in

FOLDER = Path(__file__).with_name("diseases")
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Onset:
    """Who falls ill: age at the first symptom (a normal variable within limits) and the share of men."""

    mean: float
    sd: float
    youngest: float
    oldest: float
    male: float


@dataclass(frozen=True)
class Dose:
    """How strong and how wide each focus of an attack is; see `attack.py` for the equations."""

    height: float
    between: float
    axon_between: float
    muscle_between: float
    sensory: float
    rise_years: float
    fade_years: float
    nodes: float
    patches: float
    patch_mm: float
    loss_per_year: float
    loss_power: float


@dataclass(frozen=True)
class When:
    """How many foci come at first, within which time, and how many a year follow for how long."""

    first: float
    within_years: float
    before_years: float
    per_year: float
    per_year_between: float
    lasts_years: float
    same_side: float
    mirrored: float


@dataclass(frozen=True)
class Foci:
    """One way in which a disease attacks nerves at places: the injury, its times, doses and segments."""

    injury: str
    when: When
    dose: Dose
    where: Weights


@dataclass(frozen=True)
class Neurons:
    """Motor neurons that die, region after region; see `neurons.py` for the equations."""

    before_years: float
    per_year: float
    growth: float
    between: float
    spread_years: float
    far_side_years: float
    stops_years: float
    upper_per_year: float
    fasciculation_per_min: float
    start: Weights
    muscles: Weights
    roots: Weights


@dataclass(frozen=True)
class Wasting:
    """Muscle fibres that waste with their nerve intact: share lost a year, up to a limit, by muscle."""

    per_year: float
    most: float
    sides: float
    muscles: Weights


@dataclass(frozen=True)
class Antibody:
    """How the antibody drives the attack: the dose times exp(titre_effect z + complement_between c).

    z is the person's titre and c the strength of complement, both standard normal variables.
    """

    titre_effect: float
    complement_between: float


@dataclass(frozen=True)
class Blood:
    """What blood and spinal fluid show: chances, and factors on the healthy value with their spread."""

    gm1: float
    gm1_galc: float
    csf_factor: float
    csf_between: float
    ck_factor: float
    ck_between: float
    m_protein_igm: float
    inflammation: float
    anca: float


@dataclass(frozen=True)
class Beside:
    """Chances of what is told and seen besides nerve and muscle, and slowing of the nerve's last stretch."""

    pain: float
    cranial: float
    family: float
    infection: float
    systemic: float
    twitches: float
    effort: float
    crossing: float
    terminal_factor: float
    terminal_between: float


@dataclass(frozen=True)
class Disease:
    """A disease as its file describes it."""

    name: str
    title: str
    by: By
    onset: Onset
    foci: tuple[Foci, ...]
    neurons: Neurons | None
    wasting: Wasting | None
    antibody: Antibody | None
    blood: Blood
    beside: Beside


@cache
def diseases() -> tuple[str, ...]:
    """The diseases that can be simulated."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def disease(name: str) -> Disease:
    """A disease by name; raises UnknownNameError with all names, EvidenceError for a file that is wrong."""
    wanted = name.strip().casefold().replace(" ", "-").replace("_", "-")
    if wanted not in diseases():
        raise UnknownNameError("disease", name, list(diseases()))
    path = FOLDER / f"{wanted}.toml"
    try:
        return described(wanted, read_toml(path))
    except EvidenceError as error:
        raise EvidenceError(f"{path.name}: {error}") from error


def described(name: str, data: dict[str, Any]) -> Disease:
    """The content of a disease file."""
    return Disease(
        name=name,
        title=fetch(data, "title", str, name),
        by=data.get("by", "edge"),
        onset=filled(Onset, fetch(data, "onset", dict, name), "onset"),
        foci=tuple(foci(table, f"foci {n + 1}") for n, table in enumerate(data.get("foci", []))),
        neurons=mixed(Neurons, data["neurons"], "neurons") if "neurons" in data else None,
        wasting=mixed(Wasting, data["wasting"], "wasting") if "wasting" in data else None,
        antibody=filled(Antibody, data["antibody"], "antibody") if "antibody" in data else None,
        blood=filled(Blood, fetch(data, "blood", dict, name), "blood"),
        beside=filled(Beside, fetch(data, "beside", dict, name), "beside"),
    )


def foci(table: dict[str, Any], where: str) -> Foci:
    """One [[foci]] of the file."""
    return Foci(
        injury=fetch(table, "injury", str, where),
        when=filled(When, fetch(table, "when", dict, where), f"{where} when"),
        dose=filled(Dose, fetch(table, "dose", dict, where), f"{where} dose"),
        where=weights(table, "where", where),
    )


def mixed(kind: type[Any], table: dict[str, Any], where: str) -> Any:
    """A record of numbers and of weights by name."""
    named = {each.name: each.type for each in fields(kind)}
    return kind(
        **{
            name: weights(table, name, where) if type_ is Weights else number_in(table, name, where)
            for name, type_ in named.items()
        }
    )


def weights(table: dict[str, Any], key: str, where: str) -> Weights:
    """Numbers by name; empty where the table is not there."""
    own = table.get(key, {})
    return {name: number_in(own, name, f"{where}.{key}") for name in own}
