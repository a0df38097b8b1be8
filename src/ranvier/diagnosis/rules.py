"""What a published criteria set is made of: rules, levels, and the definition of a block."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from ranvier.evidence import EvidenceError, Mark, Value

Grade = Literal["definite", "probable", "possible"]
Op = Literal[">=", ">", "<=", "<", "=="]


@dataclass(frozen=True)
class Test:
    """One measure of a segment held against a threshold, such as area drop >= 0.5."""

    measure: str
    op: Op
    threshold: Value


@dataclass(frozen=True)
class BlockRow:
    """One row of a block definition: in these nerves and stretches, every condition must hold.

    A condition is a group of tests of which one suffices.
    """

    id: str
    grade: Grade
    nerves: tuple[str, ...]
    stretches: tuple[str, ...]
    conditions: tuple[tuple[Test, ...], ...]


@dataclass(frozen=True)
class BlockTable:
    """How a criteria set defines conduction block."""

    id: str
    title: str
    source: str
    rows: tuple[BlockRow, ...]

    def rows_for(self, grade: Grade, nerve: str, stretch: str) -> tuple[BlockRow, ...]:
        """The rows that speak about a grade of block in one stretch of a nerve."""
        return tuple(
            row
            for row in self.rows
            if row.grade == grade and nerve in row.nerves and stretch in row.stretches
        )

    @property
    def limits(self) -> tuple[Value, ...]:
        """Every limit of the table, each as often as it stands there."""
        tests = (test for row in self.rows for group in row.conditions for test in group)
        return tuple(test.threshold for test in tests)

    def nerves(self) -> tuple[str, ...]:
        """The nerves in which the table can find a block."""
        return tuple(sorted({nerve for row in self.rows for nerve in row.nerves}))


@dataclass(frozen=True)
class Rule:
    """One published rule: what is asked of the record, and what the answer must be.

    Either a number is compared with `threshold`, or the answer must be one of `expected`.
    """

    id: str
    text: str
    measure: str
    source: str
    mark: Mark
    with_: dict[str, object]
    op: Op | None = None
    threshold: Value | None = None
    expected: tuple[bool | str, ...] = ()

    def word(self, key: str, allowed: tuple[str, ...] = ()) -> str:
        """A parameter that is a word, one of `allowed` if any are given; raises EvidenceError."""
        word = self.with_.get(key)
        if not isinstance(word, str) or (allowed and word not in allowed):
            wanted = f"one of {', '.join(allowed)}" if allowed else "a word"
            raise EvidenceError(f"rule '{self.id}': with.{key} must be {wanted}.")
        return word

    def asks(self, key: str, word: str) -> bool:
        """Whether the rule gives a parameter that can only be this word; raises EvidenceError."""
        return key in self.with_ and self.word(key, (word,)) == word

    def words(self, key: str) -> tuple[str, ...]:
        """A parameter that is a list of words; empty when the rule does not give it."""
        words = self.with_.get(key, ())
        return cast(tuple[str, ...], words) if isinstance(words, tuple) else ()

    def limit(self, key: str) -> Value:
        """A parameter that is a number with its source; raises EvidenceError."""
        limit = self.with_.get(key)
        if not isinstance(limit, Value):
            raise EvidenceError(f"rule '{self.id}': with.{key} must have number, unit, kind and source.")
        return limit

    @property
    def values(self) -> tuple[Value, ...]:
        """Every number the rule rests on."""
        parameters = tuple(v for v in self.with_.values() if isinstance(v, Value))
        return parameters + ((self.threshold,) if self.threshold else ())


@dataclass(frozen=True)
class Formula:
    """So many of these parts must hold; a part is the id of a rule or another formula."""

    at_least: int
    parts: "tuple[str | Formula, ...]"

    def rule_ids(self) -> tuple[str, ...]:
        """The rules the formula rests on, in order, each once."""
        ids = [part.rule_ids() if isinstance(part, Formula) else (part,) for part in self.parts]
        return tuple(dict.fromkeys(id for group in ids for id in group))


@dataclass(frozen=True)
class Level:
    """A level of certainty and what it takes to reach it."""

    id: str
    formula: Formula
    source: str
    mark: Mark


@dataclass(frozen=True)
class CriteriaSet:
    """A published set of criteria. Levels run from the most to the least certain."""

    id: str
    title: str
    disease: str
    source: str
    year: int | None
    note: str
    blocks: BlockTable
    rules: tuple[Rule, ...]
    levels: tuple[Level, ...]
    performance: tuple[Value, ...]

    @property
    def recalled(self) -> tuple[Rule, ...]:
        """The rules whose wording nobody has read in the source."""
        return tuple(rule for rule in self.rules if rule.mark == "recalled")

    @property
    def face(self) -> str:
        """What must be said wherever the set is shown: its note, and how much of it is recalled."""
        parts = {
            "rules": self.rules,
            "levels": self.levels,
            "limits of the block table": self.blocks.limits,
        }
        said = [words for what, entries in parts.items() if (words := recalled_among(entries, what))]
        told = " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))
        return " ".join(filter(None, (self.note, told and f"{told} are recalled, not read in the source.")))


def recalled_among(entries: "Sequence[Rule | Level | Value]", what: str) -> str:
    """How many of these are recalled: `2 of 9 rules`; nothing where none is."""
    recalled = sum(entry.mark == "recalled" for entry in entries)
    return f"{recalled} of {len(entries)} {what}" if recalled else ""
