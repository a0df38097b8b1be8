"""The assessment on a terminal, for a tired resident at night: the answer first, then its basis."""

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ranvier.diagnosis import Assessment, CriteriaResult
from ranvier.diagnosis.answer import RuleResult
from ranvier.diagnosis.block import GradedSegment
from ranvier.report import differential_text, words
from ranvier.report.pieces import hanging, heading, say
from ranvier.report.table import Cell, MotorTable, f_wave_rows, motor_tables, sensory_rows

STYLE = {"met": "green", "failed": "red", "unknown": "yellow"}
GRADE_STYLE = {
    "definite": "bold red",
    "probable": "bold yellow",
    "possible": "yellow",
    "not assessable": "yellow",
}
WIDE, NARROW = 100, 80
MOTOR_COLUMNS = (
    ("ms", 5), ("mV", 8), ("mV·ms", 5), ("ms", 4), ("m/s", 4), ("ampl", 6), ("area", 6), ("dur", 5),
)  # fmt: skip
FEW = 3
"""So many criteria sets are shown with every rule; of more, the first of each disease."""
KEPT = (1, 4, 5, 6)
"""The columns that a narrow terminal has room for."""


def show(assessment: Assessment, console: Console, remarks: tuple[str, ...] = ()) -> None:
    """Print the whole assessment."""
    for part in parts(assessment, remarks, console.width):
        console.print(part)


def parts(assessment: Assessment, remarks: tuple[str, ...], width: int) -> Iterable[RenderableType]:
    """The parts of the report, from the answer to its sources."""
    yield title(assessment)
    for remark in remarks:
        yield say(f"Reading: {remark}", "yellow")
    yield from summary(assessment, width)
    yield from differential_text.alerts(assessment)
    yield from differential_text.differential(assessment, width)
    yield from differential_text.next_tests(assessment)
    tables = list(motor_tables(assessment))
    if tables:
        yield heading("Motor conduction")
        yield from motor(tables, width)
    yield from late_and_sensory(assessment)
    yield from reported(assessment)
    yield from reasons(assessment)
    yield from differential_text.falls(assessment)
    full = in_full(assessment)
    for result in assessment.criteria:
        yield from criteria(result, result in full)
    yield from quality(assessment)
    yield from record(assessment)
    yield from sources(assessment)
    yield Text(words.INTENDED_USE, style="italic")


def title(assessment: Assessment) -> RenderableType:
    """Who it is about, and whether the patient is real."""
    identity = assessment.patient.identity
    age = f"{identity.age_years:g} years" if identity.age_years is not None else ""
    about = ", ".join(filter(None, (identity.pseudonym, identity.sex or "", age)))
    mark = Text(f"  {words.SIMULATED}", style="bold reverse") if assessment.patient.simulated else ""
    return Text.assemble("\n", say(about, "bold"), mark)


