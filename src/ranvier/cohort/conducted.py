"""A visit's columns from nerve conduction: blocks, what is abnormal beside them, and the plain numbers.

Only the study of that visit is read. A nerve is judged by the published limits for the person's age.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from ranvier.anatomy import motor_nerve
from ranvier.cohort.beside import at, number
from ranvier.cohort.judged import Judged, any_known, judged, most_distal
from ranvier.diagnosis.block import GradedSegment
from ranvier.diagnosis.chart import Chart
from ranvier.findings.norms import Person, shipped_norms
from ranvier.findings.segment import segments
from ranvier.findings.sensation import normal, velocity_m_s
from ranvier.findings.study import MotorStudy, SensoryStudy
from ranvier.findings.truth import Truth, exactly, opposite
from ranvier.patient import NerveConductionStudy, NeurologicalExamination, Patient

Row = dict[str, Any]
Pairs = Sequence[tuple[GradedSegment, ...]]
DIGITS = 3


def conduction(patient: Patient, when: str, read: Sequence[Chart]) -> Row:
    """Every column of a visit that comes from the nerve conduction study; none where there was no study."""
    study = at(patient, NerveConductionStudy, when)
    if study is None:
        return {}
    exam, person = at(patient, NeurologicalExamination, when), patient.person(when)
    # Each segment as every block table grades it.
    graded = [row for row in zip(*(chart.segments for chart in read), strict=True) if on(row[0], when)]
    nerves = judged(study, [row[0] for row in graded], exam, person)
    return blocks(graded, person) | counted(nerves) | sensory(study, person) | plain(study)


def on(graded: GradedSegment, when: str) -> bool:
    """Whether a segment was studied at a visit."""
    return graded.examined.segment.when == when


def blocks(graded: Pairs, person: Person) -> Row:
    """How many segments hold a block, each with its numbers, and what simpler rules would say."""
    found = [row for row in graded if row[0].blocked]
    return {
        "definite_blocks": sum(row[0].verdict == "definite" for row in graded),
        "probable_blocks": sum(row[0].verdict == "probable" for row in graded),
        "segments_not_assessable": sum(row[0].open for row in graded),
        "nerves_with_block": len({nerve_of(row[0]) for row in found}),
        "any_block": bool(found),
        "definite_block": any(row[0].verdict == "definite" for row in graded),
        "segments": listed(described(row, person) for row in graded),
        "amplitude_fall": fallen(graded, "amplitude_drop", "block"),
        "area_fall": fallen(graded, "area_drop", "block"),
        "dispersion": fallen(graded, "duration_rise", "dispersion"),
    }


def nerve_of(graded: GradedSegment) -> tuple[str, str]:
    """The side and the nerve of a segment."""
    return graded.examined.segment.side, graded.examined.segment.nerve.name


def fallen(graded: Pairs, measure: str, limit: str) -> Truth:
    """Whether a segment that no doubt excludes changes by more than a simple limit."""
    clear = [row[0].examined for row in graded if not row[0].examined.takes_away("block")]
    return any_known(each.range_of(measure).compare(">=", number("fall", limit)) for each in clear)


def described(row: tuple[GradedSegment, ...], person: Person) -> Row:
    """One segment: where, how much is lost, how fast it conducts, and each table's grade."""
    segment = row[0].examined.segment
    stretch = segment.stretches[0] if len(segment.stretches) == 1 else ""
    where = (segment.nerve.name, segment.muscle)
    limit = shipped_norms().limit("motor", *where, "velocity_m_s_min", person, stretch)
    return {
        "side": segment.side,
        "nerve": segment.nerve.name,
        "muscle": segment.muscle,
        "distal": segment.distal.site,
        "proximal": segment.proximal.site,
        "depth": segment.depth,
        "grades": [each.verdict for each in row],
        "distal_mv": segment.distal.amplitude_mv,
        "area_drop": segment.area_drop,
        "amplitude_drop": segment.amplitude_drop,
        "duration_rise": segment.duration_rise,
        "velocity_m_s": segment.velocity_m_s,
        "velocity_limit_m_s": limit.number if limit else None,
    }


def listed(entries: Iterable[Row]) -> str:
    """A list in one column, as JSON."""
    rounded = [{k: round(v, DIGITS) if isinstance(v, float) else v for k, v in e.items()} for e in entries]
    return json.dumps(rounded, separators=(",", ":"))


def counted(nerves: Sequence[Judged]) -> Row:
    """How many nerves are involved, and whether any shows each kind of abnormality."""
    kinds = ("axonal", "latency_long", "duration_long", "velocity_slow", "f_abnormal", "demyelinated")
    return {
        "motor_nerves_studied": len(nerves),
        "motor_nerves_involved": sum(nerve.involved for nerve in nerves),
        "median_involved": any(nerve.involved for nerve in nerves if nerve.nerve == "median"),
        "weak_not_wasted": any_known(nerve.weak_not_wasted for nerve in nerves),
        "nerves": listed(nerve.told() for nerve in nerves),
    } | {f"any_{kind}": any_known(getattr(nerve, kind) for nerve in nerves) for kind in kinds}


def sensory(study: NerveConductionStudy, person: Person) -> Row:
    """Sensory studies: how many amplitudes lie below the limit, and whether all are normal."""
    low = [amplitude_low(each, person) for each in study.sensory]
    verdicts = [normal(each, shipped_norms(), person)[0] for each in study.sensory]
    return {
        "snaps_studied": sum(each is not None for each in low),
        "snaps_low": low.count(True),
        "any_snap_low": any_known(low),
        "any_sensory_abnormal": any_known(opposite(verdict) for verdict in verdicts),
    }


def amplitude_low(study: SensoryStudy, person: Person) -> Truth:
    """Whether a sensory amplitude is absent or below its limit; unknown without a limit."""
    limit = shipped_norms().limit("sensory", study.nerve, "", "amplitude_uv_min", person)
    if study.amplitude_uv == 0:
        return True
    return exactly(study.amplitude_uv).compare("<", limit.number) if limit else None


def plain(study: NerveConductionStudy) -> Row:
    """The numbers of each nerve by side and muscle; of a sensory nerve's studies, those of the first."""
    found: Row = {}
    for motor in study.motor:
        if motor.muscle not in motor_nerve(motor.nerve).crossing_check:
            found |= motor_numbers(motor)
    for late in study.f_waves:
        found[f"{late.side}_{late.muscle.lower()}_f_ms"] = late.minimal_latency_ms
        found[f"{late.side}_{late.muscle.lower()}_f_persistence"] = late.persistence_percent
    for felt in reversed(study.sensory):
        name = f"{felt.side}_{felt.nerve.replace(' ', '_')}"
        found |= {f"{name}_snap_uv": felt.amplitude_uv, f"{name}_sensory_m_s": velocity_m_s(felt)}
    return found


def motor_numbers(motor: MotorStudy) -> Row:
    """Latency, amplitude, area and duration of the most distal site, and velocity of the lowest segment."""
    name, first = f"{motor.side}_{motor.muscle.lower()}", most_distal(motor)
    found: Row = {
        f"{name}_latency_ms": first.latency_ms,
        f"{name}_cmap_mv": first.amplitude_mv,
        f"{name}_area_mv_ms": first.area_mv_ms,
        f"{name}_duration_ms": first.duration_ms,
    }
    for segment in islice(segments(motor), 1):
        found[f"{name}_velocity_m_s"] = segment.velocity_m_s
    return found
