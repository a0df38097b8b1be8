"""What is known of virtual patients: their findings as the blind reader sees them, and what they have."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ranvier.cohort.first_visit import FirstVisit
from ranvier.diagnosis.assessment import READ_BY
from ranvier.diagnosis.chart import Chart, charts
from ranvier.diagnosis.differential.classes import ANYTHING, kinds
from ranvier.diagnosis.differential.finding import Observed, findings
from ranvier.diagnosis.differential.typicality import enough
from ranvier.diagnosis.rule_file import criteria_set
from ranvier.findings.norms import shipped_norms
from ranvier.patient import Patient

Random = np.random.Generator


@dataclass(frozen=True)
class Known:
    """One virtual patient: the kind of patient it truly is, and what is known of it."""

    kind: str
    seed: int
    observed: Observed


def chart_of(patient: Patient) -> Chart:
    """The chart that the findings are read from."""
    return charts(patient, shipped_norms(), (criteria_set(READ_BY).blocks,))[0]


def known(visits: Iterator[FirstVisit], read: Callable[[Chart], Observed]) -> Iterator[Known]:
    """Each virtual patient as the blind reader sees it."""
    for visit in visits:
        yield Known(visit.disease, visit.seed, dict(read(chart_of(visit.patient))))


def strangers(patients: Sequence[Known], count: int, random: Random) -> list[Known]:
    """Patients who are like nothing in particular: each group of findings is taken from another patient.

    They stand for the diseases that nobody described here, and are of the kind 'anything'.
    """
    groups = sorted({each.group for each in findings().values()})
    return [
        Known(
            ANYTHING,
            n,
            patched(groups, [patients[k] for k in random.integers(len(patients), size=len(groups))]),
        )
        for n in range(count)
    ]


def patched(groups: Sequence[str], donors: Sequence[Known]) -> dict[str, str]:
    """The findings of each group from a donor of its own."""
    return {
        id: outcome
        for group, donor in zip(groups, donors, strict=True)
        for id, outcome in donor.observed.items()
        if findings()[id].group == group
    }


def partly(patients: Sequence[Known], hide: float, lose: float, random: Random) -> list[Known]:
    """The same patients with findings hidden at random: each group with chance `hide`, each rest with `lose`.

    Those of whom too little is left to say anything are dropped.
    """
    found = [replace(each, observed=left(each.observed, hide, lose, random)) for each in patients]
    return [each for each in found if enough(each.observed)]


def left(observed: Observed, hide: float, lose: float, random: Random) -> dict[str, str]:
    """What is left of findings."""
    groups = sorted({findings()[id].group for id in observed})
    hidden = {group for group in groups if random.random() < hide}
    return {
        id: outcome
        for id, outcome in observed.items()
        if findings()[id].group not in hidden and random.random() >= lose
    }


def only(patients: Sequence[Known], groups: Sequence[str]) -> list[Known]:
    """The same patients with only the findings of some groups known."""
    return [
        replace(each, observed={id: v for id, v in each.observed.items() if findings()[id].group in groups})
        for each in patients
    ]


def counted(patients: Sequence[Known]) -> dict[str, dict[str, dict[str, int]]]:
    """How many patients of each kind show each outcome, by finding and kind; 'anything' is not counted."""
    table = {
        id: {kind: dict.fromkeys(each.outcomes, 0) for kind in kinds() if kind != ANYTHING}
        for id, each in findings().items()
        if not each.published
    }
    for each in patients:
        for id, outcome in each.observed.items():
            if id in table and each.kind in table[id]:
                table[id][each.kind][outcome] += 1
    return table


def shares(patients: Sequence[Known], priors: Mapping[str, float]) -> np.ndarray:
    """What each patient counts, so that the kinds come as often as in a setting; sums to 1.

    `priors`: of each kind. A kind of which there is no patient takes no part.
    """
    many = {kind: sum(each.kind == kind for each in patients) for kind in priors}
    found = np.array([priors[each.kind] / many[each.kind] for each in patients])
    return found / found.sum()
