"""One entry of a diary as it is said on the command line: `grip right 18.5`, `infusion ivig 70 g`."""

import re
from collections.abc import Sequence

from ranvier.formats import diary_words as words
from ranvier.formats.spreadsheet import number
from ranvier.patient import AnyEntry

DOSES = ("infusion", "dose")
AMOUNT = re.compile(r"(?P<number>[+-]?[\d.,]+)\s*(?P<unit>\D*)", re.ASCII)
HOW = (
    "write 'grip right 18.5', 'pinch left 6', 'infusion ivig 70 g', 'igg 14.2', 'rods 38', 'mrc 54', "
    "'weight 82' or 'note \"...\"'"
)


def entry_said(
    said: Sequence[str], when: str, unit: str = "", hours: float | None = None, product: str = ""
) -> AnyEntry:
    """The entry that these words mean; raises ValueError with the remedy."""
    what, rest = (words.plain(said[0]) if said else ""), said[1:]
    if what not in DOSES and (hours is not None or product):
        raise ValueError("--hours and --product are those of an infusion; leave them out.")
    if what == "note":
        return words.note(" ".join(rest), when)
    if what in DOSES:
        name, amount, own = parted(rest)
        if not name:
            raise ValueError(f"The drug is missing; {HOW}.")
        with words.named("unit"):
            return words.dose(name, amount, own or unit, when, hours, product)
    if what not in words.measures():
        raise ValueError(f"'{what}' is nothing that a diary holds; {HOW}.")
    side, value, own = parted(rest)
    which = words.measure(what)
    if which.sided:
        with words.named("hand"):
            words.side_of(side)
    with words.named("unit"):
        return words.reading(which, side, value, own or unit or which.units[0], when)


def parted(said: Sequence[str]) -> tuple[str, float, str]:
    """What stands before the number, the number, and the unit after it; raises ValueError."""
    for n, word in enumerate(said):
        found = AMOUNT.fullmatch(word)
        value = number(found["number"], comma=True) if found else None
        if found and value is not None:
            return " ".join(said[:n]), value, " ".join(filter(None, (found["unit"], *said[n + 1 :])))
    raise ValueError(f"'{' '.join(said)}' holds no number; {HOW}.")
