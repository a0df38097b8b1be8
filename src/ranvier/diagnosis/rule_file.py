"""Reading a criteria set from its rule file, with every slip in the file named."""

from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from ranvier.diagnosis.block_file import RULES, blocks_of
from ranvier.diagnosis.rules import CriteriaSet, Formula, Level, Op, Rule
from ranvier.evidence import EvidenceError, Mark, fetch, fetch_tables, is_value, read_toml, value_from
from ranvier.evidence.tables import one_of, only

OUTCOMES = ("indeterminate", "not met")
"""What a set says where no level is met; no level may be called so."""
SET = (
    "id", "title", "disease", "source", "rank", "year", "note", "block_table", "performance",
    "block", "rule", "level", "example",
)  # fmt: skip
RULE = ("id", "text", "measure", "op", "threshold", "expected", "source", "mark", "with")
LEVEL = ("id", "source", "mark", "all", "any", "at_least", "of")
GROUP = ("all", "any", "at_least", "of")


@cache
def shipped_sets() -> dict[str, Path]:
    """The file of each criteria set that comes with the package, by id, in order of rank."""
    ranks = {path: read_toml(path).get("rank") for path in RULES.glob("*.toml")}
    ranked = sorted((rank, path) for path, rank in ranks.items() if rank is not None)
    return {path.stem.upper(): path for _, path in ranked}


def criteria_set(name: str) -> CriteriaSet:
    """A criteria set by id, or from a rule file of one's own; raises EvidenceError."""
    known = shipped_sets()
    if name.upper() in known:
        return shipped_set(name.upper())
    if name.endswith(".toml"):
        return set_from(Path(name), Path(name).stem)
    raise EvidenceError(
        f"There is no criteria set '{name}'. Known: {', '.join(known)}; or name a .toml rule file."
    )


@cache
def shipped_set(id: str) -> CriteriaSet:
    """A criteria set that comes with the package, read once."""
    return set_from(shipped_sets()[id], f"diagnosis.rules.{id.lower()}")


def set_from(path: Path, prefix: str) -> CriteriaSet:
    """The criteria set in one rule file."""
    data = read_toml(path)
    only(data, SET, prefix)
    source = fetch(data, "source", str, prefix)
    if "rule" not in data:
        raise EvidenceError(
            f"{prefix}: holds no [[rule]]; a block table is named in a rule file as block_table."
        )
    rules = tuple(rule_from(table, source, prefix) for table in fetch_tables(data, "rule", prefix))
    levels = tuple(level_from(table, source, prefix) for table in fetch_tables(data, "level", prefix))
    check_names(rules, levels, prefix)
    return CriteriaSet(
        id=fetch(data, "id", str, prefix),
        title=fetch(data, "title", str, prefix),
        disease=fetch(data, "disease", str, prefix),
        source=source,
        year=fetch(data, "year", int, prefix) if "year" in data else None,
        note=fetch({"note": "", **data}, "note", str, prefix),
        blocks=blocks_of(data, path, prefix),
        rules=rules,
        levels=levels,
        performance=tuple(
            value_from(f"{prefix}.performance.{key}", table)
            for key, table in fetch({"performance": {}, **data}, "performance", dict, prefix).items()
        ),
    )


def check_names(rules: tuple[Rule, ...], levels: tuple[Level, ...], prefix: str) -> None:
    """Each name once, levels made of rules that exist, and none called as if it were not met."""
    for what, ids in (("rule", [r.id for r in rules]), ("level", [level.id for level in levels])):
        for id in ids:
            if ids.count(id) > 1:
                raise EvidenceError(f"{prefix}: the {what} '{id}' stands twice; give one another id.")
    known = {rule.id for rule in rules}
    for level in levels:
        if level.id in OUTCOMES:
            raise EvidenceError(f"{prefix}: no level can be called '{level.id}'; give it another id.")
        for id in level.formula.rule_ids():
            if id not in known:
                raise EvidenceError(f"{prefix}: level '{level.id}' names the unknown rule '{id}'.")


def rule_from(table: dict[str, Any], source: str, prefix: str) -> Rule:
    """One rule of a set."""
    where = f"{prefix}.rule.{table.get('id', '?')}"
    only(table, RULE, where)
    threshold = None
    if "threshold" in table:
        threshold = value_from(f"{where}.threshold", fetch(table, "threshold", dict, where))
    elif "expected" not in table:
        raise EvidenceError(f"{where}: needs either op and threshold, or expected.")
    expected: Any = table.get("expected", [])
    return Rule(
        id=fetch(table, "id", str, where),
        text=fetch(table, "text", str, where),
        measure=fetch(table, "measure", str, where),
        source=table.get("source", source),
        mark=one_of(get_args(Mark), fetch(table, "mark", str, where), where),
        with_={
            key: parameter(entry, f"{where}.with.{key}")
            for key, entry in fetch({"with": {}, **table}, "with", dict, where).items()
        },
        op=one_of(get_args(Op), fetch(table, "op", str, where), where) if threshold else None,
        threshold=threshold,
        expected=listed(expected),
    )


def parameter(entry: Any, where: str) -> object:
    """A parameter of a rule: a Value, a tuple or a plain word."""
    if is_value(entry):
        return value_from(where, entry)
    return listed(entry) if isinstance(entry, list) else entry


def listed(entry: Any) -> tuple[Any, ...]:
    """The entries of a list, or the one entry there is."""
    return tuple(cast(list[Any], entry)) if isinstance(entry, list) else (entry,)


def level_from(table: dict[str, Any], source: str, prefix: str) -> Level:
    """One level of a set."""
    where = f"{prefix}.level.{table.get('id', '?')}"
    only(table, LEVEL, where)
    return Level(
        id=fetch(table, "id", str, where),
        formula=group_from(table, where),
        source=table.get("source", source),
        mark=one_of(get_args(Mark), fetch(table, "mark", str, where), where),
    )


def group_from(entry: Any, where: str) -> Formula:
    """A table with `all`, `any`, or `at_least` and `of`; its parts are ids of rules or such tables."""
    if not isinstance(entry, dict):
        raise EvidenceError(f"{where}: {entry!r} must be the id of a rule, or a table with 'all' or 'any'.")
    group = cast(dict[str, Any], entry)
    only(group, LEVEL if "id" in group else GROUP, where)
    for key, needed in (("all", None), ("any", 1), ("of", group.get("at_least"))):
        if key in group:
            entries: list[Any] = fetch(group, key, list, where)
            parts = tuple(p if isinstance(p, str) else group_from(p, where) for p in entries)
            return Formula(len(parts) if needed is None else needed, parts)
    raise EvidenceError(f"{where}: needs 'all', 'any', or 'at_least' with 'of'.")
