"""The panels in rows: strength of each movement, and blocks of each nerve."""

from collections.abc import Iterator

from ranvier.anatomy import SIDES
from ranvier.report.course import look
from ranvier.report.course.course import Course, Nerve, Row, layout, percent
from ranvier.report.limbs import safe
from ranvier.report.plot import Axis, text

ROW, SIDE, NERVE, LANE = 21, 26, 40, 14
"""Heights: a movement, the name of a side, a nerve, and the lane of its foci."""

NARROWEST, TOGETHER, WIDEST = 28, 34, 16
"""A cell that holds its grade; foci drawn as one; a bar."""

EMPTY = f'fill="#fff" stroke="{look.FAINT}"'
BETWEEN = {3.67: "4−", 4.33: "4+"}


def strength_height(course: Course) -> float:
    """How high the rows of strength are; at least as high as what explains their colours."""
    sides = len({row.side for row in course.strength})
    explained = SIDE + ROW * (len(layout()["grade"]) + 2) + 4
    return max(ROW * len(course.strength) + SIDE * sides, explained)


def strength(course: Course, axis: Axis, top: float) -> Iterator[str]:
    """Heat rows, right side first; and what the colours mean."""
    y = top
    if not course.strength:
        yield text(look.LEFT + 8, top + 25, "Nothing was graded.", "dim")
    for side in reversed(SIDES):
        rows = [row for row in course.strength if row.side == side]
        if rows:
            yield text(look.LEFT, y + 18, side, "dim")
            y += SIDE
        for row in rows:
            yield text(look.LEFT - 8, y + 16, row.name, anchor="end")
            yield from heat(row, course, axis, y)
            y += ROW
    yield from key(top + SIDE)


def heat(row: Row, course: Course, axis: Axis, y: float) -> Iterator[str]:
    """One movement of one side: a cell for each visit, empty where nothing was graded."""
    spans = look.cells(course.years)
    for grade, (begin, end), years in zip(row.grades, spans, course.years, strict=True):
        x, right = look.across(axis, begin), look.across(axis, end)
        size = look.attributes(x=f"{x:.1f}", y=f"{y:.1f}", width=f"{right - x:.1f}", height=ROW - 1)
        where = f"{row.side} {row.name}, {years:.2f} years"
        if grade is None:
            yield f"<rect {size} {EMPTY}><title>{safe(where)}: unknown</title></rect>"
            continue
        yield f'<rect {size} fill="{colour(grade)}"><title>{safe(where)}: MRC {written(grade)}</title></rect>'
        if right - x >= NARROWEST and grade < 5:
            yield number(grade, (x + right) / 2, y + 15)


def number(grade: float, x: float, y: float) -> str:
    """A grade in its cell, light on dark."""
    ink = look.INK if grade >= 3 else "#fff"
    place = look.attributes(x=f"{x:.1f}", y=f"{y:.1f}", text_anchor="middle", style=f"fill:{ink}")
    return f'<text class="cell" {place}>{written(grade)}</text>'


def written(grade: float) -> str:
    """An MRC grade as it is written."""
    return BETWEEN.get(grade, f"{grade:g}")


def colour(grade: float) -> str:
    """The colour of the nearest grade at or below; 4- and 4+ go with 4."""
    whole = round(grade)
    return next(each["colour"] for each in layout()["grade"] if each["mrc"] <= whole)


def key(top: float) -> Iterator[str]:
    """What the colours mean, beside the rows."""
    x = look.RIGHT + 14
    yield text(x, top + 14, "MRC grade", "dim")
    looks = [(f"{each['mrc']:g}", f'fill="{each["colour"]}"') for each in layout()["grade"]]
    for n, (words, paint) in enumerate((*looks, ("not graded", EMPTY))):
        y = top + 24 + ROW * n
        yield f"<rect {look.attributes(x=x, y=y, width=26, height=ROW - 1)} {paint}/>"
        yield text(x + 36, y + 16, words)


def nerves_height(course: Course) -> float:
    """How high the rows of nerves are; a line of words where there are none."""
    return NERVE * max(len(course.nerves), 1)


def nerves(course: Course, axis: Axis, top: float) -> Iterator[str]:
    """A row for each nerve: foci as triangles where they began, bars for the share of axons blocked."""
    if not course.nerves:
        yield text(look.LEFT + 8, top + 25, "No focus began, and no axon is blocked.", "dim")
    for n, nerve in enumerate(course.nerves):
        y = top + NERVE * n
        yield text(look.LEFT - 8, y + 31, look.short(nerve.side, nerve.name), anchor="end")
        yield f'<path class="grid" d="M{look.LEFT} {y + NERVE - 2}H{look.RIGHT}"/>'
        yield from bars(nerve, course, axis, y)
        yield from foci(nerve, axis, y)
        if nerve.blocked:
            yield text(look.RIGHT + 14, y + 31, f"{percent(nerve.blocked[-1])} blocked")


def bars(nerve: Nerve, course: Course, axis: Axis, y: float) -> Iterator[str]:
    """The share blocked at each visit; a full bar is every axon."""
    room = NERVE - LANE - 4
    spans = look.cells(course.years)
    for share, (begin, end), years in zip(nerve.blocked, spans, course.years, strict=False):
        if share <= 0:
            continue
        wide = min(look.across(axis, end) - look.across(axis, begin) - 1, WIDEST)
        size = look.attributes(
            x=f"{look.across(axis, years) - wide / 2:.1f}",
            y=f"{y + NERVE - 2 - room * share:.1f}",
            width=f"{max(wide, 1):.1f}",
            height=f"{room * share:.1f}",
        )
        told = f"{nerve.side} {nerve.name}, {years:.2f} years: {percent(share)} blocked"
        yield f'<rect {size} fill="{look.BLOCK}"><title>{safe(told)}</title></rect>'


def foci(nerve: Nerve, axis: Axis, y: float) -> Iterator[str]:
    """Where foci began; those that would lie on each other are one mark with their number."""
    for group in groups(sorted(nerve.begins), axis):
        x = look.across(axis, group[0])
        told = ", ".join(f"{years:.2f}" for years in group)
        yield (
            f'<path d="M{x - 5:.1f} {y + 2:.1f}h10l-5 9z" fill="{look.INK}">'
            f"<title>{safe(f'{nerve.side} {nerve.name}: focus begun at {told} years')}</title></path>"
        )
        if len(group) > 1:
            yield text(x + 7, y + 13, f"{len(group)}", "cell")


def groups(begins: list[float], axis: Axis) -> list[list[float]]:
    """Times in groups that are drawn as one mark."""
    found: list[list[float]] = []
    for years in begins:
        if found and look.across(axis, years) - look.across(axis, found[-1][0]) < TOGETHER:
            found[-1].append(years)
        else:
            found.append([years])
    return found
