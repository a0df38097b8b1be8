"""The numbers of `measure.toml`."""

from functools import cache
from pathlib import Path

from ranvier.evidence.value import numbers_of

Rules = dict[str, float]

FILE = Path(__file__).with_name("measure.toml")


@cache
def rules(part: str) -> Rules:
    """The numbers of one part: baseline, motor, sensory or f_wave."""
    return numbers_of(FILE)[part]
