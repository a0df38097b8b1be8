"""The differential's tables, weights and limits of the usual, estimated on virtual first visits.

Every patient of the estimate has an odd seed; those with even seeds are left to test it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from ranvier.cohort.known import Known, counted, partly, shares, strangers
from ranvier.cohort.weights import by_id, features, fitted, truths
from ranvier.diagnosis.differential.classes import ANYTHING, DEFAULT_SETTING, classes, kinds, settings
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.likelihoods import (
    SCHEMA,
    Likelihoods,
    Tables,
    Typical,
    assumed,
    tables_from,
)
from ranvier.diagnosis.differential.typicality import expectations_from, standardised
from ranvier.evidence.value import numbers_of

NUMBERS = numbers_of(Path(__file__).with_suffix(".toml"))
SEED = 6


def for_estimate(patients: Sequence[Known]) -> list[Known]:
    """Those with odd seeds."""
    return [each for each in patients if each.seed % 2]


def for_test(patients: Sequence[Known]) -> list[Known]:
    """Those with even seeds."""
    return [each for each in patients if not each.seed % 2]


def kind_priors(setting: str = DEFAULT_SETTING) -> dict[str, float]:
    """How common each kind of patient is in a setting."""
    priors = settings()[setting].priors
    return {kind: priors[of] * classes()[of].kinds[kind] for kind, of in kinds().items()}


def even_priors() -> dict[str, float]:
    """Every class as common as any: so that a rare disease has its say in the weights."""
    return {kind: classes()[of].kinds[kind] / len(classes()) for kind, of in kinds().items()}


def with_strangers(patients: Sequence[Known], seed: int = SEED) -> list[Known]:
    """The patients, and others patched together from them."""
    random = np.random.default_rng(seed)
    return [*patients, *strangers(patients, int(NUMBERS["patients"]["strangers"]), random)]


def with_hidden(patients: Sequence[Known], seed: int = SEED) -> list[Known]:
    """The patients, and copies of them with findings hidden at random."""
    number, random = NUMBERS["hidden"], np.random.default_rng(seed)
    copies = [
        partly(patients, number["group"], number["finding"], random) for _ in range(int(number["copies"]))
    ]
    return [*patients, *(each for copy in copies for each in copy)]


def estimate(patients: Sequence[Known], made: Mapping[str, Any]) -> Likelihoods:
    """Everything that the differential needs, from patients of every kind; `made` says whence they come."""
    folds = [with_hidden(fold, n) for n, fold in enumerate(parts(with_strangers(patients)))]
    outside = [tables_from(counted(others(patients, n))) for n in range(len(folds))]
    weights = weigh(folds, outside)
    return Likelihoods(made, counted(patients), weights, typical(folds, outside, weights))


def parts(patients: Sequence[Known]) -> list[list[Known]]:
    """The patients in as many parts as there are folds."""
    many = int(NUMBERS["patients"]["folds"])
    return [[each for each in patients if part_of(each) == n] for n in range(many)]


def part_of(patient: Known) -> int:
    """Which part a patient belongs to; seeds of one parity are spread over all."""
    return patient.seed // 2 % int(NUMBERS["patients"]["folds"])


def others(patients: Sequence[Known], part: int) -> list[Known]:
    """The patients of all other parts."""
    return [each for each in patients if part_of(each) != part]


def weigh(folds: Sequence[Sequence[Known]], outside: Sequence[Tables]) -> dict[str, float]:
    """The weight of each finding that virtual patients show; see `weights.fitted`.

    Half of the loss is that of the usual setting, half that of all diseases being as common.
    """
    patients = [each for fold in folds for each in fold]
    seen = {id for each in patients for id in each.observed}
    ids = [id for id in findings() if id in seen]
    told = np.concatenate([features(fold, tables, ids) for fold, tables in zip(folds, outside, strict=True)])
    mixtures = [
        (shares(patients, priors), np.log(list(priors.values()))) for priors in (kind_priors(), even_priors())
    ]
    found = fitted(told, truths(patients), mixtures, **NUMBERS["weights"])
    return dict(by_id(ids, found))


def typical(
    folds: Sequence[Sequence[Known]], outside: Sequence[Tables], weights: Mapping[str, float]
) -> Typical:
    """How far patients with a known disease lie from what it leads one to expect."""
    unseen = {True: assumed("weights", "published"), False: assumed("weights", "unfitted")}
    powers = {id: weights.get(id, unseen[bool(each.published)]) for id, each in findings().items()}
    priors = {kind: prior for kind, prior in kind_priors().items() if kind != ANYTHING}
    own: list[float] = []
    best: list[float] = []
    whose = [each for fold in folds for each in fold if each.kind != ANYTHING]
    for fold, tables in zip(folds, outside, strict=True):
        expects = expectations_from(tables, powers)
        for each in (one for one in fold if one.kind != ANYTHING):
            fit = {kind: standardised(each.observed, of) for kind, of in expects.items()}
            own.append(fit[each.kind])
            best.append(max(fit.values()))
    counts, share = shares(whose, priors), NUMBERS["unusual"]["share"]
    middle = float(counts @ np.array(own))
    inflation = float(counts @ (np.array(own) - middle) ** 2)
    least = quantile(np.array(best), counts, share) / inflation**0.5
    return Typical(round(inflation, 3), round(least, 3), share)


def quantile(values: np.ndarray, counts: np.ndarray, share: float) -> float:
    """The value below which a share of all lies, each counting what it counts."""
    order = np.argsort(values)
    return float(values[order][np.searchsorted(np.cumsum(counts[order]), share)])


def document(found: Likelihoods) -> str:
    """The text of `likelihoods.json`; one line for each finding."""
    head = {"schema": SCHEMA, "made": dict(found.made), "typical": asdict(found.typical)}
    lines = [f"{json.dumps(name)}: {json.dumps(each, ensure_ascii=False)}" for name, each in head.items()]
    for name, table in (("weights", found.weights), ("counts", found.counts)):
        rows = ",\n ".join(f"{json.dumps(id)}: {json.dumps(row)}" for id, row in table.items())
        lines.append(f"{json.dumps(name)}: {{\n {rows}\n}}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
