"""From what a record tells to one outcome of a finding; None while it is not known."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ranvier.diagnosis.differential.finding import findings
from ranvier.evidence.value import numbers_of
from ranvier.findings.truth import Truth

Reading = str | None
STEPS = {"none": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
"""Outcomes that count, with the least number each stands for."""


@cache
def limits() -> dict[str, dict[str, float]]:
    """The numbers of `reading.toml`."""
    return numbers_of(Path(__file__).with_name("reading.toml"))


def ever(truths: Iterable[Truth]) -> Truth:
    """True if it was ever found, False if somebody looked and nobody found it, else None.

    A sign once present stays present; who does not mention it takes nothing away.
    """
    parts = tuple(truths)
    return True if True in parts else False if False in parts else None


def yes_or_no(truths: Iterable[Truth], words: tuple[str, str] = ("no", "yes")) -> Reading:
    """`ever` in words: those for False and for True."""
    truth = ever(truths)
    return None if truth is None else words[truth]


def counted(id: str, found: int, searched: bool) -> Reading:
    """The outcome of a finding that counts: at least so many were found.

    What was not looked at may hold more, so the outcome is a lower bound; none found is an outcome only
    where enough was searched.
    """
    if not found and not searched:
        return None
    return next(name for name in reversed(findings()[id].outcomes) if STEPS[name] <= found)


def count_of(id: str, truths: Iterable[Truth], needed: float) -> Reading:
    """`counted` for what is true of each nerve or muscle; `needed`: how many must have been judged."""
    known = [truth for truth in truths if truth is not None]
    return counted(id, sum(known), len(known) >= needed)


def last(id: str, told: Iterable[Reading]) -> Reading:
    """The last of the outcomes, in the finding's order, that was told at any time."""
    order = findings()[id].outcomes
    return max((each for each in told if each is not None), key=order.index, default=None)


def first(told: Iterable[Reading]) -> Reading:
    """What was told first; a later entry fills in what an earlier one leaves out."""
    return next((each for each in told if each is not None), None)
