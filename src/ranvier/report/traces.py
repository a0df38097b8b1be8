"""The traces of one motor study, stacked by stimulation site as on the screen of an EMG machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from textwrap import wrap

from ranvier.anatomy import motor_nerve
from ranvier.findings.study import MotorSite, MotorStudy, Waveform
from ranvier.report.limbs import safe
from ranvier.report.words import plain

LEFT, RIGHT, TOP, ROW = 132, 404, 14, 84
INK, FAINT = "#222", "#bbb"
LETTERS = 15
LOW = 0.68
"""Where the baseline lies in a row: most of a response is above it."""
ARTEFACT_MS = 1.0
"""What comes before belongs to the stimulus and sets no gain."""


@dataclass(frozen=True)
class Row:
    """One trace of a stack: its name, what was measured in it, and where the latency mark stands."""

    name: str
    measures: str
    wave: Waveform
    latency_ms: float | None = None

    def __str__(self) -> str:
        return f"{self.name}: {self.measures or 'not measured'}"


def traces_svg(study: MotorStudy, width: int = 420) -> str:
    """Every recorded trace at one gain, distal on top and negative up; '' where none was recorded."""
    rows = [Row(row.site, measures(row), wave, row.latency_ms) for row, wave in recorded(study)]
    return stack_svg(f"Traces of {study.side} {study.nerve} to {study.muscle}", rows, width=width)


def stack_svg(name: str, rows: list[Row], unit: str = "mV", row_height: float = ROW, width: int = 420) -> str:
    """Traces below each other at one gain, negative up; '' where there is none. Samples in mV."""
    if not rows:
        return ""
    axis, gain, bottom = time_axis(rows), gain_of(rows, row_height), TOP + row_height * len(rows)
    lines = (trace(row, TOP + row_height * (n + LOW), axis, gain) for n, row in enumerate(rows))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" '
        f'viewBox="0 0 420 {bottom + 64:g}" font-family="system-ui, sans-serif">',
        f"<title>{safe(name)}</title>",
        f"<desc>{safe('; '.join(map(str, rows)))}. Negative is up.</desc>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        *ticks(axis, bottom),
        *(line for drawn in lines for line in drawn),
        *calibration(axis, gain, bottom + 56, unit),
        "</svg>",
    ]
    return "\n".join(parts)


def recorded(study: MotorStudy) -> list[tuple[MotorSite, Waveform]]:
    """The sites with a trace that can be drawn, distal first."""
    order = motor_nerve(study.nerve).sites.index
    rows = sorted(study.sites, key=lambda row: order(row.site))
    return [(row, row.waveform) for row in rows if row.waveform and drawable(row.waveform)]


def drawable(wave: Waveform) -> bool:
    """Whether a trace has at least two samples, all of them numbers, one after the other in time."""
    numbers = (wave.start_ms, wave.step_ms, *wave.samples_mv)
    return len(wave.samples_mv) > 1 and wave.step_ms > 0 and all(map(isfinite, numbers))


def time_axis(rows: list[Row]) -> tuple[float, float]:
    """The first and the last time shown, in ms after the stimulus."""
    ends = [row.wave.start_ms + row.wave.step_ms * (len(row.wave.samples_mv) - 1) for row in rows]
    return min(0, *(row.wave.start_ms for row in rows)), max(ends)


def gain_of(rows: list[Row], row_height: float) -> float:
    """Units of height for one mV: the same for every trace, so that a fall is seen."""
    samples = [abs(mv) for row in rows for mv in after_artefact(row.wave)]
    return row_height * 0.62 / (max(samples, default=0) or 1)


def after_artefact(wave: Waveform) -> tuple[float, ...]:
    """The samples that belong to the nerve and not to the stimulus."""
    first = ceil((ARTEFACT_MS - wave.start_ms) / wave.step_ms)
    return wave.samples_mv[max(first, 0) :] or wave.samples_mv


def across(ms: float, axis: tuple[float, float]) -> float:
    """Where a time lies on the sheet."""
    return LEFT + (RIGHT - LEFT) * (ms - axis[0]) / (axis[1] - axis[0])


def trace(row: Row, base: float, axis: tuple[float, float], gain: float) -> Iterator[str]:
    """One trace with its name, its latency and its measures."""
    wave = row.wave
    times = (wave.start_ms + wave.step_ms * n for n in range(len(wave.samples_mv)))
    points = (
        f"{across(ms, axis):.1f},{base - mv * gain:.1f}"
        for ms, mv in zip(times, wave.samples_mv, strict=True)
    )
    yield f'<path d="M{LEFT} {base:.1f}H{RIGHT}" stroke="{FAINT}" stroke-dasharray="1 3"/>'
    yield f'<polyline points="{" ".join(points)}" fill="none" stroke="{INK}" stroke-width="1.6"/>'
    for n, line in enumerate(reversed(wrap(row.name, LETTERS))):
        yield text(8, base - 15 * (n + 1), line, "bold")
    yield text(8, base + 2, row.measures)
    if row.latency_ms is not None and axis[0] <= row.latency_ms <= axis[1]:
        x = across(row.latency_ms, axis)
        mark = f'd="M{x:.1f} {base - 9:.1f}v18" stroke="#9b1c1c" stroke-width="1.6"'
        yield f"<path {mark}><title>latency {row.latency_ms:g} ms</title></path>"


def measures(row: MotorSite) -> str:
    """Latency and amplitude as they stand in the table."""
    latency = f"{plain(row.latency_ms)} ms" if row.latency_ms is not None else ""
    amplitude = f"{plain(row.amplitude_mv)} mV" if row.amplitude_mv is not None else ""
    return ", ".join(filter(None, (latency, "no response" if row.absent else amplitude)))


def handy(span: float) -> float:
    """The largest of 1, 2, 5, 10, ... that is no longer than this span."""
    decade = 10.0 ** floor(log10(span))
    return next(step * decade for step in (5, 2, 1) if step * decade <= span)


def ticks(axis: tuple[float, float], bottom: float) -> Iterator[str]:
    """The time axis, in ms after the stimulus."""
    step = handy((axis[1] - axis[0]) / 4)
    yield f'<path d="M{LEFT} {bottom}H{RIGHT}" stroke="{INK}"/>'
    for n in range(int(axis[0] // step), int(axis[1] // step) + 1):
        if n * step >= axis[0]:
            x = across(n * step, axis)
            yield f'<path d="M{x:.1f} {bottom}v5" stroke="{INK}"/>'
            yield text(x, bottom + 18, f"{n * step:g}", anchor="middle")


def calibration(axis: tuple[float, float], gain: float, base: float, unit: str) -> Iterator[str]:
    """The calibration bar: so many ms across, so many mV or uV up."""
    scale = 1.0 if unit == "mV" else 1000.0
    ms, high = handy((axis[1] - axis[0]) / 5), handy(26 / gain * scale)
    length = across(ms, axis) - LEFT
    bar = f"M{LEFT} {base - high / scale * gain:.1f}V{base:g}h{length:.1f}"
    yield f'<path d="{bar}" fill="none" stroke="{INK}" stroke-width="2"/>'
    yield text(LEFT - 8, base - 2, f"{high:g} {unit}", anchor="end")
    yield text(LEFT + length + 8, base, f"{ms:g} ms")
    yield text(RIGHT, base, "negative up", anchor="end")


def text(x: float, y: float, words: str, weight: str = "normal", anchor: str = "start") -> str:
    """One line of text."""
    look = f'font-size="12.5" font-weight="{weight}" text-anchor="{anchor}" fill="{INK}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{safe(words)}</text>'
