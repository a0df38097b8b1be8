"""Sources and values on a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ranvier.evidence import Source, Value


def show_evidence(sources: Sequence[Source], values: Sequence[Value], console: Console) -> None:
    """Print what was found, and how many of the values are assumed."""
    if values:
        table = Table(box=None, pad_edge=False, header_style="dim")
        for head in ("value", "number", "kind", "source"):
            table.add_column(head, overflow="fold")
        for value in values:
            mark = " (recalled)" if value.mark == "recalled" else ""
            number = f"{value.number:g} {value.unit}{f' ± {value.spread}' if value.spread else ''}"
            name = Text(value.id)
            if value.note:
                name.append(f"\n  {value.note}", style="dim")
            table.add_row(name, number, f"{value.kind}{mark}", value.source)
        console.print(table)
        assumed = sum(value.kind == "assumed" for value in values)
        console.print(f"{len(values)} values, {assumed} of them assumed or recalled.\n")
    for source in sources:
        console.print(Text.assemble((source.id, "bold"), f"  {source.reference}"))
        if source.read:
            console.print(Text(f"    read: {source.read}", style="dim"))
