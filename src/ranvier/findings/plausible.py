"""Numbers that cannot be right: impossible ones, slips of the unit, and contradictions.

Such a number is refused with a sentence and never converted: whoever reads 8200 mV must not guess.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import isfinite
from pathlib import Path

from ranvier.evidence import Value, read_toml, value_from, values_in
from ranvier.findings.segment import Segment
from ranvier.findings.study import FWave, MotorSite, SensoryStudy

MAY_BE_ZERO = ("amplitude_mv", "area_mv_ms", "amplitude_uv", "persistence_percent")
FAMILY = {MotorSite: "motor", FWave: "f_wave", SensoryStudy: "sensory"}


@dataclass(frozen=True)
class Bound:
    """Between which numbers a field can lie, and what to do about one outside."""

    low: Value
    high: Value
    low_remedy: str
    high_remedy: str


@cache
def bounds() -> dict[tuple[str, str], Bound]:
    """The bound of each field, by family and field name."""
    data = read_toml(Path(__file__).with_name("plausible.toml"))
    return {
        (family, field): Bound(
            low=value_from(f"findings.plausible.{family}.{field}.min", entry["min"]),
            high=value_from(f"findings.plausible.{family}.{field}.max", entry["max"]),
            low_remedy=entry["low"],
            high_remedy=entry["high"],
        )
        for family in FAMILY.values()
        for field, entry in data[family].items()
    }


@cache
def agreement() -> dict[str, Value]:
    """The limits within which numbers of one study must agree."""
    data = read_toml(Path(__file__).with_name("plausible.toml"))
    found = values_in(data["agreement"], "findings.plausible.agreement")
    return {value.id.rsplit(".", 1)[1]: value for value in found}


def impossible(row: MotorSite | FWave | SensoryStudy) -> Iterator[tuple[str, str]]:
    """The fields of one row that cannot be right, each with the reason and the remedy."""
    wrong = dict(out_of_bounds(row))
    yield from wrong.items()
    if isinstance(row, MotorSite) and not wrong:
        yield from impossible_response(row)


def out_of_bounds(row: MotorSite | FWave | SensoryStudy) -> Iterator[tuple[str, str]]:
    """The numbers of one row that no laboratory measures."""
    for (family, field), bound in bounds().items():
        number = getattr(row, field) if family == FAMILY[type(row)] else None
        if number is None or (number == 0 and field in MAY_BE_ZERO):
            continue
        if not isfinite(number):
            yield field, "is not a number; leave it empty if it was not measured"
        elif number < 0:
            yield field, f"is {number:g}, and cannot be negative"
        elif number < bound.low.number:
            yield field, f"is {number:g} {bound.low.unit}: {bound.low_remedy}"
        elif number > bound.high.number:
            yield field, f"is {number:g} {bound.high.unit}: {bound.high_remedy}"


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
