"""A published trial as its file in `designs/` describes it: who, what, when, and what was found."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from ranvier.anatomy import UnknownNameError
from ranvier.evidence import EvidenceError, Value, fetch, fetch_tables, read_toml, value_from
from ranvier.evidence.value import number_in

FOLDER = Path(__file__).with_name("designs")
Use = Literal["fitted", "unseen"]
Compare = Literal["figure", "words"]


@dataclass(frozen=True)
class Figure:
    """One figure of a trial: `id` names what the engine gives of each patient, of whose mean it speaks.

    `compare`: whether there is a number that must lie in the band, or the figure was only told in `words`,
    which this project has put as limits, `least` and `most`. `printed`: the published 95 % interval.
    """

    id: str
    says: str
    observed: Value
    n: int
    compare: Compare
    least: float | None
    most: float | None
    printed: tuple[float, float] | None


@dataclass(frozen=True)
class Design:
    """A trial: its numbers by name, words such as the drug, and its figures; `engine` names who simulates it.

    `known`: which numbers of the model were set with this trial's result in mind; empty if none.
    """

    id: str
    title: str
    engine: str
    use: Use
    numbers: dict[str, float]
    words: dict[str, str]
    figures: tuple[Figure, ...]
    known: str = ""


@cache
def designs() -> tuple[str, ...]:
    """The trials that there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def design(name: str) -> Design:
    """A trial by name; raises UnknownNameError with all names, EvidenceError for a file that is wrong."""
    if name not in designs():
        raise UnknownNameError("trial", name, list(designs()))
    path = FOLDER / f"{name}.toml"
    try:
        return described(name, read_toml(path))
    except EvidenceError as error:
        raise EvidenceError(f"{path.name}: {error}") from error


def described(name: str, data: dict[str, Any]) -> Design:
    """The content of a trial's file."""
    use = fetch(data, "use", str, name)
    if use not in get_args(Use):
        raise EvidenceError(f"use must be one of {', '.join(get_args(Use))}.")
    table = fetch(data, "design", dict, name)
    numbers = {
        key: number_in(table, key, "design") for key, entry in table.items() if isinstance(entry, dict)
    }
    return Design(
        id=name,
        title=fetch(data, "title", str, name),
        engine=fetch(data, "engine", str, name),
        use=use,
        numbers=numbers,
        words={key: entry for key, entry in table.items() if isinstance(entry, str)},
        figures=tuple(figure(each) for each in fetch_tables(data, "figure", name)),
        known=data.get("known", ""),
    )


def figure(table: dict[str, Any]) -> Figure:
    """One [[figure]] of the file."""
    id = fetch(table, "id", str, "figure")
    compare = table.get("compare", "figure")
    if compare not in get_args(Compare):
        raise EvidenceError(f"{id}: compare must be one of {', '.join(get_args(Compare))}.")
    return Figure(
        id=id,
        says=fetch(table, "says", str, id),
        observed=value_from(f"{id}.observed", fetch(table, "observed", dict, id)),
        n=int(number_in(table, "n", id)),
        compare=compare,
        least=number_in(table, "least", id) if "least" in table else None,
        most=number_in(table, "most", id) if "most" in table else None,
        printed=(number_in(table, "low", id), number_in(table, "high", id)) if "low" in table else None,
    )
