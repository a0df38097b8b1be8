"""Injuries: what a disease does to a run of nodes, from one severity between 0 and 1 to lesion qualities.

The injuries and their numbers stand in `injuries.toml`, with what speaks for and against each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ranvier.evidence.tables import fetch, read_toml
from ranvier.evidence.value import number_in
from ranvier.nerve.lesion import QUALITIES, Lesion

FILE = Path(__file__).with_name("injuries.toml")

PUMPED = {"pore", "pump"}
"""Qualities that act through the sodium inside the node: the fibre must follow its pump."""


@dataclass(frozen=True)
class Evidence:
    """A finding that speaks for or against an injury, with its source."""

    text: str
    source: str


@dataclass(frozen=True)
class Injury:
    """A named way from a severity to lesion qualities.

    `linear` and `logarithmic` hold each quality's value at severity 1: reached by equal steps from health, or
    by equal factors. `severs`: nothing passes, whatever the severity above 0.
    """

    name: str
    meaning: str
    speaks_for: tuple[Evidence, ...]
    speaks_against: tuple[Evidence, ...]
    linear: Mapping[str, float]
    logarithmic: Mapping[str, float]
    severs: bool = False

    @property
    def pumped(self) -> bool:
        """Whether the axon's pump must be followed."""
        return bool(PUMPED & self.linear.keys())

    def lesions(self, severity: float, first: int, last: int) -> tuple[Lesion, ...]:
        """The lesions of nodes (or internodes) `first` to `last`; none when healthy or severed.

        Raises ValueError for a severity that does not lie between 0 and 1.
        """
        if not 0 <= severity <= 1:
            raise ValueError(f"injury {self.name}: severity must lie between 0 and 1, not {severity:g}.")
        if severity == 0:
            return ()
        found = {name: QUALITIES[name].healthy for name in self.linear}
        found = {name: healthy + severity * (self.linear[name] - healthy) for name, healthy in found.items()}
        found |= {name: most**severity for name, most in self.logarithmic.items()}
        return tuple(Lesion(name, value, first, last) for name, value in found.items())


@cache
def injuries() -> Mapping[str, Injury]:
    """Every injury by name."""
    return MappingProxyType({name: injury_from(name, table) for name, table in read_toml(FILE).items()})


def injury_from(name: str, table: dict[str, Any]) -> Injury:
    """An injury from its table in `injuries.toml`."""
    return Injury(
        name=name,
        meaning=fetch(table, "meaning", str, name),
        speaks_for=evidence(table, "for", name),
        speaks_against=evidence(table, "against", name),
        linear=worst(table, "linear", name),
        logarithmic=worst(table, "logarithmic", name),
        severs=bool(table.get("severs", False)),
    )


def evidence(table: dict[str, Any], side: str, where: str) -> tuple[Evidence, ...]:
    """What speaks for or against."""
    return tuple(
        Evidence(fetch(each, "text", str, where), fetch(each, "source", str, where))
        for each in table.get(side, ())
    )


def worst(table: dict[str, Any], scale: str, where: str) -> Mapping[str, float]:
    """The value of each quality at severity 1."""
    values = table.get(scale, {})
    return MappingProxyType({name: number_in(values, name, f"{where}.{scale}") for name in values})
