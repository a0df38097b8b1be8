"""What else than a block could explain a fall, in words, from the likeliest to what is excluded."""

from collections.abc import Iterator
from dataclasses import dataclass

from ranvier.diagnosis import Assessment, Block
from ranvier.diagnosis.apparent_block import Explanation
from ranvier.report.differential_words import chance
from ranvier.report.words import grade_in_words

ORDER = ("likely", "possible", "unknown")


@dataclass(frozen=True)
class Rival:
    """One explanation that still stands: how it stands, and why, and what would settle it."""

    state: str
    text: str


@dataclass(frozen=True)
class FallRow:
    """One segment whose response falls."""

    segment: str
    alone: str
    open: tuple[Rival, ...]
    excluded: str


def rows(assessment: Assessment) -> Iterator[FallRow]:
    """Every segment of which there is something to explain."""
    for block in assessment.blocks:
        if block.explanations:
            yield row(block)


def row(block: Block) -> FallRow:
    """One segment with its explanations."""
    standing = sorted(
        (one for one in block.explanations if one.state in ORDER), key=lambda one: ORDER.index(one.state)
    )
    out = [one.title for one in block.explanations if one.state == "excluded"]
    graded = block.graded[0]
    return FallRow(
        segment=f"{graded.examined.segment}, {grade_in_words(graded)}",
        alone=alone(block.pseudo_block_probability),
        open=tuple(Rival(one.state, rival(one)) for one in standing),
        excluded=", ".join(out),
    )


def alone(probability: float | None) -> str:
    """How likely phase cancellation alone explains a fall."""
    if probability is None:
        return "whether phase cancellation alone explains the fall cannot be told"
    return f"{chance(probability)} of simulated falls like it are phase cancellation alone"


def rival(one: Explanation) -> str:
    """An explanation with its reason and what would settle it."""
    settles = f" Would settle it: {one.settles.rstrip('.')}." if one.settles else ""
    reason = f": {one.reason.rstrip('.')}" if one.reason else ""
    return f"{one.title}{reason}.{settles}"
