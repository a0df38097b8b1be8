"""Whether the response falls over a short distance, where a nerve was stimulated in short steps."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ranvier.anatomy import SIDES, Side, motor_nerve
from ranvier.diagnosis import sensory
from ranvier.diagnosis.answer import Answer
from ranvier.diagnosis.block import Examined, gated
from ranvier.diagnosis.chart import Chart, examined
from ranvier.diagnosis.rules import Rule
from ranvier.findings.segment import Segment
from ranvier.findings.study import Inching, MotorSite
from ranvier.findings.truth import Range, Truth, all_of, any_of, exactly
from ranvier.patient import NerveConductionStudy


@dataclass(frozen=True)
class Step:
    """One step upwards along a nerve with its doubts, and how long it is."""

    examined: Examined
    length_mm: float | None

    @property
    def nerve(self) -> tuple[Side, str]:
        """The nerve and its side."""
        return self.examined.segment.side, self.examined.segment.nerve.name


def nerves_with_fall_over_short_distance(chart: Chart, rule: Rule) -> Answer:
    """In how many of the rule's nerves the amplitude falls by as much as it asks within one short step.

    Every doubt that stands against a block in a whole segment stands against one here too. A nerve that was
    not stimulated in short steps may hold such a fall.
    """
    found: dict[tuple[Side, str], list[Truth]] = {}
    for step in steps(chart):
        found.setdefault(step.nerve, []).append(falls(chart, rule, step))
    asked: list[tuple[Side, str]] = [(side, name) for side in SIDES for name in rule.words("nerves")]
    sure = sum(any_of(found.get(nerve, [])) is True for nerve in asked)
    return Answer(
        number=Range(sure, len(asked)),
        missing=("stimulation in short steps (inching) where the response falls",),
        basis=(rule.limit("amplitude_drop"), rule.limit("step_mm")),
    )


def steps(chart: Chart) -> Iterator[Step]:
    """Every step of every inching study on the record."""
    for study in chart.patient.entries(NerveConductionStudy):
        for inching in study.inching:
            for below, above in pairwise(inching.steps):
                if segment := segment_of(inching, below, above, study.when):
                    yield Step(examined(chart.patient, study, segment, chart.norms), above.distance_mm)


def segment_of(inching: Inching, below: MotorSite, above: MotorSite, when: str) -> Segment | None:
    """A step as the segment in which it lies; None above the most proximal site."""
    nerve = motor_nerve(inching.nerve)
    begin = nerve.sites.index(below.site.split(" + ")[0])
    if begin + 1 == len(nerve.sites):
        return None
    ends = replace(below, site=nerve.sites[begin]), replace(above, site=nerve.sites[begin + 1])
    return Segment(inching.side, nerve, inching.muscle, *ends, when)


def falls(chart: Chart, rule: Rule, step: Step) -> Truth:
    """Whether the amplitude falls within one step, and the step is short enough to tell."""
    fall = exactly(step.examined.measure("amplitude_drop"))
    enough = fall.compare(">=", rule.limit("amplitude_drop").number)
    short = exactly(step.length_mm).compare("<=", rule.limit("step_mm").number)
    felt = sensory.beside(chart, *step.nerve) if rule.asks("sensory", "normal") else True
    late = step.examined.late_enough
    return all_of((gated(step.examined, all_of((enough, short))), late, felt))
