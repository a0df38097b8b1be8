"""The page: heading, lesioned stretch, axon, traces, and what becomes of the impulse."""

from collections.abc import Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.course import Course
from ranvier.nerve.impulse import Impulse
from ranvier.report import fibre_words as words
from ranvier.report.limbs import safe
from ranvier.report.spacetime.drawing import axon, ill_nodes, place_axis, potential_bar, text, time_axis
from ranvier.report.spacetime.look import STYLE
from ranvier.report.spacetime.sheet import HEAD, LEFT, RIGHT, WIDTH, Sheet
from ranvier.report.words import plain

FLAT = 0.1
"""Units of the sheet below which a bend of a trace is not seen."""

LETTER = {"dim": 6.8, "ill": 7.8}
"""Units of width that a letter takes, plain and bold."""


def spacetime_svg(found: Impulse, course: Course, width: int = WIDTH) -> str:
    """The course of an impulse as one self-contained SVG."""
    sheet = Sheet.of(course, found.pulse.onset_ms)
    height = sheet.bottom + 96
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="spacetime" role="img" width="{width}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}">',
        f"<title>{safe(words.title(found.fibre))}</title>",
        f"<desc>{safe(in_words(found))}</desc>",
        f"<style>{STYLE}</style>",
        '<rect width="100%" height="100%" fill="var(--paper)"/>',
        *chain(heading(found), wash(found, sheet), axon(course, sheet), traces(course, sheet)),
        *chain(twin(found, course, sheet), time_axis(sheet), place_axis(sheet), potential_bar(sheet)),
        *chain(lesion_names(found, sheet), ending(found, course, sheet)),
        text(24, height - 14, words.USE, 'class="dim"'),
        "</svg>",
    )
    return "\n".join(parts) + "\n"


def in_words(found: Impulse) -> str:
    """The figure for those who cannot see it."""
    lesions = (f"Lesion: {words.lesion_in_words(lesion, found.fibre)}." for lesion in found.fibre.lesions)
    return " ".join(filter(None, (words.conduction(found), *lesions, numbers(found), words.USE)))


def numbers(found: Impulse) -> str:
    """The measures on one line."""
    told = (
        ("velocity", plain(found.velocity_m_s), "m/s"),
        ("refractory period of transmission", plain(found.refractory_period_ms, 2), "ms"),
        ("peak", plain(found.peak_mv), "mV"),
        ("half-width", plain(found.half_width_ms, 2), "ms"),
    )
    return " · ".join(f"{name} {number} {unit}" for name, number, unit in told if number)


def heading(found: Impulse) -> Iterator[str]:
    """What is seen, on three lines."""
    yield text(24, 32, words.title(found.fibre), 'class="big"')
    yield text(24, 56, words.conduction(found))
    yield text(24, 78, numbers(found), 'class="dim"')


def wash(found: Impulse, sheet: Sheet) -> Iterator[str]:
    """The lesioned stretch, tinted across the sheet."""
    for lesion in found.fibre.lesions:
        place = sheet.stretch(lesion)
        if place:
            size = f'width="{RIGHT - LEFT + 94}" height="{place[1] - place[0]:.1f}"'
            yield f'<rect class="lesion" x="{LEFT - 52}" y="{place[0]:.1f}" {size} fill="var(--wash)"/>'


def traces(course: Course, sheet: Sheet) -> Iterator[str]:
    """The potential of every node, each hiding what lies behind it; nothing is drawn beyond the axes."""
    top, size = HEAD - 16, f"{RIGHT - LEFT} {sheet.bottom - HEAD + 28:.1f}"
    place = 'x="{}" y="{}" width="{}" height="{}"'.format(LEFT, top, *size.split())
    yield f'<svg {place} viewBox="{LEFT} {top} {size}">'
    x = sheet.across(course.times_ms)
    for n, node in enumerate(course.nodes):
        y, base = sheet.height(node, course.potential_mv[:, n]), sheet.down(node)
        kept = bends(x, y)
        way = "L".join(f"{one:.1f} {two:.1f}" for one, two in zip(x[kept], y[kept], strict=True))
        look = "trace ill" if node in ill_nodes(course) else "trace"
        ends = f"M{LEFT - 9} {base:.1f}L{way}L{RIGHT + 9} {base:.1f}"
        yield f'<path class="{look}" d="{ends}"><title>node {node}</title></path>'
    yield "</svg>"


