"""How complete the search for conduction block was: where it was looked for, and where it was not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.anatomy import SIDES, Side, motor_nerve
from ranvier.diagnosis.block import GradedSegment
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.conduction import callable_stretches
from ranvier.evidence import read_toml
from ranvier.findings.truth import Truth, all_of, any_of
from ranvier.patient import NerveConductionStudy


@dataclass(frozen=True)
class Stretch:
    """A stretch of motor nerve on one side, off the common entrapment sites."""

    side: Side
    nerve: str
    name: str

    def __str__(self) -> str:
        return f"{self.side} {self.nerve} {self.name}"


@dataclass(frozen=True)
class Search:
    """Where block was looked for.

    `complete`: whether every stretch that belongs to a complete search was studied without a doubt that
    stands in the way of a grade; unknown while such a doubt stands, or while the record lists no motor
    conduction at all. `found`: whether there is block off the entrapment sites in what was studied.
    """

    complete: Truth
    found: Truth
    studied: tuple[str, ...]
    doubtful: tuple[str, ...]
    """Studied, and not gradable: each with the reason."""
    missing: tuple[str, ...]
    """Needed for a complete search, and not on record."""
    wider: tuple[str, ...]
    """What a wider search would add."""


def searched(chart: Chart) -> Search:
    """How complete the search for block is on this record, as `search.toml` defines it."""
    needed = {stretch: looked_at(chart, stretch) for stretch in stretches(chart, "complete")}
    more = [stretch for stretch in stretches(chart, "wider") if stretch not in needed]
    graded = [segment for segment in chart.segments if off_entrapment(segment)]
    return Search(
        complete=all_of(needed.values()) if needed else None,
        found=any_of(segment.at_least("probable") for segment in graded) if graded else None,
        studied=in_words(stretch for stretch, truth in needed.items() if truth),
        doubtful=tuple(doubt(chart, stretch) for stretch in needed if held(chart, stretch)),
        missing=in_words(s for s, truth in needed.items() if not truth and not covering(chart, s)),
        wider=in_words(stretch for stretch in more if not looked_at(chart, stretch)),
    )


@cache
def definition() -> dict[str, Any]:
    """The content of search.toml."""
    return read_toml(Path(__file__).with_name("search.toml"))


def stretches(chart: Chart, extent: str) -> Iterator[Stretch]:
    """The stretches of a search of this extent in which the chart's block table can call a block."""
    wanted = definition()[extent]
    for name in wanted["nerves"]:
        gradable = callable_stretches(chart.table, name, "probable")
        for side in SIDES:
            for stretch in motor_nerve(name).stretches:
                if side in wanted["sides"] and stretch in gradable.intersection(wanted["stretches"]):
                    yield Stretch(side, name, stretch)


def in_words(found: Iterable[Stretch]) -> tuple[str, ...]:
    """Stretches by nerve, both sides together where they agree: `left and right median (forearm, arm)`."""
    by_nerve: dict[tuple[str, Side], list[str]] = {}
    for stretch in found:
        by_nerve.setdefault((stretch.nerve, stretch.side), []).append(stretch.name)
    sides: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (nerve, side), names in by_nerve.items():
        sides.setdefault((nerve, tuple(names)), []).append(side)
    return tuple(
        f"{' and '.join(both)} {nerve} ({', '.join(names)})" for (nerve, names), both in sides.items()
    )


def looked_at(chart: Chart, stretch: Stretch) -> Truth:
    """Whether a stretch was studied so that it can be graded; unknown under a doubt.

    A record that lists motor conduction and not this stretch did not look there; one that lists none, or
    tells of conduction only in words, does not say where anybody looked.
    """
    found = covering(chart, stretch)
    if found:
        return True if any(one.probable is not None for one in found) else None
    return False if any(s.motor for s in chart.patient.entries(NerveConductionStudy)) else None


def covering(chart: Chart, stretch: Stretch) -> list[GradedSegment]:
    """The segments on record that run over a stretch."""
    return [
        graded
        for graded in chart.segments
        if (one := graded.examined.segment).side == stretch.side
        and one.nerve.name == stretch.nerve
        and stretch.name in one.stretches
    ]


def held(chart: Chart, stretch: Stretch) -> bool:
    """Whether a stretch was studied and a doubt keeps it from being graded."""
    return bool(covering(chart, stretch)) and looked_at(chart, stretch) is None


def doubt(chart: Chart, stretch: Stretch) -> str:
    """A stretch with what keeps it from being graded."""
    reasons = dict.fromkeys(reason for graded in covering(chart, stretch) for reason in graded.reasons)
    return f"{stretch} ({'; '.join(reasons)})"


def off_entrapment(graded: GradedSegment) -> bool:
    """Whether a segment spans no common entrapment site and the table speaks about it."""
    return graded.used and not graded.examined.segment.entrapments
