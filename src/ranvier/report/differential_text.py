"""Alerts, differential, next tests and the other explanations of a fall, on a terminal."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ranvier.diagnosis import Assessment
from ranvier.diagnosis.differential.posterior import Candidate, Contribution
from ranvier.report import differential_words as words
from ranvier.report import fall_words, next_test_words
from ranvier.report.pieces import hanging, heading, say

BAR = 4
"""A bar of certainty takes this part of the page's width."""
LONGEST_BAR = 32
STATE = {"likely": "bold red", "possible": "yellow", "unknown": "yellow", "excluded": "dim"}


def alerts(assessment: Assessment) -> Iterable[RenderableType]:
    """What needs a second look, first of all."""
    if not assessment.alerts:
        return
    yield heading("Look again")
    for alert in assessment.alerts:
        basis = f" ({'; '.join(alert.basis)})" if alert.basis else ""
        body = Text.assemble(say(alert.title, "bold"), say(f". {alert.text}"), say(basis, "dim"))
        yield hanging([(Text("!", "bold red"), body)])


def differential(assessment: Assessment, width: int) -> Iterable[RenderableType]:
    """Every disease with its probability, and what speaks for and against the leading ones."""
    found = assessment.differential
    yield heading("Differential")
    yield Padding(say(words.setting_in_words(found), "dim"), (0, 0, 0, 2))
    for caution in words.cautions(found):
        yield Padding(say(caution, "bold yellow"), (0, 0, 0, 2))
    yield bars(assessment, min(LONGEST_BAR, width // BAR))
    for one in words.leading(found):
        yield from because(one)
    for line in words.trust():
        yield Padding(say(line, "dim"), (0, 0, 0, 2))


def bars(assessment: Assessment, longest: int) -> RenderableType:
    """The candidates, most probable first, each with a bar."""
    found = assessment.differential
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("", width=longest, no_wrap=True)
    table.add_column("now", justify="right", no_wrap=True)
    table.add_column("before", justify="right", no_wrap=True, style="dim")
    table.add_column("", overflow="fold")
    for one in words.listed(found):
        now, before = words.chance(one.probability), words.chance(one.prior)
        table.add_row("█" * round(one.probability * longest), now, before, say(one.title))
    if words.rest(found):
        table.add_row("", "", "", say(words.rest(found), "dim"))
    return Padding(table, (0, 0, 0, 2))


def because(candidate: Candidate) -> Iterator[RenderableType]:
    """What speaks for and against one candidate."""
    sides = (("for", words.speaking_for(candidate)), ("against", words.speaking_against(candidate)))
    rows = [row for side, found in sides for row in weights(side, found)]
    if rows:
        yield say(f"  {candidate.title}, {words.chance(candidate.probability)}", "bold")
        yield hanging(rows, 4)


def weights(side: str, found: tuple[Contribution, ...]) -> Iterator[tuple[Text, Text]]:
    """One row for each finding of a side, the side named on the first."""
    for number, one in enumerate(found):
        mark = f"{side if number == 0 else '':<7} {words.factor(one):>6}"
        yield say(mark, "dim"), say(words.told(one))


def next_tests(assessment: Assessment) -> Iterable[RenderableType]:
    """What would change the decision most, with what each outcome would do."""
    if not assessment.next_tests:
        return
    yield heading("What would tell most next")
    yield Padding(say(next_test_words.MEANING, "dim"), (0, 0, 0, 2))
    for number, row in enumerate(next_test_words.rows(assessment), 1):
        facts = f" - {row.facts}{f'. {row.note}' if row.note else ''}"
        about = Text.assemble(say(row.title, "bold"), say(facts, "dim"))
        yield hanging([(Text(f"{number}."), about)])
        yield hanging(
            [(Text(f"{one.chance:>5}"), say(f"{one.words}: {one.then}")) for one in row.outcomes], 5
        )
        if row.also:
            yield hanging([(say("also:", "dim"), say(row.also, "dim"))], 5)


def falls(assessment: Assessment) -> Iterable[RenderableType]:
    """For each fall that looks like a block: what else could explain it."""
    rows = list(fall_words.rows(assessment))
    if not rows:
        return
    yield heading("Block, or something else?")
    for row in rows:
        yield Padding(Text.assemble(say(row.segment, "bold"), say(f" - {row.alone}")), (0, 0, 0, 2))
        yield hanging([(say(f"{one.state:<8}", STATE[one.state]), say(one.text)) for one in row.open], 4)
        if row.excluded:
            yield hanging([(say("excluded", "dim"), say(row.excluded, "dim"))], 4)
