"""What is found on the nerves: graded segments, blocks told in words, and the same as text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ranvier.anatomy import MotorNerve, Side, UnknownNameError, motor_nerve
from ranvier.diagnosis import Assessment
from ranvier.diagnosis.block import GradedSegment
from ranvier.findings.study import ReportedFinding
from ranvier.report.limbs.course import Point, along, course, end
from ranvier.report.words import percent

GRAVITY = ("not used", "none", "not assessable", "probable", "definite")
BLOCKED = GRAVITY[-2:]
NOTE = "Patient's right is on the left. Schematic; not to scale."


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


def graded_signs(assessment: Assessment) -> Iterator[Sign]:
    """Every segment once, with its worst grade; the gravest last, so that it lies on top."""
    worst: dict[tuple[str, ...], GradedSegment] = {}
    for graded in sorted((block.graded[0] for block in assessment.blocks), key=gravity):
        segment = graded.examined.segment
        worst[segment.side, segment.nerve.name, segment.distal.site, segment.proximal.site] = graded
    return map(graded_sign, sorted(worst.values(), key=gravity))


def gravity(graded: GradedSegment) -> tuple[int, float]:
    """How grave a finding is: by its grade, then by its fall."""
    return GRAVITY.index(grade_of(graded)), graded.examined.measure("area_drop") or 0


def grade_of(graded: GradedSegment) -> str:
    """The grade as it is drawn: a stretch that the criteria set leaves out has none."""
    return graded.verdict if graded.used else "not used"


def graded_sign(graded: GradedSegment) -> Sign:
    """The sign of one segment; only a block is labelled with its fall and its place."""
    segment, grade = graded.examined.segment, grade_of(graded)
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
    rest = [sum(sign.grade == grade for sign in signs) for grade in ("none", "not assessable", "not used")]
    others = f"Segments without block: {rest[0]}. Segments not assessable: {rest[1]}."
    unused = f"Segments not used by the criteria set: {rest[2]}." if rest[2] else ""
    return " ".join(
        filter(None, ("; ".join(found) + "." if found else "No block.", others, unused, *remarks))
    )
