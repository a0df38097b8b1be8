"""What the record answers to a rule, and whether the rule is met by it."""

from dataclasses import dataclass
from typing import Literal, get_args

from ranvier.diagnosis.rules import Rule
from ranvier.evidence import EvidenceError, Value
from ranvier.findings.truth import Range, Truth, all_of, any_of
from ranvier.patient.entries import Course, Limbs, ReflexGrade, SensoryFinding

Word = bool | str | None
Status = Literal["met", "failed", "unknown"]
WORDS: dict[str, tuple[str, ...]] = {
    "course": get_args(Course),
    "predominant_limbs": get_args(Limbs),
    "sensory_signs": get_args(SensoryFinding),
    "reflexes_in_affected_limbs": get_args(ReflexGrade),
}
"""What a measure can answer in words; every other one answers yes or no."""


@dataclass(frozen=True)
class Answer:
    """A number as far as it is known, or one word per entry that was asked.

    With `every`, each entry must fit: a sign once present is not made absent by an examination
    that does not mention it. `missing` says what would settle an answer that is not known.
    """

    number: Range | None = None
    words: tuple[Word, ...] = ()
    every: bool = False
    missing: tuple[str, ...] = ()
    basis: tuple[Value, ...] = ()


@dataclass(frozen=True)
class RuleResult:
    """One rule applied to one record."""

    rule: Rule
    answer: Answer
    truth: Truth

    @property
    def status(self) -> Status:
        """met, failed or unknown."""
        return "unknown" if self.truth is None else "met" if self.truth else "failed"

    @property
    def margin(self) -> float | None:
        """How far the number lies on the good side of the threshold; negative on the other side.

        For a count that is known only within a range, the smallest distance that is certain.
        """
        rule, number = self.rule, self.answer.number
        if rule.threshold is None or number is None or self.truth is None or rule.op == "==":
            return None
        upward = rule.op in (">=", ">")
        certain = number.low if upward == self.truth else number.high
        return (certain - rule.threshold.number) * (1 if upward else -1)

    @property
    def missing(self) -> tuple[str, ...]:
        """What would settle the rule; nothing once it is settled."""
        return self.answer.missing if self.truth is None else ()


def apply(rule: Rule, answer: Answer) -> RuleResult:
    """The rule's status, given what the record answers."""
    return RuleResult(rule, answer, truth_of(rule, answer))


def truth_of(rule: Rule, answer: Answer) -> Truth:
    """Whether the answer fulfils the rule; unknown when the record does not tell.

    Raises EvidenceError when the rule compares what its measure answers in words, or the reverse.
    """
    if (rule.threshold is None) != (answer.number is None):
        wanted = "expected = [...]" if answer.number is None else "op and threshold"
        raise EvidenceError(f"rule '{rule.id}': '{rule.measure}' needs {wanted}.")
    if rule.op and rule.threshold and answer.number:
        return answer.number.compare(rule.op, rule.threshold.number)
    said = WORDS.get(rule.measure, (True, False))
    for word in rule.expected:
        if word not in said:
            known = ", ".join(map(str, said)).lower()
            raise EvidenceError(
                f"rule '{rule.id}': '{word}' is no answer of '{rule.measure}', which are: {known}."
            )
    fits = [None if word is None else word in rule.expected for word in answer.words]
    if not fits:
        return None
    return all_of(fits) if answer.every else any_of(fits)
