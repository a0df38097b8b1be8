"""The numbers the analysis of a needle recording goes by, all of them in `needle.toml`."""

from functools import cache
from pathlib import Path

from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import number_in

FILE = Path(__file__).with_name("needle.toml")


@cache
def rules(part: str) -> dict[str, float]:
    """The numbers of one part of the analysis: `rules("detection")["threshold_sd"]`."""
    table = read_toml(FILE)[part]
    return {name: number_in(table, name, part) for name in table}
