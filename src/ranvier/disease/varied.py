"""A disease that departs a little from its description, so that no two patients share their parameters."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from math import exp
from typing import Any

from ranvier.body.healthy import stream
from ranvier.disease.description import Disease

PARTS = ("foci", "neurons", "wasting", "antibody", "blood", "beside")
"""What varies; who falls ill, and at what age, stays as described."""
CHANCES = frozenset(
    ("same_side", "mirrored", "most", "gm1", "gm1_galc", "m_protein_igm", "inflammation", "anca")
) | frozenset(("pain", "cranial", "family", "infection", "effort", "crossing", "systemic", "twitches"))
"""Numbers between 0 and 1: their odds vary."""
COUNTS = frozenset(("patches",))
FACTORS = frozenset(("terminal_factor",))
"""Numbers from 1 on: what they have beyond 1 varies."""


def varied(disease: Disease, seed: int, spread: float) -> Disease:
    """The disease of one patient: each number times exp(spread z), z a standard normal variable of its own.

    `spread` is the SD of the logarithm, of the odds where the number is a chance. What is 0 stays 0.
    Raises ValueError for a spread below 0 or above 1.
    """
    if not 0 <= spread <= 1:
        raise ValueError(f"varied must lie between 0 and 1, not {spread:g}.")
    if not spread:
        return disease
    return replace(disease, **{name: part(getattr(disease, name), seed, spread, name) for name in PARTS})


def part(old: Any, seed: int, spread: float, name: str) -> Any:
    """A record, a list of records or weights with every number varied; words stay."""
    if isinstance(old, tuple):
        return tuple(part(each, seed, spread, f"{name} {n}") for n, each in enumerate(old))
    if isinstance(old, Mapping):
        return {key: part(value, seed, spread, f"{name} {key}") for key, value in old.items()}
    if is_dataclass(old) and not isinstance(old, type):
        news = {f.name: part(getattr(old, f.name), seed, spread, f"{name} {f.name}") for f in fields(old)}
        return replace(old, **news)
    return number(old, seed, spread, name) if isinstance(old, float | int) else old


def number(old: float, seed: int, spread: float, name: str) -> float:
    """One number varied."""
    last = name.split()[-1]
    if last in COUNTS:
        return old
    factor = exp(spread * float(stream(seed, "varied", name).standard_normal()))
    if last in CHANCES:
        return old * factor / (1 - old + old * factor)
    return 1 + (old - 1) * factor if last in FACTORS else old * factor
