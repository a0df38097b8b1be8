"""The recording drawn: the whole of it, and a second of it, with the discharges of each unit below."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from ranvier.findings.needle.analysis import NeedleAnalysis
from ranvier.report.plot import Array, shown, text

COLOURS = ("#d1495b", "#2e86ab", "#e08e00", "#3c9d5d", "#8e5ea2", "#a0653a", "#2a9d8f", "#c2508f")
"""Of the units, the largest first; again from the start after eight."""

LEFT, RIGHT, HIGH, ROW = 84.0, 966.0, 110.0, 15.0
MIDDLE = 0.42
"""How far down the trace its baseline lies."""

EXCERPT_S = 1.0


def look(unit: int) -> int:
    """The number of a unit's colour."""
    return unit % len(COLOURS)


def whole_height(found: NeedleAnalysis) -> float:
    """What the whole recording takes of the sheet."""
    return HIGH + ROW * len(found.units) + 78


def excerpt_height(found: NeedleAnalysis) -> float:
    """What the second takes of the sheet."""
    return whole_height(found)


def whole(found: NeedleAnalysis, top: float) -> list[str]:
    """The whole recording, as the span from least to most under every point of the line."""
    samples, seconds = found.recording.bridged_mv, found.recording.duration_s
    columns = int(RIGHT - LEFT)
    edges = np.linspace(0, len(samples), columns + 1).astype(int)
    spans = [samples[a : max(b, a + 1)] for a, b in pairwise(edges.tolist())]
    low, high = np.array([np.min(one) for one in spans]), np.array([np.max(one) for one in spans])
    x = LEFT + np.arange(columns)
    y = Height.of(samples, top + 22)
    way = "L".join(f"{a:.0f} {b:.1f}" for a, b in zip(x, y.down(high), strict=True))
    back = "L".join(f"{a:.0f} {b:.1f}" for a, b in zip(x[::-1], y.down(low)[::-1], strict=True))
    return [
        text(24, top + 10, "The recording", "head"),
        f'<path class="dense" d="M{way}L{back}Z"/>',
        *y.scale(),
        *discharges(found, top + 22, 0.0, seconds),
        *seconds_axis(found, top + 22, 0.0, seconds),
    ]


def excerpt(found: NeedleAnalysis, top: float) -> list[str]:
    """The second in which most units discharge."""
    start, samples = busiest(found), found.recording.bridged_mv
    per_s = found.recording.rate_hz
    first, last = int(start * per_s), min(int((start + EXCERPT_S) * per_s), len(samples))
    times = np.arange(first, last) / per_s
    y = Height.of(samples[first:last], top + 22)
    x = across(times, start, start + EXCERPT_S)
    way = "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y.down(samples[first:last]), strict=True))
    return [
        text(24, top + 10, "One second of it", "head"),
        f'<path class="trace" d="M{way}"/>',
        *y.scale(),
        *discharges(found, top + 22, start, start + EXCERPT_S),
        *seconds_axis(found, top + 22, start, start + EXCERPT_S),
    ]


def busiest(found: NeedleAnalysis) -> float:
    """The start (s) of the second in which most units discharge at least twice, the earliest of several."""
    last = max(found.recording.duration_s - EXCERPT_S, 0.0)
    starts = np.arange(0, last, EXCERPT_S / 2) if last else np.zeros(1)
    counts = [
        sum(bool(np.sum((unit.times_s >= s) & (unit.times_s < s + EXCERPT_S)) > 1) for unit in found.units)
        for s in starts
    ]
    return float(starts[int(np.argmax(counts))])


def across(times: Array, start: float, end: float) -> Array:
    """Where times lie on the sheet."""
    return LEFT + (RIGHT - LEFT) * (times - start) / (end - start)


class Height:
    """Where voltages lie on the sheet."""

    def __init__(self, largest: float, top: float) -> None:
        self.largest, self.top = largest or 1.0, top

    @classmethod
    def of(cls, samples: Array, top: float) -> "Height":
        """All but the outermost samples fit, two in ten thousand."""
        edges = np.quantile(samples, [0.0001, 0.9999])
        return cls(max(abs(float(edges[0])) / (1 - MIDDLE), abs(float(edges[1])) / MIDDLE), top)

    def down(self, mv: Array) -> Array:
        """Positive up, as recorded; what leaves the panel is cut."""
        return np.clip(self.top + HIGH * (MIDDLE - mv / self.largest), self.top - 4, self.top + HIGH + 4)

    def scale(self) -> Iterator[str]:
        """A bar of a round voltage."""
        size = round_down(self.largest / 2)
        length, base = HIGH * size / self.largest, self.top + HIGH * MIDDLE
        yield f'<path class="bar" d="M{LEFT - 12} {base + length / 2:.1f}v{-length:.1f}"/>'
        yield text(LEFT - 18, base + 5, f"{shown(size)} mV", "small", "end")


def round_down(value: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not above a value."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(f"{max(step * power for step in (1, 2, 5) if step * power <= value * 1.0001):.6g}")


def discharges(found: NeedleAnalysis, top: float, start: float, end: float) -> Iterator[str]:
    """One row of ticks for each unit."""
    for n, unit in enumerate(found.units):
        y = top + HIGH + 8 + ROW * n
        times = unit.times_s[(unit.times_s >= start) & (unit.times_s <= end)]
        way = "".join(f"M{x:.1f} {y:.1f}v11" for x in across(times, start, end))
        yield text(LEFT - 18, y + 11, f"unit {n + 1}", f"small n{look(n)}", "end")
        yield f'<path class="u{look(n)}" d="{way}"/>' if way else ""


def seconds_axis(found: NeedleAnalysis, top: float, start: float, end: float) -> Iterator[str]:
    """Seconds from the start of what was read."""
    y = top + HIGH + 10 + ROW * len(found.units)
    step = round_down((end - start) / 4)
    yield f'<path class="axis" d="M{LEFT} {y:.1f}H{RIGHT}"/>'
    for k in range(int(np.ceil(start / step - 1e-9)), int(end / step + 1e-9) + 1):
        x = float(across(np.array([k * step]), start, end)[0])
        yield f'<path class="axis" d="M{x:.1f} {y:.1f}v5"/>'
        yield text(x, y + 19, f"{k * step:.4g} s", "tick", "middle")
