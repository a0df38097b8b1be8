"""The criteria sets on a terminal: all of them in a list, or one with everything it says."""

from collections.abc import Iterable, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from ranvier.diagnosis.rules import CriteriaSet, Rule
from ranvier.diagnosis.worked import Outcome
from ranvier.formats.files import printable
from ranvier.report import criteria_words as words
from ranvier.report.words import INTENDED_USE

CLOSE = "One of them in full: ranvier criteria ID. Used by: ranvier examine FILE --criteria ID."


def show_list(sets: Sequence[CriteriaSet], console: Console) -> None:
    """Print all sets: id, disease, year, levels, and how many of the rules are recalled."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("id", "disease", "year", "levels", "rules recalled"):
        table.add_column(head, overflow="fold")
    for each in sets:
        levels = ", ".join(level.id for level in each.levels)
        recalled = f"{len(each.recalled)} of {len(each.rules)}"
        table.add_row(*map(say, (each.id, each.disease, words.year_of(each), levels, recalled)))
    console.print(table)
    console.print(say(f"\n{CLOSE}"))


def show_sheet(criteria: CriteriaSet, outcomes: Sequence[Outcome], console: Console) -> None:
    """Print one set: its standing, levels, rules, block table, performance and worked examples."""
    for part in parts(criteria, outcomes):
        console.print(part)


def parts(criteria: CriteriaSet, outcomes: Sequence[Outcome]) -> Iterable[RenderableType]:
    """The parts of the sheet, what it is first."""
    yield Text.assemble((criteria.id, "bold"), f"  {printable(criteria.title)}")
    yield say(f"{criteria.disease}. {words.reference(criteria.source)}")
    if criteria.face:
        yield say(criteria.face, "yellow")
    yield heading("Levels, the most certain first")
    for level in criteria.levels:
        told = f"{level.id}{recalled(level.mark)}: {words.formula_in_words(level.formula)}"
        yield Padding(say(told), (0, 0, 0, 2))
    yield heading("Rules")
    yield rules(criteria.rules)
    yield heading(f"When a fall of the response is a block: {criteria.blocks.title}")
    yield blocks(criteria)
    if criteria.performance:
        yield heading("Measured on patients")
        for value in criteria.performance:
            yield Padding(say(words.performance_in_words(value)), (0, 0, 0, 2))
    yield heading("Worked examples, invented")
    yield examples(outcomes) if outcomes else say("  none in the file")
    yield Text(f"\n{INTENDED_USE}", style="italic")


def say(text: str, style: str = "") -> Text:
    """Text as it stands: no markup is read in it, and nothing in it can steer the terminal."""
    return Text("\n".join(map(printable, text.split("\n"))), style=style)


def heading(text: str) -> RenderableType:
    """The heading of a part."""
    return Padding(Line(say(text), align="left"), (1, 0, 0, 0))


def recalled(mark: str) -> str:
    """What is said of an entry nobody has read in its source."""
    return " (recalled)" if mark == "recalled" else ""


def columns(*heads: str) -> Table:
    """An empty table with these heads."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def rules(found: Sequence[Rule]) -> Table:
    """Every rule: its text, what is asked, with what parameters, and where from."""
    table = columns("id", "rule", "asked", "source")
    for rule in found:
        text = say(rule.text)
        if told := words.parameters_in_words(rule):
            text.append_text(say(f" [{told}]", "dim"))
        source = f"{rule.source}{recalled(rule.mark)}"
        table.add_row(say(rule.id, "bold"), text, say(words.asked_in_words(rule)), say(source))
    return table


def blocks(criteria: CriteriaSet) -> Table:
    """Every row of the block table."""
    table = columns("grade", "nerves", "stretches", "when", "")
    for row in criteria.blocks.rows:
        nerves, stretches = ", ".join(row.nerves), ", ".join(row.stretches)
        marked = recalled(words.row_mark(row)).strip()
        table.add_row(*map(say, (row.grade, nerves, stretches, words.row_in_words(row), marked)))
    return table


def examples(outcomes: Sequence[Outcome]) -> Table:
    """Each example with what it must come out as, and whether it does."""
    table = columns("example", "", "level", "")
    for each in outcomes:
        one = each.example
        good = say("✓ as expected", "green") if not each.slips else say(f"✗ {' '.join(each.slips)}", "red")
        table.add_row(say(one.id, "bold"), say(one.title), say(each.level), good)
    return table
