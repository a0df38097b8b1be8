"""The regimens that were compared, as a table."""

from collections.abc import Iterable, Sequence

from ranvier.report.outlook.words import banded, money, share
from ranvier.report.sheet import Rows
from ranvier.treatment.plan import Outcome, Plan, Target

COLUMNS = (
    ("regimen", False, False),
    ("on target", False, False),
    ("chance", True, False),
    ("lowest {}, {}", False, False),
    ("swing", True, False),
    ("g/year", False, False),
    ("infusions", False, False),
    ("in hospital", True, False),
    ("needles", True, False),
    ("blood tests", True, False),
    ("cost/year", False, True),
)
"""Each column: its head, whether only a wide page holds it, and whether it is of prices."""
INFUSIONS = 6
FEW = 10
"""So many regimens stand in a short table: the present one, the options, and those next to them."""


def regimens(plan: Plan, shown: Sequence[Outcome], few: bool) -> Rows:
    """Regimens in every column, or in the few that a narrow page holds."""
    target = plan.targets[0]
    priced = any(each.burden.cost for each in shown)
    kept = [n for n, (_, wide, cost) in enumerate(COLUMNS) if (priced or not cost) and not (few and wide)]
    if few and priced:
        kept.remove(INFUSIONS)
    heads = [head.format(target.measure, target.unit) for head, *_ in COLUMNS]
    cells = [cells_of(each, target) for each in shown]
    return Rows(tuple(heads[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in cells))


def cells_of(each: Outcome, target: Target) -> tuple[str, ...]:
    """A regimen in every column."""
    level = each.measures[target.measure]
    return (
        each.candidate.text + (" *" if each.label else ""),
        share(each.above),
        f"{each.chance:.2f}",
        banded(level.trough, 1),
        f"{level.swing_pct.typical:.0f} %",
        f"{each.burden.grams:.0f}",
        f"{each.burden.infusions:.0f}",
        f"{each.burden.hospital_days:.0f}",
        f"{each.burden.needles:.0f}",
        f"{each.burden.blood_tests:.0f}",
        money(each),
    )


def chosen(plan: Plan) -> list[Outcome]:
    """The present regimen and the options, then what keeps the target with fewest grams, of each drug."""
    found = {each.outcome.candidate: each.outcome for each in plan.options}
    ranked = sorted(plan.outcomes, key=lambda each: (-round(each.chance, 1), each.burden.grams))
    for name in dict.fromkeys(each.candidate.drug for each in ranked):
        own = [each for each in ranked if each.candidate.drug == name]
        found |= {each.candidate: each for each in own[: (FEW - len(plan.options)) // 3]}
    return list(found.values())


def marked(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    """Why a regimen of the table is marked."""
    return tuple(f"* {each.candidate.text}: {each.label}" for each in outcomes if each.label)
