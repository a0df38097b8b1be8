"""A number from the literature, with unit, source and kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from ranvier.evidence.tables import EvidenceError, fetch

Kind = Literal["measured", "fitted", "borrowed", "assumed", "definition"]
"""How a number came about. `definition`: a published rule sets it. `assumed`: nobody has shown it
to us, which includes every fact that is recalled and not yet read in its source."""

Mark = Literal["seen", "recalled"]


@dataclass(frozen=True)
class Value:
    """One number with everything a sceptic would ask about it."""

    id: str
    number: float
    unit: str
    kind: Kind
    source: str
    mark: Mark = "seen"
    spread: str = ""
    note: str = ""


def is_value(table: dict[str, Any]) -> bool:
    """Whether a TOML table is meant as a Value."""
    return "number" in table and "unit" in table


def value_from(id: str, table: dict[str, Any]) -> Value:
    """A Value from its TOML table.

    Raises EvidenceError when a key is missing, or when a recalled number claims more than `assumed`.
    """
    number = fetch(table, "number", float, id)
    texts = {key: fetch(table, key, str, id) for key in table if key != "number"}
    unknown = set(texts) - set(Value.__dataclass_fields__)
    if unknown:
        raise EvidenceError(f"{id}: unknown key {sorted(unknown)[0]!r}.")
    for key in ("unit", "kind", "source"):
        fetch(table, key, str, id)
    if texts["kind"] not in get_args(Kind):
        raise EvidenceError(f"{id}: kind must be one of {', '.join(get_args(Kind))}.")
    if texts.get("mark", "seen") not in get_args(Mark):
        raise EvidenceError(f"{id}: mark must be one of {', '.join(get_args(Mark))}.")
    if texts.get("mark") == "recalled" and texts["kind"] != "assumed":
        raise EvidenceError(f"{id}: a recalled number must be of kind 'assumed'.")
    return Value(id=id, number=number, **texts)


def values_in(table: Any, path: str) -> Iterator[Value]:
    """Every Value in a nested TOML table; ids are dotted paths, list entries named by their `id`."""
    if isinstance(table, dict):
        if is_value(table):
            yield value_from(path, table)
            return
        for key, entry in table.items():
            yield from values_in(entry, f"{path}.{key}")
    elif isinstance(table, list):
        for position, entry in enumerate(table):
            name = entry.get("id", position) if isinstance(entry, dict) else position
            yield from values_in(entry, f"{path}.{name}")
