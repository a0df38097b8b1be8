"""The sheet of a course: its head, panels over the same years, and what must be known about them."""

from collections.abc import Callable, Iterator
from itertools import chain
from textwrap import wrap

from ranvier.report.course import drugs, look, rows
from ranvier.report.course.course import Course, Line, counted, percent
from ranvier.report.course.lines import HEIGHT, lines
from ranvier.report.limbs import safe
from ranvier.report.plot import Axis, text
from ranvier.report.words import SIMULATED

FIRST, TITLE, HEADING = 34, 27, 84
"""The first line of the title, from one of its lines to the next, and from the last to the panels."""
MARGIN = 22
NOTES = (
    "Strength and scales are what the examiner found and stand on the record. Foci, blocked axons and axons "
    "lost are the truth behind it, which no examination reads."
)
Panel = tuple[str, str, float, Callable[[float], Iterator[str]]]
"""A panel: its name, what it shows, how high it is, and what draws it from its upper edge."""


def course_svg(course: Course, width: int = look.PAGE) -> str:
    """The course as one self-contained picture, marked as simulated."""
    axis = look.time_axis(course.years)
    drawn, bottom = placed(course, axis)
    notes = wrap(NOTES, int((look.PAGE - 2 * MARGIN) / look.LETTER))
    height = bottom + look.LINE * (len(notes) + 1)
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="course" role="img" width="{width}" '
        f'viewBox="0 0 {look.PAGE} {height:g}">',
        f"<title>{safe(course.title)} (simulated data)</title>",
        f"<desc>{safe(in_words(course))}</desc>",
        f"<style>{look.STYLE}</style>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        *heading(course),
        *drawn,
        *(text(MARGIN, bottom + look.LINE * n, note, "dim") for n, note in enumerate(notes)),
        *watermark(height),
        "</svg>",
    )
    return "\n".join(parts) + "\n"


def heading(course: Course) -> Iterator[str]:
    """Whose course it is, and that nobody has had it."""
    lines = titles(course)
    y = FIRST + TITLE * (len(lines) - 1)
    yield from (text(MARGIN, FIRST + TITLE * n, line, "big") for n, line in enumerate(lines))
    yield text(MARGIN, y + 26, SIMULATED, "mark")
    yield text(MARGIN, y + 50, f"{course.who}; {visits(course)}.")


def titles(course: Course) -> list[str]:
    """The lines of the title."""
    return wrap(course.title, int((look.PAGE - 2 * MARGIN) / look.TITLE_LETTER))


def visits(course: Course) -> str:
    """How many visits there were, and over which time."""
    if not course.years:
        return "no visit"
    last = counted(course.years[-1], "year")
    return f"{counted(len(course.years), 'visit')}, the last after {last}"


def placed(course: Course, axis: Axis) -> tuple[list[str], float]:
    """Every panel below the one before, and where the last ends."""
    y, parts = FIRST + TITLE * (len(titles(course)) - 1) + HEADING, list[str]()
    for title, note, height, draw in panels(course, axis):
        top = y + look.HEAD - look.LINE
        parts.append(text(MARGIN, y + 8, title, "head"))
        parts.append(text(MARGIN, y + 28, note, "dim"))
        parts += chain(look.timeline(axis, top, top + height), draw(top))
        y = top + height + look.FOOT + look.GAP
    parts.append(text(look.LEFT + look.WIDTH / 2, y - look.GAP + 10, axis.label, "dim", "middle"))
    return parts, y + look.GAP


def panels(course: Course, axis: Axis) -> Iterator[Panel]:
    """The four panels, after that of treatment where there was one."""
    if course.drugs:
        yield (
            "Treatment",
            "a bar from the first dose to one interval after the last",
            drugs.height(course),
            lambda top: drugs.rows(course, axis, top),
        )
    yield (
        "Strength",
        "MRC grades as examined; the darker, the weaker",
        rows.strength_height(course),
        lambda top: rows.strength(course, axis, top),
    )
    yield (
        "Blocks by nerve",
        "triangle: a focus begins; bar: share of motor axons blocked (full height: all)",
        rows.nerves_height(course),
        lambda top: rows.nerves(course, axis, top),
    )
    reach = look.ceiling(max((most(line) for line in course.lost), default=0.0))
    yield (
        "Axons lost",
        "share of all axons, and of the muscles that lost most",
        HEIGHT,
        lambda top: lines(course.lost, course.years, axis, top, reach),
    )
    yield (
        "Function",
        "share of full health; beside the line the score itself (ONLS: 12 is worst)",
        HEIGHT,
        lambda top: lines(course.scales, course.years, axis, top, 1.0),
    )


def most(line: Line) -> float:
    """The largest share of a line."""
    return max((share for share in line.shares if share is not None), default=0.0)


def in_words(course: Course) -> str:
    """The figure for those who cannot see it."""
    nerves = [
        f"{each.side} {each.name}: {len(each.begins)} foci"
        + (f", {percent(each.blocked[-1])} of axons blocked" if each.blocked else "")
        for each in course.nerves
    ]
    lost = [f"{each.name} {each.last}" for each in course.lost]
    scales = [f"{each.name} {each.last}" for each in course.scales]
    parts = ("Blocks", nerves), ("Axons lost", lost), ("Scales", scales)
    told = (f"{name}: {'; '.join(each) or 'none'}." for name, each in parts)
    under = f" Treatment: {'; '.join(map(drugs.in_years, course.drugs))}." if course.drugs else ""
    return f"{course.who}; {visits(course)}.{under} At the last visit. {' '.join(told)} {NOTES}"


def watermark(height: float) -> Iterator[str]:
    """What nobody can cut off: the word across the middle of the sheet, and again above and below."""
    for n in range(1, 4):
        x, y = look.PAGE / 2, height * n / 4
        yield (
            f'<text x="{x:g}" y="{y:.0f}" transform="rotate(-30 {x:g} {y:.0f})" text-anchor="middle" '
            'style="font-size:96px;fill:#000;fill-opacity:0.05;pointer-events:none">SIMULATED</text>'
        )
