"""F waves in a set of traces: which stimuli gave one, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ranvier.findings.measure.baseline import flattened, white_noise
from ranvier.findings.measure.motor import measured
from ranvier.findings.measure.rules import rules
from ranvier.findings.measure.smooth import gain, largest_around, smoothed
from ranvier.findings.measure.trace import Mask, Trace
from ranvier.findings.study import Waveform


@dataclass(frozen=True)
class FWaves:
    """The F waves of a set of stimuli."""

    latencies_ms: tuple[float | None, ...]
    """For each trace, when its F wave begins; None where there is none."""
    sizes_mv: tuple[float, ...]
    """For each trace, the F wave from peak to peak; 0 where there is none."""
    window_ms: tuple[float, float]
    """Where they were looked for."""
    remarks: tuple[str, ...] = ()

    @property
    def found_ms(self) -> tuple[float, ...]:
        """The latencies of the F waves that are there."""
        return tuple(latency for latency in self.latencies_ms if latency is not None)

    @property
    def minimal_latency_ms(self) -> float | None:
        """The earliest F wave."""
        return min(self.found_ms, default=None)

    @property
    def mean_latency_ms(self) -> float | None:
        """The mean over the traces that have one."""
        return sum(self.found_ms) / len(self.found_ms) if self.found_ms else None

    @property
    def chronodispersion_ms(self) -> float | None:
        """Latest minus earliest F wave."""
        return max(self.found_ms) - min(self.found_ms) if self.found_ms else None

    @property
    def persistence_percent(self) -> float | None:
        """In how many of a hundred traces there is an F wave; None without traces."""
        return 100 * len(self.found_ms) / len(self.latencies_ms) if self.latencies_ms else None


def f_waves(waves: Sequence[Waveform], window_ms: tuple[float, float] | None = None) -> FWaves:
    """The F waves of these traces, looked for in `window_ms` after the stimulus.

    Without a window the search begins where the averaged traces have come to rest after the M response.

    Raises ValueError for a window that holds no part of a trace.
    """
    traces = [Trace.of(wave) for wave in waves]
    if not traces:
        return FWaves((), (), window_ms or (0.0, 0.0))
    window = window_ms or after_m(waves)
    if window_ms is None and window[1] - window[0] < rules("f_wave")["rest_ms"]:
        return FWaves((), (), window, ("the traces end before an F wave could come",))
    found = [f_wave(trace, window) for trace in traces]
    latencies, sizes = tuple(latency for latency, _ in found), tuple(size for _, size in found)
    told = FWaves(latencies, sizes, window)
    rule, spread = rules("f_wave"), told.chronodispersion_ms
    if spread is not None and len(told.found_ms) >= rule["same_count"] and spread < rule["same_ms"]:
        same = f"all late waves lie within {spread:.2f} ms: they may be A waves"
        return FWaves(latencies, sizes, window, (same,))
    return told


def after_m(waves: Sequence[Waveform]) -> tuple[float, float]:
    """From where the averaged traces have come to rest after the M response, to the end of the traces."""
    rule = rules("f_wave")
    alike = [wave for wave in waves if shape(wave) == shape(waves[0])]
    mean = np.mean([wave.samples_mv for wave in alike], axis=0)
    first = waves[0]
    m = measured(Waveform(first.start_ms, first.step_ms, tuple(mean.tolist())))
    begins = max((m.latency_ms or 0.0) + (m.duration_ms or 0.0), rule["earliest_ms"])
    late = Trace.of(Waveform(first.start_ms, first.step_ms, tuple(mean.tolist()))).between(begins, np.inf)
    count = max(round(rule["rest_ms"] / first.step_ms), 1)
    loudest = largest_around(np.abs(late.mv - np.median(late.mv)), count) if len(late.mv) else late.mv
    calm = max(rule["smallest_mv"], rule["rest_share"] * (m.amplitude_mv or 0.0))
    rest = np.flatnonzero(loudest < calm)
    end = min(wave.start_ms + wave.step_ms * (len(wave.samples_mv) - 1) for wave in waves)
    return (float(late.time_ms[rest[0]]) if len(rest) else begins), end


def shape(wave: Waveform) -> tuple[float, float, int]:
    """What two traces must share to be averaged."""
    return wave.start_ms, wave.step_ms, len(wave.samples_mv)


def f_wave(trace: Trace, window_ms: tuple[float, float]) -> tuple[float | None, float]:
    """Latency and peak-to-peak size of the F wave of one trace; None and 0 where there is none."""
    rule, part = rules("f_wave"), trace.between(*window_ms)
    if len(part.mv) < 2:
        span = f"{trace.time_ms[0]:g} to {trace.time_ms[-1]:g} ms"
        raise ValueError(
            f"the window of {window_ms[0]:g} to {window_ms[1]:g} ms lies outside the trace ({span})."
        )
    flat = smoothed(flattened(part), rule["smoothing_ms"])
    noise = white_noise(part.mv) * gain(part, rule["smoothing_ms"])
    least = max(rule["present"] * noise, rule["onset_share"] * float(np.max(np.abs(flat.mv))))
    quiet = np.flatnonzero(np.abs(flat.mv) < least)
    if not len(quiet):
        return None, 0.0
    away = flat.between(float(flat.time_ms[quiet[0]]), np.inf)
    size, highest = float(np.ptp(away.mv)), float(np.max(np.abs(away.mv)))
    if size < rule["smallest_mv"] or highest < rule["present"] * noise:
        return None, 0.0
    level = max(rule["onset_share"] * highest, rule["above_noise"] * noise)
    rectified = away.holding(np.abs(away.mv))
    gap = round(rule["gap_ms"] / trace.step_ms)
    first = beginning(rectified.mv >= level, int(rectified.mv.argmax()), gap)
    return (rectified.crossing(first - 1, level) if first else float(away.time_ms[0])), size


def beginning(loud: Mask, peak: int, gap: int) -> int:
    """The first loud sample of the wave that holds the peak: no silence within it is longer than `gap`."""
    before = np.flatnonzero(loud[: peak + 1])
    breaks = np.flatnonzero(np.diff(before) > gap)
    return int(before[breaks[-1] + 1] if len(breaks) else before[0])
