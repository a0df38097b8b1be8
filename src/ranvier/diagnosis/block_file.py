"""Reading the table that says when a fall of the response is a block."""

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from ranvier.anatomy import motor_nerves
from ranvier.diagnosis.rules import BlockRow, BlockTable, Grade, Op, Test
from ranvier.evidence import EvidenceError, fetch, fetch_tables, read_toml, value_from
from ranvier.evidence.tables import one_of, only

RULES = Path(__file__).with_name("rules")


def blocks_of(data: dict[str, Any], path: Path, prefix: str) -> BlockTable:
    """The block table of a set: its own rows, the table of the file it names, or both together."""
    if "block_table" not in data:
        return block_table_from(data, prefix)
    named = table_named(fetch(data, "block_table", str, prefix), path)
    if "block" not in data:
        return named
    own = block_table_from(data, prefix)
    return replace(own, rows=named.rows + own.rows)


def table_named(name: str, path: Path) -> BlockTable:
    """The block table in a file beside this one, or else in one that ships with the package."""
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
    only(table, ("id", "grade", "nerves", "stretches", "conditions"), where)
    nerves = tuple(fetch(table, "nerves", list, where))
    for nerve in nerves:
        if nerve not in motor_nerves():
            raise EvidenceError(f"{where}: unknown nerve '{nerve}'.")
    return BlockRow(
        id=str(table.get("id", "")),
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
    only(table, ("measure", "op", "threshold"), where)
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
