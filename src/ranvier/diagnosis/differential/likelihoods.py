"""How often each disease shows each outcome of a finding, and how much a finding counts beside the others.

Chances are counts of virtual patients at their first visit (`likelihoods.json`, made by `make differential`),
or published ones where `findings.toml` gives them. Nothing here knows the simulator.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.diagnosis.differential.classes import MMN, classes, kinds
from ranvier.diagnosis.differential.finding import Finding, findings
from ranvier.diagnosis.differential.monotone import Chances, ordered, slipped, smoothed
from ranvier.evidence import EvidenceError, read_toml
from ranvier.evidence.value import number_in

MADE = Path(__file__).with_name("likelihoods.json")
MODEL = Path(__file__).with_name("model.toml")
SCHEMA = "ranvier.likelihoods/1"
Counts = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Finding -> kind of patient -> outcome -> number of virtual patients."""
Tables = dict[str, dict[str, Chances]]
"""Finding -> kind of patient -> chance of each outcome, in the finding's order."""


@dataclass(frozen=True)
class Typical:
    """How far a patient's findings may lie from what a disease shows.

    `inflation`: how many times more the log likelihood varies than if findings were independent.
    `least`: the lowest standardised log likelihood, under the disease that fits best, that still counts as
    usual. `share`: of how many virtual patients with a known disease that is lower.
    """

    inflation: float
    least: float
    share: float


@dataclass(frozen=True)
class Likelihoods:
    """What was made from virtual cohorts; `made` says of whom, when and by which program."""

    made: Mapping[str, Any]
    counts: Counts
    weights: Mapping[str, float]
    typical: Typical


@cache
def shipped() -> Likelihoods:
    """The likelihoods of this installation, read once; raises EvidenceError where the file is not one."""
    data = json.loads(MADE.read_text(encoding="utf-8"))
    if data.get("schema") != SCHEMA:
        raise EvidenceError(f"{MADE.name}: is not {SCHEMA}; make it anew with `make differential`.")
    return Likelihoods(data["made"], data["counts"], data["weights"], Typical(**data["typical"]))


@cache
def assumed(table: str, key: str) -> float:
    """One number of `model.toml`."""
    return number_in(read_toml(MODEL)[table], key, f"model.{table}")


@cache
def tables() -> Tables:
    """The chances of every finding in every kind of patient."""
    return tables_from(shipped().counts)


def tables_from(counts: Counts) -> Tables:
    """The chances that follow from counts, with published ones in their place and in medicine's order."""
    return {id: table(finding, counts.get(id, {})) for id, finding in findings().items()}


def table(finding: Finding, counts: Mapping[str, Mapping[str, int]]) -> dict[str, Chances]:
    """One finding's chances in every kind of patient.

    A kind of which nothing is known, and 'anything', shows the mean of the others, so that the finding does
    not speak for or against it. Without any counts or published chances every outcome is as likely as any.
    """
    known = {kind: row for kind in kinds() if (row := known_row(finding, kind, counts))}
    mean = average(list(known.values())) if known else even(finding)
    rows = {kind: known.get(kind, mean) for kind in kinds()}
    if not finding.mmn:
        return rows
    rises = finding.mmn == "rises"
    return {kind: row if kind == MMN else ordered(row, rows[MMN], rises) for kind, row in rows.items()}


def known_row(finding: Finding, kind: str, counts: Mapping[str, Mapping[str, int]]) -> Chances | None:
    """The chances in one kind of patient, published or counted; None where neither is there."""
    slip = assumed("tables", "slip")
    if published := finding.published.get(kinds()[kind]):
        return slipped(tuple(value.number for value in published), slip)
    found = [counts.get(kind, {}).get(outcome, 0) for outcome in finding.outcomes]
    return smoothed(found, assumed("tables", "before"), slip) if sum(found) else None


def average(rows: Sequence[Chances]) -> Chances:
    """The mean of several tables of chances."""
    return tuple(sum(column) / len(rows) for column in zip(*rows, strict=True))


def even(finding: Finding) -> Chances:
    """Every outcome as likely as any other."""
    return (1 / len(finding.outcomes),) * len(finding.outcomes)


def chances(finding: Finding, disease: str) -> Chances:
    """The chance of each outcome in a disease, before any weight; over its kinds, by their shares."""
    shares, rows = classes()[disease].kinds, tables()[finding.id]
    return tuple(
        sum(share * rows[kind][n] for kind, share in shares.items()) for n in range(len(finding.outcomes))
    )


def weight(finding: Finding) -> float:
    """How much a finding counts, 0 to 1: the power of its likelihood, less than 1 where others say the same.

    Fitted on virtual patients; assumed for what no virtual patient shows.
    """
    unseen = "published" if finding.published else "unfitted"
    return shipped().weights.get(finding.id, assumed("weights", unseen))
