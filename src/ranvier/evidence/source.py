"""A publication, or a decision of this project, that a number rests on."""

from dataclasses import dataclass
from typing import Any

from ranvier.evidence.tables import EvidenceError, fetch


@dataclass(frozen=True)
class Source:
    """One reference. `read` says what of it was open when its facts were copied; year 0 is not recorded."""

    id: str
    authors: str
    year: int
    journal: str
    title: str = ""
    doi: str = ""
    pmid: str = ""
    read: str = ""

    @property
    def reference(self) -> str:
        """The reference on one line, as a reader would cite it."""
        title = f"{self.title}. " if self.title else ""
        link = f" doi:{self.doi}" if self.doi else f" PMID {self.pmid}" if self.pmid else ""
        return f"{self.authors}. {title}{self.journal} ({self.year or 'year not recorded'}).{link}"


def source_from(id: str, table: dict[str, Any], where: str) -> Source:
    """A source from its TOML table; raises EvidenceError naming the missing or unknown key."""
    unknown = set(table) - set(Source.__dataclass_fields__)
    if unknown:
        raise EvidenceError(f"{where}: unknown key {sorted(unknown)[0]!r}.")
    required = {key: fetch(table, key, str, where) for key in ("authors", "journal")}
    optional = {key: fetch(table, key, str, where) for key in table if key not in ("year", *required)}
    return Source(id=id, year=fetch(table, "year", int, where), **required, **optional)
