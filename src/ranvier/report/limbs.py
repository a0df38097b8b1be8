"""The limbs at a glance: which motor nerves were studied, and where they are blocked.

The body is seen from the front, the patient's right on the viewer's left. One self-contained SVG.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from itertools import pairwise
from math import atan2, degrees, dist
from pathlib import Path
from textwrap import wrap
from typing import Any

from ranvier.anatomy import SIDES, MotorNerve, Side, UnknownNameError, motor_nerve, motor_nerves
from ranvier.diagnosis import Assessment
from ranvier.diagnosis.block import GradedSegment
from ranvier.evidence import read_toml
from ranvier.findings.study import ReportedFinding
from ranvier.patient import NerveConductionStudy
from ranvier.report.words import percent

Point = tuple[float, float]
GRAVITY = ("none", "not assessable", "probable", "definite")
BLOCKED = GRAVITY[2:]
PLAIN = 'fill="#222"'
NOTE = "Patient's right is on the left. Schematic; not to scale."
TITLE_IDS = 'aria-labelledby="limbs-title" aria-describedby="limbs-desc"'


@cache
def layout() -> dict[str, Any]:
    """The content of limbs.toml: where everything is drawn, and how each grade looks."""
    return read_toml(Path(__file__).with_suffix(".toml"))


@dataclass(frozen=True)
class Sign:
    """What is drawn on a nerve: a graded segment, or a block that a source tells in words."""

    side: Side
    nerve: str
    grade: str
    course: tuple[Point, ...]
    text: str
    """The second line of its label; nothing to label where there is no block."""
    words: str

    @property
    def spot(self) -> tuple[Point, float]:
        """Where the mark lies, and the direction of the nerve there; a told block leaves the middle free."""
        return along(self.course, 0.15 if self.grade == "reported" else 0.5)


@dataclass(frozen=True)
class Label:
    """A label in the margin, and the point on the nerve that it names."""

    side: Side
    lines: tuple[str, ...]
    at: Point
    colour: str = "#222"
    top: float = 0

    @property
    def bottom(self) -> float:
        """Where the next label may begin."""
        return self.top + layout()["page"]["line"] * (len(self.lines) + 0.25)


def limbs_svg(assessment: Assessment, width: int = 720) -> str:
    """Both arms and both legs with every studied nerve and every block, as one SVG."""
    page, simulated = layout()["page"], assessment.patient.simulated
    signs = (*graded_signs(assessment), *told_signs(assessment))
    labels = [one for side in SIDES for one in stacked(labels_of(assessment, signs, side))]
    remarks = notes(assessment, signs)
    floor = max([page["label_bottom"], *(label.bottom for label in labels)])
    height = floor + page["line"] * (len(layout()["grade"]) * 0.55 + len(remarks) + 2)
    name = f"Motor nerves and conduction block, {assessment.patient.identity.pseudonym}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {TITLE_IDS} width="{width}" '
        f'viewBox="0 0 {page["width"]} {height:g}" font-family="system-ui, sans-serif">',
        f'<title id="limbs-title">{safe(name)}{" (simulated data)" * simulated}</title>',
        f'<desc id="limbs-desc">{safe(in_words(signs, remarks))}</desc>',
        '<rect width="100%" height="100%" fill="#fff"/>',
        *body(),
        *(untested(nerve, side) for side in SIDES for nerve in motor_nerves()),
        *map(leader, labels),
        *map(drawn, signs),
        *(line for label in labels for line in written(label)),
        *legend(floor + page["line"]),
        *(
            text(page["width"] / 2, height - page["line"] * (n + 0.7), remark, anchor="middle")
            for n, remark in enumerate(reversed(remarks))
        ),
        page["watermark"] * simulated,
        "</svg>",
    ]
    return "\n".join(filter(None, parts))


def graded_signs(assessment: Assessment) -> Iterator[Sign]:
    """Every segment once, with its worst grade; the gravest last, so that it lies on top."""
    worst: dict[tuple[str, ...], GradedSegment] = {}
    for graded in sorted((block.graded[0] for block in assessment.blocks), key=gravity):
        segment = graded.examined.segment
        worst[segment.side, segment.nerve.name, segment.distal.site, segment.proximal.site] = graded
    return map(graded_sign, sorted(worst.values(), key=gravity))


def gravity(graded: GradedSegment) -> tuple[int, float]:
    """How grave a finding is: by its grade, then by its fall."""
    return GRAVITY.index(graded.verdict), graded.examined.measure("area_drop") or 0


def graded_sign(graded: GradedSegment) -> Sign:
    """The sign of one segment; only a block is labelled with its fall and its place."""
    segment, grade = graded.examined.segment, graded.verdict
    place = " to ".join(dict.fromkeys((segment.stretches[0], segment.stretches[-1])))
    size = f"{fall(graded)} {place}".strip() if grade in BLOCKED else ""
    first, last = (segment.nerve.sites.index(s.site) for s in (segment.distal, segment.proximal))
    way = course(segment.nerve.name, segment.side, first, last)
    words = f"{segment}: {grade}{' block, ' * (grade in BLOCKED)}{size}"
    return Sign(segment.side, segment.nerve.name, grade, way, size, words)


def fall(graded: GradedSegment) -> str:
    """The fall as it is written on the figure: of the area, else of the amplitude."""
    area, amplitude = (graded.examined.measure(f"{name}_drop") for name in ("area", "amplitude"))
    if area is None:
        return "" if amplitude is None else f"amplitude −{percent(amplitude)}"
    return f"−{percent(area)}"


def told_signs(assessment: Assessment) -> Iterator[Sign]:
    """Every block told in words, once, where its side and its motor nerve are known."""
    blocks = (finding for finding in assessment.reported if finding.block)
    once = {(f.side, motor(f.nerve), f.segment.casefold()): f for f in blocks}
    for finding in once.values():
        side, nerve = finding.side, motor(finding.nerve)
        if side and nerve:
            place = f"reported: {finding.segment}" if finding.segment else "reported, place not told"
            words = f"{side} {nerve}, block {place} (in words, not graded)"
            way = told_course(motor_nerve(nerve), side, finding)
            yield Sign(side, nerve, "reported", way, place, words)


def motor(name: str) -> str:
    """The house's name of a motor nerve; empty where anatomy does not know it."""
    try:
        return motor_nerve(name).name
    except UnknownNameError:
        return ""


