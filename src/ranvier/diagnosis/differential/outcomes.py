"""What a test may show, how likely each outcome is, and what would then be believed.

With p(k) the probability of each kind of patient k now, and q(o|k) the chance of outcome o in it,

    chance(o) = sum_k p(k) q(o|k)        p(k|o) = p(k) q(o|k) / chance(o)

so that the mean of what is believed after the test is what is believed now: sum_o chance(o) p(k|o) = p(k).
The differential lets a finding count with a weight w, because others say part of the same. So here,

    q(o|k) ~ P(o|k)^w m(o)^(1-w)         m(o) = sum_k p(k) P(o|k)

as far as a finding says something new it depends on the disease, and otherwise it is as in any such patient.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import exp
from operator import mul

from ranvier.diagnosis.differential.finding import Finding, findings
from ranvier.diagnosis.differential.likelihoods import tables, weight
from ranvier.diagnosis.differential.occasion import Raise
from ranvier.diagnosis.differential.posterior import Differential
from ranvier.diagnosis.differential.weighing import Row, Weighing, weighing

NOTHING_FURTHER = "nothing further"


@dataclass(frozen=True)
class Outcome:
    """One outcome of a test: its chance, and the differential there would then be."""

    words: str
    chance: float
    leading: str
    probabilities: Mapping[str, float]


@dataclass(frozen=True)
class Branch:
    """The outcomes of one finding: words, and the chance of each in every kind of patient."""

    finding: Finding
    words: tuple[str, ...]
    chances: tuple[Row, ...]


@dataclass(frozen=True)
class Now:
    """What is believed before a test: the probability of each kind of patient, and of each disease."""

    weighed: Weighing
    found: Differential
    kinds: Row
    diseases: Mapping[str, float]

    def after(self, words: str, masses: Row) -> Outcome:
        """An outcome, given p(k) q(o|k) for each kind."""
        chance = sum(masses)
        spans = self.weighed.spans.items()
        probabilities = {id: sum(masses[first:last]) / chance for id, (first, last) in spans}
        return Outcome(words, chance, leading(probabilities), probabilities)


def believed(found: Differential) -> Now:
    """The differential with the kinds of patient behind each disease."""
    weighed = weighing(found.setting)
    logs = tuple(map(sum, zip(weighed.log_priors, *weighed.told(found.observed), strict=True)))
    odds = [exp(each - max(logs)) for each in logs]
    kinds = tuple(each / sum(odds) for each in odds)
    return Now(weighed, found, kinds, {one.disease: one.probability for one in found.candidates})


def asked(now: Now, finding: Finding) -> Branch:
    """The outcomes of a finding that is not known."""
    return Branch(finding, finding.words, spread(now, finding))


def spread(now: Now, finding: Finding) -> tuple[Row, ...]:
    """q(o|k) of every outcome, as the head of this file says."""
    power, table = weight(finding), tables()[finding.id]
    rows = list(zip(*(table[kind] for kind in now.weighed.kinds), strict=True))
    means = [sum(map(mul, row, now.kinds)) for row in rows]
    powers = [
        tuple(p**power * mean ** (1 - power) for p in row) for row, mean in zip(rows, means, strict=True)
    ]
    totals = [sum(column) for column in zip(*powers, strict=True)]
    return tuple(tuple(p / total for p, total in zip(row, totals, strict=True)) for row in powers)


def raised(now: Now, more: Raise) -> Branch:
    """A count that can rise above what is known.

    q(o|k) is cut to what the count can still be. Of all above the present count a share s lies where this
    test looks, and u where nobody looked yet; with M = q(more|k), a higher o is shown with the chance
    s q(o|k) / (1 - M + M u). The rest of the chance says that nothing further is found.
    """
    finding = findings()[more.finding]
    present = finding.outcomes.index(now.found.observed.get(finding.id, finding.outcomes[0]))
    rows = spread(now, finding)[present:]
    still = list(zip(*rows, strict=True))
    scales = [more.share / (column[0] + sum(column[1:]) * more.unseen) for column in still]
    above = [tuple(map(mul, row, scales)) for row in rows[1:]]
    rest = tuple(1 - sum(row[k] for row in above) for k in range(len(still)))
    return Branch(finding, (NOTHING_FURTHER, *finding.words[present + 1 :]), (rest, *above))


def joint(now: Now, branches: Iterable[Branch]) -> Iterator[Outcome]:
    """Every joint outcome; within one kind of patient findings are independent, as in the differential."""
    paths: list[tuple[tuple[str, ...], Row]] = [((), now.kinds)]
    for branch in branches:
        paths = [
            ((*words, word), tuple(map(mul, masses, row)))
            for words, masses in paths
            for word, row in zip(branch.words, branch.chances, strict=True)
        ]
    return (now.after("; ".join(words), masses) for words, masses in paths if sum(masses) > 0)


def leading(chances: Mapping[str, float]) -> str:
    """The most probable disease."""
    return max(chances, key=lambda id: chances[id])
