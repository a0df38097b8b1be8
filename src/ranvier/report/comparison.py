"""Two criteria sets on the same patients, as a table, as JSON or as CSV."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table

from ranvier import __version__
from ranvier.diagnosis.answer import RuleResult
from ranvier.diagnosis.comparison import Compared, Comparison, holding_back
from ranvier.diagnosis.criteria import CriteriaResult
from ranvier.report.criteria_sheet import columns, heading, say
from ranvier.report.words import INTENDED_USE, SYMBOL, answer_in_words, wanted_in_words

SCHEMA = "ranvier.comparison/1"
MOST_IN_FULL = 3
"""So many rules are told with their text; more by their ids."""
HEAD = ("patient", "level_a", "level_b", "differs", "held_back_a", "held_back_b")


def show_comparison(found: Comparison, console: Console) -> None:
    """Print who differs and by which rules, and the cross table."""
    for part in parts(found):
        console.print(part)


def parts(found: Comparison) -> Iterator[RenderableType]:
    """The parts of the report: the counts first, then each patient on whom the sets differ."""
    first, second = found.first, found.second
    many = len(found.patients)
    yield say(f"{first.id} beside {second.id}: {len(found.differing)} of {many} patients differ.", "bold")
    yield Padding(cross_table(found), (1, 0))
    yield say(f"Down: {first.id}, across: {second.id}. Not met does not exclude the disease.", "dim")
    yield from differing(found)
    yield from faces(found)
    yield say(f"\n{INTENDED_USE}", "italic")


def cross_table(found: Comparison) -> Table:
    """How many patients have each pair of levels; only levels that occur."""
    downs, acrosses = outcomes(found, 0), outcomes(found, 1)
    table = columns("", *acrosses)
    for down in downs:
        counts = (found.counts.get((down, across), 0) for across in acrosses)
        table.add_row(say(down, "bold"), *(str(count or "·") for count in counts))
    return table


def outcomes(found: Comparison, which: int) -> list[str]:
    """The outcomes that occur under the first or the second set, the most certain first."""
    criteria = (found.first, found.second)[which]
    order = [*(level.id for level in criteria.levels), "indeterminate", "not met"]
    return [outcome for outcome in order if outcome in {pair[which] for pair in found.counts}]


def differing(found: Comparison) -> Iterator[RenderableType]:
    """Each patient on whom the sets differ, with the rules that hold back the set that stands lower."""
    if not found.differing:
        return
    yield heading("Where they differ, and the rules that decide it (✗ failed, ? not known)")
    table = columns("patient", found.first.id, found.second.id, "rules")
    for each in found.differing:
        table.add_row(*map(say, (each.patient, each.first.level, each.second.level, "\n".join(ways(each)))))
    yield table


def ways(each: Compared) -> Iterator[str]:
    """The rules in the way on the side that stands lower, in full where they are few."""
    for result in each.deciding:
        rules = held_back(result)
        if not rules:
            continue
        if len(rules) > MOST_IN_FULL:
            told = ", ".join(f"{SYMBOL[one.status]} {one.rule.id}" for one in rules)
            yield f"{result.criteria.id}: {told}"
            continue
        for one in rules:
            yield f"{result.criteria.id}: {SYMBOL[one.status]} {one.rule.id} ({one.rule.text})"


def held_back(result: CriteriaResult) -> list[RuleResult]:
    """The rules in the way, as they stand."""
    rules = {one.rule.id: one for one in result.rules}
    return [rules[id] for id in holding_back(result)]


def faces(found: Comparison) -> Iterator[RenderableType]:
    """What must be said of each set."""
    for each in (found.first, found.second):
        if each.face:
            yield say(f"{each.id}: {each.face}", "yellow")


def comparison_json(found: Comparison) -> str:
    """Everything as JSON, schema `ranvier.comparison/1`."""
    data = {
        "schema": SCHEMA,
        "version": __version__,
        "intended_use": INTENDED_USE,
        "first": found.first.id,
        "second": found.second.id,
        "notes": {each.id: each.face for each in (found.first, found.second)},
        "patients": [patient_data(each) for each in found.patients],
        "counts": [
            {"first": first, "second": second, "patients": count}
            for (first, second), count in sorted(found.counts.items())
        ],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def patient_data(each: Compared) -> dict[str, Any]:
    """One patient with both levels and the rules in the way."""
    return {
        "patient": each.patient,
        "differs": each.differs,
        "first": side_data(each.first),
        "second": side_data(each.second),
    }


def side_data(result: CriteriaResult) -> dict[str, Any]:
    """The level under one set and the rules in the way of a higher one."""
    return {
        "level": result.level,
        "held_back_by": [
            {
                "rule": one.rule.id,
                "text": one.rule.text,
                "status": one.status,
                "record": answer_in_words(one),
                "asked": wanted_in_words(one),
            }
            for one in held_back(result)
        ],
    }


def comparison_csv(found: Comparison) -> str:
    """A row for each patient; rules are parted by semicolons."""
    page = StringIO()
    table = csv.writer(page, lineterminator="\n")
    table.writerow(HEAD)
    for each in found.patients:
        held = ("; ".join(holding_back(one)) for one in (each.first, each.second))
        differs = "yes" if each.differs else "no"
        table.writerow(map(safe, (each.patient, each.first.level, each.second.level, differs, *held)))
    return page.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