def told_course(nerve: MotorNerve, side: Side, finding: ReportedFinding) -> tuple[Point, ...]:
    """Where a told block is drawn: between the sites or in the stretch named, else at the nerve's end."""

    def named(names: tuple[str, ...]) -> list[int]:
        whole = (re.search(rf"\b{name}\b", finding.segment, re.IGNORECASE) for name in names)
        return [position for position, found in enumerate(whole) if found]

    sites, stretches = named(nerve.sites), named(nerve.stretches)
    if len(sites) < 2 and stretches:
        sites = [stretches[0], stretches[-1] + 1]
    return course(nerve.name, side, sites[0], sites[-1]) if sites else (end(nerve.name, side),)


def notes(assessment: Assessment, signs: tuple[Sign, ...]) -> tuple[str, ...]:
    """What the figure cannot show."""
    unplaced = sum(bool(f.block and not (f.side and motor(f.nerve))) for f in assessment.reported)
    lines = (
        "" if signs else "No motor segment was studied, and no block is told of a named nerve.",
        f"Blocks told in words without side or motor nerve, not drawn: {unplaced}." if unplaced else "",
        NOTE,
    )
    return tuple(filter(None, lines))


def in_words(signs: tuple[Sign, ...], remarks: tuple[str, ...]) -> str:
    """The figure for those who cannot see it."""
    found = [sign.words for sign in reversed(signs) if sign.text]
    rest = [sum(sign.grade == grade for sign in signs) for grade in ("none", "not assessable")]
    others = f"Segments without block: {rest[0]}. Segments not assessable: {rest[1]}."
    return " ".join(("; ".join(found) + "." if found else "No block.", others, *remarks))


def mirrored(point: Point, side: Side) -> Point:
    """A point of the layout, which is that of the right side, on either side."""
    x, y = point
    return (x, y) if side == "right" else (layout()["page"]["width"] - x, y)


def end(nerve: str, side: Side) -> Point:
    """Where the drawn nerve ends, at its muscle."""
    return mirrored(layout()["nerve"][nerve]["end"], side)


def course(nerve: str, side: Side, first: int, last: int) -> tuple[Point, ...]:
    """The drawn nerve between two of its stimulation sites, counted from the most distal one."""
    points = layout()["nerve"][nerve]["points"]
    return tuple(mirrored(point, side) for point in points[first : last + 1])


def along(points: tuple[Point, ...], share: float) -> tuple[Point, float]:
    """The point at this share of the way along a nerve, and the nerve's direction there in degrees."""
    pairs = list(pairwise(points))
    left = share * sum(dist(a, b) for a, b in pairs)
    for (x, y), (u, v) in pairs:
        length = dist((x, y), (u, v))
        if left <= length:
            part = left / length
            return (x + (u - x) * part, y + (v - y) * part), degrees(atan2(v - y, u - x))
        left -= length
    return points[-1], 0


def labels_of(assessment: Assessment, signs: tuple[Sign, ...], side: Side) -> list[Label]:
    """One label for each block of a side, and the name of each other nerve studied there."""
    looks = layout()["grade"]
    blocks = [s for s in signs if s.side == side and s.text]
    entries = assessment.patient.entries(NerveConductionStudy)
    studied = {s.nerve for entry in entries for s in entry.motor if s.side == side}
    return [
        *(Label(side, (s.nerve, *fitted(s.text)), s.spot[0], looks[s.grade]["colour"]) for s in blocks),
        *(Label(side, (n,), end(n, side)) for n in motor_nerves() if n in studied),
    ]


