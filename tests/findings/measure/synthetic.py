"""Motor responses whose noiseless shape is known: many unit potentials, and what a recording adds to them."""

import numpy as np

from ranvier.findings.study import Waveform

STEP_MS, LENGTH_MS = 0.025, 40.0


def unit(time_ms, latency_ms, width_ms, initial):
    """One unit potential: a positive start (or none), a negative and a slower positive phase."""
    late = np.maximum(time_ms - latency_ms, 0) / width_ms
    negative = late**2 * np.exp(2 - 2 * late)
    after = np.maximum(late - 2.2, 0)
    return negative - 0.1 * after**2 * np.exp(2 - after) - initial * 3 * late * np.exp(1 - 6 * late)


def response(seed, start_ms=-2.0):
    """A noiseless response of 60 units: normal, dispersed, small, or with an initial positivity."""
    random = np.random.default_rng(seed)
    time_ms = start_ms + STEP_MS * np.arange(round((LENGTH_MS - start_ms) / STEP_MS))
    kind = ("normal", "dispersed", "small", "positive")[seed % 4]
    spread = random.uniform(2, 5) if kind == "dispersed" else random.uniform(0.4, 1.2)
    size = random.uniform(0.3, 1) if kind == "small" else random.uniform(2, 15)
    latency = random.uniform(2.8, 4.5) if seed % 8 < 4 else random.uniform(6, 14)
    initial = random.uniform(0.15, 0.6) if kind == "positive" else 0.0
    units = [
        random.lognormal(0, 0.7)
        * unit(time_ms, latency + abs(random.normal(0, spread)), random.uniform(0.9, 1.8), initial)
        for _ in range(60)
    ]
    whole = np.sum(units, axis=0)
    return time_ms, whole * size / whole.max(), kind


def added(time_ms, seed):
    """Noise of 2-5 uV, 50 Hz of up to 30 uV, drift, offset, and a stimulus artefact with its tail."""
    random = np.random.default_rng(10_000 + seed)
    noise = random.normal(0, random.uniform(0.002, 0.005), len(time_ms))
    hum = random.uniform(0, 0.03) * np.sin(2 * np.pi * 0.05 * time_ms + random.uniform(0, 2 * np.pi))
    drift = random.uniform(-0.05, 0.05) + random.uniform(-0.003, 0.003) * time_ms
    after = np.maximum(time_ms, 0)
    spike = random.uniform(1, 8) * np.exp(-after / 0.08) * (time_ms >= 0)
    tail = random.uniform(-0.3, 0.3) * np.exp(-after / random.uniform(0.5, 1.5)) * (time_ms >= 0)
    return noise + hum + drift + spike + tail


def wave(time_ms, mv):
    return Waveform(float(time_ms[0]), STEP_MS, tuple(mv.tolist()))


def truth(time_ms, mv, share):
    """Onset, amplitude, area and duration of the noiseless response, read off it without any preparation."""
    peak = int(np.argmax(mv))
    level = share * mv[peak]
    first = next(n for n in range(peak, -1, -1) if mv[n] < level)
    last = next((n for n in range(peak, len(mv)) if mv[n] < level), len(mv) - 1)
    onset = np.interp(level, mv[first : first + 2], time_ms[first : first + 2])
    end = np.interp(level, mv[[last, last - 1]], time_ms[[last, last - 1]])
    inside = mv[first + 1 : last]
    return onset, mv[peak], float(np.sum(inside) * STEP_MS), end - onset
