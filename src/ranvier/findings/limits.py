"""The limits behind the quality gates, from quality.toml."""

from functools import cache
from pathlib import Path
from typing import Any

from ranvier.evidence import Value, read_toml, value_from


@cache
def tables() -> dict[str, Any]:
    """The content of quality.toml."""
    return read_toml(Path(__file__).with_name("quality.toml"))


@cache
def limit(gate: str, key: str) -> Value:
    """A limit from quality.toml."""
    return value_from(f"findings.quality.{gate}.{key}", tables()[gate][key])
