"""Reading the TOML tables in which facts from the literature are kept."""

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

TYPE_NAMES: dict[type, str] = {
    dict: "a table",
    list: "a list",
    str: "text",
    int: "a whole number",
    float: "a number",
}


class EvidenceError(ValueError):
    """A data file of facts or rules cannot be used; the message names the file and the entry."""


def read_toml(path: Path) -> dict[str, Any]:
    """The content of one TOML file.

    Raises EvidenceError with the file and line when it cannot be read.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EvidenceError(f"{path}: cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EvidenceError(f"{path}: is not a TOML file ({error}).") from error


def fetch(table: dict[str, Any], key: str, kind: type, where: str) -> Any:
    """The entry `key` of a table, checked to be of the given kind; `where` names the table."""
    if key not in table:
        raise EvidenceError(f"{where}: '{key}' is missing.")
    entry = table[key]
    if kind is float and isinstance(entry, int) and not isinstance(entry, bool):
        return float(entry)
    if not isinstance(entry, kind):
        raise EvidenceError(f"{where}: '{key}' must be {TYPE_NAMES[kind]}, not {entry!r}.")
    return entry


def fetch_tables(table: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    """The entry `key`, checked to be a list of tables, TOML's [[key]]."""
    entries: list[Any] = fetch(table, key, list, where)
    for entry in entries:
        if not isinstance(entry, dict):
            raise EvidenceError(f"{where}: '{key}' must be a list of tables, not {entry!r}.")
    return entries


def only(table: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    """Refuse a key that means nothing, with the one that was likely meant; raises EvidenceError."""
    for key in table:
        if key not in known:
            close = get_close_matches(key, known, n=1)
            meant = f"Did you mean '{close[0]}'?" if close else f"Known: {', '.join(known)}."
            raise EvidenceError(f"{where}: unknown key '{key}'. {meant}")


def one_of(allowed: tuple[str, ...], word: str, where: str) -> Any:
    """`word` if it is allowed; raises EvidenceError listing what is."""
    if word not in allowed:
        raise EvidenceError(f"{where}: '{word}' is not one of {', '.join(allowed)}.")
    return word
