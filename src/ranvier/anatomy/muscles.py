"""Movements graded at the bedside and the motor nerves that serve them."""

from functools import cache
from pathlib import Path
from typing import Any

from ranvier.anatomy.nerves import UnknownNameError
from ranvier.evidence import read_toml


@cache
def tables() -> dict[str, Any]:
    """The content of muscles.toml."""
    return read_toml(Path(__file__).with_name("muscles.toml"))


@cache
def movements() -> tuple[str, ...]:
    """Every movement or muscle that can be graded."""
    return tuple(tables()["bedside"])


@cache
def movement(name: str) -> str:
    """The house's name of a graded movement or muscle; raises UnknownNameError."""
    plain = "_".join(name.replace("_", " ").split()).casefold()
    wanted = tables()["alias"].get(plain, plain)
    if wanted in movements():
        return wanted
    raise UnknownNameError("movement or muscle", name, list(movements()))


@cache
def nerves_serving(name: str) -> tuple[str, ...]:
    """The motor nerve, or nerves, behind a graded movement."""
    return tuple(tables()["bedside"][movement(name)])
