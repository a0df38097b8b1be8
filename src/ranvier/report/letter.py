"""For the referring doctor, on one page: the question, what was found, how likely, and what would help."""

from collections.abc import Iterator
from textwrap import shorten

from ranvier.diagnosis import Assessment, CriteriaResult
from ranvier.patient import GivenDiagnosis, History
from ranvier.report import differential_words as likely
from ranvier.report import next_test_words, words
from ranvier.report.sheet import Part, Sheet, about

MISSING, TESTS, SEGMENTS, TOLD = 4, 3, 4, 2
"""How many of each a page holds, and of how many findings an outcome is told; the rest is counted."""
LONGEST = 150
"""So many letters of what is missing fit on the page; the full report has all."""
OPTIONS = "Options and not orders, first those that are expected to change the picture most."
NO_ALERT = "None of the named alerts applies to what is on record."


def letter(assessment: Assessment) -> Sheet:
    """The page for the referring doctor."""
    parts = (
        Part("The question", (question(assessment),)),
        Part("What was found", points=tuple(found(assessment))),
        Part("How likely", tuple(how_likely(assessment))),
        Part("What is still missing", points=tuple(missing(assessment))),
        Part("What would help next", (OPTIONS,), tuple(next_tests(assessment))),
        Part("Look again", points=tuple(alerts(assessment))),
    )
    return Sheet(
        "Summary for the referring doctor",
        about(assessment),
        assessment.patient.simulated,
        tuple(part for part in parts if part.points or part.heading != "What would help next"),
    )


def question(assessment: Assessment) -> str:
    """What brought the patient, and what is asked."""
    months = [h.duration_months for h in assessment.patient.entries(History) if h.duration_months]
    since = f"Weakness for about {max(months):g} months. " if months else ""
    labels = dict.fromkeys(entry.label for entry in assessment.patient.entries(GivenDiagnosis))
    label = f"Seen so far under the label {', '.join(labels)}. " if labels else ""
    return f"{since}{label}Is it multifocal motor neuropathy (MMN), or one of the diseases that look like it?"


def found(assessment: Assessment) -> Iterator[str]:
    """Blocks, criteria, and the findings that weigh most."""
    block = words.headlines(assessment)[0]
    yield f"{block.title}: {shortened(block.text)}."
    yield from (f"{line.title} - {line.text}." for line in words.levels(assessment))
    for one in likely.leading(assessment.differential)[:1]:
        sides = (("for", likely.speaking_for(one)), ("against", likely.speaking_against(one)))
        for side, findings in sides:
            if findings:
                yield f"{one.title}, what speaks most {side} it: {'; '.join(map(likely.told, findings))}."


def shortened(text: str, most: int = SEGMENTS) -> str:
    """The first few of what is joined by semicolons, and how many more."""
    parts = text.split("; ")
    more = len(parts) - most
    return "; ".join(parts[:most]) + (f"; and {more} more" if more > 0 else "")


def how_likely(assessment: Assessment) -> Iterator[str]:
    """The leading diseases with their probability and where each began, and how far to trust it."""
    differential = assessment.differential
    yield from likely.cautions(differential)
    if not differential.enough:
        return
    shown = likely.ranked(differential.candidates)[: likely.LEADING]
    told = (f"{c.title} {likely.chance(c.probability)} (before {likely.chance(c.prior)})" for c in shown)
    others = likely.chance(1 - sum(c.probability for c in shown))
    yield f"In the setting {differential.setting}: {'; '.join(told)}; all others together {others}."
    yield from likely.trust()


def missing(assessment: Assessment) -> Iterator[str]:
    """What the criteria sets still ask for."""
    asked = dict.fromkeys(text for result in in_question(assessment) for text in result.missing)
    yield from (
        shorten(text.replace("_", " "), LONGEST, placeholder=" ...") for text in list(asked)[:MISSING]
    )
    if len(asked) > MISSING:
        yield f"and {len(asked) - MISSING} more, listed in the full report"
    if not asked:
        yield "Nothing that the criteria for multifocal motor neuropathy ask for."


def in_question(assessment: Assessment) -> list[CriteriaResult]:
    """The sets for the disease of the first set, which the question is about."""
    results = assessment.criteria
    return [r for r in results if r.criteria.disease == results[0].criteria.disease]


def next_tests(assessment: Assessment) -> Iterator[str]:
    """The tests that would tell most, each with what it could show."""
    for row in next_test_words.rows(assessment, TESTS):
        if not assessment.differential.enough:
            yield f"{row.title}. {row.note}".strip()
            continue
        ends = "; ".join(
            f"{shortened(one.words, TOLD)} in {one.chance} (then {one.then})" for one in row.outcomes[:2]
        )
        yield f"{row.title}. {row.note} Expected: {ends}.".replace("  ", " ")


def alerts(assessment: Assessment) -> Iterator[str]:
    """What needs a second look."""
    for alert in assessment.alerts:
        yield f"{alert.title}. {alert.text}"
    if not assessment.alerts:
        yield NO_ALERT