def bends(x: NDArray[np.float64], y: NDArray[np.float64]) -> list[int]:
    """The samples at which a trace must be drawn: where it leaves the straight line from the last one."""
    kept, low, high = [0], -np.inf, np.inf
    for i in range(1, len(y)):
        run, rise = x[i] - x[kept[-1]], y[i] - y[kept[-1]]
        if not low <= rise / run <= high:
            kept.append(i - 1)
            run, rise, low, high = x[i] - x[i - 1], y[i] - y[i - 1], -np.inf, np.inf
        low, high = max(low, (rise - FLAT) / run), min(high, (rise + FLAT) / run)
    return [*kept, len(y) - 1]


def twin(found: Impulse, course: Course, sheet: Sheet) -> Iterator[str]:
    """Where the impulse would have crossed 0 mV without lesions, from the lesion on."""
    if found.places.lesion is None:
        return
    (begin, end), healthy = found.places.lesion, zip(course.nodes, course.healthy_ms, strict=True)
    passed = [(node, float(ms)) for node, ms in healthy if node >= begin and np.isfinite(ms)]
    if len(passed) > 1:
        points = "L".join(f"{sheet.across(ms):.1f} {sheet.zero(node):.1f}" for node, ms in passed)
        yield f'<path class="twin" d="M{points}"><title>without lesions</title></path>'
        beyond = [each for each in passed if each[0] > end] or passed
        node, ms = beyond[len(beyond) // 3]
        yield plate(sheet.across(ms) - 12, sheet.zero(node), "without lesions", "dim")


def lesion_names(found: Impulse, sheet: Sheet) -> Iterator[str]:
    """The name of each lesion beside its stretch, none on another."""
    placed = [(place, lesion) for lesion in found.fibre.lesions if (place := sheet.stretch(lesion))]
    below = 0.0
    for (top, bottom), lesion in sorted(placed, key=lambda each: each[0]):
        y = max(below, (top + bottom) / 2)
        yield text(RIGHT + 46, y - 2, f"{lesion.quality} {lesion.value:g}", 'class="ill"')
        yield text(RIGHT + 46, y + 15, words.place_of(lesion))
        below = y + 36


def ending(found: Impulse, course: Course, sheet: Sheet) -> Iterator[str]:
    """Where the impulse fails, or how late it arrives."""
    nodes, landing, reached = course.nodes, found.places.landing, found.reached
    late = abs(found.extra_delay_ms or 0.0) >= words.LEAST_DELAY_MS
    if found.conducts and late and landing in nodes:
        yield from delay(found, course, sheet, nodes.index(landing))
    elif found.conducts is False and reached in nodes:
        x, y = sheet.across(float(course.arrival_ms[nodes.index(reached)])), sheet.down(reached + 0.5)
        yield f'<path class="mark" d="M{x - 7:.1f} {y - 7:.1f}l14 14m0 -14l-14 14"/>'
        yield plate(x - 18, y, "fails here", "ill")


def delay(found: Impulse, course: Course, sheet: Sheet, row: int) -> Iterator[str]:
    """The time between the impulse and where it would be without lesions."""
    y = sheet.zero(course.nodes[row])
    begin, end = (sheet.across(float(when[row])) for when in (course.healthy_ms, course.arrival_ms))
    yield f'<path class="mark" d="M{begin:.1f} {y - 6:.1f}v12m0 -6H{end:.1f}m0 -6v12"/>'
    yield plate(min(begin, end) - 12, y, words.lateness(found.extra_delay_ms or 0.0).lstrip(", "), "ill")


def plate(x: float, y: float, told: str, look: str) -> str:
    """A label that ends at x, on a plate that keeps it clear of the traces."""
    width = LETTER[look] * len(told) + 8
    x = max(x, LEFT + width)
    size = f'x="{x - width:.1f}" y="{y - 10:.1f}" width="{width + 4:.1f}" height="20" rx="4"'
    return f'<rect {size} fill="var(--paper)"/>' + text(x, y + 5, told, f'class="{look}"', "end")
