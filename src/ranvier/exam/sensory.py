"""Sensory nerve conduction, antidromic: stimulate the nerve, record farther out over the same nerve."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side, sensory_nerve
from ranvier.anatomy.course import course, sensory_course
from ranvier.body import SensorySupply
from ranvier.exam.laboratory import Amplifier, near
from ranvier.exam.session import Session
from ranvier.exam.stimulation import latency_ms
from ranvier.findings.study import SensoryStudy, Waveform
from ranvier.nerve.speed import velocity_m_s
from ranvier.nerve.surface import STEP_MS, compound_uv
from ranvier.nerve.transit import transit_ms

Array = NDArray[np.float64]
SWEEP_MS, SPARE_MS = 25.0, 20.0
"""The usual sweep, and how far one reaches beyond the slowest axon."""
EVERY = 2
"""Every second sample is kept."""


def passing_ms(session: Session, supply: SensorySupply, stimulus_mm: float) -> tuple[Array, Array]:
    """When each axon's impulse passes the near and the far electrode; not a number where it is blocked."""
    path = session.body.pathway(supply)
    near_ms = transit_ms(path, stimulus_mm, supply.recording_mm)
    far_ms = transit_ms(path, stimulus_mm, supply.recording_mm + supply.spacing_mm)
    return latency_ms() + near_ms, latency_ms() + far_ms


def response_uv(session: Session, supply: SensorySupply, stimulus_mm: float) -> Array:
    """The potential at the recording electrodes (time), uV, from the stimulus on."""
    near_ms, far_ms = passing_ms(session, supply, stimulus_mm)
    skin = session.body.end_c(supply)
    velocity = velocity_m_s(supply.diameter_um, skin)
    return compound_uv(supply.diameter_um, supply.weight, velocity, near_ms, far_ms, supply.depth_mm, skin)


def sensory_study(session: Session, side: Side, nerve: str, site: str | None = None) -> SensoryStudy:
    """A sensory study as a trace; `site` is a motor site of the same nerve for a stimulus farther up.

    Raises UnknownNameError for a nerve or site without a course.
    """
    row, supply, place_mm = placed(session, side, nerve, site)
    return replace(row, waveform=trace(session, supply, place_mm, side, row.nerve))


def placed(
    session: Session, side: Side, nerve: str, site: str | None
) -> tuple[SensoryStudy, SensorySupply, float]:
    """The row of a study without its response, the axons, and where they are stimulated.

    Raises UnknownNameError for a nerve or site without a course.
    """
    name = sensory_nerve(nerve)
    supply = session.body.sensory_supply(side, name)
    way = sensory_course(name, session.body.person.height_cm)
    place = way.stimulus_mm if site is None else course(supply.nerve, session.body.person.height_cm).at(site)
    reach = supply.recording_mm - place
    row = SensoryStudy(
        side,
        name,
        site=site or way.site,
        distance_mm=float(round(reach)) if site is None else session.tape(reach, side, name, site),
        temperature_c=session.thermometer(session.body.limb(supply.nerve), side),
    )
    return row, supply, place


def trace(session: Session, supply: SensorySupply, place_mm: float, side: Side, name: str) -> Waveform:
    """The averaged trace."""
    amplifier = Amplifier.of("sensory", session.quiet)
    response = response_uv(session, supply, place_mm)[::EVERY] * 1e-3
    latest = transit_ms(session.body.pathway(supply), place_mm, supply.recording_mm)
    sweep_ms = max(SWEEP_MS, SPARE_MS + float(np.nanmax(latest, initial=0.0)))
    random = session.random("sensory", side, name, f"{place_mm:.0f}")
    return amplifier.record(response, STEP_MS * EVERY, sweep_ms, random, near(supply.recording_mm - place_mm))
