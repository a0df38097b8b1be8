"""The numbers of the special studies."""

from functools import cache
from pathlib import Path

from ranvier.evidence.value import numbers_of


@cache
def numbers(study: str) -> dict[str, float]:
    """The numbers of one study in `studies.toml`."""
    return numbers_of(Path(__file__).with_name("studies.toml"))[study]
