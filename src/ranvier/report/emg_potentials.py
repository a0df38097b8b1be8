"""The averaged potentials of the units side by side, at one gain."""

from collections.abc import Iterator

import numpy as np

from ranvier.findings.needle.analysis import NeedleAnalysis
from ranvier.findings.needle.unit import Unit
from ranvier.report.emg_trace import look, round_down
from ranvier.report.plot import shown, text

LEFT, WIDTH, COLUMNS, HIGH, CELL = 24.0, 238.0, 4, 150.0, 218.0
BEFORE_MS, AFTER_MS = 15.0, 20.0
SHOWN_MS = 10.0


def grid_height(found: NeedleAnalysis) -> float:
    """What the potentials take of the sheet."""
    return 44 + CELL * -(-len(found.units) // COLUMNS) + 20


def grid(found: NeedleAnalysis, top: float) -> Iterator[str]:
    """Each unit's potential in a cell of its own: the same gain for all, its duration shaded."""
    reach = max(float(np.max(np.abs(unit.potential.inside))) for unit in found.units)
    largest = max(float(np.ptp(unit.potential.inside)) for unit in found.units)
    gain = HIGH * 0.92 / max(largest, reach)
    yield text(
        24,
        top + 10,
        "Averaged potentials, all at one gain; shaded from beginning to end; * polyphasic",
        "head",
    )
    for n, unit in enumerate(found.units):
        x, y = LEFT + WIDTH * (n % COLUMNS), top + 40 + CELL * (n // COLUMNS)
        yield from cell(n, unit, x, y, gain)
    yield from bars(found, top, gain)


def cell(n: int, unit: Unit, left: float, top: float, gain: float) -> Iterator[str]:
    """One potential with its measures."""
    potential, width = unit.potential, WIDTH - 16
    peak = int(np.argmax(np.abs(potential.samples_mv)))
    times = (np.arange(len(potential.samples_mv)) - peak) * potential.step_ms
    kept = (times >= -BEFORE_MS) & (times <= AFTER_MS)
    inside = potential.inside
    base = top + 44 + (HIGH - float(np.ptp(inside)) * gain) / 2 + float(np.max(inside)) * gain

    def across(ms: float) -> float:
        return left + width * (min(max(ms, -BEFORE_MS), AFTER_MS) + BEFORE_MS) / (BEFORE_MS + AFTER_MS)

    begin, end = (across(float(times[k])) for k in (potential.begin, potential.end))
    points = zip(times[kept], potential.samples_mv[kept], strict=True)
    way = "L".join(f"{across(float(ms)):.1f} {base - float(mv) * gain:.1f}" for ms, mv in points)
    star = "*" if potential.polyphasic else ""
    yield text(left, top, f"Unit {n + 1}", f"n{look(n)}")
    yield text(left + 56, top, f"{potential.amplitude_mv:.2f} mV · {potential.duration_ms:.1f} ms")
    told = f"{potential.phases} phases{star} · {unit.firing.rate_hz:.1f} Hz · {unit.reliability}"
    yield text(left, top + 19, told, "small dim")
    size = f'width="{end - begin:.1f}" height="{HIGH + 12:.1f}"'
    yield f'<rect class="span" x="{begin:.1f}" y="{top + 34:.1f}" {size}/>'
    yield f'<path class="zero" d="M{left:.1f} {base:.1f}h{width:.1f}"/>'
    yield f'<path class="u{look(n)}" d="M{way}"><title>unit {n + 1}</title></path>'


def bars(found: NeedleAnalysis, top: float, gain: float) -> Iterator[str]:
    """What a height and a width mean."""
    size = round_down(HIGH * 0.5 / gain)
    y = top + grid_height(found) - 16
    width = (WIDTH - 16) * SHOWN_MS / (BEFORE_MS + AFTER_MS)
    x = 976 - width
    yield f'<path class="bar" d="M{x:.1f} {y - size * gain:.1f}V{y:.1f}h{width:.1f}"/>'
    yield text(x - 8, y - size * gain / 2 + 5, f"{shown(size)} mV", "small", "end")
    yield text(x + width / 2, y - 6, f"{shown(SHOWN_MS)} ms", "small", "middle")
