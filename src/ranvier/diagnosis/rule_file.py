"""Reading a criteria set from its rule file, with every slip in the file named."""

from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from ranvier.anatomy import motor_nerves
from ranvier.diagnosis.rules import (
    BlockRow,
    BlockTable,
    CriteriaSet,
    Formula,
    Grade,
    Level,
    Op,
    Rule,
    Test,
)
from ranvier.evidence import EvidenceError, Mark, fetch, fetch_tables, is_value, read_toml, value_from

RULES = Path(__file__).with_name("rules")


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
    source = fetch(data, "source", str, prefix)
    if "rule" not in data:
        raise EvidenceError(
            f"{prefix}: holds no [[rule]]; a block table is named in a rule file as block_table."
        )
    rules = tuple(rule_from(table, source, prefix) for table in fetch_tables(data, "rule", prefix))
    levels = tuple(level_from(table, source, prefix) for table in fetch_tables(data, "level", prefix))
    known = {rule.id for rule in rules}
    for level in levels:
        for id in level.formula.rule_ids():
            if id not in known:
                raise EvidenceError(f"{prefix}: level '{level.id}' names the unknown rule '{id}'.")
    return CriteriaSet(
        id=fetch(data, "id", str, prefix),
        title=fetch(data, "title", str, prefix),
        disease=fetch(data, "disease", str, prefix),
        source=source,
        note=fetch({"note": "", **data}, "note", str, prefix),
        blocks=blocks_of(data, path, prefix),
        rules=rules,
        levels=levels,
        performance=tuple(
            value_from(f"{prefix}.performance.{key}", table)
            for key, table in fetch({"performance": {}, **data}, "performance", dict, prefix).items()
        ),
    )


def blocks_of(data: dict[str, Any], path: Path, prefix: str) -> BlockTable:
    """The block table of a set: its own rows, or the table of the file it names."""
    if "block_table" not in data:
        return block_table_from(data, prefix)
    name = fetch(data, "block_table", str, prefix)
    beside = path.with_name(f"{name.lower()}.toml")
    file = beside if beside.exists() else RULES / f"{name.lower()}.toml"
    return block_table_from(read_toml(file), f"diagnosis.rules.{name.lower()}")


def block_table_from(data: dict[str, Any], prefix: str) -> BlockTable:
    """The rows that define a block."""
    return BlockTable(
        id=fetch(data, "id", str, prefix),
        title=fetch(data, "title", str, prefix),
        source=fetch(data, "source", str, prefix),
        rows=tuple(
            block_row_from(table, f"{prefix}.block.{table.get('id', position)}")
            for position, table in enumerate(fetch_tables(data, "block", prefix))
        ),
    )


def block_row_from(table: dict[str, Any], where: str) -> BlockRow:
    """One row of a block table."""
    nerves = tuple(fetch(table, "nerves", list, where))
    for nerve in nerves:
        if nerve not in motor_nerves():
            raise EvidenceError(f"{where}: unknown nerve '{nerve}'.")
    return BlockRow(
        grade=one_of(get_args(Grade), fetch(table, "grade", str, where), where),
        nerves=nerves,
        stretches=tuple(fetch(table, "stretches", list, where)),
        conditions=tuple(
            tuple(test_from(test, f"{where}.conditions.{row}.{column}") for column, test in enumerate(group))
            for row, group in enumerate(fetch(table, "conditions", list, where))
        ),
    )


def test_from(table: dict[str, Any], where: str) -> Test:
    """One test of a segment."""
    measures = ("area_drop", "amplitude_drop", "duration_rise")
    threshold = value_from(f"{where}.threshold", fetch(table, "threshold", dict, where))
    if threshold.unit != "fraction":
        raise EvidenceError(
            f"{threshold.id}: must be in unit 'fraction' (0.5 for 50 %), not '{threshold.unit}'."
        )
    return Test(
        measure=one_of(measures, fetch(table, "measure", str, where), where),
        op=one_of(get_args(Op), fetch(table, "op", str, where), where),
        threshold=threshold,
    )


def rule_from(table: dict[str, Any], source: str, prefix: str) -> Rule:
    """One rule of a set."""
    where = f"{prefix}.rule.{table.get('id', '?')}"
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
    for key, needed in (("all", None), ("any", 1), ("of", group.get("at_least"))):
        if key in group:
            entries: list[Any] = fetch(group, key, list, where)
            parts = tuple(p if isinstance(p, str) else group_from(p, where) for p in entries)
            return Formula(len(parts) if needed is None else needed, parts)
    raise EvidenceError(f"{where}: needs 'all', 'any', or 'at_least' with 'of'.")


def one_of(allowed: tuple[str, ...], word: str, where: str) -> Any:
    """`word` if it is allowed; raises EvidenceError listing what is."""
    if word not in allowed:
        raise EvidenceError(f"{where}: '{word}' is not one of {', '.join(allowed)}.")
    return word
