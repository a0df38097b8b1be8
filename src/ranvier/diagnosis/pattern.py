"""The age at onset, and whether weakness is mainly distal."""

from collections.abc import Iterator
from dataclasses import replace

from ranvier.anatomy import SIDES
from ranvier.diagnosis.answer import Answer
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.rules import Rule
from ranvier.findings.truth import Range
from ranvier.patient import History, NeurologicalExamination
from ranvier.patient.entries import NORMAL_STRENGTH
from ranvier.patient.when import DAYS_PER_YEAR, When

NO_STRENGTH = 0.0
OLDEST = float("inf")


def onset_age(chart: Chart, rule: Rule) -> Answer:
    """The age in years at the first symptom: as told, or the age at a time less the time since then."""
    told = [h.age_at_onset_years for h in chart.patient.entries(History) if h.age_at_onset_years is not None]
    ages = [Range(age, age) for age in told] or list(counted_back(chart))
    return Answer(
        number=ages[0] if ages else Range(0.0, OLDEST),
        missing=("history: the age at the first symptom",),
    )


def counted_back(chart: Chart) -> Iterator[Range]:
    """The age at onset from each entry of which the age and the time since onset are known."""
    patient = chart.patient
    for entry in patient.in_order:
        age, days = patient.age_at(When(entry.when)), patient.days_of_disease(entry)
        if age is not None and days is not None:
            yield Range(age - days[1] / DAYS_PER_YEAR, age - days[0] / DAYS_PER_YEAR)


def distal_predominance(chart: Chart, rule: Rule) -> Answer:
    """By how many MRC grades the mean loss of strength is larger in distal movements than in proximal ones.

    The rule names both groups. A movement that was not graded may have lost anything or nothing, so the
    answer is a range. Of several examinations, the one that finds weakness most distal counts.
    """
    groups = rule.words("distal"), rule.words("proximal")
    exams = chart.patient.entries(NeurologicalExamination)
    spans = [excess(exam, *groups) for exam in exams] or [Range(-NORMAL_STRENGTH, NORMAL_STRENGTH)]
    return Answer(
        number=Range(max(s.low for s in spans), max(s.high for s in spans)),
        missing=(f"examination: MRC grades, on both sides, of {', '.join(groups[0] + groups[1])}",),
    )


def excess(exam: NeurologicalExamination, distal: tuple[str, ...], proximal: tuple[str, ...]) -> Range:
    """How much larger the mean distal loss of one examination is than the proximal one."""
    far, near = loss(exam, distal), loss(exam, proximal)
    return Range(far.low - near.high, far.high - near.low)


def loss(exam: NeurologicalExamination, movements: tuple[str, ...]) -> Range:
    """The mean loss of strength over these movements of both sides, in MRC grades."""
    grades = {(s.movement, s.side): s.mrc for s in exam.strength}
    lost = [lost_of(grades.get((name, side))) for name in movements for side in SIDES]
    sums = Range(sum(span.low for span in lost), sum(span.high for span in lost))
    return replace(sums, low=sums.low / len(lost), high=sums.high / len(lost))


def lost_of(mrc: float | None) -> Range:
    """The loss of strength behind one MRC grade."""
    lost = NORMAL_STRENGTH - (NO_STRENGTH if mrc is None else mrc)
    return Range(0.0, lost) if mrc is None else Range(lost, lost)
