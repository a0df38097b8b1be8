"""What is known and what is not: Kleene's three-valued logic, and ranges of what a count may be.

True, False and None (unknown). Unknown is never taken for normal: a conjunction with an unknown part
is False only when another part is False, and unknown otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

Truth = bool | None


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene conjunction: False if any is False, unknown if any is unknown, else True."""
    parts = tuple(truths)
    return False if False in parts else None if None in parts else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """Kleene disjunction: True if any is True, unknown if any is unknown, else False."""
    parts = tuple(truths)
    return True if True in parts else None if None in parts else False


def opposite(truth: Truth) -> Truth:
    """Kleene negation: the unknown stays unknown."""
    return None if truth is None else not truth


@dataclass(frozen=True)
class Range:
    """Everything a number may still be, given what is known: low <= number <= high."""

    low: float
    high: float

    @property
    def exact(self) -> float | None:
        """The number itself when it is known, else None."""
        return self.low if self.low == self.high else None

    def compare(self, op: str, limit: float) -> Truth:
        """Whether the number stands in relation `op` to the limit; unknown while it could be either."""
        match op:
            case ">=":
                return settled(self.low >= limit, self.high < limit)
            case ">":
                return settled(self.low > limit, self.high <= limit)
            case "<=":
                return settled(self.high <= limit, self.low > limit)
            case "<":
                return settled(self.high < limit, self.low >= limit)
            case "==":
                return settled(self.exact == limit, not self.low <= limit <= self.high)
            case _:
                raise ValueError(f"'{op}' is not a comparison; use one of >= > <= < ==.")


UNKNOWN_NUMBER = Range(-inf, inf)


def settled(surely: bool, surely_not: bool) -> Truth:
    """True or False when it is certain, unknown when it is neither."""
    return True if surely else False if surely_not else None


def exactly(number: float | None) -> Range:
    """The range of a measured number: the number itself, or anything when it was not measured."""
    return UNKNOWN_NUMBER if number is None else Range(number, number)


def count(truths: Iterable[Truth]) -> Range:
    """How many of these hold: at least the true ones, at most the true and the unknown ones."""
    parts = tuple(truths)
    sure = parts.count(True)
    return Range(sure, sure + parts.count(None))
