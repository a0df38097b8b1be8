"""Which roots, nerves and region stand behind a movement, a muscle, a tendon reflex or a sign."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.anatomy import muscles
from ranvier.anatomy.nerves import UnknownNameError
from ranvier.anatomy.regions import Region, region_of
from ranvier.evidence import read_toml


@dataclass(frozen=True)
class Territory:
    """What serves a muscle: its nerve (or nerves, if it is not known which) and principal root.

    Muscles of cranial nerves have no root and belong to the bulbar region.
    """

    nerves: frozenset[str]
    root: str
    region: Region

    def apart_from(self, other: "Territory") -> bool:
        """Whether two muscles differ both in nerve and in principal root."""
        return not self.nerves & other.nerves and self.root != other.root


@cache
def tables() -> dict[str, Any]:
    """The content of territories.toml."""
    return read_toml(Path(__file__).with_name("territories.toml"))


@cache
def territory(name: str) -> Territory | None:
    """What serves a graded movement or a muscle examined with the needle; None for one that is not known."""
    plain = " ".join(name.replace("_", " ").split()).casefold()
    wanted = tables()["alias"].get(plain, plain).casefold()
    for muscle, entry in tables()["muscle"].items():
        if muscle.casefold() == wanted:
            return served(frozenset({entry["nerve"]}), entry["roots"])
    try:
        graded = muscles.movement(wanted)
    except UnknownNameError:
        return None
    return served(frozenset(muscles.nerves_serving(graded)), tables()["movement"][graded])


def served(nerves: frozenset[str], roots: list[str]) -> Territory:
    """A territory from its nerves and roots, the principal one first."""
    return Territory(nerves, *((roots[0], region_of(roots[0])) if roots else ("", "bulbar")))


def reflex_movement(name: str) -> str:
    """The movement whose muscle answers a tendon reflex."""
    return tables()["reflex"][name]


def sign_regions(name: str) -> tuple[Region, ...]:
    """Where an upper motor neuron sign can be, if the record does not say where it was."""
    return tuple(tables()["sign"][name])
