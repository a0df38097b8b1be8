"""The sheet of measures over days: head, events, panels, doses, dates and what must be known."""

from collections.abc import Iterator
from textwrap import wrap

import numpy as np

from ranvier.report.limbs import safe
from ranvier.report.plot import text
from ranvier.report.series import look
from ranvier.report.series.drawing import panel_parts, plot_of
from ranvier.report.series.lanes import date_axis, dose_lane, event_lane, event_rows
from ranvier.report.series.long import readable
from ranvier.report.series.series import Panel, Series
from ranvier.report.words import SIMULATED

INSIDE = look.PAGE - 2 * look.MARGIN
SAMPLE, GAP = 30, 20
"""Length of a line in the key, and what lies between two names."""


def series_svg(series: Series, width: int = look.PAGE) -> str:
    """The figure as one self-contained picture; simulated data are marked, behind every panel too."""
    series = readable(series)
    parts, bottom = head(series)
    for panel in series.panels:
        plot = plot_of(panel, series, bottom + look.HEAD)
        parts += panel_parts(panel, series, plot)
        bottom = plot.bottom + look.BETWEEN
    parts += dose_lane(series, bottom - look.BETWEEN)
    bottom += look.DOSE_LANE - look.BETWEEN
    parts += date_axis(series, bottom)
    bottom += look.DATES + look.LINE
    for note in series.notes:
        for line in wrap(note, int(INSIDE / look.LETTER)):
            parts.append(text(look.MARGIN, bottom, line, "dim"))
            bottom += look.LINE
        bottom += look.LINE / 3
    return "\n".join([*opening(series, width, bottom), *parts, "</svg>"]) + "\n"


def opening(series: Series, width: int, height: float) -> Iterator[str]:
    """The picture's frame, what it is called, what it tells in words, and its paper."""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="series" role="img" width="{width}" '
        f'viewBox="0 0 {look.PAGE} {height:g}">'
    )
    yield f"<title>{safe(series.title)}{' (simulated data)' if series.simulated else ''}</title>"
    yield f"<desc>{safe(in_words(series))}</desc>"
    yield f"<style>{look.style()}</style>"
    yield '<rect class="paper" width="100%" height="100%"/>'


def head(series: Series) -> tuple[list[str], float]:
    """What is shown and of whom, the key, and the names of events; and where all of it ends."""
    y = 32.0
    parts = [text(look.MARGIN, y, look.cut(series.title, int(INSIDE / look.BIG_LETTER)), "big")]
    told = [(SIMULATED, "mark")] if series.simulated else []
    for words, own in [*told, (look.cut(series.about, int(INSIDE / look.LETTER)), "dim")]:
        y += look.LINE + 2
        parts.append(text(look.MARGIN, y, words, own))
    y += 8
    for names in keys(series):
        parts += key_line(names, y)
        y += look.LINE
    rows = event_rows(series)
    parts += event_lane(series, rows, y + 6)
    return parts, y + 8 + look.EVENT_ROW * max((row + 1 for _, row, _ in rows), default=0)


def keys(series: Series) -> list[list[tuple[str, str]]]:
    """The courses' looks and names, as many on a line as fit; nothing where there is only one."""
    found = (
        (look.look_of(r.look, n), r.name) for p in series.panels for n, r in enumerate(p.ribbons) if r.name
    )
    names, lines, room = list(dict.fromkeys(found)), list[list[tuple[str, str]]](), 0.0
    for each in names if len(names) > 1 else []:
        needs = key_width(each[1])
        if not lines or room + needs > INSIDE:
            lines.append([])
            room = 0.0
        lines[-1].append(each)
        room += needs
    return lines


def key_width(name: str) -> float:
    """How wide an entry of the key is."""
    return SAMPLE + 8 + look.LETTER * len(name) + GAP


def key_line(names: list[tuple[str, str]], y: float) -> Iterator[str]:
    """A line of the key."""
    x = float(look.MARGIN)
    for own, name in names:
        yield f'<path class="curve {own}" d="M{x:.1f} {y + 10:.1f}h{SAMPLE}"/>'
        yield text(x + SAMPLE + 8, y + 15, name, "dim")
        x += key_width(name)


def in_words(series: Series) -> str:
    """The figure for those who cannot see it."""
    told = [line for panel in series.panels for line in readings(panel)] or ["No reading"]
    count = len(series.doses_shown)
    doses = f"{count} dose{'s' * (count > 1)}" if count else "no dose"
    events = [each.words for each in series.events if each.words not in series.notes]
    return " ".join([f"{series.about}. {'; '.join([*told, doses])}.", *events, *series.notes])


def readings(panel: Panel) -> Iterator[str]:
    """How many readings a panel shows, from what to what, and the last."""
    for each in panel.points:
        if len(each.values):
            low, high = float(np.min(each.values)), float(np.max(each.values))
            name = f"{panel.title} {each.name}".strip()
            count, last = len(each.values), float(each.values[-1])
            yield f"{name}: {count} readings, {low:g} to {high:g}, last {last:g} {panel.unit}".strip()
