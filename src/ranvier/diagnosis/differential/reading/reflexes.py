"""What tendon reflexes and signs of the upper motor neuron answer to the differential."""

from collections.abc import Iterable, Iterator

from ranvier.anatomy import Region
from ranvier.anatomy.territories import reflex_movement, sign_regions, territory
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.examination import exams
from ranvier.diagnosis.differential.reading.outcome import Reading, counted
from ranvier.diagnosis.differential.reading.strength import weak
from ranvier.patient import NeurologicalExamination, Reflex, Sign

ORDER = ("brisk", "absent", "reduced", "normal")
LOOKED_FOR = {"babinski", "hoffmann", "spasticity"}
"""Signs that must have been looked for one by one, where nobody says that there were none at all."""


def reflexes(chart: Chart) -> Reading:
    """The reflexes of the weak limbs in one word, of all examinations the one that says most.

    'Brisk' where one is, else 'absent' where all are, 'reduced' where some are reduced or lost.
    """
    found = [exam.reflexes_in_affected_limbs or in_weak_limbs(chart, exam) for exam in exams(chart)]
    return next((word for word in ORDER if word in found), None)


def in_weak_limbs(chart: Chart, exam: NeurologicalExamination) -> Reading:
    """The reflexes that one examination lists of limbs with weakness."""
    limbs = {row.limb for row in weak(chart)}
    return summed_up(row.grade for row in exam.reflexes if row.grade and limb(row) in limbs)


def limb(row: Reflex) -> tuple[str | None, Region | None]:
    """Side and region of a reflex."""
    served = territory(reflex_movement(row.name))
    return row.side, served.region if served else None


def summed_up(grades: Iterable[str]) -> Reading:
    """Several reflexes in one word."""
    words = set(grades)
    told = next((word for word in ORDER if word in words), None)
    return "reduced" if told == "absent" and len(words) > 1 else told


def upper_motor_neuron_regions(chart: Chart) -> Reading:
    """In how many regions an upper motor neuron sign was ever present, at least.

    None takes an examination that says so, or that looked for each of the usual signs and found none. A
    sign that can be in several regions counts for one of its own only where no other sign stands there.
    """
    present = [sign for exam in exams(chart) for sign in exam.upper_motor_neuron if sign.present]
    known = {region for sign in present for region in places(sign) if len(places(sign)) == 1}
    elsewhere = any(not known.intersection(places(sign)) for sign in present)
    said = any(exam.upper_motor_neuron_signs for exam in exams(chart))
    found = max(len(known) + elsewhere, int(said))
    return counted("upper_motor_neuron_regions", found, any(map(none_there, exams(chart))))


def places(sign: Sign) -> tuple[Region, ...]:
    """Where a sign is, or where it can be if nobody says."""
    return (sign.region,) if sign.region else sign_regions(sign.name)


def none_there(exam: NeurologicalExamination) -> bool:
    """Whether an examination says that there is no sign of the upper motor neuron."""
    return exam.upper_motor_neuron_signs is False or set(absent(exam)) >= LOOKED_FOR


def absent(exam: NeurologicalExamination) -> Iterator[str]:
    """The signs that were looked for and not found."""
    return (sign.name for sign in exam.upper_motor_neuron if sign.present is False)


READERS = (reflexes, upper_motor_neuron_regions)
