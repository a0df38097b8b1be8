"""What is wrong with a record, where, and what to do about it."""

from dataclasses import dataclass

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong, where on the record, and what to do about it."""

    place: Place
    text: str


class RecordError(ValueError):
    """A record that cannot be used; `problems` lists every place and remedy."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{dotted(p.place)} {p.text}" for p in problems))


def dotted(place: Place) -> str:
    """`timeline[2].motor[0].sites[1].latency_ms` for a place on the record."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in place]
    return "".join(parts).lstrip(".")
