"""What is drawn around the traces: the axon, the axes, the bar of mV."""

from collections.abc import Iterator
from itertools import pairwise

from ranvier.nerve.course import Course
from ranvier.nerve.lesion import QUALITIES
from ranvier.nerve.places import last_node
from ranvier.report.limbs import safe
from ranvier.report.spacetime.sheet import HEAD, LEFT, RIGHT, Sheet
from ranvier.report.traces import handy

AXON, MYELIN, THIN = 4, 13, 7
"""Widths of the drawn axon, of its myelin and of lesioned myelin."""

AXON_AT = LEFT - 24
NUMBERED = 44
"""Units of height from one numbered node to the next, at least."""


def text(x: float, y: float, words: str, look: str = "", anchor: str = "start") -> str:
    """One line of text."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {look}>{safe(words)}</text>'


def axon(course: Course, sheet: Sheet) -> Iterator[str]:
    """The axon beside its traces: myelin from node to node, lesions in their colour."""
    bare, thin = lesioned(course, "node"), lesioned(course, "internode")
    length = f'y="{sheet.top - 2:.1f}" height="{sheet.bottom - sheet.top + 4:.1f}"'
    yield f'<rect x="{AXON_AT - AXON / 2}" width="{AXON}" {length} rx="2" fill="var(--trace)"/>'
    for node, after in pairwise(sheet.nodes):
        ill = any(inside in thin for inside in range(node, after))
        yield myelin(sheet.down(node), sheet.down(after), ill)
    for node in sheet.nodes:
        if node in bare:
            yield f'<circle cx="{AXON_AT}" cy="{sheet.down(node):.1f}" r="3.4" fill="var(--ill)"/>'


def ill_nodes(course: Course) -> set[int]:
    """The nodes that a lesion touches."""
    return {node for each in course.fibre.lesions for node in range(each.first, last_node(each) + 1)}


def lesioned(course: Course, place: str) -> set[int]:
    """The nodes, or the internodes, that a lesion changes."""
    lesions = (each for each in course.fibre.lesions if QUALITIES[each.quality].place == place)
    return {number for lesion in lesions for number in range(lesion.first, lesion.last + 1)}


def myelin(top: float, bottom: float, ill: bool) -> str:
    """The myelin of one internode."""
    width, colour = (THIN, "var(--ill)") if ill else (MYELIN, "var(--myelin)")
    gap = min(1.6, (bottom - top) / 5)
    place = (
        f'x="{AXON_AT - width / 2}" y="{top + gap:.1f}" width="{width}" height="{bottom - top - 2 * gap:.1f}"'
    )
    return f'<rect {place} rx="2.5" fill="{colour}" fill-opacity="0.75"/>'


def time_axis(sheet: Sheet) -> Iterator[str]:
    """The time after the pulse, below."""
    start, end = sheet.times_ms
    step, base = handy((end - start) / 4), sheet.bottom + 16
    yield f'<path d="M{LEFT} {base:.1f}H{RIGHT}" stroke="var(--ink)"/>'
    for n in range(int(start // step), int(end // step) + 1):
        if n * step >= start:
            x = sheet.across(n * step + sheet.onset_ms)
            yield f'<path d="M{x:.1f} {base:.1f}v5" stroke="var(--ink)"/>'
            yield text(x, base + 20, f"{n * step:g}", anchor="middle")
    yield text((LEFT + RIGHT) / 2, base + 40, "ms after the pulse", anchor="middle")


def place_axis(sheet: Sheet) -> Iterator[str]:
    """The distance on the left, the numbers of the nodes on the right."""
    first, last = (node * sheet.spacing_mm for node in (sheet.nodes[0], sheet.nodes[-1]))
    yield text(AXON_AT - 18, sheet.top - 16, "mm", anchor="end")
    step = handy(max(last - first, sheet.spacing_mm) / 4)
    for n in range(int(-(-first // step)), int(last // step) + 1):
        y = sheet.down(n * step / sheet.spacing_mm)
        yield f'<path d="M{AXON_AT - 10} {y:.1f}h-5" stroke="var(--ink)"/>'
        yield text(AXON_AT - 18, y + 4.5, f"{n * step:g}", anchor="end")
    yield text(RIGHT + 8, sheet.top - 16, "node")
    for node in numbered(sheet):
        yield text(RIGHT + 8, sheet.down(node) + 4.5, str(node))


def numbered(sheet: Sheet) -> list[int]:
    """The nodes that carry their number."""
    apart = next(
        each
        for each in (1, 2, 5, 10, 20, 50, 100, 1000, 2000)
        if each * sheet.step / sheet.stride >= NUMBERED
    )
    return [node for node in range(sheet.nodes[0], sheet.nodes[-1] + 1) if node % apart == 0]


def potential_bar(sheet: Sheet) -> Iterator[str]:
    """How high 100 mV are drawn."""
    x, base, height = RIGHT - 6, HEAD + 8 + 100 * sheet.gain, 100 * sheet.gain
    yield f'<path d="M{x} {base:.1f}v{-height:.1f}" stroke="var(--ink)" stroke-width="2.5"/>'
    yield text(x - 8, base - height / 2 + 4.5, "100 mV", anchor="end")
