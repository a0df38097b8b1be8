"""The registry: every source and every value that ships with the package."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ranvier.evidence.source import Source, source_from
from ranvier.evidence.tables import EvidenceError, read_toml
from ranvier.evidence.value import Value, values_in

PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Registry:
    """All sources by id, and all values found in the package's data files."""

    sources: dict[str, Source]
    values: tuple[Value, ...]

    def source(self, id: str) -> Source:
        """The source with this id; raises EvidenceError when there is none."""
        if id not in self.sources:
            raise EvidenceError(f"The source '{id}' is not in evidence/sources.toml.")
        return self.sources[id]

    def find(self, term: str) -> tuple[tuple[Source, ...], tuple[Value, ...]]:
        """Sources and values whose text contains every word of `term`, case ignored."""
        words = term.casefold().split()
        return (
            tuple(s for s in self.sources.values() if matches(words, (s.id, s.reference))),
            tuple(v for v in self.values if matches(words, (v.id, v.unit, v.kind, v.source, v.note))),
        )

    def cited(self, values: Iterable[Value]) -> tuple[Source, ...]:
        """The sources that these values rest on, each once, in order of id."""
        return tuple(self.source(id) for id in sorted({value.source for value in values}))


def matches(words: list[str], texts: Iterable[str]) -> bool:
    """Whether each word occurs in one of the texts."""
    joined = " ".join(texts).casefold()
    return all(word in joined for word in words)


@cache
def registry() -> Registry:
    """The registry of this installation, read once."""
    sources_file = PACKAGE / "evidence" / "sources.toml"
    sources = {
        id: source_from(id, table, f"{sources_file.name} [{id}]")
        for id, table in read_toml(sources_file).items()
    }
    values = [
        value
        for path in sorted(PACKAGE.rglob("*.toml"))
        if path != sources_file
        for value in values_in(read_toml(path), dotted(path))
    ]
    for value in values:
        if value.source not in sources:
            raise EvidenceError(f"{value.id}: the source '{value.source}' is not in sources.toml.")
    return Registry(sources, tuple(values))


def dotted(path: Path) -> str:
    """`diagnosis.rules.efns_pns_2010` for the file of that rule set."""
    if path.is_relative_to(PACKAGE):
        path = path.relative_to(PACKAGE)
        return ".".join(path.with_suffix("").parts)
    return path.stem
