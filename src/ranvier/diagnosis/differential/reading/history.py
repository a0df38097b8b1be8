"""What the story told answers to the differential."""

from collections.abc import Callable

from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.outcome import Reading, first, limits, yes_or_no
from ranvier.diagnosis.pattern import counted_back
from ranvier.findings.truth import Truth
from ranvier.patient import History, NeedleEMG, NerveConductionStudy, NeurologicalExamination

COURSES = {
    "relapsing": "relapsing",
    "stepwise progressive": "slow",
    "rapidly progressive": "rapid",
    "acute": "rapid",
    "subacute": "rapid",
    "slowly progressive": "slow",
    "improving": "improving",
    "stable": "stable",
}
"""The outcome behind each course. What stands higher says more of the disease, and holds once it was told."""
ONSET_AGES = {"from_60": 60, "from_40": 40, "from_20": 20, "under_20": 0}
"""The least age of each outcome, as its name says."""


def told(chart: Chart, read: Callable[[History], Truth]) -> list[Truth]:
    """What every history says, oldest first."""
    return [read(history) for history in chart.patient.entries(History)]


def onset_age(chart: Chart) -> Reading:
    """The band of the age at the first symptom: as told, else counted back from an age known later.

    Unknown where the age leaves room for two bands.
    """
    told = [h.age_at_onset_years for h in chart.patient.entries(History) if h.age_at_onset_years is not None]
    ages = [(age, age) for age in told] or [(span.low, span.high) for span in counted_back(chart)]
    bands = {age_band(age) for age in ages[0]} if ages else set[str]()
    return bands.pop() if len(bands) == 1 else None


def age_band(years: float) -> str:
    """An age in the words of the outcomes."""
    return next(name for name, least in ONSET_AGES.items() if years >= least or not least)


def sex(chart: Chart) -> Reading:
    """The patient's sex, where it is one for which there are figures."""
    found = chart.patient.identity.sex
    return found if found in ("female", "male") else None


def tempo(chart: Chart) -> Reading:
    """How long after the first symptom the first history, examination or study on record came.

    Unknown where the dates leave room for two outcomes.
    """
    kinds = (History, NeurologicalExamination, NerveConductionStudy, NeedleEMG)
    entries = [entry for entry in chart.patient.timeline if isinstance(entry, kinds)]
    spans = [span for entry in entries if (span := chart.patient.days_of_disease(entry))]
    if not spans:
        return None
    earliest, latest = (band(days) for days in min(spans, key=lambda span: span[1]))
    return earliest if earliest == latest else None


def band(days: float) -> str:
    """A time since onset in words."""
    limit = limits()["history"]
    return "weeks" if days <= limit["weeks_days"] else "months" if days <= limit["year_days"] else "years"


def course(chart: Chart) -> Reading:
    """The course; relapses and steps, once told, stay."""
    words = {COURSES[h.course] for h in chart.patient.entries(History) if h.course}
    return next((word for word in COURSES.values() if word in words), None)


def predominant_limbs(chart: Chart) -> Reading:
    """Whether arms or legs are mainly affected, as first told."""
    return first(history.predominant_limbs for history in chart.patient.entries(History))


def diffuse_symmetric_onset(chart: Chart) -> Reading:
    """Whether weakness was diffuse and symmetric in the first weeks."""
    return yes_or_no(told(chart, lambda h: h.diffuse_symmetric_onset))


def sensory_symptoms(chart: Chart) -> Reading:
    """Whether there are sensory complaints."""
    return yes_or_no(told(chart, lambda h: h.sensory_symptoms))


def pain(chart: Chart) -> Reading:
    """Whether there is pain."""
    return yes_or_no(told(chart, lambda h: h.pain))


def cramps(chart: Chart) -> Reading:
    """Whether there are cramps, told or seen."""
    seen = [exam.cramps for exam in chart.patient.entries(NeurologicalExamination)]
    return yes_or_no(told(chart, lambda h: h.cramps) + seen)


def fasciculations(chart: Chart) -> Reading:
    """Whether there are fasciculations, told or seen; those of the needle are a finding of their own."""
    seen = [exam.fasciculations for exam in chart.patient.entries(NeurologicalExamination)]
    return yes_or_no(told(chart, lambda h: h.fasciculations) + seen)


def worse_in_cold(chart: Chart) -> Reading:
    """Whether weakness is worse in the cold."""
    return yes_or_no(told(chart, lambda h: h.worse_in_cold))


def family_history(chart: Chart) -> Reading:
    """Whether relatives have the like."""
    return yes_or_no(told(chart, lambda h: h.family_history))


def preceding_infection(chart: Chart) -> Reading:
    """Whether an infection came before."""
    return yes_or_no(told(chart, lambda h: h.preceding_infection))


def systemic_features(chart: Chart) -> Reading:
    """Whether there is fever, weight loss, purpura or another organ that suffers."""
    return yes_or_no(told(chart, lambda h: h.systemic_features))


READERS = (
    onset_age,
    sex,
    tempo,
    course,
    predominant_limbs,
    diffuse_symmetric_onset,
    sensory_symptoms,
    pain,
    cramps,
    fasciculations,
    worse_in_cold,
    family_history,
    preceding_infection,
    systemic_features,
)
