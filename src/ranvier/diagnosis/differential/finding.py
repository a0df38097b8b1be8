"""What the differential asks of a record: each finding with the outcomes it can have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from ranvier.evidence import EvidenceError, Value, fetch, read_toml, value_from

FINDINGS = Path(__file__).with_name("findings.toml")
Group = Literal["history", "examination", "conduction", "needle", "laboratory", "imaging", "treatment"]
Towards = Literal["rises", "falls", ""]
Observed = Mapping[str, str]
"""What a record answers: the outcome of each finding that is known, by its id. The rest is unknown."""


@dataclass(frozen=True)
class Finding:
    """One question with its outcomes, in order.

    `test`: the investigation that answers it. `mmn`: whether a later outcome never lowers ('rises') or never
    raises ('falls') the probability of MMN. `published`: chance of each outcome by disease, where it was
    published or must be assumed; elsewhere it is estimated on virtual cohorts.
    """

    id: str
    text: str
    group: Group
    test: str
    outcomes: tuple[str, ...]
    words: tuple[str, ...]
    mmn: Towards = ""
    published: Mapping[str, tuple[Value, ...]] = field(default_factory=dict[str, tuple[Value, ...]])

    def worded(self, outcome: str) -> str:
        """An outcome in clinical words."""
        return self.words[self.outcomes.index(outcome)]


@cache
def findings() -> dict[str, Finding]:
    """Every finding the differential knows, by id, in the order of `findings.toml`."""
    return {id: finding_from(id, table) for id, table in read_toml(FINDINGS).items()}


def finding_from(id: str, table: dict[str, Any]) -> Finding:
    """One finding of the file; raises EvidenceError that names it."""
    outcomes = tuple(fetch(table, "outcomes", dict, id))
    group, mmn = fetch(table, "group", str, id), fetch({"mmn": "", **table}, "mmn", str, id)
    if group not in get_args(Group) or mmn not in get_args(Towards) or len(outcomes) < 2:
        raise EvidenceError(f"findings.{id}: needs a known group, mmn 'rises' or 'falls', and two outcomes.")
    published: dict[str, list[dict[str, Any]]] = fetch({"published": {}, **table}, "published", dict, id)
    return Finding(
        id=id,
        text=fetch(table, "text", str, id),
        group=group,  # type: ignore[arg-type]
        test=fetch(table, "test", str, id),
        outcomes=outcomes,
        words=tuple(table["outcomes"].values()),
        mmn=mmn,  # type: ignore[arg-type]
        published={
            disease: tuple(value_from(f"findings.{id}.{disease}.{n}", each) for n, each in enumerate(chances))
            for disease, chances in published.items()
        },
    )
