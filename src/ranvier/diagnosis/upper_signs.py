"""Upper motor neuron signs, region by region."""

from ranvier.anatomy import Region
from ranvier.anatomy.territories import reflex_movement, sign_regions, territory
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.lower_signs import wasted
from ranvier.diagnosis.rules import Rule
from ranvier.findings.truth import Truth, all_of, any_of
from ranvier.patient import NeurologicalExamination
from ranvier.patient.entries import ReflexGrade

BRISK, KEPT = "brisk reflexes", "reflex of a weak wasted muscle"
"""Signs that are read off the graded reflexes; all others are named in the record."""
NOT_LOST: tuple[ReflexGrade, ...] = ("normal", "brisk")


def upper(chart: Chart, rule: Rule, region: Region) -> Truth:
    """Whether one of the rule's upper motor neuron signs was ever present in a region.

    An examination of strength alone says nothing of signs; a complete one that is silent leaves them unknown.
    """
    exams = chart.patient.entries(NeurologicalExamination)
    found = [(exam, upper_in(exam, rule.words("upper"), region)) for exam in exams]
    told = [truth for exam, truth in found if truth is not None or exam.scope == "complete"]
    return any_of(told) if told else None


def upper_in(exam: NeurologicalExamination, names: tuple[str, ...], region: Region) -> Truth:
    """Whether one examination found one of these signs in a region."""
    denied = exam.upper_motor_neuron_signs is False
    told = [truth for name in names for truth in found(exam, name, region)]
    if told:
        return any_of(False if truth is None and denied else truth for truth in told)
    return False if denied else None


def found(exam: NeurologicalExamination, name: str, region: Region) -> tuple[Truth, ...]:
    """Whether a sign was found in a region; nothing for a sign that this region does not show."""
    if name == BRISK:
        grades = [grade == "brisk" for _, grade in graded(exam, region)]
        return (any_of(grades),) if grades else ()
    return kept(exam, region) if name == KEPT else listed(exam, name, region)


def listed(exam: NeurologicalExamination, name: str, region: Region) -> tuple[Truth, ...]:
    """Whether a sign that the record names was found in a region.

    Without a place it is where it can only be; of a sign that can be in several, only its absence is told.
    """
    usual = sign_regions(name)
    rows = [sign for sign in exam.upper_motor_neuron if sign.name == name]
    here = [sign.present for sign in rows if sign.region == region]
    if region in usual:
        unplaced = [sign.present for sign in rows if sign.region is None]
        here += [truth if len(usual) == 1 or not truth else None for truth in unplaced]
    return (any_of(here),) if here else (None,) if region in usual else ()


def kept(exam: NeurologicalExamination, region: Region) -> tuple[Truth, ...]:
    """Whether the reflex of a weak and wasted muscle is not lost.

    Where the examiner says that there are no upper motor neuron signs, such a reflex is none.
    """
    if exam.upper_motor_neuron_signs is False:
        return ()
    rows = [(row.movement, wasted(exam, row)) for row in exam.strength]
    told = [
        all_of((grade in NOT_LOST, any_of([truth for name, truth in rows if name == movement] or [None])))
        for movement, grade in graded(exam, region)
    ]
    return (any_of(told),) if told else ()


def graded(exam: NeurologicalExamination, region: Region) -> list[tuple[str, ReflexGrade]]:
    """The tendon reflexes of a region that were graded, each by the movement of its muscle."""
    return [
        (movement, row.grade)
        for row in exam.reflexes
        if row.grade and (of := territory(movement := reflex_movement(row.name))) and of.region == region
    ]


def somewhere(chart: Chart) -> bool:
    """Whether an examiner says that there are upper motor neuron signs, wherever they are."""
    exams = chart.patient.entries(NeurologicalExamination)
    signs = (sign.present for exam in exams for sign in exam.upper_motor_neuron)
    return any(exam.upper_motor_neuron_signs for exam in exams) or any(signs)
