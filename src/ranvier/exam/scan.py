"""The CMAP scan: the response to hundreds of stimuli that fall from supramaximal to below the first axon."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import motor_nerve
from ranvier.exam.laboratory import near
from ranvier.exam.motor import SWEEP_MS, Recording
from ranvier.exam.stimulation import Electrode, along, thresholds_ma
from ranvier.exam.stimulation import numbers as stimulation
from ranvier.exam.studies import numbers
from ranvier.findings.study import CMAPScan, Waveform
from ranvier.findings.unit_count import unit_count
from ranvier.muscle.potential import SAMPLES, STEP_MS, frequencies_khz
from ranvier.nerve.transit import transit_ms

Array = NDArray[np.float64]


def cmap_scan(recording: Recording, site: str = "wrist", stimuli: int | None = None) -> CMAPScan:
    """A scan at one site with the motor units counted in it; axons' thresholds waver from one to the next.

    The count sees currents and amplitudes alone.
    """
    current, amplitude = scanned(recording, site, stimuli)
    counted = unit_count(current, amplitude)
    return CMAPScan(
        recording.side,
        recording.nerve,
        recording.muscle,
        motor_nerve(recording.nerve).site(site),
        tuple(np.round(current, 4).tolist()),
        tuple(np.round(amplitude, 5).tolist()),
        units=counted.units,
        units_low=counted.low,
        units_high=counted.high,
    )


def scanned(recording: Recording, site: str, stimuli: int | None = None) -> tuple[Array, Array]:
    """Currents (mA, falling) and amplitudes (mV) of a scan."""
    electrode, table = recording.electrode(site), numbers("scan")
    needed = thresholds_ma(recording.body, recording.supply, recording.muscle, electrode)
    own = needed[
        recording.supply.runs_in(recording.nerve, along(recording.body, recording.supply, electrode))
    ]
    if not own.size:
        raise ValueError(
            f"scan: no axon of {recording.muscle} runs in the {recording.nerve} nerve at the {site}."
        )
    count = round(table["stimuli"]) if stimuli is None else stimuli
    current = np.geomspace(table["above"] * own.max(), table["below"] * own.min(), count)
    random = recording.random("scan", electrode.site)
    waver = stimulation()["axon"]["relative_spread"] * random.standard_normal((count, len(needed)))
    traces = recorded(recording, electrode, current[:, None] >= needed * (1 + waver), random)
    return current, amplitudes(traces)


def recorded(
    recording: Recording, electrode: Electrode, fired: Array, random: np.random.Generator
) -> list[Waveform]:
    """The trace of each stimulus, from which units it fired (stimuli, N)."""
    path = recording.body.pathway(recording.supply)
    begin = along(recording.body, recording.supply, electrode)
    arrival = transit_ms(path, begin, recording.supply.length_mm) + recording.terminal_ms
    there = np.isfinite(arrival)
    turn = np.exp(-2j * np.pi * arrival[there, None] * frequencies_khz()[None, :])
    spectra = (fired[:, there].astype(float) + 0j) @ (recording.potentials.spectra[there] * turn)
    sweep, close = SWEEP_MS[recording.body.limb(recording.nerve)], near(recording.reach_mm(electrode))
    waves = np.fft.irfft(spectra, SAMPLES)
    return [recording.amplifier.record(wave, STEP_MS, sweep, random, close) for wave in waves]


def amplitudes(traces: list[Waveform]) -> Array:
    """Each trace's height at the peak of the largest response, above its own baseline before the stimulus.

    At one latency, where the mean of the largest responses peaks, so that noise is not taken for response.
    """
    samples = np.array([trace.samples_mv for trace in traces])
    before = round(-traces[0].start_ms / traces[0].step_ms)
    flat = samples - samples[:, : before - 1].mean(axis=1, keepdims=True)
    after = before + round(BLIND_MS / traces[0].step_ms)
    peak = after + int(np.argmax(flat[:LARGEST, after:].mean(axis=0)))
    return flat[:, peak - WIDTH : peak + WIDTH + 1].mean(axis=1)


BLIND_MS, LARGEST, WIDTH = 1.0, 10, 2
"""Time of the artefact, left out; first responses that are maximal; samples averaged beside the peak."""


def with_count(scan: CMAPScan) -> CMAPScan:
    """A recorded scan with its units counted."""
    counted = unit_count(np.array(scan.current_ma), np.array(scan.amplitude_mv))
    return replace(scan, units=counted.units, units_low=counted.low, units_high=counted.high)
