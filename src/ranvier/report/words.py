"""Numbers, grades and rules as a clinician reads them; shared by terminal and HTML."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from ranvier.diagnosis import Assessment, Block, CriteriaResult, CriteriaSet
from ranvier.diagnosis.answer import RuleResult
from ranvier.diagnosis.block import GradedSegment
from ranvier.evidence import Value
from ranvier.findings.study import ReportedFinding
from ranvier.findings.truth import Range
from ranvier.report import differential_words as likely

INTENDED_USE = (
    "Research and education software. It shows what the record meets under published rules and what it makes "
    "more or less probable; it does not diagnose and gives no orders. A clinician decides."
)
SIMULATED = "SIMULATED DATA - not a real patient"
SYMBOL = {"met": "✓", "failed": "✗", "unknown": "?"}
MARK = {"definite": "■", "probable": "◆", "possible": "◇", "none": "·", "not assessable": "?"}
UNUSED = "–"
LEVEL = {
    "indeterminate": "indeterminate - the record does not decide it",
    "not met": "not met by this record - this does not exclude the disease",
}
EVEN = 0.5
"""A leading disease below this probability is not called likely."""
SHORT = {
    "indeterminate": "not decided by the record",
    "not met": "not met by this record, which does not exclude the disease",
}


def plain(number: float | None, digits: int = 1, empty: str = "") -> str:
    """A number with a fixed count of digits, or `empty` where it is not known."""
    return empty if number is None else f"{number:.{digits}f}"


def percent(fraction: float | None, empty: str = "") -> str:
    """A fraction as whole percent."""
    return empty if fraction is None else f"{round(fraction * 100)} %"


def mark_of(graded: GradedSegment) -> str:
    """The symbol of a grade; a dash where the set does not use this stretch of this nerve."""
    return MARK[graded.verdict] if graded.used else UNUSED


def grade_in_words(graded: GradedSegment) -> str:
    """The grade with its symbol."""
    return f"{mark_of(graded)} {graded.verdict if graded.used else 'not used'}"


def level_in_words(result: CriteriaResult) -> str:
    """The level, with what it does not mean where that matters, and how the rules stand."""
    counts = Counter(one.status for one in result.rules)
    rules = f"{counts['met']} rules met, {counts['failed']} failed, {counts['unknown']} open"
    return f"{LEVEL[result.level]} ({rules})" if result.level in LEVEL else result.level


def sensitivity_note(result: CriteriaResult) -> str:
    """How many patients the set finds at all, where that was measured; said when it is not met."""
    found = [v for v in result.criteria.performance if "sensitivity" in v.id]
    if not found or result.level not in LEVEL:
        return ""
    best = max(found, key=lambda v: v.number)
    return f"In a published series this set found {best.number:.0%} of patients ({best.note})."


def number_in_words(number: Range) -> str:
    """A number as far as it is known: `2`, `at least 1`, `0 to 4`, or `?`."""
    if number.exact is not None:
        return f"{number.exact:g}"
    if number.low > 0:
        return f"at least {number.low:g}"
    return "?" if number.high == inf else f"{number.low:g} to {number.high:g}"


def answer_in_words(result: RuleResult) -> str:
    """What the record answers to a rule."""
    if result.answer.number is not None:
        number = result.answer.number
        precise = Range(round(number.low, 1), number.high if number.high == inf else round(number.high, 1))
        return number_in_words(precise)
    said = dict.fromkeys(word for word in result.answer.words if word is not None)
    return ", ".join(spoken(word, result) for word in said) or "?"


def wanted_in_words(result: RuleResult) -> str:
    """What the rule asks for."""
    rule = result.rule
    if rule.threshold is not None:
        return f"{rule.op} {limit(rule.threshold)}"
    return " or ".join(spoken(word, result) for word in rule.expected)


def spoken(word: bool | str, result: RuleResult) -> str:
    """A word of an answer as it is read aloud; of what must not be there: present or absent."""
    if isinstance(word, str):
        return word
    yes, no = ("present", "absent") if result.rule.expected == (False,) else ("yes", "no")
    return yes if word else no


def limit(value: Value) -> str:
    """A limit with its unit."""
    return f"{value.number:g} {value.unit}"


@dataclass(frozen=True)
class Headline:
    """One line of the summary at the top of a report."""

    title: str
    text: str


def held_back(assessment: Assessment) -> list[GradedSegment]:
    """The segments with a block or a doubt that have a reason why they are graded no higher."""
    graded = (block.graded[0] for block in assessment.blocks)
    return [one for one in graded if one.reasons and one.used and one.verdict != "none"]


def told_in_words(when: str, finding: ReportedFinding) -> str:
    """What a source says of a nerve: `right ulnar (month 60): distal CMAP amplitude lost`."""
    where = " ".join(filter(None, (finding.side, finding.nerve, finding.segment)))
    time = f" ({when})" if when != "unknown" else ""
    return f"{where}{time}: {finding.finding}"


def headlines(assessment: Assessment) -> tuple[Headline, ...]:
    """What a reader must know in ten seconds: the blocks, the likeliest diseases, the criteria met."""
    found = [b for b in assessment.blocks if b.graded[0].blocked]
    open_ = [b.graded[0] for b in assessment.blocks if b.graded[0].open]
    told = [f for f in assessment.reported if f.block]
    parts = [block_in_words(block) for block in found] or [
        "none found in the segments studied" if assessment.blocks else "no segment with numbers on record"
    ]
    held = [graded for graded in open_ if graded.numbers]
    parts += [f"{g.examined.segment} not assessable, with the numbers of a {g.numbers} block" for g in held]
    if len(open_) > len(held):
        others = " other" if held or found else ""
        count = len(open_) - len(held)
        parts.append(f"{count}{others} segment{'s' * (count > 1)} not assessable")
    if told:
        parts.append(f"{len(told)} reported in words only, not graded")
    return (
        Headline("Conduction block", "; ".join(parts)),
        Headline("Most likely", most_likely(assessment)),
        *levels(assessment),
    )


def most_likely(assessment: Assessment) -> str:
    """The leading diseases with their probabilities, or why they are not worth a headline."""
    found = assessment.differential
    if not found.enough:
        return "too little is known to say"
    shown = likely.leading(found) or likely.ranked(found.candidates)[:1]
    told = ", ".join(f"{one.title} {likely.chance(one.probability)}" for one in shown)
    told = told if shown[0].probability >= EVEN else f"undecided: {told}"
    return f"{told} - {likely.UNLIKE[0].lower()}{likely.UNLIKE[1:]}" if found.unusual else told


def levels(assessment: Assessment) -> Iterator[Headline]:
    """For each disease, its criteria sets by the level that the record reaches."""
    for disease in dict.fromkeys(result.criteria.disease for result in assessment.criteria):
        results = [r for r in assessment.criteria if r.criteria.disease == disease]
        names = Counter(short(result.criteria) for result in results)
        results.sort(key=lambda result: result.level in SHORT)
        reached: dict[str, list[str]] = {}
        for result in results:
            name, title = short(result.criteria), result.criteria.title
            reached.setdefault(result.level, []).append(name if names[name] == 1 else title)
        told = (f"{SHORT.get(level, level)}: {', '.join(sets)}" for level, sets in reached.items())
        yield Headline(f"Criteria for {disease}", "; ".join(told))


def short(criteria: CriteriaSet) -> str:
    """A criteria set by its name and year."""
    return criteria.title.split(",")[0]


def block_in_words(block: Block) -> str:
    """One block: `right median wrist to elbow definite, area drop 72 %`, and where another set differs."""
    graded = block.graded[0]
    drop = graded.examined.measure("area_drop")
    size = f", area drop {percent(drop)}" if drop is not None else ""
    others = {
        f"{table.replace('_', ' ')}: {grade_in_words(one)[2:]}": None
        for table, one in zip(block.tables, block.graded, strict=True)
        if one.verdict != graded.verdict
    }
    differing = f" ({'; '.join(others)})" if others else ""
    return f"{graded.examined.segment} {graded.verdict}{size}{differing}"


def assumed_in_words(assessment: Assessment) -> str:
    """How many of the values used nobody has shown us."""
    total, assumed = len(assessment.values), len(assessment.assumed())
    return f"{assumed} of the {total} values used are assumed or recalled, not verified in their source."
