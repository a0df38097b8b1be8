"""One thing besides a block that could explain a fall, and what would settle it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from ranvier.diagnosis.block import Examined
from ranvier.evidence import read_toml
from ranvier.findings.limits import limit
from ranvier.findings.quality import Gate

State = Literal["likely", "possible", "excluded", "unknown"]


@dataclass(frozen=True)
class Explanation:
    """One possibility; `probability` where there are data behind one, else None."""

    id: str
    title: str
    state: State
    probability: float | None
    reason: str
    settles: str


@cache
def known() -> dict[str, tuple[str, str]]:
    """Title and what would settle it, by id, from `explanations.toml`."""
    days = limit("early_study", "days").number
    table = read_toml(Path(__file__).with_name("explanations.toml"))
    return {id: (each["title"], each["settles"].format(days=days)) for id, each in table.items()}


def explanation(id: str, state: State, reason: str, probability: float | None = None) -> Explanation:
    """An explanation with its title and what would settle it."""
    title, settles = known()[id]
    return Explanation(id, title, state, probability, reason, settles)


def gate(examined: Examined, id: str) -> Gate | None:
    """A quality gate of a segment, where it stands."""
    return next((each for each in examined.gates if each.id == id), None)
