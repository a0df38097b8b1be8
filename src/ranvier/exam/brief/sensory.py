"""Sensory conduction without traces: the clean sum of the axons, its markers, and errors of reading."""

from dataclasses import replace

import numpy as np

from ranvier.anatomy import Side
from ranvier.body import SensorySupply
from ranvier.exam.brief.clean import clean_ground
from ranvier.exam.brief.errors import lost, misread, seen_noise_mv
from ranvier.exam.brief.snap import response_uv
from ranvier.exam.laboratory import Amplifier
from ranvier.exam.sensory import EVERY, SPARE_MS, SWEEP_MS, passing_ms, placed
from ranvier.exam.session import Session
from ranvier.findings.measure.motor import main_wave
from ranvier.findings.measure.rows import without_impossible
from ranvier.findings.measure.rules import rules
from ranvier.findings.measure.sensory import quick, told
from ranvier.findings.measure.trace import Trace
from ranvier.findings.study import SensoryStudy
from ranvier.nerve.speed import velocity_m_s
from ranvier.nerve.surface import STEP_MS

MV_PER_UV = 1e-3


def brief_sensory(session: Session, side: Side, nerve: str, site: str | None = None) -> SensoryStudy:
    """A sensory study as its markers; raises UnknownNameError for a nerve or site without a course."""
    row, supply, place_mm = placed(session, side, nerve, site)
    amplifier = Amplifier.of("sensory", session.quiet)
    found = marked(trace(session, supply, place_mm, amplifier), amplifier, row.distance_mm)
    random = session.random("sensory reading", side, row.nerve, f"{place_mm:.0f}")
    if lost(found["amplitude_uv"] or 0.0, random, session.quiet):
        return replace(row, amplitude_uv=0.0)
    read = misread(found, "amplitude_uv", random, session.quiet)
    return without_impossible(replace(row, **in_order(read)))


def in_order(read: dict[str, float | None]) -> dict[str, float | None]:
    """The markers with the onset not after the peak."""
    onset, peak = read.get("onset_latency_ms"), read.get("peak_latency_ms")
    return read if onset is None or peak is None or onset <= peak else read | {"onset_latency_ms": peak}


def trace(session: Session, supply: SensorySupply, place_mm: float, amplifier: Amplifier) -> Trace:
    """The response as the amplifier would show it without noise."""
    near_ms, far_ms = passing_ms(session, supply, place_mm)
    skin_c = session.body.end_c(supply)
    velocity = velocity_m_s(supply.diameter_um, skin_c)
    sweep_ms = max(SWEEP_MS, SPARE_MS + float(np.max(near_ms[np.isfinite(near_ms)], initial=0.0)))
    uv = response_uv(supply, velocity, near_ms, far_ms, skin_c, amplifier)
    mv = MV_PER_UV * uv[: round(sweep_ms / STEP_MS) : EVERY]
    return Trace(STEP_MS * EVERY * np.arange(len(mv), dtype=np.float64), mv)


def marked(trace: Trace, amplifier: Amplifier, distance_mm: float | None) -> dict[str, float | None]:
    """The markers of a clean response, by the rules for traces; amplitude 0 where noise would hide it."""
    rule = rules("sensory")
    base = clean_ground(trace, seen_noise_mv(amplifier, "sensory"), rule)
    main = main_wave(base, rule)
    if main is None or not quick(main, base, rule):
        return {"amplitude_uv": 0.0}
    found = told(main, {}, base, rule)
    onset = found.onset_latency_ms
    if onset and distance_mm and distance_mm / onset < rule["slowest_m_s"]:
        return {"amplitude_uv": 0.0}
    return {
        "onset_latency_ms": onset,
        "peak_latency_ms": found.peak_latency_ms,
        "amplitude_uv": found.amplitude_uv,
    }
