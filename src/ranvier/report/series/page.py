"""The sheet of measures over days: head, panels, the lane of doses, dates and what must be known."""

from collections.abc import Iterator
from textwrap import wrap

from ranvier.report.limbs import safe
from ranvier.report.plot import text
from ranvier.report.series import look
from ranvier.report.series.drawing import panel_parts
from ranvier.report.series.series import Series
from ranvier.report.words import SIMULATED

LOW = ("IgG",)
"""Panels that may be low: what they show is context."""


def series_svg(series: Series, width: int = look.PAGE) -> str:
    """The figure as one self-contained picture; simulated data are marked."""
    parts, bottom = list(heading(series)), 58.0 + (26 if series.simulated else 0)
    bottom = max(bottom, 66.0)
    for line in keys(series):
        parts += key_line(line, bottom)
        bottom += look.LINE
    for panel in series.panels:
        height = look.IGG_PANEL if panel.title in LOW else look.PANEL
        parts += panel_parts(panel, series, bottom + look.HEAD, height)
        bottom += look.HEAD + height
    parts += dose_lane(series, bottom + 6)
    parts += date_axis(series, bottom + look.DOSES)
    bottom += look.DOSES + look.FOOT + 14
    letters = int((look.PAGE - 2 * look.MARGIN) / look.LETTER)
    for line in [line for note in series.notes for line in wrap(note, letters)]:
        parts.append(text(look.MARGIN, bottom, line, "dim"))
        bottom += look.LINE
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="series" role="img" width="{width}" '
        f'viewBox="0 0 {look.PAGE} {bottom:g}">',
        f"<title>{safe(series.title)}{' (simulated data)' if series.simulated else ''}</title>",
        f"<desc>{safe(in_words(series))}</desc>",
        f"<style>{look.STYLE}</style>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    )
    return "\n".join([*head, *parts, *watermark(series, bottom), "</svg>"]) + "\n"


def heading(series: Series) -> Iterator[str]:
    """What is shown, and of whom."""
    yield text(look.MARGIN, 32, series.title, "big")
    if series.simulated:
        yield text(look.MARGIN, 56, SIMULATED, "mark")
    yield text(look.MARGIN, 80 if series.simulated else 56, series.about, "dim")


def keys(series: Series) -> list[list[tuple[int, str]]]:
    """The names of the courses, as many on a line as fit; nothing where there is only one."""
    names = list(dict.fromkeys((n, r.name) for p in series.panels for n, r in enumerate(p.ribbons)))
    lines, room = list[list[tuple[int, str]]](), 0.0
    for n, name in names if len(names) > 1 else []:
        needs = 46 + look.LETTER * len(name)
        if not lines or room + needs > look.WIDTH:
            lines.append([])
            room = 0.0
        lines[-1].append((n, name))
        room += needs
    return lines


def key_line(names: list[tuple[int, str]], y: float) -> Iterator[str]:
    """A line of the key."""
    x = float(look.LEFT)
    for n, name in names:
        ink, dash = look.LINES[n % len(look.LINES)], look.DASHES[n % len(look.DASHES)]
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        yield f'<path class="curve" d="M{x} {y + 18}h28" stroke="{ink}"{dashed}/>'
        yield text(x + 34, y + 23, name, "dim")
        x += 46 + look.LETTER * len(name)


def dose_lane(series: Series, y: float) -> Iterator[str]:
    """A tick for every dose."""
    span = series.last - series.first
    if series.doses:
        yield text(look.LEFT - 8, y + 13, "doses", "dim", "end")
    for day, words in series.doses:
        if series.first <= day <= series.last:
            x = look.LEFT + look.WIDTH * (day - series.first) / span
            told = f"{look.day_words(day)}: {words}"
            way = f"M{x - 4:.1f} {y + 14:.1f}h8l-4 -11z"
            yield f'<path class="dose" d="{way}"><title>{safe(told)}</title></path>'
    for day, words in series.marks:
        x = look.LEFT + look.WIDTH * (day - series.first) / span
        yield f'<path class="target" d="M{x:.1f} {y - 4:.1f}v18"><title>{safe(words)}</title></path>'


def date_axis(series: Series, y: float) -> Iterator[str]:
    """The axis of dates."""
    yield f'<path class="axis" d="M{look.LEFT} {y}h{look.WIDTH}"/>'
    for day, words in look.dates(series.first, series.last):
        x = look.LEFT + look.WIDTH * (day - series.first) / (series.last - series.first)
        yield f'<path class="axis" d="M{x:.1f} {y}v5"/>'
        yield text(x, y + 21, words, "dim", "middle")


def in_words(series: Series) -> str:
    """The figure for those who cannot see it."""
    told = [
        f"{p.title}: {len(p.points.values)} readings, last {p.points.values[-1]:g} {p.unit}"
        for p in series.panels
        if p.points is not None and len(p.points.values)
    ]
    return f"{series.about}. {'; '.join(told) or 'No reading'}. {' '.join(series.notes)}"


def watermark(series: Series, height: float) -> Iterator[str]:
    """What nobody can cut off a figure of simulated data."""
    if series.simulated:
        x, y = look.PAGE / 2, height / 2
        yield (
            f'<text x="{x:g}" y="{y:.0f}" transform="rotate(-30 {x:g} {y:.0f})" text-anchor="middle" '
            'style="font-size:96px;fill:#000;fill-opacity:0.05;pointer-events:none">SIMULATED</text>'
        )
