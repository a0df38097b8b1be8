"""Where one more block could be found: the chance of each stretch of nerve, and what nobody has looked at."""

from ranvier.anatomy import motor_nerve
from ranvier.diagnosis import conduction
from ranvier.diagnosis.bedside import weakness_by_movement
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.investigation import assumed
from ranvier.diagnosis.rules import Grade
from ranvier.diagnosis.search import Stretch, looked_at


def space(chart: Chart, grade: Grade) -> dict[Stretch, float]:
    """Every stretch in which one more nerve could turn out to be blocked, with the chance that it is there.

    Nerves known to be blocked are counted already. Weak nerves together hold the share of blocks that
    `tests.toml` gives them, and so do all others; within each group the stretch decides.
    """
    free = [nerve for nerve in conduction.nerves(chart, grade) if not nerve.blocked(grade)]
    found = [Stretch(nerve.side, nerve.name, name) for nerve in free for name in in_order(nerve)]
    weak = weak_nerves(chart)
    groups = [[s for s in found if ((s.side, s.nerve) in weak) is affected] for affected in (True, False)]
    beside = assumed("where", "not_weak")
    portions = (1 - beside, beside) if all(groups) else (1.0, 1.0)
    return {
        stretch: portion * assumed("where", stretch.name) / sum(assumed("where", s.name) for s in group)
        for portion, group in zip(portions, groups, strict=True)
        for stretch in group
    }


def unseen(chart: Chart, chances: dict[Stretch, float]) -> dict[Stretch, float]:
    """The part of it in which nobody has looked yet."""
    return {stretch: chance for stretch, chance in chances.items() if not looked_at(chart, stretch)}


def in_order(nerve: conduction.Nerve) -> list[str]:
    """The stretches in which a block could be called, from distal to proximal."""
    return [name for name in motor_nerve(nerve.name).stretches if name in nerve.stretches]


def weak_nerves(chart: Chart) -> set[tuple[str, str]]:
    """The nerves of which a muscle is weak, with their side."""
    return {nerve for nerves, weak in weakness_by_movement(chart).items() if weak for nerve in nerves}
