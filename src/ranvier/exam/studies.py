"""The numbers of the special studies."""

from functools import cache
from pathlib import Path

from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import number_in


@cache
def numbers(study: str) -> dict[str, float]:
    """The numbers of one study in `studies.toml`."""
    table = read_toml(Path(__file__).with_name("studies.toml"))[study]
    return {key: number_in(table, key, f"exam.studies.{study}") for key in table}
