"""The traces of one motor study, stacked by stimulation site as on the screen of an EMG machine."""

from collections.abc import Iterator
from math import floor, isfinite, log10
from textwrap import wrap

from ranvier.anatomy import motor_nerve
from ranvier.findings.study import MotorSite, MotorStudy, Waveform
from ranvier.report.limbs import safe
from ranvier.report.words import plain

LEFT, RIGHT, TOP, ROW = 132, 404, 14, 84
INK, FAINT = "#222", "#bbb"
LETTERS = 15


def traces_svg(study: MotorStudy, width: int = 420) -> str:
    """Every recorded trace at one gain, distal on top and negative up; '' where none was recorded."""
    rows = recorded(study)
    if not rows:
        return ""
    axis, gain, bottom = time_axis(rows), gain_of(rows), TOP + ROW * len(rows)
    name = f"Traces of {study.side} {study.nerve} to {study.muscle}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" '
        f'viewBox="0 0 420 {bottom + 64}" font-family="system-ui, sans-serif">',
        f"<title>{safe(name)}</title>",
        f"<desc>{safe('; '.join(in_words(row) for row, _ in rows))}. Negative is up.</desc>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        *ticks(axis, bottom),
        *(line for n, row in enumerate(rows) for line in trace(*row, baseline(n), axis, gain)),
        *calibration(axis, gain, bottom + 56),
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


def time_axis(rows: list[tuple[MotorSite, Waveform]]) -> tuple[float, float]:
    """The first and the last time shown, in ms after the stimulus."""
    ends = [wave.start_ms + wave.step_ms * (len(wave.samples_mv) - 1) for _, wave in rows]
    return min(0, *(wave.start_ms for _, wave in rows)), max(ends)


def gain_of(rows: list[tuple[MotorSite, Waveform]]) -> float:
    """Units of height for one mV: the same for every site, so that a fall is seen."""
    samples = [abs(mv) for _, wave in rows for mv in wave.samples_mv]
    return ROW * 0.62 / (max(samples) or 1)


def baseline(row: int) -> float:
    """The height of the baseline of a row; most of a response lies above it."""
    return TOP + ROW * (row + 0.68)


def across(ms: float, axis: tuple[float, float]) -> float:
    """Where a time lies on the sheet."""
    return LEFT + (RIGHT - LEFT) * (ms - axis[0]) / (axis[1] - axis[0])


def trace(
    row: MotorSite, wave: Waveform, base: float, axis: tuple[float, float], gain: float
) -> Iterator[str]:
    """One trace with its site, its latency and its amplitude."""
    times = (wave.start_ms + wave.step_ms * n for n in range(len(wave.samples_mv)))
    points = (
        f"{across(ms, axis):.1f},{base - mv * gain:.1f}"
        for ms, mv in zip(times, wave.samples_mv, strict=True)
    )
    yield f'<path d="M{LEFT} {base:.1f}H{RIGHT}" stroke="{FAINT}" stroke-dasharray="1 3"/>'
    yield f'<polyline points="{" ".join(points)}" fill="none" stroke="{INK}" stroke-width="1.6"/>'
    for n, line in enumerate(reversed(wrap(row.site, LETTERS))):
        yield text(8, base - 15 * (n + 1), line, "bold")
    yield text(8, base + 2, measures(row))
    if row.latency_ms is not None and axis[0] <= row.latency_ms <= axis[1]:
        x = across(row.latency_ms, axis)
        mark = f'd="M{x:.1f} {base - 9:.1f}v18" stroke="#9b1c1c" stroke-width="1.6"'
        yield f"<path {mark}><title>latency {row.latency_ms:g} ms</title></path>"


def measures(row: MotorSite) -> str:
    """Latency and amplitude as they stand in the table."""
    latency = f"{plain(row.latency_ms)} ms" if row.latency_ms is not None else ""
    amplitude = f"{plain(row.amplitude_mv)} mV" if row.amplitude_mv is not None else ""
    return ", ".join(filter(None, (latency, "no response" if row.absent else amplitude)))


def in_words(row: MotorSite) -> str:
    """One trace for those who cannot see it."""
    return f"{row.site}: {measures(row) or 'not measured'}"


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


def calibration(axis: tuple[float, float], gain: float, base: float) -> Iterator[str]:
    """The calibration bar: so many ms across, so many mV up."""
    ms, mv = handy((axis[1] - axis[0]) / 5), handy(26 / gain)
    length = across(ms, axis) - LEFT
    bar = f"M{LEFT} {base - mv * gain:.1f}V{base}h{length:.1f}"
    yield f'<path d="{bar}" fill="none" stroke="{INK}" stroke-width="2"/>'
    yield text(LEFT - 8, base - 2, f"{mv:g} mV", anchor="end")
    yield text(LEFT + length + 8, base, f"{ms:g} ms")
    yield text(RIGHT, base, "negative up", anchor="end")


def text(x: float, y: float, words: str, weight: str = "normal", anchor: str = "start") -> str:
    """One line of text."""
    look = f'font-size="12.5" font-weight="{weight}" text-anchor="{anchor}" fill="{INK}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{safe(words)}</text>'
