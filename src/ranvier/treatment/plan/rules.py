"""The numbers of a plan."""

from functools import cache
from pathlib import Path

from ranvier.evidence.value import numbers_of


@cache
def rules() -> dict[str, dict[str, float]]:
    """The numbers of `plan.toml`."""
    return numbers_of(Path(__file__).with_name("plan.toml"))
