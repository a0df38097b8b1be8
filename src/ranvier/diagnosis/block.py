"""Is there conduction block in a segment? The grade a block table gives, and all that lowered it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf, nextafter
from typing import Literal, get_args

from ranvier.diagnosis.rules import BlockRow, BlockTable, Grade, Test
from ranvier.evidence import Value
from ranvier.findings.martin_gruber import Crossing, corrected_drop
from ranvier.findings.quality import Conclusion, Gate
from ranvier.findings.segment import DIGITS, Segment
from ranvier.findings.truth import Range, Truth, all_of, any_of, exactly, settled

Verdict = Literal["definite", "probable", "possible", "none", "not assessable"]
Rows = tuple[BlockRow, ...]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""From the most to the least certain."""
WORDS = {
    "area_drop": "area drop",
    "amplitude_drop": "amplitude drop",
    "duration_rise": "duration rise",
}
UNMET = {
    ">=": "is below",
    ">": "is not above",
    "<=": "is above",
    "<": "is not below",
    "==": "is not",
}


@dataclass(frozen=True)
class Examined:
    """A segment with its doubts, as it goes before a block table."""

    segment: Segment
    gates: tuple[Gate, ...]
    crossing: Crossing
    late_enough: Truth = True
    """Whether the study came so long after onset that a cut axon no longer conducts below the lesion."""
    supposed_rise: float | None = None
    """A rise of the duration that is only supposed, to see what would follow from it."""

    def measure(self, name: str) -> float | None:
        """A measure of the segment, with crossed Martin-Gruber fibres added back to the proximal response."""
        distal, proximal = self.segment.distal, self.segment.proximal
        if name == "duration_rise" and self.supposed_rise is not None:
            return self.supposed_rise
        if name == "duration_rise" or not self.crossing.present:
            return getattr(self.segment, name)
        if name == "amplitude_drop":
            crossed = self.crossing.amplitude_mv
            return corrected_drop(distal.amplitude_mv, proximal.amplitude_mv, crossed)
        area = 0.0 if proximal.absent else proximal.area_mv_ms
        return corrected_drop(distal.area_mv_ms, area, self.crossing.area_mv_ms)

    def range_of(self, name: str) -> Range:
        """What a measure can be in the stretch that is affected most, if the segment spans several.

        If the response keeps the share p over n stretches, one of them keeps at most p^(1/n): that much
        of the fall is certain to be in one place, and more than all of it cannot be. How the duration
        changes in that stretch cannot be told.
        """
        whole, stretches = self.measure(name), len(self.segment.stretches)
        if whole is None or stretches == 1:
            return exactly(whole)
        if name == "duration_rise":
            return exactly(self.supposed_rise)
        least = 1 - (1 - whole) ** (1 / stretches)
        return Range(round(min(least, whole), DIGITS), whole)

    def takes_away(self, conclusion: Conclusion) -> bool:
        """Whether one of the gates forbids this conclusion."""
        return any(conclusion in gate.takes_away for gate in self.gates)


@dataclass(frozen=True)
class GradedSegment:
    """What one block table says of one segment."""

    examined: Examined
    verdict: Verdict
    definite: Truth
    probable: Truth
    """Whether there is at least a probable block."""
    possible: Truth
    """Whether there is at least a possible block; most tables know none, and this is then as `probable`."""
    reasons: tuple[str, ...]
    basis: tuple[Value, ...]
    numbers: Grade | None = None
    """The grade that the numbers alone would have."""
    used: bool = True
    """Whether the table speaks about this stretch of this nerve at all."""

    @property
    def open(self) -> bool:
        """Whether the table would grade the segment, and something stands in the way."""
        return self.used and self.verdict == "not assessable"

    @property
    def blocked(self) -> bool:
        """Whether the table calls a block here, of whatever grade."""
        return self.verdict in GRADES

    def at_least(self, grade: Grade) -> Truth:
        """Whether a rule may count a block of this grade or better here.

        A fall of which nobody knows whether it came within days of the first symptom is shown with its
        grade, and does not count: an interrupted axon can feign a block that early.
        """
        found: Truth = getattr(self, grade)
        return all_of((found, self.examined.late_enough)) if found else found


def grade(examined: Examined, table: BlockTable) -> GradedSegment:
    """The grade of one segment under one block table.

    A fall that meets the numbers but stands under a doubt is neither block nor no block: it is not
    assessable until the doubt is settled.
    """
    truths = judge(examined, table, "definite"), *(at_least(examined, table, g) for g in GRADES[1:])
    used = any(candidates(examined.segment, table, grade) for grade in GRADES)
    verdict = in_words(truths) if used else "not assessable"
    numbers = grade_of_numbers(examined, table)
    return GradedSegment(
        examined=examined,
        verdict=verdict,
        definite=truths[0],
        probable=truths[1],
        possible=truths[2],
        reasons=reasons(examined, table, verdict, numbers) if used else (unused(examined, table),),
        basis=basis(examined, table),
        numbers=numbers,
        used=used,
    )


def in_words(truths: tuple[Truth, ...]) -> Verdict:
    """The best grade that is certain; 'none' only when all are certainly not there."""
    certain: list[Grade] = [grade for grade, truth in zip(GRADES, truths, strict=True) if truth]
    return certain[0] if certain else "none" if any_of(truths) is False else "not assessable"


def up_to(grade: Grade) -> tuple[Grade, ...]:
    """A grade and those that are more certain."""
    return GRADES[: GRADES.index(grade) + 1]


def judge(examined: Examined, table: BlockTable, grade: Grade) -> Truth:
    """Whether the segment holds a block of this grade, after the quality gates."""
    if grade == "definite" and examined.takes_away("definite block"):
        return False
    return gated(examined, by_numbers(examined, table, grade))


