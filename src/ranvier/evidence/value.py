"""A number from the literature, with unit, source and kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol, TypeVar, cast, get_args

from ranvier.evidence.tables import EvidenceError, fetch, read_toml

Kind = Literal["measured", "fitted", "borrowed", "assumed", "definition"]
"""How a number came about. `definition`: a published rule sets it. `assumed`: nobody has shown it
to us, which includes every fact that is recalled and not yet read in its source."""

Mark = Literal["seen", "recalled"]


class Numbers(Protocol):
    """A dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


Record = TypeVar("Record", bound=Numbers)

NAMING = ("nerve", "muscle", "stretch", "sex", "age", "height")


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


def is_value(entry: object) -> bool:
    """Whether an entry of a TOML file is meant as a Value."""
    return isinstance(entry, dict) and "number" in entry and "unit" in entry


def value_from(id: str, table: dict[str, Any]) -> Value:
    """A Value from its TOML table.

    Raises EvidenceError when a key is missing, or when a recalled number claims more than `assumed`.
    """
    number = fetch(table, "number", float, id)
    if not isfinite(number):
        raise EvidenceError(f"{id}: 'number' must be a finite number.")
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


def number_in(table: dict[str, Any], key: str, where: str) -> float:
    """The number of the Value under `key`; `where` names the table."""
    return value_from(f"{where}.{key}", fetch(table, key, dict, where)).number


def numbers_of(path: Path) -> dict[str, dict[str, float]]:
    """The numbers of a TOML file of tables of Values, by table and key."""
    tables = read_toml(path)
    return {name: {key: number_in(table, key, name) for key in table} for name, table in tables.items()}


def filled(kind: type[Record], table: dict[str, Any], where: str) -> Record:
    """A dataclass of numbers with the Value of each field's name from a table."""
    return kind(**{name: number_in(table, name, where) for name in kind.__dataclass_fields__})


def values_in(table: object, path: str) -> Iterator[Value]:
    """Every Value in a nested TOML table; ids are dotted paths, list entries named by their `id`."""
    for name, entry in parts_of(table):
        here = f"{path}.{name}"
        if is_value(entry):
            yield value_from(here, cast(dict[str, Any], entry))
        else:
            yield from values_in(entry, here)


def parts_of(table: object) -> Iterator[tuple[str, object]]:
    """The named parts of a table or list; nothing for a plain entry."""
    if isinstance(table, dict):
        yield from cast(dict[str, object], table).items()
    elif isinstance(table, list):
        for position, entry in enumerate(cast(list[object], table)):
            fields = cast(dict[str, object], entry) if isinstance(entry, dict) else {}
            yield entry_name(fields, position), entry


def entry_name(fields: dict[str, Any], position: int) -> str:
    """What an entry of a list is called in an id: its `id`, what it applies to, or its position."""
    words = [fields["id"]] if "id" in fields else [fields[key] for key in NAMING if key in fields]
    return " ".join(map(plain, words)) or str(position)


def plain(word: object) -> str:
    """A word as it is, a range of numbers as `19-40`."""
    return "-".join(map(str, cast(list[object], word))) if isinstance(word, list) else str(word)
