"""How good probabilities are: log loss, calibration and separation, in patients as common as in a setting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from ranvier.cohort.known import Known, shares
from ranvier.cohort.likelihoods import kind_priors
from ranvier.diagnosis.differential.classes import DEFAULT_SETTING, classes, kinds
from ranvier.diagnosis.differential.weighing import Weighing, weighing

Floats = NDArray[np.floating]
BINS = 10


@dataclass(frozen=True)
class Scored:
    """Patients with the probabilities they were given: patients x classes; `counts` sum to 1."""

    probabilities: Floats
    truth: NDArray[np.int_]
    counts: Floats

    def log_loss(self) -> float:
        """The mean of -log of the probability given to what the patient truly has, in nats."""
        own = np.take_along_axis(self.probabilities, self.truth[:, None], axis=1)[:, 0]
        return float(self.counts @ -np.log(own))

    def correct(self) -> float:
        """How often the most probable disease is the true one."""
        return float(self.counts @ (self.probabilities.argmax(axis=1) == self.truth))

    def among_first(self, many: int) -> float:
        """How often the true disease is among the most probable `many`."""
        own = np.take_along_axis(self.probabilities, self.truth[:, None], axis=1)
        return float(self.counts @ ((self.probabilities > own).sum(axis=1) < many))

    def top_error(self) -> float:
        """The expected calibration error of the probability of the most probable disease."""
        right = self.probabilities.argmax(axis=1) == self.truth
        return calibration_error(self.probabilities.max(axis=1), right, self.counts)

    def class_errors(self) -> dict[str, float]:
        """The expected calibration error of each disease's probability."""
        return {
            id: calibration_error(self.probabilities[:, n], self.truth == n, self.counts)
            for n, id in enumerate(classes())
        }


@dataclass(frozen=True)
class Bin:
    """Patients who were given about the same probability: its mean, how often it came true, their share.

    `alike`: how many patients of equal count would be as sure, (sum c)^2 / sum c^2 (Kish).
    """

    given: float
    found: float
    share: float
    alike: float


def scored(
    patients: Sequence[Known], setting: str = DEFAULT_SETTING, weighed: Weighing | None = None
) -> Scored:
    """Patients with the probabilities the differential gives them, as common as in a setting."""
    by = weighed or weighing(setting)
    place = {id: n for n, id in enumerate(classes())}
    return Scored(
        np.array([list(by.posterior(each.observed).values()) for each in patients]),
        np.array([place[kinds()[each.kind]] for each in patients]),
        shares(patients, kind_priors(setting)),
    )


def bins(given: Floats, true: NDArray[np.bool_], counts: Floats, many: int = BINS) -> list[Bin]:
    """Patients in bins of equal width by the probability they were given; empty ones are left out."""
    which = np.minimum((given * many).astype(int), many - 1)
    found: list[Bin] = []
    for n in range(many):
        inside = which == n
        share = float(counts[inside].sum())
        if share > 0:
            mean, rate = (float(counts[inside] @ each[inside]) / share for each in (given, true))
            found.append(Bin(mean, rate, share, share**2 / float(counts[inside] @ counts[inside])))
    return found


def calibration_error(given: Floats, true: NDArray[np.bool_], counts: Floats) -> float:
    """Expected calibration error: the mean distance of what was given from what came true, over bins."""
    return sum(each.share * abs(each.given - each.found) for each in bins(given, true, counts))


def area_under_curve(cases: Floats, controls: Floats) -> float:
    """The chance that a case scores higher than a control, ties by half (Mann and Whitney)."""
    ranks = rankdata(np.concatenate([cases, controls]))[: len(cases)]
    return float((ranks.sum() - len(cases) * (len(cases) + 1) / 2) / (len(cases) * len(controls)))


def separation(found: Scored, case: str = "mmn", control: str = "als") -> float:
    """How well the odds of one disease against another separate the two: the area under the curve."""
    place = list(classes())
    a, b = place.index(case), place.index(control)
    odds = np.log(found.probabilities[:, a]) - np.log(found.probabilities[:, b])
    return area_under_curve(odds[found.truth == a], odds[found.truth == b])


def by_class(found: Scored) -> Mapping[str, tuple[int, float, float, float, float]]:
    """For each disease: patients, how often it comes first, or among two, its mean probability, its error."""
    errors, table = found.class_errors(), {}
    for n, id in enumerate(classes()):
        mine = found.truth == n
        if mine.any():
            counts = found.counts[mine] / found.counts[mine].sum()
            part = Scored(found.probabilities[mine], found.truth[mine], counts)
            own = float(counts @ part.probabilities[:, n])
            table[id] = (int(mine.sum()), part.correct(), part.among_first(2), own, errors[id])
    return table
