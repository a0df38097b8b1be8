"""The least change of a measure that matters: one place for plan, watch and assessment of a response."""

from functools import cache
from pathlib import Path

from ranvier.evidence import Value, read_toml, value_from

STRENGTH = "strength"
"""Any measure of strength, as a share of its level."""


@cache
def least_change(measure: str) -> Value:
    """That of `grip_kg`, `grip_kpa`, `mrc_sum`, `mmn_rods`, `onls_arm`, `onls_leg`, `strength`."""
    path = Path(__file__).with_suffix(".toml")
    return value_from(f"{measure}.change", read_toml(path)[measure]["change"])
