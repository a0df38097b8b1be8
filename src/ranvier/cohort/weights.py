"""How much each finding counts: weights fitted by log loss on virtual patients, whole and partly hidden."""

from collections.abc import Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax

from ranvier.cohort.known import Known
from ranvier.diagnosis.differential.classes import kinds
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.likelihoods import Tables

Floats = NDArray[np.floating]


def features(patients: Sequence[Known], tables: Tables, ids: Sequence[str]) -> Floats:
    """log P(outcome | kind), 0 where unknown: patients x findings x kinds."""
    rows = {
        (id, outcome): np.array([log(tables[id][kind][n]) for kind in kinds()], np.float32)
        for id in ids
        for n, outcome in enumerate(findings()[id].outcomes)
    }
    found = np.zeros((len(patients), len(ids), len(kinds())), np.float32)
    for n, patient in enumerate(patients):
        for f, id in enumerate(ids):
            if id in patient.observed:
                found[n, f] = rows[id, patient.observed[id]]
    return found


def truths(patients: Sequence[Known]) -> NDArray[np.int_]:
    """Which kind each patient truly is, by its place among the kinds."""
    place = {kind: n for n, kind in enumerate(kinds())}
    return np.array([place[each.kind] for each in patients])


def fitted(
    told: Floats,
    truth: NDArray[np.int_],
    mixtures: Sequence[tuple[Floats, Floats]],
    pull: float,
    towards: float,
) -> Floats:
    """The weights, each 0 to 1, that make the log loss least over several mixtures of patients.

    minimise the mean over mixtures of -sum_n c_n log P(kind_n | findings_n) + pull sum_f (w_f - towards)^2
    where P(k | n) ~ prior_k exp(sum_f w_f l_nfk). Convex in w: there is one minimum (L-BFGS-B).
    `told`: l, patients x findings x kinds. `mixtures`: what each patient counts, c, and log priors of kinds.
    """
    own = np.take_along_axis(told, truth[:, None, None], axis=2)[:, :, 0]

    def loss(weights: Floats) -> tuple[float, Floats]:
        heard = np.einsum("nfk,f->nk", told, weights.astype(told.dtype), optimize=True)
        parts = [of_mixture(heard, told, truth, own, *each) for each in mixtures]
        lost, slope = (sum(part) / len(parts) for part in zip(*parts, strict=True))
        off = weights - towards
        return float(lost + pull * off @ off), np.asarray(slope + 2 * pull * off, float)

    start = np.full(told.shape[1], towards)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, 1.0)] * len(start))
    return np.asarray(found.x, float)


def of_mixture(
    heard: Floats, told: Floats, truth: NDArray[np.int_], own: Floats, counts: Floats, log_priors: Floats
) -> tuple[float, Floats]:
    """The log loss in one mixture of patients, and its slope by each weight."""
    scores = heard + log_priors
    lost = np.asarray(logsumexp(scores, axis=1)) - np.take_along_axis(scores, truth[:, None], axis=1)[:, 0]
    expected = softmax(scores, axis=1) * counts[:, None]
    slope = np.einsum("nfk,nk->f", told, expected.astype(told.dtype), optimize=True) - counts @ own
    return float(counts @ lost), slope


def by_id(ids: Sequence[str], weights: Floats, digits: int = 3) -> Mapping[str, float]:
    """Weights by finding."""
    return {id: round(float(each), digits) for id, each in zip(ids, weights, strict=True)}
