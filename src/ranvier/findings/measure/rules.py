"""The numbers of `measure.toml`."""

from functools import cache
from pathlib import Path

from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import number_in

Rules = dict[str, float]

FILE = Path(__file__).with_name("measure.toml")


@cache
def rules(part: str) -> Rules:
    """The numbers of one part: baseline, motor, sensory or f_wave."""
    table = read_toml(FILE)[part]
    return {name: number_in(table, name, f"findings.measure.{part}") for name in table}
