"""A criteria set in words: what each rule asks for, what a level takes, when a fall is a block."""

from ranvier.diagnosis.answer import Answer, RuleResult
from ranvier.diagnosis.rules import BlockRow, CriteriaSet, Formula, Rule, Test
from ranvier.evidence import Value, registry
from ranvier.report.words import percent, wanted_in_words

MEASURES = {
    "area_drop": "area falls by",
    "amplitude_drop": "amplitude falls by",
    "duration_rise": "duration rises by",
}
OPS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "==": "="}


def formula_in_words(part: str | Formula) -> str:
    """`all of A, B and (any of C, D)`."""
    if isinstance(part, str):
        return part
    names = [p if isinstance(p, str) else f"({formula_in_words(p)})" for p in part.parts]
    if len(names) == 1:
        return names[0]
    many = {len(names): "all", 1: "any"}.get(part.at_least, f"at least {part.at_least}")
    return f"{many} of {', '.join(names)}"


def asked_in_words(rule: Rule) -> str:
    """What a rule asks for: `>= 2 nerves`, `absent`, `normal or minor vibration loss in the legs`."""
    return wanted_in_words(RuleResult(rule, Answer(), None))


def parameters_in_words(rule: Rule) -> str:
    """What a rule's question needs to know: `grade definite; sensory normal`."""
    return "; ".join(
        f"{key.replace('_', ' ')} {parameter_in_words(entry)}" for key, entry in rule.with_.items()
    )


def parameter_in_words(entry: object) -> str:
    """One parameter: a number with its unit, a word, or a list of words."""
    if isinstance(entry, Value):
        return f"{entry.number:g} {entry.unit}"
    return ", ".join(map(str, entry)) if isinstance(entry, tuple) else str(entry)


def row_in_words(row: BlockRow) -> str:
    """When a fall is a block: `area falls by ≥ 50 % or amplitude falls by ≥ 40 %, and duration ...`."""
    return ", and ".join(" or ".join(map(test_in_words, group)) for group in row.conditions)


def test_in_words(test: Test) -> str:
    """One test of a segment."""
    return f"{MEASURES[test.measure]} {OPS[test.op]} {percent(test.threshold.number)}"


def row_mark(row: BlockRow) -> str:
    """Whether the limits of a row were seen in the source."""
    marks = {test.threshold.mark for group in row.conditions for test in group}
    return "seen" if marks == {"seen"} else "recalled"


def reference(source: str) -> str:
    """The source as a reader would cite it; its id where it is one of the user's own."""
    known = registry().sources.get(source)
    return known.reference if known else source


def performance_in_words(value: Value) -> str:
    """`sensitivity 47 % (definite; 53 patients with MMN), doneddu_2024`."""
    name = value.id.rsplit(".", 1)[1].split("_")[0]
    number = f"{value.number * 100:g} %" if value.unit == "fraction" else f"{value.number:g} {value.unit}"
    return f"{name} {number} ({value.note}), {value.source}{' (recalled)' * (value.mark == 'recalled')}"


def year_of(criteria: CriteriaSet) -> str:
    """The year of a set, where its file gives one."""
    return "" if criteria.year is None else str(criteria.year)
