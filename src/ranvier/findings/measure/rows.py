"""The numbers of a row filled in from its waveform; what was set by hand stays as it was set."""

from dataclasses import replace
from typing import TypeVar

from ranvier.findings.measure.late import f_waves
from ranvier.findings.measure.motor import measured
from ranvier.findings.measure.rules import rules
from ranvier.findings.measure.sensory import SensoryMarkers, measured_snap
from ranvier.findings.plausible import impossible
from ranvier.findings.study import FWave, MotorSite, SensoryStudy, Waveform

Row = TypeVar("Row", MotorSite, SensoryStudy)
DIGITS = 4
"""Decimals kept of a marker: far below what any of them can be told to."""


def measured_site(row: MotorSite) -> MotorSite:
    """A motor row with the markers of its waveform; as it is where it has none."""
    return remeasured(row) if row.waveform else row


def measured_sensory(row: SensoryStudy) -> SensoryStudy:
    """A sensory row with the markers of its waveform; as it is where it has none."""
    return remeasured(row) if row.waveform else row


def remeasured(row: Row, **by_hand: float | None) -> Row:
    """A row measured anew with these markers set by hand, beside those that were; None takes a hand back.

    Every other marker is set by rule and follows: an onset moved by hand moves duration and area. A velocity
    printed on the row is dropped where it can be computed from distance and latency.

    Raises ValueError for a row without waveform, an unknown marker, or one outside the trace.
    """
    if row.waveform is None:
        raise ValueError("the row has no waveform; markers can only be set on a trace.")
    for name in by_hand:
        if name not in row.markers:
            raise ValueError(f"'{name}' is not a marker of this row; known: {', '.join(row.markers)}.")
    wanted = {name: getattr(row, name) for name in row.by_hand} | by_hand
    hand = {name: number for name, number in wanted.items() if number is not None}
    found = measured(row.waveform, hand) if isinstance(row, MotorSite) else felt(row, row.waveform, hand)
    numbers = {name: rounded(getattr(found, name)) for name in row.markers} | {
        name: number for name, number in hand.items() if found.how[name] == "by hand"
    }
    kept = tuple(name for name in row.markers if name in hand and found.how[name] == "by hand")
    velocity = None if row.distance_mm is not None else row.velocity_m_s
    return without_impossible(replace(row, **numbers, by_hand=kept, velocity_m_s=velocity))


def felt(row: SensoryStudy, wave: Waveform, hand: dict[str, float]) -> SensoryMarkers:
    """The markers of a sensory row; absent where the wave found is slower than any nerve."""
    found = measured_snap(wave, hand)
    onset, distance = found.onset_latency_ms, row.distance_mm
    too_slow = onset and distance and distance / onset < rules("sensory")["slowest_m_s"]
    if hand or not too_slow:
        return found
    return replace(found, onset_latency_ms=None, peak_latency_ms=None, amplitude_uv=0.0, peak_to_peak_uv=None)


def without_impossible(row: Row) -> Row:
    """The row without automatic markers that no response can have; one set by hand is left to be refused."""
    wrong = [name for name, _ in impossible(row) if name in row.markers and name not in row.by_hand]
    return replace(row, **dict.fromkeys(wrong, None)) if wrong else row


def measured_f(row: FWave, window_ms: tuple[float, float] | None = None) -> FWave:
    """F waves with the numbers of their traces, looked for in this window.

    Without traces long enough they are returned as they are.

    The persistence is told where every stimulus has its trace.
    """
    if not row.waveforms:
        return row
    found = f_waves(row.waveforms, window_ms)
    if not found.latencies_ms:
        return row
    if row.stimuli is None or row.stimuli == len(row.waveforms):
        row = replace(row, stimuli=len(row.waveforms), persistence_percent=rounded(found.persistence_percent))
    return replace(
        row,
        minimal_latency_ms=rounded(found.minimal_latency_ms),
        mean_latency_ms=rounded(found.mean_latency_ms),
        chronodispersion_ms=rounded(found.chronodispersion_ms),
    )


def rounded(number: float | None) -> float | None:
    """A marker as it stands on the record."""
    return None if number is None else round(number, DIGITS)
