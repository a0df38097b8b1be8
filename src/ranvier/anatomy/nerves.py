"""Motor and sensory nerves with their stimulation sites, stretches and entrapment sites."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.evidence import read_toml

NERVES_FILE = Path(__file__).with_name("nerves.toml")


class UnknownNameError(ValueError):
    """A nerve, site, muscle or movement that anatomy does not know; the message lists those it does."""

    def __init__(self, kind: str, name: str, known: list[str]) -> None:
        close = get_close_matches(name.casefold(), known, n=1)
        guess = f" Did you mean '{close[0]}'?" if close else ""
        super().__init__(f"unknown {kind} '{name}'.{guess} Known: {', '.join(known)}.")


@dataclass(frozen=True)
class MotorNerve:
    """A motor nerve: sites from distal to proximal and the named stretches between them."""

    name: str
    limb: str
    sites: tuple[str, ...]
    stretches: tuple[str, ...]
    distal_site: dict[str, str]
    """For each recorded muscle, the most proximal site that still counts as its distal one."""
    crossing_check: tuple[str, ...]
    """Muscles of another nerve, recorded to look for crossing fibres."""
    sensory: tuple[str, ...]
    entrapments: dict[str, str]

    def site(self, name: str) -> str:
        """The house's name of a stimulation site; raises UnknownNameError."""
        return known_name(name, self.sites, "site", f"{self.name} stimulation site")

    def muscle(self, name: str) -> str:
        """The house's name of a recorded muscle; raises UnknownNameError."""
        return known_name(name, tuple(self.distal_site), "muscle", f"muscle for the {self.name} nerve")

    def between(self, distal: str, proximal: str) -> tuple[str, ...]:
        """The stretches that a segment between two sites covers, from distal to proximal."""
        return self.stretches[self.sites.index(distal) : self.sites.index(proximal)]

    def starts_distally(self, muscle: str, site: str) -> bool:
        """Whether stimulation at this site gives the distal response of the muscle."""
        return self.sites.index(site) <= self.sites.index(self.distal_site[muscle])


@cache
def tables() -> dict[str, Any]:
    """The content of nerves.toml."""
    return read_toml(NERVES_FILE)


@cache
def motor_nerves() -> dict[str, MotorNerve]:
    """Every motor nerve by name."""
    data = tables()
    return {
        name: MotorNerve(
            name=name,
            limb=entry["limb"],
            sites=tuple(entry["sites"]),
            stretches=tuple(entry["stretches"]),
            distal_site={**entry["muscles"], **entry.get("crossing_check", {})},
            crossing_check=tuple(entry.get("crossing_check", {})),
            sensory=tuple(entry["sensory"]),
            entrapments={
                site["stretch"]: site["name"] for site in data["entrapment"] if site["nerve"] == name
            },
        )
        for name, entry in data["motor"].items()
    }


@cache
def motor_nerve(name: str) -> MotorNerve:
    """The motor nerve of this name or alias; raises UnknownNameError."""
    nerves = motor_nerves()
    return nerves[known_name(name, tuple(nerves), "nerve", "motor nerve")]


@cache
def sensory_nerve(name: str) -> str:
    """The house's name of a sensory nerve; raises UnknownNameError."""
    known = tuple(n for limb in tables()["sensory"].values() for n in limb)
    return known_name(name, known, "nerve", "sensory nerve")


def sensory_limb(name: str) -> str:
    """'arm' or 'leg': where this sensory nerve is tested."""
    return next(limb for limb, nerves in tables()["sensory"].items() if name in nerves)


def known_name(name: str, known: tuple[str, ...], alias: str, kind: str) -> str:
    """`name` as it stands in `known`, after aliases, case and spacing; raises UnknownNameError."""
    plain = " ".join(name.replace("_", " ").split()).casefold()
    aliases = {word.casefold(): target for word, target in tables()["alias"][alias].items()}
    wanted = aliases.get(plain, plain).casefold()
    for candidate in known:
        if candidate.casefold() == wanted:
            return candidate
    raise UnknownNameError(kind, name, list(known))
