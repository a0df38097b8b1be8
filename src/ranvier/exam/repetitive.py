"""Repetitive stimulation: does the response fall within a train?

Neuromuscular transmission of these virtual muscles never fails: its margin is ample in health, and no disease
of it is modelled. What is left is movement, and axons whose lesion stops an impulse that follows another.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ranvier.exam.laboratory import near
from ranvier.exam.motor import SWEEP_MS, Recording
from ranvier.exam.stimulation import Electrode, along
from ranvier.exam.studies import numbers
from ranvier.findings.measure import measured_site
from ranvier.findings.study import MotorSite, RepetitiveStudy
from ranvier.muscle.potential import STEP_MS
from ranvier.nerve.train import carried

Array = NDArray[np.float64]
FASTEST_HZ = 100.0


def repetitive_study(recording: Recording, site: str, rate_hz: float | None = None) -> RepetitiveStudy:
    """Ten stimuli at one site (3 a second if not said): how far a later response lies below the first.

    A fall counts above 0, a rise below; None where there is no response to begin with.

    Raises UnknownNameError for an unknown site, ValueError for a rate no stimulator gives.
    """
    rate = numbers("repetitive")["rate"] if rate_hz is None else rate_hz
    if not 0 < rate <= FASTEST_HZ:
        raise ValueError(f"rate_hz must lie above 0 and up to {FASTEST_HZ:g}, not {rate:g}.")
    electrode = recording.electrode(site)
    rows = train(recording, electrode, rate)
    first, later = rows[0].amplitude_mv, rows[round(numbers("repetitive")["compared"]) - 1].amplitude_mv
    return RepetitiveStudy(
        recording.side,
        recording.nerve,
        recording.muscle,
        rate_hz=float(rate),
        site=electrode.site,
        amplitude_mv=first,
        decrement_percent=100 * (1 - later / first) if first and later is not None else None,
    )


def train(recording: Recording, electrode: Electrode, rate_hz: float) -> tuple[MotorSite, ...]:
    """The responses of a train, with their markers."""
    table, limb = numbers("repetitive"), recording.body.limb(recording.nerve)
    arrival, random = (
        recording.arrival_ms(electrode),
        recording.random("train", electrode.site, f"{rate_hz:g}"),
    )
    through, rows = followed(recording, electrode, 1000 / rate_hz), []
    for k in range(round(table["stimuli"])):
        there = np.where(through[:, min(k, through.shape[1] - 1)], arrival, np.nan)
        moved = 1 if recording.session.quiet else 1 + table["movement"] * float(random.standard_normal())
        response = moved * recording.potentials.response(there)
        close = near(recording.reach_mm(electrode))
        trace = recording.amplifier.record(response, STEP_MS, SWEEP_MS[limb], random, close)
        rows.append(measured_site(MotorSite(electrode.site, stimulus="supramaximal", waveform=trace)))
    return tuple(replace(row, site=f"{electrode.site} {k + 1}") for k, row in enumerate(rows))


def followed(recording: Recording, electrode: Electrode, interval_ms: float) -> NDArray[np.bool_]:
    """Which of the first impulses each axon carries; all of them where it has recovered before the next."""
    table, supply = numbers("repetitive"), recording.supply
    impulses = round(table["followed"])
    if interval_ms >= table["recovered"]:
        return np.ones((len(supply.pool), impulses), bool)
    begin = along(recording.body, supply, electrode)
    return carried(recording.body.pathway(supply), begin, supply.length_mm, interval_ms, impulses)
