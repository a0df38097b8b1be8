"""Whether a nerve conduction study can be right: its numbers, its traces, and what contradicts what."""

from collections.abc import Iterator
from math import isfinite
from typing import Any

from ranvier.anatomy import motor_nerve
from ranvier.findings.plausible import contradictions, impossible, impossible_scan
from ranvier.findings.segment import segments
from ranvier.findings.study import (
    CMAPScan,
    ExerciseTest,
    FWave,
    Inching,
    MotorSite,
    MotorStudy,
    SensoryStudy,
    TripleStimulation,
    Waveform,
)
from ranvier.patient.entries import NerveConductionStudy
from ranvier.patient.problem import Place, Problem

NAMES = {
    "motor": "{0.side} {0.nerve} to {0.muscle}",
    "f_waves": "{0.side} {0.nerve} to {0.muscle}",
    "sensory": "{0.side} {0.nerve} {0.site}",
    "inching": "{0.side} {0.nerve} to {0.muscle}",
    "repetitive": "{0.side} {0.nerve} to {0.muscle} {0.site} at {0.rate_hz} Hz",
    "exercise": "{0.side} {0.nerve} to {0.muscle} after {0.seconds} s",
    "triple": "{0.side} {0.nerve} to {0.muscle}, {0.proximal} and {0.distal}",
    "scans": "{0.side} {0.nerve} to {0.muscle} {0.site}",
}
"""The lists of a study, and what tells one of its rows from another."""


def check_study(study: NerveConductionStudy, place: Place) -> Iterator[Problem]:
    """Impossible, contradictory and repeated rows of a nerve conduction study."""
    for field, name in NAMES.items():
        rows = getattr(study, field)
        for position, row in enumerate(rows):
            yield from check_row(row, (*place, field, position))
        yield from repeated(place, field, [name.format(row) for row in rows])


def repeated(place: Place, field: str, names: list[str]) -> Iterator[Problem]:
    """Studies that stand twice in one session."""
    for position, name in enumerate(names):
        if name in names[:position]:
            text = f"repeats {name.strip()}; keep one study, or enter two sessions"
            yield Problem((*place, field, position), text)


def check_row(row: Any, place: Place) -> Iterator[Problem]:
    """Everything in one study that cannot be right."""
    yield from wrong_numbers(row, place)
    if isinstance(row, MotorStudy):
        yield from check_motor(row, place)
    elif isinstance(row, Inching):
        yield from check_sites(row.steps, (*place, "steps"), "step")
        if len(row.steps) < 2:
            yield Problem((*place, "steps"), "needs at least two steps, such as 'wrist' and 'wrist + 25 mm'")
    elif isinstance(row, ExerciseTest):
        yield from check_exercise(row, place)
    elif isinstance(row, TripleStimulation):
        yield from check_triple(row, place)
    elif isinstance(row, SensoryStudy):
        yield from check_trace(row.waveform, (*place, "waveform"))
        yield from check_by_hand(row, place)
    elif isinstance(row, FWave):
        for position, wave in enumerate(row.waveforms):
            yield from check_trace(wave, (*place, "waveforms", position))


def wrong_numbers(row: Any, place: Place, family: str | None = None) -> Iterator[Problem]:
    """The numbers of a row that cannot be right."""
    found = impossible_scan(row) if isinstance(row, CMAPScan) else impossible(row, family)
    for column, text in found:
        yield Problem((*place, column), text)


def check_sites(rows: tuple[MotorSite, ...], place: Place, family: str = "motor") -> Iterator[Problem]:
    """Impossible numbers, traces that cannot be drawn, and sites that stand twice."""
    positions = {row.site: position for position, row in enumerate(rows)}
    for position, row in enumerate(rows):
        here = (*place, position)
        yield from wrong_numbers(row, here, family)
        yield from check_trace(row.waveform, (*here, "waveform"))
        yield from check_by_hand(row, here)
        if positions[row.site] != position:
            text = f"repeats the {row.site}; keep one row for each stimulation site"
            yield Problem((*here, "site"), text)


def check_trace(trace: Waveform | None, place: Place) -> Iterator[Problem]:
    """A trace without a time axis or without samples."""
    if trace is not None and not drawable(trace):
        yield Problem(place, "cannot be drawn; give a step above 0 ms and at least two finite samples")


def drawable(trace: Waveform) -> bool:
    """Whether a trace has a time axis and samples."""
    numbers = (trace.start_ms, trace.step_ms, *trace.samples_mv)
    return trace.step_ms > 0 and len(trace.samples_mv) > 1 and all(map(isfinite, numbers))


def check_by_hand(row: MotorSite | SensoryStudy, place: Place) -> Iterator[Problem]:
    """Markers said to be set by hand that the row does not have."""
    has = [name for name in row.markers if getattr(row, name) is not None]
    for position, name in enumerate(row.by_hand):
        if name not in has or name in row.by_hand[:position]:
            known = f"it has {', '.join(has)}" if has else "it has none; leave the list out"
            text = f"is {name!r}: name once each marker of this row that was set by hand; {known}"
            yield Problem((*place, "by_hand", position), text)


def check_motor(study: MotorStudy, place: Place) -> Iterator[Problem]:
    """Impossible, contradictory and repeated rows of one motor study."""
    yield from check_sites(study.sites, (*place, "sites"))
    positions = {row.site: position for position, row in enumerate(study.sites)}
    if not study.sites:
        yield Problem((*place, "sites"), "is empty; give at least the distal stimulation site")
    elif len(positions) == len(study.sites):
        yield from check_course(study, positions, place)


def check_course(study: MotorStudy, positions: dict[str, int], place: Place) -> Iterator[Problem]:
    """A proximal site without a distal one, and sites that contradict each other."""
    nerve = motor_nerve(study.nerve)
    first = min(positions, key=nerve.sites.index)
    if len(positions) == 1 and not nerve.starts_distally(study.muscle, first):
        text = (
            f"has only the {first}, a proximal site; add the {nerve.distal_site[study.muscle]} "
            "(leave its numbers out if they are not known, write amplitude 0 for no response)"
        )
        yield Problem((*place, "sites", positions[first], "site"), text)
    for segment in segments(study):
        for column, text in contradictions(segment):
            yield Problem((*place, "sites", positions[segment.proximal.site], column), text)


def check_exercise(test: ExerciseTest, place: Place) -> Iterator[Problem]:
    """An exercise test without responses on both sides of the contraction, site by site."""
    before = {row.site for row in test.before}
    for field, rows in (("before", test.before), ("after", test.after)):
        yield from check_sites(rows, (*place, field))
        if not rows:
            yield Problem((*place, field), f"is empty; give the responses {field} the contraction")
    for position, row in enumerate(test.after):
        if before and row.site not in before:
            text = f"is the {row.site}, which was not stimulated before the contraction; take it out"
            yield Problem((*place, "after", position, "site"), text)


def check_triple(test: TripleStimulation, place: Place) -> Iterator[Problem]:
    """A collision study whose two sites do not lie one above the other."""
    order = motor_nerve(test.nerve).sites.index
    if order(test.proximal) <= order(test.distal):
        text = f"is the {test.proximal}, which does not lie above the {test.distal}; check the two sites"
        yield Problem((*place, "proximal"), text)
