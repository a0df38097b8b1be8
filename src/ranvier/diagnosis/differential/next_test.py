"""The next test: which investigation is expected to change the differential most.

The measure of a test is its expected change: the mean total variation distance between the probabilities of
the diseases after it and now, the share of the probability that is expected to move. The information in bits,
the chance that another disease will lead, and what the leading disease gains stand beside it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import log2

from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.finding import Finding
from ranvier.diagnosis.differential.investigation import Investigation, assumed, investigations
from ranvier.diagnosis.differential.occasion import OCCASIONS, Offer
from ranvier.diagnosis.differential.outcomes import (
    Branch,
    Now,
    Outcome,
    asked,
    believed,
    joint,
    leading,
    raised,
)
from ranvier.diagnosis.differential.posterior import Differential

__all__ = ["NextTest", "Outcome", "next_tests"]


@dataclass(frozen=True)
class NextTest:
    """An investigation that makes sense on this record, and what it is expected to do: an option, no order.

    `expected_change`: mean total variation distance, 0 to 1. `information_bits`: mean fall of the entropy.
    `new_leader`: the chance that another disease will lead. `gain`: by how much the probability of whichever
    disease leads is expected to rise. `cost` in EUR. `note`: what it rests on. `also`: other places where the
    same could be done.
    `left_out`: findings it answers that are not followed, since they tell next to nothing or make too many
    outcomes.
    """

    id: str
    title: str
    expected_change: float
    cost: float
    burden: str
    minutes: float
    outcomes: tuple[Outcome, ...]
    information_bits: float
    new_leader: float
    gain: float
    where: str = ""
    note: str = ""
    also: tuple[str, ...] = ()
    left_out: tuple[Finding, ...] = ()

    @property
    def change_per_100_eur(self) -> float | None:
        """Expected change for each 100 EUR; None for what costs nothing."""
        return 100 * self.expected_change / self.cost if self.cost else None


def next_tests(found: Differential, chart: Chart) -> tuple[NextTest, ...]:
    """Every investigation that makes sense and can tell something, the largest expected change first.

    Where one could be done in several places, the place that would tell most is shown, and the others named.
    """
    now = believed(found)
    tests = [
        test
        for investigation in investigations().values()
        if suspected(investigation, found)
        for test in best_place(now, investigation, OCCASIONS[investigation.when](chart, investigation))
    ]
    return tuple(sorted(tests, key=lambda test: (-test.expected_change, test.cost, test.id)))


def suspected(test: Investigation, found: Differential) -> bool:
    """Whether the diseases for which it is done are together at all probable."""
    chance = sum(one.probability for one in found.candidates if one.disease in test.suspects)
    return not test.suspects or chance >= assumed("suspected", "least")


def best_place(now: Now, test: Investigation, offers: Iterable[Offer]) -> Iterator[NextTest]:
    """The test where it is expected to change most; nothing if it can tell nothing."""
    placed = [made for offer in offers if (made := next_test(now, test, offer))]
    placed.sort(key=lambda one: -one.expected_change)
    for best in placed[:1]:
        yield replace(best, also=tuple(other.where for other in placed[1:]))


def next_test(now: Now, test: Investigation, offer: Offer) -> NextTest | None:
    """One investigation in one place; None where all that it answers is known or tells nothing."""
    branches = branches_of(now, test, offer)
    followed = most_telling(now, branches)
    if not followed:
        return None
    outcomes = tuple(sorted(joint(now, followed), key=lambda one: -one.chance))
    lead = leading(now.diseases)
    return NextTest(
        id=test.id,
        title=titled(test, offer, followed),
        expected_change=sum(one.chance * distance(now.diseases, one.probabilities) for one in outcomes),
        cost=test.cost_eur,
        burden=test.burden,
        minutes=test.minutes,
        outcomes=outcomes,
        information_bits=information(now, outcomes),
        new_leader=sum(one.chance for one in outcomes if one.leading != lead),
        gain=max(0.0, mean_lead(outcomes) - now.diseases[lead]),
        where=offer.where,
        note=test.note,
        left_out=tuple(branch.finding for branch in branches if branch not in followed),
    )


def titled(test: Investigation, offer: Offer, followed: list[Branch]) -> str:
    """What is proposed, with where, or with what to ask for."""
    asked_for = "; ".join(branch.finding.text.casefold() for branch in followed)
    return test.title.format(asked=asked_for) + (f": {offer.where}" if offer.where else "")


def branches_of(now: Now, test: Investigation, offer: Offer) -> list[Branch]:
    """What the test can bring: a count that may rise, or every finding it answers that is not known."""
    if offer.raises:
        return [raised(now, offer.raises)]
    return [asked(now, finding) for finding in test.findings if finding.id not in now.found.observed]


def most_telling(now: Now, branches: list[Branch]) -> list[Branch]:
    """The findings that are followed together: the most telling, while their joint outcomes stay few."""
    least, most, size = assumed("joint", "least"), assumed("joint", "most"), 1
    told = [(information(now, tuple(joint(now, [branch]))), branch) for branch in branches]
    kept: list[Branch] = []
    for bits, branch in sorted(told, key=lambda one: -one[0]):
        if bits >= least and size * len(branch.words) <= most:
            kept.append(branch)
            size *= len(branch.words)
    return kept


def mean_lead(outcomes: Iterable[Outcome]) -> float:
    """The mean probability of the disease that leads after the test."""
    return sum(one.chance * one.probabilities[one.leading] for one in outcomes)


def distance(now: Mapping[str, float], then: Mapping[str, float]) -> float:
    """Total variation distance: half the sum of all differences, 0 to 1."""
    return sum(abs(then[id] - p) for id, p in now.items()) / 2


def information(now: Now, outcomes: Iterable[Outcome]) -> float:
    """Mean fall of the entropy of the differential, in bits."""
    after = sum(one.chance * entropy(one.probabilities) for one in outcomes)
    return max(0.0, entropy(now.diseases) - after)


def entropy(chances: Mapping[str, float]) -> float:
    """How open the differential is, in bits."""
    return -sum(p * log2(p) for p in chances.values() if p > 0)
