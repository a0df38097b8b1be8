"""Published figures of groups of patients that a virtual cohort can be held against, from `targets.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from ranvier.cohort.interval import Interval, around, of_mean, of_median, of_ratio, wilson
from ranvier.cohort.measures import AMONG
from ranvier.evidence import EvidenceError, Value, fetch, fetch_tables, read_toml, value_from
from ranvier.evidence.value import number_in

FILE = Path(__file__).with_name("targets.toml")
Figure = Literal["percent", "mean", "median", "ratio"]
Use = Literal["fitted", "test"]
Visit = Literal["first", "presentation", "last"]
PERCENT = 100.0


@dataclass(frozen=True, kw_only=True)
class Target:
    """One figure of a group.

    `measure`: a column or a name of `measures.py`, with its `limits`. `visit`: which visit of each patient it
    speaks of, in words or as years after the first symptom. `among`: only patients of whom this holds then.
    `fitted` figures were used to set numbers of the model; all others test it. `mark` is `secondary` for
    what was read only where others quote it. `low` and `high`: a printed range, and `how` it came about.
    """

    id: str
    disease: str
    measure: str
    figure: Figure
    value: Value
    who: str
    visit: Visit | float
    use: Use = "test"
    mark: str = "seen"
    among: str = ""
    limits: tuple[float, ...] = ()
    n: float | None = None
    count: float | None = None
    sd: float | None = None
    iqr: float | None = None
    low: float | None = None
    high: float | None = None
    how: str = ""

    @property
    def interval(self) -> Interval:
        """The 95 % interval of the published figure, and how it is made."""
        number, n = self.value.number, self.n
        if self.low is not None and self.high is not None:
            return Interval(self.low, self.high, self.how)
        if self.figure == "percent" and n:
            share = wilson(round(number * n / PERCENT) if self.count is None else self.count, n)
            return Interval(PERCENT * share.low, PERCENT * share.high, share.how)
        if self.figure == "ratio" and n:
            return of_ratio(number, n)
        if self.figure == "mean" and self.sd and n:
            return of_mean(number, self.sd, n)
        if self.figure == "median" and self.iqr and n:
            return of_median(number, self.iqr, n)
        near = around(number, settings()["no_spread"]["by"])
        return replace(near, high=min(near.high, PERCENT)) if self.figure == "percent" else near


@dataclass(frozen=True)
class Unspoken:
    """A published figure that no cohort speaks of, and why."""

    id: str
    population: str
    figure: str
    reason: str
    source: str
    mark: str


@cache
def settings() -> dict[str, dict[str, float]]:
    """The numbers of `targets.toml` beside the targets: when patients are seen, and how few are too few."""
    tables = read_toml(FILE)
    return {
        name: {key: number_in(tables[name], key, name) for key in tables[name]}
        for name in ("presentation_years", "no_spread", "visit")
    }


@cache
def targets(path: Path = FILE) -> tuple[Target, ...]:
    """Every figure that a cohort can be held against; raises EvidenceError naming the entry."""
    return tuple(target(table) for table in fetch_tables(read_toml(path), "target", path.name))


@cache
def unspoken(path: Path = FILE) -> tuple[Unspoken, ...]:
    """Every figure that was looked at and that no cohort speaks of."""
    groups = fetch_tables(read_toml(path), "unspoken", path.name)
    return tuple(Unspoken(reason=group["reason"], **one) for group in groups for one in group["figures"])


def target(table: Mapping[str, Any]) -> Target:
    """One figure from its table."""
    where = f"target {table.get('id')}"
    rest = dict(table)
    value = value_from(f"{where}.value", fetch(rest, "value", dict, where))
    unknown = set(rest) - set(Target.__dataclass_fields__)
    if unknown:
        raise EvidenceError(f"{where}: unknown key {sorted(unknown)[0]!r}.")
    rest["limits"] = tuple(map(float, rest.get("limits", ())))
    rest["mark"] = rest.get("mark", value.mark)
    found = Target(**{**rest, "value": value})
    checked(found, where)
    return found


def checked(found: Target, where: str) -> None:
    """Refuse words that mean nothing."""
    allowed = (
        ("figure", found.figure, get_args(Figure)),
        ("use", found.use, get_args(Use)),
        ("mark", found.mark, ("seen", "recalled", "secondary")),
        ("among", found.among, ("", *AMONG)),
        ("visit", found.visit if isinstance(found.visit, str) else "first", get_args(Visit)),
    )
    for key, word, words in allowed:
        if word not in words:
            raise EvidenceError(
                f"{where}: {key} must be one of {', '.join(filter(None, words))}, not {word!r}."
            )
