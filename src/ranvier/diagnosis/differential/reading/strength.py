"""The strength of the record's muscles, taken together over all examinations."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ranvier.anatomy import Side
from ranvier.anatomy.territories import Territory, territory
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.outcome import ever, limits
from ranvier.findings.truth import Truth
from ranvier.patient import NeurologicalExamination, Strength


@dataclass(frozen=True)
class Graded:
    """A movement of one side at its weakest, and whether its muscle was ever seen wasted."""

    side: Side
    movement: str
    mrc: float
    wasted: Truth
    served: Territory

    @property
    def weak(self) -> bool:
        """Whether it ever was weak."""
        return self.mrc < limits()["examination"]["full_grade"]

    @property
    def nerve(self) -> str | None:
        """The nerve that alone serves it; None where two share it."""
        return next(iter(self.served.nerves)) if len(self.served.nerves) == 1 else None

    @property
    def limb(self) -> tuple[Side, str]:
        """Side, and cervical for an arm or lumbosacral for a leg."""
        return self.side, self.served.region


def graded(chart: Chart) -> tuple[Graded, ...]:
    """Every movement that was ever graded."""
    rows: dict[tuple[Side, str], list[Strength]] = {}
    for exam in chart.patient.entries(NeurologicalExamination):
        for row in exam.strength:
            rows.setdefault((row.side, row.movement), []).append(row)
    return tuple(
        Graded(side, name, min(grades), ever(row.wasted for row in of_both), served)
        for (side, name), of_both in rows.items()
        if (grades := [row.mrc for row in of_both if row.mrc is not None]) and (served := territory(name))
    )


def weak(chart: Chart) -> tuple[Graded, ...]:
    """Every movement that was ever weak."""
    return tuple(row for row in graded(chart) if row.weak)


def enough(chart: Chart) -> bool:
    """Whether so much was graded that finding no weakness says something."""
    return len(graded(chart)) >= limits()["examination"]["movements_needed"]


def differences(chart: Chart) -> Iterator[bool]:
    """For each examination and movement graded on both sides, whether the sides differ beyond doubt."""
    limit = limits()["examination"]
    for exam in chart.patient.entries(NeurologicalExamination):
        sides = {(row.movement, row.side): row.mrc for row in exam.strength}
        for name in {row.movement for row in exam.strength}:
            left, right = sides.get((name, "left")), sides.get((name, "right"))
            if left is not None and right is not None:
                strong = min(left, right) > limit["strong_above"]
                least = limit["difference_if_strong" if strong else "difference_if_weak"]
                yield round(abs(left - right), 2) >= least


def within_nerves(chart: Chart) -> Iterator[bool]:
    """For each two graded muscles of one nerve, one of them weak, whether they differ in strength."""
    least = limits()["examination"]["difference_in_nerve"]
    nerves: dict[tuple[Side, str], list[Graded]] = {}
    for row in graded(chart):
        if row.nerve is not None:
            nerves.setdefault((row.side, row.nerve), []).append(row)
    for rows in nerves.values():
        for one, other in combinations(rows, 2):
            if one.weak or other.weak:
                yield round(abs(one.mrc - other.mrc), 2) >= least
