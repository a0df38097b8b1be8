"""Two criteria sets side by side: where their levels differ, and which rules hold a patient back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ranvier.diagnosis.chart import charts
from ranvier.diagnosis.criteria import INDETERMINATE, NOT_MET, CriteriaResult, evaluate, holds
from ranvier.diagnosis.rules import CriteriaSet, Formula
from ranvier.findings.norms import shipped_norms
from ranvier.findings.truth import Truth
from ranvier.patient import Patient


@dataclass(frozen=True)
class Compared:
    """One patient under two sets."""

    patient: str
    first: CriteriaResult
    second: CriteriaResult

    @property
    def differs(self) -> bool:
        """Whether the two sets call it by different levels."""
        return self.first.level != self.second.level

    @property
    def deciding(self) -> tuple[CriteriaResult, ...]:
        """The side on which the difference lies: the one that stands lower, or both where both are met."""
        both = self.first, self.second
        lowest = min(map(standing, both))
        return tuple(result for result in both if standing(result) == lowest)


@dataclass(frozen=True)
class Comparison:
    """Two sets applied to the same patients."""

    first: CriteriaSet
    second: CriteriaSet
    patients: tuple[Compared, ...]

    @property
    def differing(self) -> tuple[Compared, ...]:
        """The patients on whom the sets do not agree."""
        return tuple(each for each in self.patients if each.differs)

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """How many patients have each pair of levels."""
        return dict(Counter((each.first.level, each.second.level) for each in self.patients))


def compared(name: str, patient: Patient, first: CriteriaSet, second: CriteriaSet) -> Compared:
    """One patient under two sets."""
    sets = (first, second)
    read = charts(patient, shipped_norms(), tuple(each.blocks for each in sets))
    return Compared(name, *(evaluate(each, chart) for each, chart in zip(sets, read, strict=True)))


def standing(result: CriteriaResult) -> int:
    """2 where a level is met, 1 where one is open, 0 where all have failed."""
    return {INDETERMINATE: 1, NOT_MET: 0}.get(result.level, 2)


def holding_back(result: CriteriaResult) -> tuple[str, ...]:
    """The rules that keep a patient from a higher level than the one reached; none at the highest.

    Of the levels above, the one that fewest rules stand in the way of, and of these the highest: in a level
    that has failed, the rules that failed; in an open one, those that are not known.
    """
    truths = {one.rule.id: one.truth for one in result.rules}
    ways = [tuple(dict.fromkeys(in_the_way(level, truths))) for level in levels_above(result)]
    return min(ways, key=len, default=())


def levels_above(result: CriteriaResult) -> list[Formula]:
    """The levels above the one reached, highest first; where none is met, those that are still open."""
    levels = result.criteria.levels
    names = [level.id for level in levels]
    if result.level in names:
        return [level.formula for level in levels[: names.index(result.level)]]
    wanted = None if None in result.levels.values() else False
    return [level.formula for level in levels if result.levels[level.id] is wanted]


def in_the_way(part: str | Formula, truths: dict[str, Truth]) -> Iterable[str]:
    """The rules for which a part does not hold: those that failed if it has failed, else those not known."""
    truth = holds(part, truths)
    if truth:
        return
    if isinstance(part, str):
        yield part
        return
    for each in part.parts:
        if holds(each, truths) is truth:
            yield from in_the_way(each, truths)
