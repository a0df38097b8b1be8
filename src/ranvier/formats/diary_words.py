"""The words of a diary: measures, units and hands as people write them, and the entries they become."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ranvier.anatomy import Side, UnknownNameError
from ranvier.evidence import read_toml
from ranvier.evidence.value import number_in
from ranvier.patient import AnyEntry, Dose, Laboratory, Note, Scale

SOURCE = "diary"
DIGITS = 2
"""Decimal places that are kept of a number that was converted."""


@dataclass(frozen=True)
class Measure:
    """Something that is measured: its name, its name on the record, its units, and whether hand by hand."""

    name: str
    entry: str
    units: tuple[str, ...]
    sided: bool

    @property
    def only_unit(self) -> str:
        """The unit that need not be said, '' where there are several."""
        return self.units[0] if len(self.units) == 1 else ""


@cache
def vocabulary() -> dict[str, Any]:
    """The content of `diary.toml`."""
    return read_toml(Path(__file__).with_name("diary.toml"))


@cache
def measures() -> dict[str, Measure]:
    """Every measure by each of its names."""
    return {
        name: Measure(key, table["entry"], tuple(table["units"]), table["sided"])
        for key, table in vocabulary()["measures"].items()
        for name in table["names"]
    }


def measure(name: str) -> Measure:
    """A measure by name; raises UnknownNameError with those there are."""
    found = measures().get(plain(name))
    if found is None:
        raise UnknownNameError("measure", name, list(vocabulary()["measures"]))
    return found


def plain(text: str) -> str:
    """A text in small letters, one space between its words."""
    return " ".join(text.casefold().replace("_", " ").split())


@cache
def said(table: Literal["columns", "sides"]) -> dict[str, str]:
    """What a word stands for, by the word."""
    return {word: name for name, words in vocabulary()[table].items() for word in words}


@cache
def unit_words() -> dict[str, str]:
    """The units by each of their names."""
    return {word: unit for unit, table in vocabulary()["units"].items() for word in table["words"]}


def side_of(text: str) -> Side:
    """The hand that a word means; raises ValueError."""
    match said("sides").get(plain(text).rstrip(".")):
        case "left":
            return "left"
        case "right":
            return "right"
        case _:
            told = f"'{text}' " if text else "is empty and "
            raise ValueError(f"{told}must be left or right; a hand is never guessed")


def unit_of(text: str, known: tuple[str, ...]) -> str:
    """The unit that a word means, if it is one of those; raises ValueError."""
    unit = unit_words().get(plain(text))
    if unit is None or unit not in known:
        said = f"'{text}' is not one of its units; write" if text else "is not said; write"
        raise ValueError(f"{said} {' or '.join(known)}")
    return unit


def reading(which: Measure, side: str, value: float, unit: str, when: str, remark: str = "") -> AnyEntry:
    """The entry of one reading, in the unit of the record; raises ValueError for a wrong hand or unit."""
    if side and not which.sided:
        raise ValueError(f"'{side}' is a side, and {which.name} has none; leave it out")
    own = unit_of(unit or which.only_unit, which.units)
    number, kept, remark = converted(value, own, remark)
    who: dict[str, Any] = {"when": when, "origin": "measured", "source": SOURCE, "remark": remark}
    if which.name == "igg":
        return Laboratory(**who, igg_g_l=number)
    return Scale(
        **who, name=which.entry, score=number, unit=kept, side=side_of(side) if which.sided else None
    )


def converted(value: float, unit: str, remark: str) -> tuple[float, str, str]:
    """A number in the unit in which it is kept, and the remark with the number as it was entered."""
    table = vocabulary()["units"][unit]
    if "of" not in table:
        return value, unit, remark
    kept = round(value * number_in(table, "times", f"units.{unit}"), DIGITS)
    return kept, table["of"], "; ".join(filter(None, (remark, f"entered as {value:g} {unit}")))


def dose(
    drug: str,
    amount: float,
    unit: str,
    when: str,
    hours: float | None = None,
    product: str = "",
    remark: str = "",
) -> Dose:
    """The entry of one dose; raises ValueError for a unit other than g and mg."""
    if plain(unit).endswith("/kg"):
        raise ValueError(f"'{unit}' is for each kg; write the amount that was given, in g or mg")
    own: Any = unit_of(unit, ("g", "mg"))
    return Dose(
        when=when, origin="reported", source=SOURCE, remark=remark, drug=drug, amount=amount, unit=own,
        hours=hours, product=product,
    )  # fmt: skip


def note(text: str, when: str) -> Note:
    """The entry of a note."""
    return Note(when=when, origin="reported", source=SOURCE, text=text)


@contextmanager
def named(column: str) -> Iterator[None]:
    """What is wrong within is said with the column's name."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{column}: {str(error).rstrip('.')}") from error
