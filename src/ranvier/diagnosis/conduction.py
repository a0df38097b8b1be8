"""In how many nerves and segments there is block, counting what was not studied as unknown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from ranvier.anatomy import SIDES, Side, motor_nerve
from ranvier.diagnosis import sensory
from ranvier.diagnosis.answer import Answer
from ranvier.diagnosis.block import GRADES, GradedSegment, up_to
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.rules import BlockTable, Grade, Rule
from ranvier.evidence import Value
from ranvier.findings.quality import definite_possible
from ranvier.findings.truth import Range, Truth, all_of, any_of, count

TOO_EARLY = "history: when weakness began, so that the study can be dated from it"


@dataclass(frozen=True)
class Nerve:
    """One motor nerve of one side, with the stretches a block could be called in and what is known."""

    side: Side
    name: str
    stretches: frozenset[str]
    segments: tuple[GradedSegment, ...]
    sensory_normal: Truth

    @property
    def unstudied(self) -> tuple[str, ...]:
        """The stretches over which no segment was studied, from distal to proximal."""
        covered = {s for graded in self.segments for s in graded.examined.segment.stretches}
        order = motor_nerve(self.name).stretches
        return tuple(s for s in order if s in self.stretches - covered)

    def blocked(self, grade: Grade) -> Truth:
        """Whether there is a block of this grade or better anywhere in the nerve."""
        gaps: list[Truth] = [None] if self.unstudied else []
        return any_of([graded.at_least(grade) for graded in self.segments] + gaps)

    def __str__(self) -> str:
        return f"{self.side} {self.name}"


def callable_stretches(table: BlockTable, name: str, grade: Grade) -> frozenset[str]:
    """Where in a nerve the table can call a block of this grade: never at an entrapment site."""
    nerve = motor_nerve(name)
    return frozenset(
        stretch
        for stretch in nerve.stretches
        if stretch not in nerve.entrapments
        and (grade != "definite" or definite_possible(stretch))
        and any(table.rows_for(g, name, stretch) for g in up_to(grade))
    )


def nerves(chart: Chart, grade: Grade) -> Iterator[Nerve]:
    """Every nerve in which the chart's block table can call a block of this grade, on both sides."""
    for name in chart.table.nerves():
        stretches = callable_stretches(chart.table, name, grade)
        for side in SIDES if stretches else ():
            yield Nerve(
                side,
                name,
                stretches,
                tuple(
                    graded
                    for graded in chart.segments
                    if (segment := graded.examined.segment).side == side
                    and segment.nerve.name == name
                    and stretches.intersection(segment.stretches)
                ),
                sensory.beside(chart, side, name),
            )


def nerves_with_block(chart: Chart, rule: Rule) -> Answer:
    """In how many nerves there is block (with normal sensory conduction, if the rule asks for it)."""
    grade = asked_grade(rule)
    found = list(nerves(chart, grade))
    truths = [with_sensory(rule, nerve, nerve.blocked(grade)) for nerve in found]
    return Answer(number=count(truths), missing=missing(rule, found), basis=basis(chart))


def segments_with_block(chart: Chart, rule: Rule) -> Answer:
    """In how many segments there is block; overlapping ones count once."""
    grade = asked_grade(rule)
    found = list(nerves(chart, grade))
    sure = possible = 0
    for nerve in found:
        certain, open_ = stretches_blocked(rule, nerve, grade)
        sure, possible = sure + certain, possible + certain + open_
    return Answer(number=Range(sure, possible), missing=missing(rule, found), basis=basis(chart))


def stretches_blocked(rule: Rule, nerve: Nerve, grade: Grade) -> tuple[int, int]:
    """How many separate segments of a nerve are blocked, and in how many stretches more it is open."""
    free: set[str] = set()
    taken: set[str] = set()
    blocked = 0
    shortest_first = sorted(nerve.segments, key=lambda g: len(g.examined.segment.stretches))
    for graded in shortest_first:
        stretches = set(graded.examined.segment.stretches)
        truth = with_sensory(rule, nerve, graded.at_least(grade))
        if truth and not stretches & taken:
            blocked, taken = blocked + 1, taken | stretches
        elif truth is False:
            free |= stretches
    if with_sensory(rule, nerve, True) is False:
        return 0, 0
    return blocked, len(nerve.stretches - taken - free)


def asked_grade(rule: Rule) -> Grade:
    """The grade of block that a rule asks for."""
    return cast(Grade, rule.word("grade", GRADES))


def with_sensory(rule: Rule, nerve: Nerve, blocked: Truth) -> Truth:
    """A block that counts only beside normal sensory conduction, if the rule says so."""
    return all_of((blocked, nerve.sensory_normal)) if rule.asks("sensory", "normal") else blocked


def missing(rule: Rule, found: list[Nerve]) -> tuple[str, ...]:
    """What would settle the count: doubts to clear, sensory studies, stretches not yet studied."""
    grade = asked_grade(rule)
    doubts = [
        f"{graded.examined.segment}: {'; '.join(graded.reasons) or TOO_EARLY}"
        for nerve in found
        for graded in nerve.segments
        if graded.at_least(grade) is None
    ]
    unfelt = [
        f"sensory conduction of the {nerve}"
        for nerve in found
        if nerve.blocked(grade) and with_sensory(rule, nerve, True) is None
    ]
    return (*doubts, *unfelt, *unstudied(found))


def unstudied(found: list[Nerve]) -> tuple[str, ...]:
    """One sentence on the stretches that were not studied, both sides together where they agree."""
    gaps: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for nerve in found:
        if nerve.unstudied:
            gaps.setdefault((nerve.name, nerve.unstudied), []).append(nerve.side)
    named = [
        f"{' and '.join(sides)} {name} ({', '.join(stretches)})" for (name, stretches), sides in gaps.items()
    ]
    return (f"no motor conduction values on record: {'; '.join(named)}",) if named else ()


def basis(chart: Chart) -> tuple[Value, ...]:
    """Every number the grades rest on."""
    return tuple(value for graded in chart.segments for value in graded.basis)
