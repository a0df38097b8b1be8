"""What a person can do in everyday life, task by task.

A task is easy (2), goes with difficulty (1) or not at all (0), as the weakest movement that it needs allows
(`tasks.toml`). The tasks are this project's own: no questionnaire is quoted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.anatomy import SIDES, Side
from ranvier.evidence import read_toml
from ranvier.evidence.value import number_in
from ranvier.exam.strength import gripped, moved, pinched
from ranvier.exam.voluntary import Effort

EASY = 2


@dataclass(frozen=True)
class Task:
    """One task: which limbs do it, and how much it asks of each movement (easy, possible)."""

    limbs: str
    needs: Mapping[str, tuple[float, float]]


@cache
def tables() -> dict[str, Any]:
    """The content of `tasks.toml`."""
    return read_toml(Path(__file__).with_name("tasks.toml"))


@cache
def tasks() -> dict[str, Task]:
    """Every task with its needs."""
    demand = {
        word: (number_in(table, "easy", word), number_in(table, "possible", word))
        for word, table in tables()["demand"].items()
    }
    return {
        name: Task(table["limbs"], {need: demand[word] for need, word in table["needs"].items()})
        for name, table in tables()["task"].items()
    }


def ability(effort: Effort, side: Side, name: str) -> float:
    """The force of a movement, of the grip or of the key pinch, as a share of the healthy."""
    if name == "grip":
        return gripped(effort, side)
    return pinched(effort, side) if name == "key pinch" else moved(effort, side, name)


def one_sided(effort: Effort, side: Side, task: Task) -> int:
    """How a task would go with the limbs of one side."""
    found: list[int] = []
    for name, (easy, possible) in task.needs.items():
        share = ability(effort, side, name)
        found.append((share >= easy) + (share >= possible))
    return min(found)


def done(effort: Effort, task: Task) -> int:
    """How a task goes: 0 not at all, 1 with difficulty, 2 easily."""
    if task.limbs == "right":
        return one_sided(effort, "right", task)
    sides = [one_sided(effort, side, task) for side in SIDES]
    return max(sides) if task.limbs == "either" else min(sides)


def function(effort: Effort) -> dict[str, int]:
    """How each task goes: 0 not at all, 1 with difficulty, 2 easily."""
    return {name: done(effort, task) for name, task in tasks().items()}


def function_score(scores: Mapping[str, int]) -> float:
    """The function score (RODS-like): the sum of all tasks, 0 to 50, of this project's own tasks."""
    return float(sum(scores.values()))
