"""What motor conduction answers to the differential, nerve by nerve."""

from collections.abc import Callable, Iterable
from functools import partial

from ranvier.anatomy import Side
from ranvier.diagnosis.block import GradedSegment, candidates
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.outcome import Reading, count_of, ever, limits
from ranvier.diagnosis.differential.reading.rows import MotorRow, distal_rows, late_rows
from ranvier.diagnosis.sensory import beside
from ranvier.findings.limits import limit
from ranvier.findings.truth import Truth, exactly, opposite

Nerve = tuple[Side, str]


def nerves(chart: Chart, judge: Callable[[GradedSegment], Truth]) -> dict[Nerve, Truth]:
    """What is true of each nerve: of any of its segments off the common entrapment sites, at any time."""
    found: dict[Nerve, list[Truth]] = {}
    for graded in chart.segments:
        segment = graded.examined.segment
        if not segment.entrapments:
            found.setdefault((segment.side, segment.nerve.name), []).append(judge(graded))
    return {nerve: ever(truths) for nerve, truths in found.items()}


def of_nerves(id: str, truths: Iterable[Truth]) -> Reading:
    """How many nerves are abnormal, of as many as must be judged."""
    return count_of(id, truths, limits()["conduction"]["nerves_needed"])


def definite(chart: Chart, graded: GradedSegment) -> Truth:
    """Whether a segment holds a definite block; unknown where none can be called at all.

    A fall at a time that nobody knows counts here, though no criteria set lets it: it may be a fresh cut.
    """
    examined = graded.examined
    callable_here = candidates(examined.segment, chart.table, "definite")
    return graded.definite if callable_here and not examined.takes_away("definite block") else None


def definite_blocks(chart: Chart) -> Reading:
    """In how many nerves there is a definite block off the entrapment sites, at least."""
    return of_nerves("definite_blocks", nerves(chart, partial(definite, chart)).values())


def probable(graded: GradedSegment) -> Truth:
    """Whether a segment holds at least a probable block."""
    return graded.probable if graded.used else None


def probable_blocks(chart: Chart) -> Reading:
    """In how many nerves there is at least a probable block off the entrapment sites."""
    return of_nerves("probable_blocks", nerves(chart, probable).values())


def dispersed(graded: GradedSegment) -> Truth:
    """Whether the response spreads over a segment by more than the block definitions allow.

    Of a response too small to grade nothing is said.
    """
    if graded.examined.takes_away("no block"):
        return None
    rise = exactly(graded.examined.segment.duration_rise)
    return rise.compare(">", limit("dispersion", "moderate_rise").number)


def dispersion(chart: Chart) -> Reading:
    """In how many nerves the response is dispersed off the entrapment sites."""
    return of_nerves("dispersion", nerves(chart, dispersed).values())


def slow(chart: Chart, graded: GradedSegment, share: float = 1.0) -> Truth:
    """Whether the velocity of a segment lies below so large a share of its lower limit."""
    segment = graded.examined.segment
    person, stretch = chart.patient.person(segment.when), segment.stretches[0]
    least = chart.norms.limit(
        "motor", segment.nerve.name, segment.muscle, "velocity_m_s_min", person, stretch
    )
    return exactly(segment.velocity_m_s).compare("<", share * least.number) if least else None


def slow_nerves(chart: Chart) -> Reading:
    """In how many nerves the velocity lies in the demyelinating range off the entrapment sites."""
    share = limits()["conduction"]["slow_velocity"]
    return of_nerves("slow_nerves", nerves(chart, partial(slow, chart, share=share)).values())


def by_nerve(rows: Iterable[tuple[MotorRow, Truth]]) -> Iterable[Truth]:
    """What is true of each nerve, of any of its rows."""
    found: dict[Nerve, list[Truth]] = {}
    for row, truth in rows:
        found.setdefault((row.side, row.nerve), []).append(truth)
    return map(ever, found.values())


def late_distal(chart: Chart) -> Reading:
    """In how many nerves the distal latency lies in the demyelinating range; the median's tells of the
    wrist and is left out.
    """
    share = limits()["conduction"]["late_distal"]
    rows = [(row, row.late(share)) for row in distal_rows(chart) if row.nerve != "median"]
    return of_nerves("late_distal", by_nerve(rows))


def low_distal_responses(chart: Chart) -> Reading:
    """In how many nerves the distal response is smaller than its lower limit."""
    return of_nerves("low_distal_responses", by_nerve((row, row.low) for row in distal_rows(chart)))


def f_waves(chart: Chart) -> Reading:
    """In how many nerves F waves are absent, or later than the demyelinating range begins."""
    share = limits()["conduction"]["late_f"]
    return of_nerves("f_waves", by_nerve((row, row.late(share)) for row in late_rows(chart)))


def sensory_beside_block(chart: Chart) -> Reading:
    """Whether sensory conduction is normal beside any nerve with at least a probable block."""
    blocked = [nerve for nerve, truth in nerves(chart, probable).items() if truth]
    truths = (opposite(beside(chart, side, name)) for side, name in blocked)
    known = [truth for truth in truths if truth is not None]
    return ("abnormal" if all(known) else "normal") if known else None


READERS = (
    definite_blocks,
    probable_blocks,
    dispersion,
    slow_nerves,
    late_distal,
    low_distal_responses,
    f_waves,
    sensory_beside_block,
)
