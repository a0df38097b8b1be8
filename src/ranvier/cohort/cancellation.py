"""When phase cancellation alone explains a fall: estimated on virtual first visits, held against others.

known falls -> a model for each set of what may be known -> told and true, in tenths
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ranvier.cohort.first_visit import FirstVisit
from ranvier.cohort.segments import PLACE, Row, place
from ranvier.diagnosis.apparent_block.cancellation import CONSTANT, Model, key
from ranvier.diagnosis.apparent_block.fall import OPTIONAL, Fall, fall_of, numbers
from ranvier.diagnosis.block import Examined
from ranvier.diagnosis.chart import examined_segments
from ranvier.findings.norms import shipped_norms

Array = NDArray[np.float64]
Pairs = Sequence[tuple[float, float]]
"""A probability that was told, and 1 or 0 for what was true."""
FIELDS = {"area": "area_drop", "duration": "duration_rise", "distance": "distance_mm"}
"""The field of a fall that holds each part of `OPTIONAL`."""
PRIOR, ROUNDS, DIGITS = 0.1, 60, 5
"""Precision of the normal prior on standardised weights; steps of Newton's method; digits kept."""
FOLDS = 10
"""Parts of the people, each told about by what was estimated on the others."""
BEYOND = 10
"""So many falls must lie beyond the bounds of a model, on either side, for it to speak up to there."""


@dataclass(frozen=True)
class KnownFall:
    """An apparent block of a virtual patient, and whether phase cancellation alone made it."""

    fall: Fall
    alone: bool
    disease: str
    seed: int


def known_falls(visits: Iterable[FirstVisit]) -> Iterator[KnownFall]:
    """Every apparent block of these visits with its truth."""
    for visit in visits:
        truth = {tuple(row[name] for name in PLACE): row for row in visit.segments}
        for examined in examined_segments(visit.patient, shipped_norms()):
            row, fall = truth.get(place(examined.segment)), fall_of(examined)
            if row and fall and row["missing_share"] is not None:
                yield KnownFall(fall, alone(row, examined), visit.disease, visit.seed)


def alone(row: Row, examined: Examined) -> bool:
    """Whether so few units are missing above that cancellation alone explains a fall.

    Fibres that were shown to cross were added back to the response, so they do not count as missing.
    """
    counted = ("blocked_share", "severed_share") if examined.crossing.present else ("missing_share",)
    return sum(row[name] for name in counted) < numbers()["cancellation"]["alone"]


def estimated(falls: Sequence[KnownFall]) -> dict[str, Model]:
    """A model for every set of what may be known, each on all falls of which that much is known."""
    sets = [known for size in range(len(OPTIONAL) + 1) for known in combinations(OPTIONAL, size)]
    return {key(known): fitted(able_to_tell(falls, known), known) for known in sets}


def fitted(falls: Sequence[KnownFall], known: Sequence[str]) -> Model:
    """The model that asks for so much and no more. Raises ValueError where too few falls tell."""
    names, table, answers = laid_out(falls, known)
    return Model(
        weights=dict(
            zip((CONSTANT, *names), np.round(logistic(table, answers), DIGITS).tolist(), strict=True)
        ),
        bounds={name: reach(column) for name, column in zip(names, table.T, strict=True)},
        falls=len(falls),
    )


def laid_out(falls: Sequence[KnownFall], known: Sequence[str]) -> tuple[list[str], Array, Array]:
    """The terms by name, a row of them for each fall, and whether cancellation alone made it."""
    terms = [reduced(one.fall, known).terms for one in falls]
    answers = np.array([one.alone for one in falls], float)
    if not 1 < answers.sum() < len(answers) - 1:
        raise ValueError(
            f"falls: too few with {key(tuple(known))} known; make larger cohorts of first visits."
        )
    return list(terms[0]), np.array([list(each.values()) for each in terms]), answers


def reach(values: Array) -> tuple[float, float]:
    """From where to where a term goes in the falls: as far as some of them still lie beyond."""
    ordered, spare = np.sort(values), min(BEYOND, len(values) // 2)
    size = 10.0**DIGITS
    return float(np.floor(ordered[spare] * size) / size), float(np.ceil(ordered[-1 - spare] * size) / size)


def reduced(fall: Fall, known: Sequence[str]) -> Fall:
    """A fall of which no more is known than that."""
    return replace(fall, **{FIELDS[name]: None for name in OPTIONAL if name not in known})


def logistic(table: Array, answers: Array) -> Array:
    """Weights of a logistic regression, the constant first; a slight normal prior on standardised terms."""
    middle, width = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-9)
    x = np.column_stack([np.ones(len(table)), (table - middle) / width])
    prior = np.diag([1e-9] + [PRIOR] * table.shape[1])
    weights = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (answers - p) - prior @ weights
        weights = weights + np.linalg.solve((x.T * (p * (1 - p))) @ x + prior, slope)
    raw = weights[1:] / width
    return np.concatenate([[weights[0] - raw @ middle], raw])


def crossed(falls: Sequence[KnownFall], known: Sequence[str]) -> Pairs:
    """For each fall the probability told by a model that was estimated on other people, and the truth.

    People are told apart by their seed: one person stands in the cohort of every disease.
    """
    able = able_to_tell(falls, known)
    _, table, answers = laid_out(able, known)
    fold = np.array([one.seed for one in able]) % FOLDS
    found = np.zeros(len(able))
    for n in range(FOLDS):
        mine = fold == n
        weights = logistic(table[~mine], answers[~mine])
        found[mine] = 1 / (1 + np.exp(-(weights[0] + table[mine] @ weights[1:])))
    return list(zip(found.tolist(), answers.tolist(), strict=True))


def able_to_tell(falls: Sequence[KnownFall], known: Sequence[str]) -> list[KnownFall]:
    """The falls of which at least so much is known."""
    return [one for one in falls if set(known) <= set(one.fall.known)]


def held(model: Model, falls: Sequence[KnownFall], known: Sequence[str]) -> Pairs:
    """For each fall of which so much is known the probability that a model tells, and the truth."""
    able = able_to_tell(falls, known)
    return [(model.probability(reduced(one.fall, known).terms), float(one.alone)) for one in able]


@dataclass(frozen=True)
class Tenth:
    """A tenth of the falls by predicted probability: how often cancellation alone was expected and true."""

    falls: int
    expected: float
    seen: float

    @property
    def gap(self) -> float:
        """How far what was seen departs from what was expected."""
        return self.seen - self.expected


def tenths(pairs: Pairs) -> list[Tenth]:
    """Falls in tenths of equal number by the probability that was told."""
    parts = np.array_split(np.array(sorted(pairs)).reshape(-1, 2), 10)
    return [
        Tenth(len(part), float(part[:, 0].mean()), float(part[:, 1].mean())) for part in parts if len(part)
    ]


def written(models: Mapping[str, Model], provenance: dict[str, Any]) -> dict[str, Any]:
    """The content of `cancellation.json`."""
    told = {
        name: {
            "falls": each.falls,
            "weights": each.weights,
            "bounds": {term: list(limits) for term, limits in each.bounds.items()},
        }
        for name, each in models.items()
    }
    return {"schema": "ranvier.cancellation/1", "provenance": provenance, "models": told}
