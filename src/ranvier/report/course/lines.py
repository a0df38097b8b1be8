"""The panels in lines: axons lost, and scales, each line with its last value beside it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ranvier.report.course import look
from ranvier.report.course.course import Line
from ranvier.report.plot import Axis, text

HEIGHT = 190.0
APART = look.LINE
"""From one name beside the lines to the next."""

Points = list[tuple[float, float]]


def lines(
    found: Sequence[Line], years: Sequence[float], axis: Axis, top: float, highest: float
) -> Iterator[str]:
    """Lines on a scale of percent from 0 to `highest`."""
    yield from scale(top, highest)
    ends: list[float] = []
    drawn: list[str] = []
    for n, each in enumerate(found):
        points = [
            (look.across(axis, when), top + HEIGHT * (1 - share / highest))
            for when, share in zip(years, each.shares, strict=True)
            if share is not None
        ]
        drawn += way(points, gaps(each), n)
        ends.append(points[-1][1] if points else top + HEIGHT)
    yield from drawn
    yield from names(found, ends, top, across_last(years, axis))


def across_last(years: Sequence[float], axis: Axis) -> float:
    """Where the lines end."""
    return look.across(axis, years[-1]) if years else float(look.LEFT)


def gaps(line: Line) -> list[int]:
    """How many visits follow each other without one that is unknown."""
    return [len(list(run)) for known, run in groupby(line.shares, lambda share: share is not None) if known]


def way(points: Points, runs: Sequence[int], n: int) -> Iterator[str]:
    """One line, interrupted where something is unknown; a single visit is a dot."""
    colour, dash = look.LINES[n % len(look.LINES)], look.DASHES[n % len(look.DASHES)]
    begin = 0
    for count in runs:
        run, begin = points[begin : begin + count], begin + count
        if count == 1:
            (x, y) = run[0]
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
            continue
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run)
        yield f'<path class="curve" d="{path}" stroke="{colour}" stroke-dasharray="{dash or "none"}"/>'


def scale(top: float, highest: float) -> Iterator[str]:
    """The percent at the left, with faint lines across."""
    for n in range(5):
        y, value = top + HEIGHT * (1 - n / 4), 100 * highest * n / 4
        yield f'<path class="grid" d="M{look.LEFT} {y:.1f}H{look.RIGHT}"/>'
        yield text(look.LEFT - 8, y + 5, f"{value:.4g} %", "dim", "end")


def names(found: Sequence[Line], ends: Sequence[float], top: float, x: float) -> Iterator[str]:
    """The name and the last value of each line at its end, with a piece of the line."""
    order = sorted(range(len(found)), key=lambda n: ends[n])
    for n, y in zip(order, spread([ends[n] for n in order], top, top + HEIGHT), strict=True):
        colour, dash = look.LINES[n % len(look.LINES)], look.DASHES[n % len(look.DASHES)]
        yield f'<path d="M{x + 3:.1f} {ends[n]:.1f}L{look.RIGHT + 4} {y:.1f}" stroke="{look.FAINT}"/>'
        yield (
            f'<path class="curve" d="M{look.RIGHT + 4} {y:.1f}h22" stroke="{colour}" '
            f'stroke-dasharray="{dash or "none"}"/>'
        )
        yield text(look.RIGHT + 32, y + 5, f"{found[n].name} {found[n].last}")


def spread(wanted: Sequence[float], low: float, high: float) -> list[float]:
    """Places in order, far enough apart to be read and as near as may be to where they are wanted."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + APART if placed else low))
    for n in range(len(placed) - 1, -1, -1):
        room = placed[n + 1] - APART if n + 1 < len(placed) else high
        placed[n] = min(placed[n], room)
    return placed