def at_least(examined: Examined, table: BlockTable, grade: Grade) -> Truth:
    """Whether the segment holds a block of this grade (probable, possible) or a more certain one.

    Where only the site forbids the word 'definite', what remains is probable. A duration that is not known
    matters only if the answer depends on it: a fall may be a definite block without dispersion, and a
    probable one with it.
    """
    supposed = [
        any_of(gated(one, by_numbers(one, table, each)) for each in up_to(grade))
        for one in suppositions(examined, table)
    ]
    return settled(all(s is True for s in supposed), all(s is False for s in supposed))


def suppositions(examined: Examined, table: BlockTable) -> tuple[Examined, ...]:
    """The segment as it is, or with every rise of the duration that the table tells apart."""
    if examined.segment.proximal.absent or examined.range_of("duration_rise").exact is not None:
        return (examined,)
    limits = {
        test.threshold.number
        for row in table.rows
        for group in row.conditions
        for test in group
        if test.measure == "duration_rise"
    }
    rises = sorted(rise for limit in limits for rise in (limit, nextafter(limit, inf)))
    return tuple(replace(examined, supposed_rise=rise) for rise in rises) or (examined,)


def gated(examined: Examined, found: Truth) -> Truth:
    """A conclusion after the gates: unknown when one of them takes it away."""
    if found is None:
        return None
    return None if examined.takes_away("block" if found else "no block") else found


def by_numbers(examined: Examined, table: BlockTable, grade: Grade) -> Truth:
    """Whether the numbers meet a row of the table wherever in the segment the block may lie.

    Unknown where they would in one of its stretches and would not in another.
    """
    stretches = [
        any_of(meets(examined, row) for row in rows) for rows in candidates(examined.segment, table, grade)
    ]
    return settled(
        bool(stretches) and all(s is True for s in stretches),
        not any(s is not False for s in stretches),
    )


def grade_of_numbers(examined: Examined, table: BlockTable) -> Grade | None:
    """The best grade that the numbers alone would have."""
    for grade in GRADES:
        if by_numbers(examined, table, grade):
            return grade
    return None


def candidates(segment: Segment, table: BlockTable, grade: Grade) -> tuple[Rows, ...]:
    """For each stretch of the segment, the rows that could call a block there; empty if none could."""
    by_stretch = tuple(table.rows_for(grade, segment.nerve.name, stretch) for stretch in segment.stretches)
    return by_stretch if any(by_stretch) else ()


def meets(examined: Examined, row: BlockRow) -> Truth:
    """Whether every condition of a row holds."""
    return all_of(any_of(passes(examined, test) for test in group) for group in row.conditions)


def passes(examined: Examined, test: Test) -> Truth:
    """Whether one test holds. Without a proximal response there is no dispersion to limit."""
    if test.measure == "duration_rise" and examined.segment.proximal.absent:
        return test.op in ("<=", "<")
    return examined.range_of(test.measure).compare(test.op, test.threshold.number)


def reasons(
    examined: Examined, table: BlockTable, verdict: Verdict, numbers: Grade | None
) -> tuple[str, ...]:
    """Why the segment was graded no higher: each doubt, and each number that falls short."""
    gates = tuple(gate.reason for gate in examined.gates)
    if numbers == "definite" or verdict == "definite":
        held = verdict == "not assessable"
        return (("the numbers are those of a definite block",) if held else ()) + gates
    if numbers and verdict == "not assessable":
        gates = (f"the numbers are those of a {numbers} block", *gates)
    best = min((GRADES.index(g) for g in (numbers, verdict) if g in GRADES), default=len(GRADES))
    grades = GRADES[:best][::-1]
    lacking = tuple(shortfalls(examined, nearest(examined, table, grades)))
    return tuple(dict.fromkeys(gates + lacking))


def nearest(examined: Examined, table: BlockTable, grades: tuple[Grade, ...]) -> Rows:
    """In each stretch, the row of these grades of which the fewest conditions fail."""

    def failing(row: BlockRow) -> int:
        return sum(not any_of(passes(examined, t) for t in group) for group in row.conditions)

    segment = examined.segment
    by_stretch = [
        [row for grade in grades for row in table.rows_for(grade, segment.nerve.name, stretch)]
        for stretch in segment.stretches
    ]
    return tuple(min(rows, key=failing) for rows in by_stretch if rows)


def shortfalls(examined: Examined, rows: Rows) -> Iterator[str]:
    """A sentence for each test that failed or could not be made."""
    for row in rows:
        for group in row.conditions:
            if not any_of(passes(examined, test) for test in group):
                yield from (shortfall(examined, test, row.grade) for test in group)


def shortfall(examined: Examined, test: Test, grade: Grade) -> str:
    """Why one test does not hold."""
    name, number = WORDS[test.measure], examined.measure(test.measure)
    if number is None:
        return f"{name} is not known, so a {grade} block cannot be told"
    if passes(examined, test) is None:
        return f"{name} {number:.1%} over several stretches may lie in one or be spread ({grade} block)"
    return f"{name} {number:.1%} {UNMET[test.op]} {test.threshold.number:.0%} ({grade} block)"


def unused(examined: Examined, table: BlockTable) -> str:
    """The sentence for a segment of which the table says nothing."""
    segment = examined.segment
    return f"{table.title} grades no block in the {segment.nerve.name} {' and '.join(segment.stretches)}"


def basis(examined: Examined, table: BlockTable) -> tuple[Value, ...]:
    """Every number the grade rests on."""
    tests = {
        test.threshold
        for grade in GRADES
        for rows in candidates(examined.segment, table, grade)
        for row in rows
        for group in row.conditions
        for test in group
    }
    return tuple(tests | {value for gate in examined.gates for value in gate.basis})
