"""A virtual patient under treatment: drugs ease the attack, and nodes, strength and axons follow.

The person and the illness are those of the same seed without treatment. How this person handles and answers
to drugs is drawn from streams of its own. The factor on the attack goes into the disease as its relief.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ranvier.body import Person
from ranvier.body.healthy import stream
from ranvier.disease import Simulated, disease, simulate
from ranvier.disease.person import person
from ranvier.disease.simulate import yearly
from ranvier.disease.story import ONSET
from ranvier.patient.when import DAYS_PER_YEAR
from ranvier.treatment.effect.answers import Answers, answers
from ranvier.treatment.effect.course import Course, course_under
from ranvier.treatment.effect.population import people
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.given import Given
from ranvier.treatment.regimen import Regimen, regimen
from ranvier.treatment.schedule import entered, given_by, numbers

Array = NDArray[np.float64]
KNOWN_IN = "mmn"
STEP_DAYS = 0.25
RUN_IN_DAYS, AFTER_DAYS = 2, 2


@dataclass(frozen=True)
class Relief:
    """The factor on the attack as a function of years after the first symptom, linear between its times.

    It is 1 before the first and holds after the last of them.
    """

    begins: float
    step: float
    factors: tuple[float, ...]

    def __call__(self, years: float) -> float:
        """The factor at a time."""
        place = (years - self.begins) / self.step
        if place < 0:
            return 1.0
        n = min(int(place), len(self.factors) - 2)
        part = min(place - n, 1.0)
        return self.factors[n] * (1 - part) + self.factors[n + 1] * part


@dataclass(frozen=True, eq=False)
class SimulatedTreatment:
    """A simulated patient, what was given, and what is true of it; the record holds none of the truth.

    `doses`: oldest first, each with its regimen. `treated`, `answers`: of this one person. `course`: IgG,
    antibody and the attack, each (1, T), at day numbers from before the first dose to after the last visit.
    """

    simulated: Simulated
    doses: tuple[tuple[Given, Regimen], ...]
    regimens: tuple[Regimen, ...]
    weight_kg: float
    treated: Treated
    answers: Answers
    course: Course
    relief: Relief
    onset: date

    @property
    def given(self) -> tuple[Given, ...]:
        """Every dose, oldest first."""
        return tuple(each for each, _ in self.doses)


def simulate_treated(
    name: str,
    seed: int,
    regimens: Sequence[Regimen | str],
    years: float = 5.0,
    *,
    visits: Sequence[float] | None = None,
    onset: date = ONSET,
    weight_kg: float | None = None,
    sex: str | None = None,
    age_years: float | None = None,
    height_cm: float | None = None,
    **about: Any,
) -> SimulatedTreatment:
    """A person who falls ill, is treated, and is examined at visits; the rest as in `disease.simulate`.

    A regimen that does not say when it begins begins at the first visit. Raises ValueError for a disease
    other than MMN, for a regimen outside the years that are followed, and as `disease.simulate` does.
    """
    known = disease(name)
    if known.name != KNOWN_IN:
        raise ValueError(f"treatment is simulated in {KNOWN_IN} only, not in {known.name}; leave it out.")
    who = person(known, seed, sex=sex, age_years=age_years, height_cm=height_cm)
    weight = weighed(who, seed) if weight_kg is None else weight_kg
    times = tuple(visits or yearly(years))
    first, last = (onset.toordinal() + times[end] * DAYS_PER_YEAR for end in (0, -1))
    plans = [regimen(each) if isinstance(each, str) else each for each in regimens]
    within(plans, onset.toordinal(), last)
    lists = [given_by(each, weight, float(int(first)), last) for each in plans]
    pairs = ((dose, plan) for plan, each in zip(plans, lists, strict=True) for dose in each)
    doses = tuple(sorted(pairs, key=lambda pair: pair[0].day))
    given = [dose for dose, _ in doses]
    one, own = people(stream(seed, "treated"), 1, weight), answers(stream(seed, "answers"), 1)
    course = course_under(one, given, grid(given, last), own)
    relief = relieved(course, onset)
    entries = [entry for plan, own in zip(plans, lists, strict=True) for entry in entered(plan, own)]
    found = simulate(
        name, seed, years, visits=times, onset=onset, sex=sex, age_years=age_years, height_cm=height_cm,
        relief=relief, given=entries, weight_kg=round(weight, 1), **about,
    )  # fmt: skip
    return SimulatedTreatment(found, doses, tuple(plans), weight, one, own, course, relief, onset)


def within(plans: Sequence[Regimen], onset: float, last: float) -> None:
    """Refuse a regimen that begins before the first symptom, after the last visit, or after its own end."""
    if not plans:
        raise ValueError("regimens: name at least one, such as 'ivig 1 g/kg every 21 d from 2017-01'.")
    for plan in plans:
        if plan.begin is None:
            continue
        when = date.fromordinal(plan.begin).isoformat()
        if not onset <= plan.begin < last:
            ends = date.fromordinal(int(last)).isoformat()
            begins = date.fromordinal(int(onset)).isoformat()
            raise ValueError(
                f"{plan.drug} begins on {when}; it must lie between the first symptom ({begins}) and the "
                f"last visit ({ends})."
            )
        if plan.end is not None and plan.end < plan.begin:
            raise ValueError(f"{plan.drug} ends before it begins on {when}; write a later 'until'.")


def weighed(who: Person, seed: int) -> float:
    """The weight of a person from the height and a body mass index drawn for the seed, kg."""
    rule = numbers()["weight"]
    index = rule["bmi"] * exp(rule["bmi_between"] * stream(seed, "weight").standard_normal())
    return float(index * (who.height_cm / 100) ** 2)


def grid(given: Sequence[Given], last: float) -> Array:
    """Times from before the first dose to after the last visit."""
    begin = float(int(min(each.day for each in given))) - RUN_IN_DAYS if given else last
    return np.arange(begin, last + AFTER_DAYS, STEP_DAYS)


def relieved(course: Course, onset: date) -> Relief:
    """The relief of the one person of a course."""
    begins = (float(course.days[0]) - onset.toordinal()) / DAYS_PER_YEAR
    return Relief(begins, STEP_DAYS / DAYS_PER_YEAR, tuple(course.attack[0].tolist()))
