"""How often criteria sets find a disease in virtual patients with it and in those without, beside print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

from ranvier.cohort.interval import Interval, wilson
from ranvier.diagnosis.chart import charts
from ranvier.diagnosis.criteria import evaluate
from ranvier.diagnosis.rule_file import criteria_set, shipped_sets
from ranvier.diagnosis.rules import CriteriaSet
from ranvier.evidence import fetch, read_toml
from ranvier.evidence.value import number_in
from ranvier.findings.norms import shipped_norms
from ranvier.patient import Patient

ASKED = Path(__file__).with_suffix(".toml")
Levels = Mapping[str, str]
"""The level that a patient reaches in each criteria set, by the set's id."""


@dataclass(frozen=True)
class Figure:
    """One level of a criteria set, with those above it, and among whom it is asked.

    `mixture`: the diseases of the controls by share. `published`: sensitivity and specificity, 0 to 1, where
    the set names them.
    """

    set: str
    level: str
    levels: tuple[str, ...]
    cases: str
    controls: str
    mixture: Mapping[str, float]
    published: tuple[float | None, float | None]


@dataclass(frozen=True)
class Accuracy:
    """One figure with the shares of virtual patients and their 95 % intervals, 0 to 1."""

    figure: Figure
    sensitivity: float
    sensitivity_interval: Interval
    specificity: float
    specificity_interval: Interval


@cache
def figures() -> tuple[Figure, ...]:
    """Every level of every criteria set that ships and of which cases and controls are named."""
    data = read_toml(ASKED)
    mixtures = {
        name: {disease: number_in(table, disease, f"mixtures.{name}") for disease in table}
        for name, table in fetch(data, "mixtures", dict, ASKED.name).items()
    }
    asked = fetch(data, "sets", dict, ASKED.name)
    return tuple(
        each
        for id in shipped_sets()
        if id in asked
        for each in figures_of(criteria_set(id), asked[id], mixtures)
    )


def figures_of(
    criteria: CriteriaSet, table: dict[str, Any], mixtures: Mapping[str, Mapping[str, float]]
) -> Iterator[Figure]:
    """Each level of a set, with all above it."""
    cases, controls = (fetch(table, key, str, criteria.id) for key in ("cases", "controls"))
    ids = tuple(level.id for level in criteria.levels)
    for n, id in enumerate(ids):
        told = (published(criteria, "sensitivity", id), published(criteria, "specificity", id))
        yield Figure(criteria.id, id, ids[: n + 1], cases, controls, mixtures[controls], told)


def published(criteria: CriteriaSet, measure: str, level: str) -> float | None:
    """What a set's own publications found at a level; at its lowest also what is said of a first visit."""
    lowest = level == criteria.levels[-1].id
    names = [f"{measure}_{level}", *([f"{measure}_first_visit"] if lowest else [])]
    return next((value.number for value in criteria.performance if value.id.endswith(tuple(names))), None)


def levels(patient: Patient) -> dict[str, str]:
    """The level that a patient reaches in each criteria set that ships."""
    sets = [criteria_set(id) for id in shipped_sets()]
    read = charts(patient, shipped_norms(), tuple(each.blocks for each in sets))
    return {each.id: evaluate(each, chart).level for each, chart in zip(sets, read, strict=True)}


def accuracies(by_disease: Mapping[str, Sequence[Levels]]) -> Iterator[Accuracy]:
    """Each level of each set in virtual patients; those of which patients are missing are left out."""
    for each in figures():
        seen = {disease: [levels[each.set] for levels in rows if each.set in levels]
                for disease, rows in by_disease.items()}  # fmt: skip
        if all(seen.get(disease) for disease in (each.cases, *each.mixture)):
            yield accuracy(each, seen)


def accuracy(each: Figure, seen: Mapping[str, Sequence[str]]) -> Accuracy:
    """One figure beside the levels that patients of each disease reach."""
    right, n = positives(each, seen[each.cases]), len(seen[each.cases])
    spared, spared_interval = mixed(
        (share, len(seen[disease]) - positives(each, seen[disease]), len(seen[disease]))
        for disease, share in each.mixture.items()
    )
    return Accuracy(each, right / n, wilson(right, n), spared, spared_interval)


def positives(each: Figure, reached: Sequence[str]) -> int:
    """How many patients are found."""
    return sum(level in each.levels for level in reached)


def mixed(groups: Iterable[tuple[float, int, int]]) -> tuple[float, Interval]:
    """A share over groups of which each counts by its own: share, count, number.

    Wilson's interval with as many patients as would be as sure: n = p (1 - p) / sum s^2 p_g (1 - p_g) / n_g,
    and 1 / sum s^2 / n_g where all agree.
    """
    told = list(groups)
    whole = sum(share for share, _, _ in told)
    rows = [(share / whole, count / n, n) for share, count, n in told]
    p = min(sum(share * rate for share, rate, _ in rows), 1.0)
    spread = sum(share**2 * rate * (1 - rate) / n for share, rate, n in rows)
    most = 1 / sum(share**2 / n for share, _, n in rows)
    n = min(p * (1 - p) / spread if spread else inf, most) if 0 < p < 1 else most
    return p, wilson(p * n, n)
