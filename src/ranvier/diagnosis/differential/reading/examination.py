"""What the neurological examination answers to the differential."""

from collections.abc import Callable, Iterable

from ranvier.anatomy.territories import tables
from ranvier.diagnosis.bedside import weakness_by_movement
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.outcome import Reading, counted, last, yes_or_no
from ranvier.diagnosis.differential.reading.strength import (
    differences,
    enough,
    graded,
    weak,
    within_nerves,
)
from ranvier.findings.truth import Truth
from ranvier.patient import NeurologicalExamination

FINGER_FLEXORS = ("finger_flexion", "thumb_flexion")
PROXIMAL = (
    "shoulder_abduction",
    "shoulder_external_rotation",
    "elbow_flexion",
    "elbow_extension",
    "hip_flexion",
    "hip_extension",
    "hip_abduction",
    "hip_adduction",
    "knee_extension",
    "knee_flexion",
)


def exams(chart: Chart) -> tuple[NeurologicalExamination, ...]:
    """Every examination, oldest first."""
    return chart.patient.entries(NeurologicalExamination)


def said(chart: Chart, read: Callable[[NeurologicalExamination], Truth]) -> Reading:
    """Whether a sign was ever there; 'no' where an examination says that it was not."""
    return yes_or_no(read(exam) for exam in exams(chart))


def asymmetry(chart: Chart) -> Reading:
    """Whether the sides differ, by grades or in the examiner's word; alike by grades only if enough were."""
    word = said(chart, lambda exam: exam.asymmetric)
    found = list(differences(chart))
    if True in found or word == "yes":
        return "yes"
    return "no" if word == "no" or enough(chart) else None


def weak_nerves(chart: Chart) -> Reading:
    """In how many nerve territories there is weakness, at least: by grades or in the examiner's word.

    A weak movement that two nerves share counts for neither while one of them is weak by itself.
    """
    groups = [nerves for nerves, truth in weakness_by_movement(chart).items() if truth]
    alone = {nerve for nerves in groups if len(nerves) == 1 for nerve in nerves}
    shared = any(len(nerves) > 1 and not alone.intersection(nerves) for nerves in groups)
    told = [exam.weak_nerve_territories for exam in exams(chart) if exam.weak_nerve_territories is not None]
    return counted("weak_nerves", max(len(alone) + shared, *told, 0), bool(told) or enough(chart))


def weak_limbs(chart: Chart) -> Reading:
    """In how many limbs there is weakness, at least."""
    return counted("weak_limbs", len({row.limb for row in weak(chart)}), enough(chart))


def proximal_weakness(chart: Chart) -> Reading:
    """Whether a movement of shoulder, elbow, hip or knee was ever weak."""
    return yes_or_no(row.weak for row in graded(chart) if row.movement in PROXIMAL)


def distribution(chart: Chart) -> Reading:
    """Whether all weak movements belong to one nerve, or else share a root on one side.

    Unknown where fewer than two movements are weak.
    """
    rows = weak(chart)
    if len(rows) < 2 or not enough(chart):
        return None
    if len({row.side for row in rows}) > 1:
        return "several"
    if shared(row.served.nerves for row in rows):
        return "one_nerve"
    return "one_root" if shared(tables()["movement"][row.movement] for row in rows) else "several"


def shared(groups: Iterable[Iterable[str]]) -> set[str]:
    """What all groups have in common."""
    first, *others = map(set, groups)
    return first.intersection(*others)


def weak_not_wasted(chart: Chart) -> Reading:
    """Whether a weak muscle was not wasted, among those that were looked at for it."""
    return yes_or_no(not row.wasted for row in weak(chart) if row.wasted is not None)


def atrophy(chart: Chart) -> Reading:
    """Wasting at its worst; of unknown degree, or of single muscles, it is at least mild."""
    degrees = {"none": "none", "mild": "mild", "present": "mild", "marked": "marked"}
    told = [degrees[exam.atrophy] for exam in exams(chart) if exam.atrophy]
    wasted = ["mild" for exam in exams(chart) for row in exam.strength if row.wasted]
    return last("atrophy", told + wasted)


def differential_weakness(chart: Chart) -> Reading:
    """Whether muscles of one nerve differ in strength; it takes two of a weak nerve to tell."""
    return yes_or_no(within_nerves(chart))


def flexor_pattern(chart: Chart) -> Reading:
    """Whether on one side finger flexors and knee extension are weak, more than shoulder and hip."""
    return yes_or_no(flexors_and_knee(chart, side) for side in ("left", "right"))


def flexors_and_knee(chart: Chart, side: str) -> Truth:
    """The pattern on one side; unknown where one of its movements was not graded."""
    grades = {row.movement: row.mrc for row in graded(chart) if row.side == side}
    fingers = min((grades[name] for name in FINGER_FLEXORS if name in grades), default=None)
    knee = grades.get("knee_extension")
    if fingers is None or knee is None:
        return None
    shoulder, hip = grades.get("shoulder_abduction"), grades.get("hip_flexion")
    if shoulder is None or hip is None:
        return None
    return fingers < shoulder and knee < hip


def sensory_signs(chart: Chart) -> Reading:
    """The sensory examination at its worst."""
    words = {"minor vibration loss in the legs": "minor"}
    told = [exam.sensory for exam in exams(chart) if exam.sensory]
    return last("sensory_signs", (words.get(each, each) for each in told))


def bulbar(chart: Chart) -> Reading:
    """Marked bulbar signs."""
    return said(chart, lambda exam: exam.bulbar_signs)


def cranial(chart: Chart) -> Reading:
    """Cranial nerve signs."""
    return said(chart, lambda exam: exam.cranial_nerve_signs)


READERS = (
    asymmetry,
    weak_nerves,
    weak_limbs,
    proximal_weakness,
    distribution,
    weak_not_wasted,
    atrophy,
    differential_weakness,
    flexor_pattern,
    sensory_signs,
    bulbar,
    cranial,
)
