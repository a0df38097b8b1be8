"""Numbers that cannot be right: impossible ones, slips of the unit, and contradictions.

Such a number is refused with a sentence and never converted: whoever reads 8200 mV must not guess.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

from ranvier.evidence import Value, read_toml, value_from, values_in
from ranvier.findings.segment import Segment
from ranvier.findings.study import (
    CMAPScan,
    ExerciseTest,
    FWave,
    MotorSite,
    RepetitiveStudy,
    SensoryStudy,
    TripleStimulation,
)

MAY_BE_ZERO = (
    "amplitude_mv", "area_mv_ms", "amplitude_uv", "persistence_percent", "amplitude_ratio_percent",
    "area_ratio_percent", "polyphasic_percent", "potentials", "firing_rate_hz", "turns_per_s",
    "turn_amplitude_mv",
)  # fmt: skip
FAMILY: dict[type, str] = {
    MotorSite: "motor",
    FWave: "f_wave",
    SensoryStudy: "sensory",
    RepetitiveStudy: "repetitive",
    ExerciseTest: "exercise",
    TripleStimulation: "triple",
    CMAPScan: "scan",
}
SCAN_LISTS = ("current_ma", "amplitude_mv")
LARGEST = 1e12


@dataclass(frozen=True)
class Bound:
    """Between which numbers a field can lie, and what to do about one outside."""

    low: Value
    high: Value
    low_remedy: str
    high_remedy: str


@cache
def bounds() -> dict[tuple[str, str], Bound]:
    """The bound of each field, by family and field name. A step of inching is a short motor segment."""
    data = read_toml(Path(__file__).with_name("plausible.toml"))
    found = {
        (family, field): Bound(
            low=value_from(f"findings.plausible.{family}.{field}.min", entry["min"]),
            high=value_from(f"findings.plausible.{family}.{field}.max", entry["max"]),
            low_remedy=entry["low"],
            high_remedy=entry["high"],
        )
        for family in data
        if family != "agreement"
        for field, entry in data[family].items()
    }
    motor = {("step", field): bound for (family, field), bound in found.items() if family == "motor"}
    return motor | found


@cache
def agreement() -> dict[str, Value]:
    """The limits within which numbers of one study must agree."""
    data = read_toml(Path(__file__).with_name("plausible.toml"))
    found = values_in(data["agreement"], "findings.plausible.agreement")
    return {value.id.rsplit(".", 1)[1]: value for value in found}


def impossible(row: Any, family: str | None = None) -> Iterator[tuple[str, str]]:
    """The fields of one row that cannot be right, each with the reason and the remedy."""
    wrong = dict(out_of_bounds(row, family or family_of(row)))
    yield from wrong.items()
    if wrong:
        return
    if isinstance(row, MotorSite):
        yield from impossible_response(row)
    if isinstance(row, FWave):
        yield from impossible_f_waves(row)
    if isinstance(row, RepetitiveStudy) and row.amplitude_mv == 0 and row.decrement_percent is not None:
        yield "decrement_percent", "is given although the first amplitude is 0; leave it out"


def family_of(row: object) -> str:
    """The family of bounds that a row falls under; '' where none does."""
    return next((family for kind, family in FAMILY.items() if isinstance(row, kind)), "")


def out_of_bounds(row: Any, family: str) -> Iterator[tuple[str, str]]:
    """The numbers of one row that no laboratory measures."""
    for (owner, field), bound in bounds().items():
        number = getattr(row, field) if owner == family else None
        if number is None or (number == 0 and field in MAY_BE_ZERO):
            continue
        text = outside(number, bound)
        if text:
            yield field, text


def outside(number: float, bound: Bound) -> str:
    """Why a number lies outside its bound, and the remedy; '' where it lies within."""
    if not -LARGEST < number < LARGEST:
        return "is not a number that can be; leave it empty if it was not measured"
    if number < 0 <= bound.low.number:
        return f"is {number:g}, and cannot be negative"
    if number < bound.low.number:
        return f"is {number:g} {bound.low.unit}: {bound.low_remedy}"
    if number > bound.high.number:
        return f"is {number:g} {bound.high.unit}: {bound.high_remedy}"
    return ""


def impossible_scan(scan: CMAPScan) -> Iterator[tuple[str, str]]:
    """What cannot be right in the response against current, and in the units counted."""
    if len(scan.current_ma) != len(scan.amplitude_mv):
        many = f"{len(scan.amplitude_mv)} amplitudes for {len(scan.current_ma)} currents"
        yield "amplitude_mv", f"holds {many}; give one amplitude for each current"
    for field in SCAN_LISTS:
        bound = bounds()["scan_point", field]
        wrong = (outside(number, bound) for number in getattr(scan, field))
        text = next(filter(None, wrong), "")
        if text:
            yield field, f"holds a value that {text}"
    yield from impossible(scan)
    known = [n for n in (scan.units_low, scan.units, scan.units_high) if n is not None]
    if known != sorted(known):
        yield "units", "must lie between units_low and units_high; check the three numbers"


def impossible_f_waves(row: FWave) -> Iterator[tuple[str, str]]:
    """Contradictions between the numbers of one set of F waves."""
    first, mean, spread = row.minimal_latency_ms, row.mean_latency_ms, row.chronodispersion_ms
    slack = agreement()["f_latency_ms"].number
    if first is not None and mean is not None:
        latest = inf if spread is None else first + spread
        if mean < first - slack:
            yield "mean_latency_ms", f"is {mean:g} ms, before the minimal latency of {first:g} ms; check both"
        elif mean > latest + slack:
            yield "mean_latency_ms", f"is {mean:g} ms, after the latest F wave at {latest:g} ms; check both"
    if row.stimuli is not None and row.stimuli < len(row.waveforms):
        yield "stimuli", f"is {row.stimuli}, but there are {len(row.waveforms)} traces; check the two"


def impossible_response(row: MotorSite) -> Iterator[tuple[str, str]]:
    """Contradictions between the numbers of one motor response."""
    if row.absent and row.area_mv_ms:
        yield "area_mv_ms", "is above 0 although the amplitude is 0; one of the two is wrong"
    if row.area_mv_ms == 0 and row.amplitude_mv:
        yield "area_mv_ms", "is 0 although there is a response; leave it empty if it was not measured"
    if row.amplitude_mv and row.area_mv_ms and row.duration_ms:
        shape = row.area_mv_ms / (row.amplitude_mv * row.duration_ms)
        limits = agreement()
        if not limits["area_shape_min"].number <= shape <= limits["area_shape_max"].number:
            yield (
                "area_mv_ms",
                f"is {row.area_mv_ms:g} mV ms, which no response of {row.amplitude_mv:g} mV and "
                f"{row.duration_ms:g} ms can have; check the three units",
            )


def contradictions(segment: Segment) -> Iterator[tuple[str, str]]:
    """Contradictions between two stimulation sites of one nerve."""
    distal, proximal, limits = segment.distal, segment.proximal, agreement()
    if distal.latency_ms and proximal.latency_ms and proximal.latency_ms <= distal.latency_ms:
        yield (
            "latency_ms",
            f"is {proximal.latency_ms:g} ms at the {proximal.site}, not later than "
            f"{distal.latency_ms:g} ms at the {distal.site}; check the two rows",
        )
    velocity = segment.computed_velocity_m_s
    if velocity is None or proximal.distance_mm is None:
        return
    fastest = bounds()["motor", "velocity_m_s"].high
    if velocity > fastest.number:
        yield (
            "distance_mm",
            f"is {proximal.distance_mm:g} mm, which gives {velocity:.0f} m/s, faster than any nerve; "
            "check distance and latencies",
        )
    elif velocity < limits["slowest_m_s"].number and proximal.distance_mm < limits["shortest_mm"].number:
        yield (
            "distance_mm",
            f"is {proximal.distance_mm:g} mm, which gives {velocity:.1f} m/s: "
            "it looks like centimetres; write millimetres",
        )
    elif proximal.velocity_m_s:
        ratio = max(velocity, proximal.velocity_m_s) / min(velocity, proximal.velocity_m_s)
        if ratio > limits["velocity_ratio_max"].number:
            yield (
                "velocity_m_s",
                f"is {proximal.velocity_m_s:g} m/s, but distance and latencies give "
                f"{velocity:.1f} m/s; check the four numbers",
            )
