"""A simulated patient: a record with dated visits, and the truth apart from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ranvier.body.body import By
from ranvier.body.condition import Condition
from ranvier.disease.attack import Relief
from ranvier.disease.illness import Illness, Stage, fall_ill
from ranvier.disease.present import body_at, condition_at
from ranvier.disease.story import ONSET, Weakness, day, history, weakness
from ranvier.disease.truth import truth_of
from ranvier.exam.examination import Visit, entries
from ranvier.exam.items import Protocol
from ranvier.exam.neurological import complaints, neurological_examination
from ranvier.exam.protocol import protocol
from ranvier.exam.scales import scales
from ranvier.exam.voluntary import Effort
from ranvier.patient import AnyEntry, Identity, Patient
from ranvier.patient.check import checked
from ranvier.patient.when import When

Progress = Callable[[float], None]
LONGEST_YEARS = 60.0
SLIGHT = 1e-9
WEAKNESS = "NIS-W"


@dataclass(frozen=True)
class VisitTruth:
    """What is true at a visit and stands on no record; flat, so that a table can hold it."""

    years: float
    when: str
    truth: dict[str, float | int | str | bool]


@dataclass(frozen=True, eq=False)
class Simulated:
    """A patient's record with what an examiner found, and the illness behind it."""

    disease: str
    seed: int
    onset_age_years: float
    patient: Patient
    visits: tuple[VisitTruth, ...]
    illness: Illness


@dataclass(frozen=True)
class Plan:
    """How a patient is examined at every visit."""

    protocol: Protocol
    brief: bool
    by: By
    onset: date

    def visit(self, number: int, years: float, illness: Illness, condition: Condition) -> Visit:
        """One visit."""
        return Visit(
            self.protocol,
            day(years, self.onset),
            number,
            brief=self.brief,
            serology=illness.serology,
            fasciculation_per_min=condition.fasciculation_per_min,
        )


@dataclass(frozen=True, eq=False)
class Seen:
    """What came of one visit."""

    entries: tuple[AnyEntry, ...]
    weakness: Weakness
    truth: VisitTruth


def yearly(years: float, every: float = 1.0) -> tuple[float, ...]:
    """Visits one interval apart up to `years`, the first half an interval after the first symptom.

    Raises ValueError for an impossible time.
    """
    if not (0 < years <= LONGEST_YEARS and every > 0):
        raise ValueError(f"years must lie above 0 and up to {LONGEST_YEARS:g}, not {years:g}.")
    whole = tuple(round(every * n, 6) for n in range(1, int(years / every + SLIGHT) + 1))
    return (min(every / 2, years), *whole)


def simulate(
    disease: str,
    seed: int,
    years: float = 5.0,
    *,
    visits: Sequence[float] | None = None,
    exam: str = "standard",
    brief: bool = False,
    by: By | None = None,
    hypothesis: str | None = None,
    sex: str | None = None,
    age_years: float | None = None,
    height_cm: float | None = None,
    onset: date = ONSET,
    spread: float = 0.0,
    relief: Relief | None = None,
    given: Sequence[AnyEntry] = (),
    weight_kg: float | None = None,
    progress: Progress | None = None,
) -> Simulated:
    """A person who falls ill and is examined at visits, `years` after the first symptom at most.

    `visits`: years after the first symptom (at half a year and then yearly, if not given). `exam`: a
    protocol's name or file. `brief`: numbers without traces. `by`: `cable` follows every lesion in every
    axon, `edge` those near the edge of block, `surface` reads the response surface made by it for all. If not
    given, a brief study takes the surface, a full one what the disease says. `spread`: how far each number of
    the disease departs from its description in this patient (see `varied`). `relief`: what treatment makes
    of every attack (`fall_ill`); `given`: the entries of the record that tell of it, put among the visits by
    their time; `weight_kg`: stands on the record.
    After death there are no visits. Raises UnknownNameError for a disease or protocol that is not there,
    ValueError for impossible values.
    """
    illness = fall_ill(
        disease, seed, sex=sex, age_years=age_years, height_cm=height_cm, hypothesis=hypothesis,
        spread=spread, relief=relief,
    )  # fmt: skip
    way = by or ("surface" if brief else illness.disease.by)
    plan = Plan(replace(protocol(exam), strength=False, grip=False), brief, way, onset)
    times = [each for each in (visits or yearly(years)) if each <= illness.ends]
    seen: list[Seen] = []
    for number, stage in enumerate(illness.stages(times)):
        seen.append(attended(illness, stage, plan, number, [each.weakness for each in seen]))
        if progress:
            progress((number + 1) / len(times))
    timeline = merged([entry for each in seen for entry in each.entries], given)
    who = replace(identity(illness, onset, times[-1] if times else 0.0), weight_kg=weight_kg)
    patient = checked(Patient(who, timeline))
    return Simulated(
        illness.disease.name,
        seed,
        illness.healthy.person.age_years,
        patient,
        tuple(each.truth for each in seen),
        illness,
    )


def merged(visits: Sequence[AnyEntry], given: Sequence[AnyEntry]) -> tuple[AnyEntry, ...]:
    """The entries of the visits with others put among them by their time."""
    return tuple(sorted((*visits, *given), key=lambda entry: When(entry.when).order) if given else visits)


def identity(illness: Illness, onset: date, years: float) -> Identity:
    """Who stands on the record; the age is that of the last visit."""
    who = illness.healthy.person
    return Identity(
        f"simulated-{illness.seed}",
        who.sex,
        birth_year=onset.year - int(who.age_years),
        age_years=round(who.age_years + years, 1),
        height_cm=round(who.height_cm, 1),
    )


def attended(illness: Illness, stage: Stage, plan: Plan, number: int, past: Sequence[Weakness]) -> Seen:
    """One visit: the story, the examination, scales and the studies of the plan.

    What cold and heat do at home is read off the response surface, whichever way the visit itself goes.
    """
    body = replace(body_at(illness, stage), by=plan.by)
    condition = condition_at(illness, stage, body)
    visit, effort = plan.visit(number, stage.years, illness, condition), Effort(body)
    scored = scales(body, condition, number, visit.when, effort)
    points = next((each.score or 0.0 for each in scored if each.name == WEAKNESS), 0.0)
    now = weakness(effort, stage.years, points)
    quick = replace(body, by="surface")
    told = complaints(quick, condition, number, effort if plan.by == "surface" else None)
    entered = (
        history(illness, told, [*past, now], plan.onset),
        neurological_examination(body, condition, number, visit.when, effort),
        *scored,
        *entries(body, visit),
    )
    return Seen(entered, now, VisitTruth(stage.years, visit.when, truth_of(illness, stage, effort)))
