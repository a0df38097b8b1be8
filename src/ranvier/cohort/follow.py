"""What is kept of one virtual patient: a row per visit, with what the blind code says of the record so far.

The record is read as that of a real patient would be. What is true of the body stands apart, in columns that
begin with `true_`; nothing else looks at it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ranvier.cohort.beside import bedside, first_region, tables
from ranvier.cohort.conducted import conduction
from ranvier.diagnosis import criteria_set
from ranvier.diagnosis.chart import Chart, charts, sensory_studies
from ranvier.diagnosis.criteria import evaluate
from ranvier.diagnosis.rules import CriteriaSet
from ranvier.findings.norms import shipped_norms
from ranvier.patient import Patient

if TYPE_CHECKING:
    from ranvier.disease import Simulated, VisitTruth

Row = dict[str, Any]
FIRST_YEARS = 0.5
"""When a patient is first seen, unless the visits are given: half a year after the first symptom."""


@dataclass(frozen=True)
class Follow:
    """A task for `run`: the seed's patient with a disease, followed for years. See `follow`."""

    disease: str
    years: float
    protocol: str = "standard"
    visits: tuple[float, ...] = ()
    brief: bool = True
    hypothesis: str | None = None
    protocol_digest: str = ""

    def __call__(self, seed: int) -> list[Row]:
        """The rows of one patient, a visit each."""
        from ranvier.disease import simulate

        about: dict[str, Any] = {"exam": self.protocol, "brief": self.brief, "hypothesis": self.hypothesis}
        return rows(simulate(self.disease, seed, self.years, visits=self.visits, **about))


def follow(
    disease: str,
    years: float,
    protocol: str = "standard",
    *,
    visits: Sequence[float] | None = None,
    brief: bool = True,
    hypothesis: str | None = None,
) -> Follow:
    """A task that gives a row per patient and visit: at half a year, one year, and every year after that.

    `visits`: other times, years after the first symptom. `protocol`: its name, or a .toml file. `brief`:
    numbers without traces. Raises ValueError for a disease or protocol that is not there, and for times that
    are not above 0 or do not rise.
    """
    from ranvier.disease import disease as described
    from ranvier.exam.protocol import protocol as planned

    described(disease)
    planned(protocol)
    if years <= 0:
        raise ValueError(f"years must be above 0, not {years:g}.")
    times = tuple(visits) if visits else yearly(years)
    if times[0] <= 0 or any(b <= a for a, b in pairwise(times)):
        raise ValueError("visits must be above 0 and rise; give them as years after the first symptom.")
    own = protocol.casefold().endswith(".toml")
    digest = sha256(Path(protocol).read_bytes()).hexdigest()[:16] if own else ""
    return Follow(disease, years, protocol, times, brief, hypothesis, digest)


def yearly(years: float) -> tuple[float, ...]:
    """Half a year, and every whole year up to the last."""
    times = [FIRST_YEARS, *(float(n) for n in range(1, int(years) + 1))]
    return tuple(each for each in times if each <= years) or (years,)


def rows(found: "Simulated") -> list[Row]:
    """A row for each visit of a simulated patient."""
    patient, norms = found.patient, shipped_norms()
    sets = tuple(map(criteria_set, tables()["criteria"]))
    # Each segment is graded by its own study alone, so it is graded once and not at every later visit again.
    read = charts(patient, norms, tuple(each.blocks for each in sets))
    region: str | None = None
    table: list[Row] = []
    for n, visit in enumerate(found.visits):
        record = up_to(patient, visit.when)
        region = region or first_region(record, visit.when)
        table.append(
            who(found, n, visit)
            | levels(sets, read, record, visit.when)
            | {"first_region": region}
            | bedside(record, visit.when)
            | conduction(record, visit.when, read)
            | {f"true_{named(name)}": value for name, value in visit.truth.items()}
        )
    return table


def who(found: "Simulated", n: int, visit: "VisitTruth") -> Row:
    """Who is seen, and when."""
    return {
        "visit": n,
        "disease": found.disease,
        "years": visit.years,
        "when": visit.when,
        "sex": found.patient.identity.sex,
        "onset_age_years": found.onset_age_years,
        "age_years": found.onset_age_years + visit.years,
    }


def up_to(patient: Patient, when: str) -> Patient:
    """The record as it was at a date."""
    return replace(patient, timeline=tuple(each for each in patient.timeline if before(each.when, when)))


def levels(sets: Sequence[CriteriaSet], read: Sequence[Chart], record: Patient, when: str) -> Row:
    """The level of each criteria set, by everything on the record up to a date."""
    return {
        f"criteria_{one.id.lower()}": evaluate(one, so_far(chart, record, when)).level
        for one, chart in zip(sets, read, strict=True)
    }


def so_far(chart: Chart, record: Patient, when: str) -> Chart:
    """The chart as it was at a date."""
    past = tuple(graded for graded in chart.segments if before(graded.examined.segment.when, when))
    return replace(chart, patient=record, segments=past, sensory=sensory_studies(record, shipped_norms()))


def before(then: str, when: str) -> bool:
    """Whether an entry of one date stood on the record at another; dates are written 2021-04-12."""
    return not then[:1].isdigit() or then <= when


def named(name: str) -> str:
    """A name as that of a column."""
    return "_".join(name.replace("-", " ").lower().split())