def summary(assessment: Assessment, width: int) -> Iterable[RenderableType]:
    """The answer in a few lines."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", max_width=min(44, width // 3))
    table.add_column()
    for line in words.headlines(assessment):
        table.add_row(say(line.title, "bold"), say(line.text))
    yield Padding(table, (1, 0))


def motor(tables: list[MotorTable], width: int) -> Iterable[RenderableType]:
    """The motor studies, one row for each stimulation site, all in the same columns."""
    kept = KEPT if width < NARROW else range(len(MOTOR_COLUMNS))
    for number, one in enumerate(tables):
        yield say(one.title, "bold")
        table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", show_header=number == 0)
        table.add_column("  site", width=21)
        for head, room in (MOTOR_COLUMNS[n] for n in kept):
            table.add_column(head, justify="right", width=room, no_wrap=True)
        table.add_column("block", no_wrap=True)
        for row in one.rows:
            cells = (row.latency, row.amplitude, row.area, row.duration, row.velocity,
                     row.amplitude_drop, row.area_drop, row.duration_rise)  # fmt: skip
            shown = (painted(cells[n]) for n in kept)
            table.add_row(f"  {row.site}", *shown, verdict(row.graded, width >= WIDE))
        yield table
    marks = [*((mark, grade) for grade, mark in words.MARK.items()), (words.UNUSED, "not used")]
    yield Text("  " + "  ".join(f"{mark} {meaning}" for mark, meaning in marks), "dim")


def verdict(graded: GradedSegment | None, wide: bool) -> Text:
    """A grade as its symbol, with the word where there is room."""
    if graded is None:
        return Text()
    word = words.grade_in_words(graded) if wide else words.mark_of(graded)
    return Text(word, style=GRADE_STYLE.get(graded.verdict, "") if graded.used else "dim")


def painted(cell: Cell) -> Text:
    """A cell, bold where it carries a mark."""
    return Text(str(cell), style="bold" if cell.mark else "")


def late_and_sensory(assessment: Assessment) -> Iterable[RenderableType]:
    """F waves and sensory studies, where there are any."""
    waves, feels = list(f_wave_rows(assessment)), list(sensory_rows(assessment))
    if waves:
        yield heading("F waves")
        table = Table(box=None, pad_edge=False, header_style="dim")
        for head in ("nerve", "shortest ms", "persistence %"):
            table.add_column(head)
        for name, latency, persistence in waves:
            table.add_row(name, painted(latency), persistence)
        yield table
    if feels:
        yield heading("Sensory conduction")
        table = Table(box=None, pad_edge=False, header_style="dim")
        for head in ("nerve", "amplitude uV", "peak ms", "velocity m/s", "verdict"):
            table.add_column(head)
        for row in feels:
            cells = map(painted, (row.amplitude, row.peak_latency, row.velocity))
            table.add_row(row.title, *cells, row.verdict)
        yield table


def reported(assessment: Assessment) -> Iterable[RenderableType]:
    """What the source says in words, which no rule can weigh."""
    if assessment.told:
        yield heading("Reported in words, not graded")
    for when, finding in assessment.told:
        yield say(f"  {words.told_in_words(when, finding)}")


def reasons(assessment: Assessment) -> Iterable[RenderableType]:
    """Why each segment that falls short of a definite block does so, unless it is simply normal."""
    held = words.held_back(assessment)
    if held:
        yield heading("Why not graded higher")
    for one in held:
        yield hanging(
            [(Text(words.MARK[one.verdict]), say(f"{one.examined.segment}: {'; '.join(one.reasons)}"))]
        )


def in_full(assessment: Assessment) -> list[CriteriaResult]:
    """The criteria sets whose every rule is shown: all of a few.

    Of many the first, and of each other disease the first set of which the record reaches a level.
    """
    results = assessment.criteria
    if len(results) <= FEW:
        return list(results)
    reached = [results[0], *(r for r in results if r.level in r.levels)]
    first = {result.criteria.disease: result for result in reversed(reached)}
    return list(first.values())


def criteria(result: CriteriaResult, full: bool) -> Iterable[RenderableType]:
    """One criteria set: its level, its rules with the record's answers, and what is missing."""
    yield heading(result.criteria.title)
    yield say(f"  {words.level_in_words(result)}", "bold")
    for note in filter(None, (result.criteria.face, words.sensitivity_note(result))):
        yield Padding(say(note, "dim"), (0, 0, 0, 2))
    if full:
        yield rules(result)
    else:
        yield say(f"  Every rule: --criteria {result.criteria.id}, or --format html", "dim")
    if result.missing:
        yield Text("  Missing to decide:", style="yellow")
        yield hanging(((Text("-"), say(text)) for text in result.missing), 3)


def rules(result: CriteriaResult) -> RenderableType:
    """Every rule with the record's answer."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1))
    for head in ("", "rule", "on record", "text"):
        table.add_column(head, overflow="fold", max_width=22 if head == "on record" else None)
    for one in result.rules:
        mark = Text(words.SYMBOL[one.status], style=STYLE[one.status])
        table.add_row(mark, say(one.rule.id), say(on_record(one)), rule_text(one))
    return Padding(table, (0, 0, 0, 2))


def on_record(result: RuleResult) -> str:
    """The record's answer, and the limit where the rule compares a number."""
    answer = words.answer_in_words(result)
    rule = result.rule
    return f"{answer} (needs {rule.op} {rule.threshold.number:g})" if rule.threshold else answer


def rule_text(result: RuleResult) -> Text:
    """The rule as published, and whether it was only recalled."""
    recalled = " (recalled)" if result.rule.mark == "recalled" else ""
    return Text.assemble(say(result.rule.text), (recalled, "dim"))


def quality(assessment: Assessment) -> Iterable[RenderableType]:
    """Remarks on the quality of the study."""
    if assessment.quality:
        yield heading("Quality")
    for remark in assessment.quality:
        yield Padding(say(f"{remark.where}: {remark.text}"), (0, 0, 0, 2))


def record(assessment: Assessment) -> Iterable[RenderableType]:
    """Where the record comes from."""
    yield heading("The record")
    told = dict.fromkeys(f"  {entry.origin}: {entry.source}" for entry in assessment.patient.in_order)
    yield Group(*map(say, told))


def sources(assessment: Assessment) -> Iterable[RenderableType]:
    """The sources, and how much of what was used is not verified."""
    yield heading("Sources")
    for source in assessment.sources():
        yield Padding(say(source.reference, "dim"), (0, 0, 0, 2))
    yield Text(f"  {words.assumed_in_words(assessment)}")
