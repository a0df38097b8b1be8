"""Which common entrapment sites are slow or blocked, each by itself."""

from collections.abc import Iterator

from ranvier.anatomy import SIDES, Side, motor_nerves
from ranvier.diagnosis.block import GradedSegment
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.conduction import slow
from ranvier.diagnosis.differential.reading.outcome import Reading, counted, ever, limits, yes_or_no
from ranvier.diagnosis.differential.reading.rows import distal_rows
from ranvier.findings.sensation import velocity_m_s
from ranvier.findings.truth import Truth, any_of, exactly
from ranvier.patient import NerveConductionStudy


def median_at_wrist(chart: Chart) -> Reading:
    """Whether the median nerve is late at a wrist where the ulnar nerve is in time."""
    return yes_or_no(at_wrist(chart, side) for side in SIDES)


def ulnar_at_elbow(chart: Chart) -> Reading:
    """Whether an ulnar nerve is slow or blocked across the elbow and not below it."""
    return yes_or_no(at_site(chart, side, "ulnar", "elbow") for side in SIDES)


def fibular_at_knee(chart: Chart) -> Reading:
    """Whether a fibular nerve is slow or blocked across the fibular head and not below it."""
    return yes_or_no(at_site(chart, side, "fibular", "fibular head") for side in SIDES)


def entrapment_sites(chart: Chart) -> Reading:
    """How many entrapment sites are slow or blocked, at least: the wrist of the median nerve, and every
    one with a stretch of nerve below it. None takes that one was studied.
    """
    found = [at_wrist(chart, side) for side in SIDES]
    for nerve in motor_nerves().values():
        inner = [stretch for stretch in nerve.entrapments if nerve.stretches.index(stretch)]
        found += [at_site(chart, side, nerve.name, stretch) for stretch in inner for side in SIDES]
    return counted("entrapment_sites", found.count(True), False in found)


def at_wrist(chart: Chart, side: Side) -> Truth:
    """Whether the median nerve of one side is late at the wrist beside the ulnar, motor or sensory."""
    return ever((motor_late(chart, side), *sensory_late(chart, side)))


def motor_late(chart: Chart, side: Side) -> Truth:
    """Whether the distal motor latency is too long in the median nerve and not in the ulnar."""
    rows = [row for row in distal_rows(chart) if row.side == side]
    median, ulnar = (ever(row.late() for row in rows if row.nerve == name) for name in ("median", "ulnar"))
    if median and ulnar is None:
        return None
    return median and not ulnar if median is not None else None


def sensory_late(chart: Chart, side: Side) -> Iterator[Truth]:
    """For each study, whether the median sensory nerve takes longer over the same way than the ulnar."""
    limit = limits()["sensory"]
    for study in chart.patient.entries(NerveConductionStudy):
        speeds = {row.nerve: velocity_m_s(row) for row in study.sensory if row.side == side}
        median, ulnar = speeds.get("median"), speeds.get("ulnar")
        if median and ulnar:
            yield limit["wrist_mm"] * (1 / median - 1 / ulnar) >= limit["wrist_difference_ms"]


def at_site(chart: Chart, side: Side, nerve: str, stretch: str) -> Truth:
    """Whether a nerve is slow or blocked across one entrapment site, and not in the stretch below it."""
    order = motor_nerves()[nerve].stretches
    here, below = (
        ever(affected(chart, one) for one in over(chart, side, nerve, name))
        for name in (stretch, order[order.index(stretch) - 1])
    )
    return here and not below if here is not None else None


def over(chart: Chart, side: Side, nerve: str, stretch: str) -> list[GradedSegment]:
    """The segments of a nerve that cover this stretch and no other."""
    segments = ((graded, graded.examined.segment) for graded in chart.segments)
    return [g for g, s in segments if (s.side, s.nerve.name, s.stretches) == (side, nerve, (stretch,))]


def affected(chart: Chart, graded: GradedSegment) -> Truth:
    """Whether a segment is slower than its limit, or the response falls over it as in a block."""
    least = limits()["conduction"]["site_fall"]
    if graded.examined.takes_away("no block"):
        return slow(chart, graded)
    falls = (exactly(graded.examined.measure(name)) for name in ("amplitude_drop", "area_drop"))
    return any_of((slow(chart, graded), ever(fall.compare(">=", least) for fall in falls)))


READERS = (entrapment_sites, median_at_wrist, ulnar_at_elbow, fibular_at_knee)
