"""A diary as one self-contained picture: grip of both hands, other readings, and the infusions as ticks."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, pairwise
from textwrap import wrap

import numpy as np

from ranvier.report.course.lines import spread
from ranvier.report.diary_told import MONTHS, USE, Diary, Series, amount_words, day_words, dose_words
from ranvier.report.limbs import safe
from ranvier.report.plot import TICK, Axis, Plot, line, shown, text
from ranvier.report.traces import handy
from ranvier.report.words import SIMULATED

PAGE, LEFT, WIDTH = 560, 54, 380
HEIGHT, LOW, STRIP, GAP = 190, 110, 34, 44
"""A panel of readings that are taken often, one of the others, the strip of doses, and what lies between."""
MARGIN, FIRST, LINE, LETTERS = 16, 34, 20, 68
TALL = ("grip", "key pinch")
LISTED = ("weight",)
"""Measures that are not drawn."""
APART_DAYS = 14
"""Readings further apart are not joined by a line."""
MOST_DOTS, MOST_TICKS, LABEL = 400, 8, 46
"""`LABEL`: the room that the amount of a dose needs."""
STEPS_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 1200)
WEEKS_UP_TO = 60
"""Days up to which the axis counts weeks."""

STYLE = """
.diary { --paper: #fff; --ink: #1b2430; --dim: #55606e; --faint: #d3d9df; --right: #0072b2; --left: #c4560a;
  --mark: #9b1c1c; max-width: 100%; height: auto }
@media (prefers-color-scheme: dark) {
.diary { --paper: #14181e; --ink: #e8ebef; --dim: #a3adba; --faint: #3c4652; --right: #6db8ea;
  --left: #f0a04b; --mark: #ff9a9a }
}
.diary text { fill: var(--ink); font: 16px system-ui, sans-serif; font-variant-numeric: tabular-nums }
.diary text.big { font-size: 21px; font-weight: 600 }
.diary text.head { font-size: 18px; font-weight: 600 }
.diary text.dim, .diary text.tick { fill: var(--dim) }
.diary text.mark { fill: var(--mark); font-weight: 600 }
.diary .grid, .diary .dose { stroke: var(--faint); fill: none }
.diary .dose { stroke: var(--dim); stroke-dasharray: 2 4; stroke-opacity: 0.55 }
.diary .axis { stroke: var(--dim); fill: none }
.diary .given { fill: var(--ink) }
.diary .right { stroke: var(--right); fill: var(--right) }
.diary .left { stroke: var(--left); fill: var(--paper); stroke-width: 1.6 }
.diary path.right, .diary path.left { fill: none; stroke-width: 2; stroke-linejoin: round }
.diary path.left { stroke-dasharray: 7 4 }
"""


def diary_svg(diary: Diary, width: int = PAGE) -> str:
    """The diary as a picture, marked if anything in it is simulated."""
    top = FIRST + 26 + LINE * diary.simulated
    drawn, bottom = placed(diary, top + 30)
    notes = wrap(USE, LETTERS)
    height = bottom + LINE * (len(notes) + 1)
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diary" role="img" width="{width}" '
        f'viewBox="0 0 {PAGE} {height:g}">',
        f"<title>{safe(f'Diary of {diary.who}')}{' (simulated data)' if diary.simulated else ''}</title>",
        f"<desc>{safe(in_words(diary))}</desc>",
        f"<style>{STYLE}</style>",
        '<rect width="100%" height="100%" fill="var(--paper)"/>',
        text(MARGIN, FIRST, cut(diary.who), "big"),
        text(MARGIN, FIRST + 26, f"{day_words(diary.first)} to {day_words(diary.last)}", "dim"),
        *([text(MARGIN, FIRST + 26 + LINE, SIMULATED, "mark")] if diary.simulated else []),
        *drawn,
        *(text(MARGIN, bottom + LINE * n, note, "dim") for n, note in enumerate(notes)),
        *(watermark(height) if diary.simulated else []),
        "</svg>",
    )
    return "\n".join(parts) + "\n"


def watermark(height: float) -> Iterator[str]:
    """The word that nobody can cut off, across the picture."""
    for n in range(1, 4):
        x, y = PAGE / 2, height * n / 4
        yield (
            f'<text x="{x:g}" y="{y:.0f}" transform="rotate(-30 {x:g} {y:.0f})" text-anchor="middle" '
            'style="font-size:80px;fill-opacity:0.07;pointer-events:none">SIMULATED</text>'
        )


def cut(words: str, letters: int = 44) -> str:
    """A name as it fits on its line."""
    return words if len(words) <= letters else f"{words[: letters - 1]}…"


def in_words(diary: Diary) -> str:
    """The picture for those who cannot see it."""
    told = [
        f"{each.name}: {len(each.values)} readings, {min(each.values):g} to {max(each.values):g} {each.unit}"
        for each in diary.series
    ]
    doses = f"{len(diary.doses)} doses" if diary.doses else "no dose"
    return f"{'; '.join([*told, doses])}. {USE}"


def placed(diary: Diary, top: float) -> tuple[list[str], float]:
    """Every panel below the one before, the strip of doses last, and where all of it ends."""
    parts, y = list[str](), top
    for panel in filter(lambda each: each[0].measure not in LISTED, diary.panels):
        height = HEIGHT if panel[0].measure in TALL else LOW
        parts.append(text(MARGIN, y, f"{panel[0].measure} ({panel[0].unit})", "head"))
        plot = Plot(LEFT, y + 16, WIDTH, height, day_axis(diary), value_axis(panel))
        parts += chain(frame(plot), dose_lines(diary, plot), *(curve(each, plot) for each in panel))
        parts += names(panel, plot)
        y = plot.bottom + GAP
    parts += strip(diary, y)
    bottom = y + STRIP + TICK
    parts += days(Plot(LEFT, y, WIDTH, STRIP, day_axis(diary), Axis(0, 1, (), "")))
    return parts, bottom + GAP + 10


def day_axis(diary: Diary) -> Axis:
    """The axis of days, from the first to the end of the last."""
    return Axis(diary.first, diary.last + 1, tick_days(diary), "")


def tick_days(diary: Diary) -> tuple[float, ...]:
    """The days that the axis names: weeks of a short diary, first days of months of a longer one."""
    if diary.length <= WEEKS_UP_TO:
        return tuple(float(day) for day in range(diary.first, diary.last + 1, 7))
    first, last = date.fromordinal(diary.first), date.fromordinal(diary.last)
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next(step for step in STEPS_MONTHS if months / step <= MOST_TICKS or step == STEPS_MONTHS[-1])
    begin = first.year * 12 + first.month - 1
    counted = (n for n in range(begin, begin + months + 1) if n % step == 0)
    found = (date(n // 12, n % 12 + 1, 1).toordinal() for n in counted if n >= 12)
    return tuple(float(day) for day in found if diary.first <= day <= diary.last)


def value_axis(panel: tuple[Series, ...]) -> Axis:
    """The axis of a measure, from 0 to above its highest value."""
    values = np.array([value for each in panel for value in each.values])
    most = max(float(values.max(initial=0.0)), 1e-6)
    return Axis.of("", 0.0, most, handy(most / 2), values)


def frame(plot: Plot) -> Iterator[str]:
    """The scale of values with faint lines across, and the ticks of the days."""
    for value in plot.y.ticks:
        y = plot.down(value)
        yield f'<path class="grid" d="M{plot.left} {y:.1f}H{plot.right}"/>'
        yield text(plot.left - 8, y + 5, shown(round(value, 6)), "tick", "end")
    yield f'<path class="axis" d="M{plot.left} {plot.bottom}H{plot.right}"/>'


def dose_lines(diary: Diary, plot: Plot) -> Iterator[str]:
    """A faint line through a panel at each dose."""
    for each in {int(dose.day): dose for dose in diary.doses}.values():
        x = plot.across(each.day)
        yield f'<path class="dose" d="M{x:.1f} {plot.top}V{plot.bottom}"/>'


def curve(series: Series, plot: Plot) -> Iterator[str]:
    """A line through the mean of each day, and a dot for each reading while they can be told apart."""
    look = series.side or "right"
    for run in runs(series):
        yield line(plot, *zip(*run, strict=True), look=look)
    if len(series.values) > MOST_DOTS:
        return
    for day, value in zip(series.days, series.values, strict=True):
        told = f"{series.name} {value:g} {series.unit}, {day_words(day)}"
        x, y = plot.across(day), plot.down(value)
        yield f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{safe(told)}</title></circle>'


def runs(series: Series) -> list[list[tuple[float, float]]]:
    """The days with the mean of their readings, parted where nothing was read for long."""
    held: dict[int, list[tuple[float, float]]] = {}
    for pair in zip(series.days, series.values, strict=True):
        held.setdefault(int(pair[0]), []).append(pair)
    means = [tuple(float(each) for each in np.mean(pairs, axis=0)) for pairs in held.values()]
    points = [(day, value) for day, value in means]
    cuts = [n for n, (a, b) in enumerate(pairwise(points), 1) if b[0] - a[0] > APART_DAYS]
    return [points[a:b] for a, b in pairwise([0, *cuts, len(points)])]


def names(panel: tuple[Series, ...], plot: Plot) -> Iterator[str]:
    """Each hand and its last value, beside the end of its line."""
    order = sorted(panel, key=lambda each: -each.values[-1])
    wanted = [plot.down(each.values[-1]) for each in order]
    for each, y in zip(order, spread(wanted, plot.top, plot.bottom), strict=True):
        look = each.side or "right"
        yield f'<path class="{look}" d="M{plot.right + 6} {y:.1f}h20"/>'
        yield text(plot.right + 32, y + 5, f"{each.side or 'last'} {each.values[-1]:g}")


def strip(diary: Diary, top: float) -> Iterator[str]:
    """The doses as ticks, each with its amount where there is room."""
    yield text(MARGIN, top - 8, "doses" if diary.doses else "no doses", "head")
    axis = Plot(LEFT, top, WIDTH, STRIP, day_axis(diary), Axis(0, 1, (), ""))
    free = 0.0
    for dose in diary.doses:
        x = axis.across(dose.day)
        told = f"{dose_words(dose)}, {day_words(dose.day)}"
        yield (
            f'<path class="given" d="M{x:.1f} {axis.bottom}l-5 -13h10z"><title>{safe(told)}</title></path>'
        )
        if x >= free:
            free = x + LABEL
            yield text(x, axis.bottom - 18, amount_words(dose), "tick", "middle")


def days(plot: Plot) -> Iterator[str]:
    """The axis of days, the year with the first and with each January."""
    months = all(date.fromordinal(int(day)).day == 1 for day in plot.x.ticks)
    yield f'<path class="axis" d="M{plot.left} {plot.bottom}H{plot.right}"/>'
    for n, day in enumerate(plot.x.ticks):
        when = date.fromordinal(int(day))
        x = plot.across(day)
        yield f'<path class="axis" d="M{x:.1f} {plot.bottom}v{TICK}"/>'
        label = MONTHS[when.month - 1] if months else day_words(day, year=False)
        yield text(x, plot.bottom + TICK + 15, label, "tick", "middle")
        if n == 0 or (months and when.month == 1):
            yield text(x, plot.bottom + TICK + 33, f"{when.year}", "tick", "middle")