def stacked(labels: list[Label]) -> list[Label]:
    """The labels of one margin beside what they name, moved apart where they would overlap."""
    page, placed = layout()["page"], list[Label]()
    for label in sorted(labels, key=lambda one: (one.at[1], one.lines)):
        above = placed[-1].bottom if placed else page["label_top"]
        placed.append(replace(label, top=max(above, label.at[1] - page["line"] / 2)))
    lowest = page["label_bottom"]
    for n in reversed(range(len(placed))):
        excess = max(0, placed[n].bottom - lowest)
        placed[n] = replace(placed[n], top=placed[n].top - excess)
        lowest = placed[n].top
    down = max(0, page["label_top"] - placed[0].top) if placed else 0
    return [replace(label, top=label.top + down) for label in placed]


def fitted(words: str) -> list[str]:
    """Text in lines that the margin has room for, cut after the second."""
    page = layout()["page"]
    wide = sum(one.isupper() or not (one.isalnum() or one.isspace()) for one in words) / len(words)
    room = int(page["label_edge"] / (page["text"] * page["letter"] * (1 + page["wide"] * wide)))
    return wrap(words, room, max_lines=2, placeholder="…")


def safe(words: str) -> str:
    """Text as it may stand in an SVG, whatever it holds."""
    return escape("".join(letter for letter in words if letter.isprintable()))


def text(x: float, y: float, words: str, anchor: str = "start", look: str = PLAIN) -> str:
    """One line of text."""
    size = layout()["page"]["text"]
    place = f'x="{x:g}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
    return f"<text {place} {look}>{safe(words)}</text>"


def written(label: Label) -> Iterator[str]:
    """The lines of a label: the nerve in bold, then how far the response falls and where."""
    page = layout()["page"]
    x, _ = mirrored((page["label_edge"], 0), label.side)
    anchor = "end" if label.side == "right" else "start"
    for n, line in enumerate(label.lines):
        weight = "normal" if n else "bold"
        look = f'fill="{label.colour}" font-weight="{weight}"'
        yield text(x, label.top + page["line"] * (n + 0.8), line, anchor, look)


def leader(label: Label) -> str:
    """The thin line from a label to what it names."""
    page, (x, y) = layout()["page"], label.at
    start, _ = mirrored((page["label_edge"] + 4, 0), label.side)
    height = label.top + page["line"] / 2
    return f'<path d="M{start} {height:.1f}L{x:.1f} {y:.1f}" stroke="#aaa" fill="none"/>'


def body() -> Iterator[str]:
    """The outline of the body, and which side is which."""
    page, outline = layout()["page"], layout()["body"]
    yield f'<g fill="none" stroke="#c4c4c4" stroke-width="1.2"><path d="{outline["middle"]}"/>'
    yield f'<path d="{outline["half"]}"/>'
    yield f'<path d="{outline["half"]}" transform="translate({page["width"]} 0) scale(-1 1)"/></g>'
    for side in SIDES:
        x, y = mirrored(tuple(page["side_at"]), side)
        yield text(x, y, side.upper(), "middle", f'{PLAIN} font-weight="bold" letter-spacing="2"')


def untested(nerve: str, side: Side) -> str:
    """A nerve as it runs, with its stimulation sites."""
    look, points = layout()["grade"]["untested"], layout()["nerve"][nerve]["points"]
    sites = [mirrored(point, side) for point in points]
    dots = "".join(f'<g transform="translate({x} {y})">{look["mark"]}</g>' for x, y in sites)
    return f'<g data-nerve="{side} {nerve}">{way(look, (end(nerve, side), *sites))}{dots}</g>'


def way(look: dict[str, str], points: tuple[Point, ...]) -> str:
    """A line along a nerve in the look of a grade."""
    line = "L".join(f"{x:g} {y:g}" for x, y in points)
    return f'<path d="M{line}" fill="none" stroke="{look["colour"]}" {look["line"]}/>'


def drawn(sign: Sign) -> str:
    """A segment in the look of its grade, with its mark across the nerve."""
    look, ((x, y), turn) = layout()["grade"][sign.grade], sign.spot
    mark = f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn * (sign.grade == "definite"):.0f})">'
    tip = f"<title>{safe(sign.words)}</title>"
    return f'<g data-grade="{sign.grade}">{tip}{way(look, sign.course)}{mark}{look["mark"]}</g></g>'


def legend(top: float) -> Iterator[str]:
    """What each line and each mark means, in two columns."""
    page = layout()["page"]
    for n, look in enumerate(layout()["grade"].values()):
        x, y = page["legend_at"][n % 2], top + page["line"] * 1.1 * (n // 2)
        yield way(look, ((x, y), (x + 50, y)))
        yield f'<g transform="translate({x + 25} {y:.1f})">{look["mark"]}</g>'
        yield text(x + 62, y + page["text"] * 0.35, look["words"])
