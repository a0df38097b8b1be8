"""What needle EMG answers to the differential."""

from collections.abc import Callable

from ranvier.anatomy.territories import territory
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.outcome import (
    Reading,
    count_of,
    counted,
    ever,
    limits,
    yes_or_no,
)
from ranvier.findings import motor_units
from ranvier.findings.truth import Truth, all_of, opposite
from ranvier.patient import NeedleEMG, NeedleFinding

Judge = Callable[[NeedleFinding], Truth]


def muscles(chart: Chart, judge: Judge) -> dict[tuple[str, str], Truth]:
    """What is true of each muscle, at any time; the side is '?' where it is not told."""
    found: dict[tuple[str, str], list[Truth]] = {}
    for examination in chart.patient.entries(NeedleEMG):
        for row in examination.muscles:
            found.setdefault((row.side or "?", row.muscle), []).append(judge(row))
    return {muscle: ever(truths) for muscle, truths in found.items()}


def in_regions(chart: Chart, id: str, judge: Judge) -> Reading:
    """In how many body regions a change is found, at least; one in muscles nobody can place is one region."""
    truths = muscles(chart, judge)
    places = {territory(name) for (_, name), truth in truths.items() if truth}
    regions = {place.region for place in places if place}
    searched = sum(truth is not None for truth in truths.values()) >= limits()["needle"]["muscles_needed"]
    return counted(id, max(len(regions), int(bool(places))), searched)


def denervated(row: NeedleFinding) -> Truth:
    """Whether a muscle shows fibrillations or positive sharp waves."""
    return ever((row.fibrillations, row.positive_sharp_waves))


def denervation_regions(chart: Chart) -> Reading:
    """In how many regions muscles are denervated; thoracic paraspinal muscles are a finding of their own."""
    return in_regions(chart, "denervation_regions", lambda row: None if thoracic(row) else denervated(row))


def neurogenic_regions(chart: Chart) -> Reading:
    """In how many regions there is chronic neurogenic change."""
    return in_regions(chart, "neurogenic_regions", motor_units.chronic_neurogenic)


def fasciculating_muscles(chart: Chart) -> Reading:
    """In how many muscles there are fasciculation potentials, at least."""
    truths = muscles(chart, lambda row: row.fasciculations).values()
    return count_of("fasciculating_muscles", truths, limits()["needle"]["muscles_needed"])


def myopathic(chart: Chart) -> Reading:
    """Whether a muscle shows myopathic potentials."""
    return yes_or_no(muscles(chart, motor_units.myopathic).values())


def quiet_reduced_recruitment(chart: Chart) -> Reading:
    """Whether units drop out in a muscle with neither denervation nor chronic change, as behind a block."""
    return yes_or_no(muscles(chart, quiet).values())


def quiet(row: NeedleFinding) -> Truth:
    """Whether recruitment is all that is wrong with a muscle."""
    grown = motor_units.chronic_neurogenic(row)
    return all_of((motor_units.thinned(row), opposite(denervated(row)), grown is not True))


def thoracic_paraspinal(chart: Chart) -> Reading:
    """Whether thoracic paraspinal muscles are denervated."""
    return yes_or_no(muscles(chart, lambda row: denervated(row) if thoracic(row) else None).values())


def thoracic(row: NeedleFinding) -> bool:
    """Whether a muscle is a thoracic paraspinal one."""
    name = row.muscle.casefold()
    return "thoracic" in name and "paraspinal" in name


READERS = (
    denervation_regions,
    neurogenic_regions,
    fasciculating_muscles,
    myopathic,
    quiet_reduced_recruitment,
    thoracic_paraspinal,
)
