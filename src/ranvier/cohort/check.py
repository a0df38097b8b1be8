"""A virtual cohort beside published figures: inside their 95 % interval, outside, or not spoken about.

The verdict asks whether the virtual figure lies in the published interval. The virtual figure's own interval
stands beside it: where that is wide, the verdict says little.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import pyarrow as pa

from ranvier.cohort.interval import Interval, clustered, odds, ranked, share
from ranvier.cohort.measures import AMONG, values
from ranvier.cohort.targets import PERCENT, Target, Unspoken, settings, targets

Row = dict[str, Any]
Verdict = Literal["inside", "outside", "not spoken about"]


@dataclass(frozen=True)
class Checked:
    """One published figure beside the virtual one; `virtual` is None where the cohort says nothing of it."""

    target: Target
    virtual: float | None
    interval: Interval | None
    patients: int

    @property
    def verdict(self) -> Verdict:
        """Whether the virtual figure lies in the published interval."""
        if self.virtual is None:
            return "not spoken about"
        return "inside" if self.target.interval.holds(self.virtual) else "outside"


def check(table: pa.Table, against: Iterable[Target] | None = None) -> list[Checked]:
    """Every published figure of the disease that a cohort's table holds, beside the virtual figure.

    Raises ValueError for a table of several diseases.
    """
    diseases = set(table["disease"].to_pylist())
    if len(diseases) != 1:
        raise ValueError(
            f"a table of one disease can be checked, not of {', '.join(sorted(diseases)) or 'none'}."
        )
    patients = [list(rows) for _, rows in groupby(table.to_pylist(), lambda row: row["seed"])]
    wanted = against if against is not None else targets()
    return [checked(patients, one) for one in wanted if one.disease in diseases]


def checked(patients: Sequence[Sequence[Row]], target: Target) -> Checked:
    """One figure; not spoken about where fewer patients tell of it than make an interval."""
    asked = [row for rows in patients if (row := at_visit(rows, target)) is not None]
    among = AMONG.get(target.among)
    chosen = [row for row in asked if among is None or among(row)]
    groups = [found for row in chosen if (found := values(row, target.measure, target.limits))]
    if len(groups) < settings()["visit"]["least_patients"]:
        return Checked(target, None, None, len(groups))
    return Checked(target, *virtual(groups, target), len(groups))


def at_visit(rows: Sequence[Row], target: Target) -> Row | None:
    """The visit of a patient that a figure speaks of; None for one who was not seen then."""
    if target.visit == "first":
        return rows[0]
    if target.visit == "last":
        return rows[-1]
    years = target.visit
    if years == "presentation":
        years = settings()["presentation_years"][target.disease]
    return min(
        (row for row in rows if abs(row["years"] - float(years)) <= settings()["visit"]["within"]),
        key=lambda row: abs(row["years"] - float(years)),
        default=None,
    )


def virtual(groups: Sequence[Sequence[float]], target: Target) -> tuple[float, Interval]:
    """The virtual figure and its 95 % interval."""
    if target.figure == "median":
        return ranked([value for group in groups for value in group])
    if target.figure == "mean":
        return clustered(groups)
    p, near = share(groups)
    if target.figure == "ratio":
        return odds(p), Interval(odds(near.low), odds(near.high), near.how)
    return PERCENT * p, Interval(PERCENT * near.low, PERCENT * near.high, near.how)


def lines(found: Sequence[Checked]) -> Iterator[str]:
    """The figures as the lines of a table."""
    head = f"{'id':<7}{'measure':<34}{'virtual':>24}{'published':>26}"
    yield f"{head}  {'verdict':<18}{'use':<8}interval; source, mark"
    for each in found:
        one, published = each.target, each.target.interval
        mine = "-" if each.virtual is None or each.interval is None else told(each.virtual, each.interval)
        name = f"{one.measure}{', ' + one.among if one.among else ''}"
        print_of = told(one.value.number, published)
        about = f"{published.how}; {one.value.source}, {one.mark}"
        yield f"{one.id:<7}{name:<34.33}{mine:>24}{print_of:>26}  {each.verdict:<18}{one.use:<8}{about}"


def told(value: float, interval: Interval) -> str:
    """`42.0 (36.1 to 48.2)`."""
    return f"{value:.1f} ({interval.low:.1f} to {interval.high:.1f})"


def summary(found: Sequence[Checked]) -> Iterator[str]:
    """How many figures lie inside, those that were fitted apart from those that test."""
    for use in ("test", "fitted"):
        mine = [each.verdict for each in found if each.target.use == use]
        spoken = len(mine) - mine.count("not spoken about")
        yield f"{use}: {mine.count('inside')} of {spoken} inside, {len(mine) - spoken} not spoken about"


def reasons(found: Sequence[Unspoken]) -> Iterator[str]:
    """What no cohort speaks of, by the reason."""
    ordered = sorted(found, key=lambda one: one.reason)
    for reason, group in groupby(ordered, lambda one: one.reason):
        yield f"{reason}:"
        for one in group:
            yield f"  {one.id:<7}{one.population}: {one.figure} ({one.source}, {one.mark})"
