"""F waves: antidromic impulses make a few motor neurons fire back, each giving its own unit's potential."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ranvier.exam import laboratory
from ranvier.exam.laboratory import Amplifier
from ranvier.exam.motor import Recording
from ranvier.exam.stimulation import along, latency_ms
from ranvier.findings.study import FWave, Waveform
from ranvier.muscle.potential import STEP_MS
from ranvier.nerve.transit import transit_ms

Array = NDArray[np.float64]
SWEEP_MS, SPARE_MS = {"arm": 60.0, "leg": 100.0}, 30.0
"""The usual sweeps, and how far one reaches beyond the latest motor neuron."""
EVERY = 2
"""Every second sample is kept."""


@cache
def numbers() -> dict[str, float]:
    """The numbers of `[f_wave]` in `laboratory.toml`."""
    return laboratory.numbers()["f_wave"]


def return_ms(recording: Recording, site: str) -> Array:
    """When the returning impulse of each unit would reach its muscle fibres; not a number where it cannot."""
    electrode = recording.electrode(site)
    path, supply = recording.body.pathway(recording.supply), recording.supply
    place = along(recording.body, supply, electrode)
    runs = supply.runs_in(recording.nerve, place)
    up, down = transit_ms(path, place, 0.0), transit_ms(path, 0.0, supply.length_mm)
    return np.where(runs, latency_ms() + up + numbers()["turn"] + down + recording.terminal_ms, np.nan)


def chances(random: np.random.Generator, count: int) -> Array:
    """The chance of each of so many motor neurons to fire back at one stimulus."""
    spread = numbers()["backfire_spread"]
    return numbers()["backfire"] * np.exp(spread * random.standard_normal(count) - spread**2 / 2)


def f_wave(recording: Recording, site: str) -> FWave:
    """Twenty stimuli at one site: the direct responses and what comes back, as traces.

    Each motor neuron fires back by its own small chance. The chance is the same for all stimuli.
    """
    direct, back = recording.arrival_ms(recording.electrode(site)), return_ms(recording, site)
    random = recording.random("f wave", site)
    chance = chances(random, len(back))
    m_response = recording.potentials.response(direct)
    amplifier = Amplifier.of("motor", recording.amplifier.quiet)
    usual = SWEEP_MS[recording.body.limb(recording.nerve)]
    sweep = max(usual, SPARE_MS + float(np.nanmax(back, initial=0.0)))

    def one() -> Waveform:
        fired = np.where(random.random(len(back)) < chance, back, np.nan)
        response = (m_response + recording.potentials.response(fired))[::EVERY]
        return amplifier.record(response, STEP_MS * EVERY, sweep, random)

    stimuli = round(numbers()["stimuli"])
    return FWave(
        recording.side,
        recording.nerve,
        recording.muscle,
        stimuli=stimuli,
        waveforms=tuple(one() for _ in range(stimuli)),
    )
