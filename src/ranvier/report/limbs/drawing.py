"""What is drawn on the page, in fragments of SVG: the body, a nerve, a sign, a label."""

from collections.abc import Iterator
from html import escape

from ranvier.anatomy import SIDES, Side
from ranvier.report.limbs.course import Point, end, layout, mirrored
from ranvier.report.limbs.labels import Label
from ranvier.report.limbs.signs import Sign

PLAIN = 'fill="#222"'


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
