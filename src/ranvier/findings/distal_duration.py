"""Whether a distal motor response lasts longer than a criteria set allows."""

from functools import cache
from pathlib import Path
from typing import Any

from ranvier.evidence import EvidenceError, Value, is_value, read_toml, value_from
from ranvier.findings.truth import Truth, exactly, settled


@cache
def tables() -> dict[str, Any]:
    """The content of distal_duration.toml."""
    return read_toml(Path(__file__).with_name("distal_duration.toml"))


@cache
def limits(table: str, nerve: str, muscle: str) -> tuple[Value, ...]:
    """The limits of a criteria set for one nerve and muscle, one for each filter; none for other muscles.

    Raises EvidenceError for a table that is not there.
    """
    if table not in tables():
        raise EvidenceError(
            f"There are no limits of the distal duration '{table}'; known: {', '.join(tables())}."
        )
    entry = tables()[table].get(nerve, {"muscle": ""})
    where = f"findings.distal_duration.{table}.{nerve}"
    given = {key: each for key, each in entry.items() if entry["muscle"] == muscle and is_value(each)}
    return tuple(value_from(f"{where}.{key}", each) for key, each in given.items())


def long(duration_ms: float | None, allowed: tuple[Value, ...]) -> Truth:
    """Whether a duration reaches the limit whatever the filter was; unknown between the limits."""
    if duration_ms is None or not allowed:
        return None
    reached = [exactly(duration_ms).compare(">=", limit.number) for limit in allowed]
    return settled(all(reached), not any(reached))
