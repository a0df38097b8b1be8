"""Sizes, colours and lines of a figure of measures over days, on light and on dark paper.

No two courses differ by colour alone: each has dashes of its own, and events have their names.
"""

from string import Template

PAGE, LEFT, WIDTH = 600, 64, 508
PANEL, LOW_PANEL, HEAD, BETWEEN = 150, 92, 28, 18
"""Heights: of a panel, of a low one, of the title above it, and of what lies between two."""
MARGIN, LINE, LETTER, BOLD_LETTER, BIG_LETTER = 16, 21, 8.4, 9.6, 13.0
"""Edge of the page, a line of text, and how wide a letter is at most on the average."""
DOSE_LANE, DATES, EVENT_ROW, EVENT_ROWS = 48, 46, 30, 3

INKS = {
    "paper": ("#ffffff", "#14181e"), "ink": ("#1b2430", "#e8ebef"), "dim": ("#55606e", "#a3adba"),
    "faint": ("#d9dee4", "#3c4652"), "grey": ("#6b7684", "#97a3b1"), "mark": ("#9b1c1c", "#ff9a9a"),
    "blue": ("#0072b2", "#6db8ea"), "orange": ("#c4560a", "#f0a04b"), "green": ("#00805c", "#4bc79b"),
    "purple": ("#b0579a", "#e39ccf"), "amber": ("#9a7100", "#e3bd5b"),
}  # fmt: skip
"""Each on light and on dark paper."""
LOOKS = {
    "black": ("ink", "none", 2.2), "blue": ("blue", "9 5", 2.2), "orange": ("orange", "3 4", 2.2),
    "green": ("green", "12 4 3 4", 2.2), "purple": ("purple", "10 3 2 3 2 3", 2.2),
    "right": ("blue", "none", 1.8), "left": ("orange", "6 3", 1.8), "plain": ("dim", "none", 1.8),
    "level": ("blue", "none", 2.2),
    "plateau": ("dim", "none", 1.2), "limit": ("dim", "5 4", 1.4),
}  # fmt: skip
"""Colour, dashes and width of a course."""
ORDER = ("black", "blue", "orange", "green", "purple")
EVENTS = (("amber", "2 3"), ("purple", "8 4"), ("orange", "none"))
"""Colour and dashes of the line on which an event begins."""

RULES = Template(
    """.series { max-width: 100%; height: auto }
.series text { fill: $ink; font: 16px system-ui, sans-serif; font-variant-numeric: tabular-nums }
.series text.big { font-size: 20px; font-weight: 600 }
.series text.head { font-weight: 600 }
.series text.dim { fill: $dim }
.series text.mark { fill: $mark; font-weight: 600 }
.series text.ghost { font-size: 64px; font-weight: 600; fill-opacity: 0.06; pointer-events: none }
.series .paper { fill: $paper }
.series .grid { stroke: $faint; fill: none }
.series .axis { stroke: $dim; fill: none }
.series .today { stroke: $ink; fill: none; stroke-dasharray: 2 4; stroke-width: 1.6 }
.series .target { stroke: $mark; fill: none; stroke-width: 1.6; stroke-dasharray: 10 4 }
.series .point { fill: $grey; stroke: $paper; stroke-width: 0.6 }
.series .point.right { fill: $blue }
.series .point.left { fill: $paper; stroke: $orange; stroke-width: 1.6 }
.series .many { fill: none; stroke: $grey; stroke-width: 2.6; stroke-linecap: round; stroke-opacity: 0.4 }
.series .many.right { stroke: $blue }
.series .many.left { stroke: $orange }
.series .dose { fill: $green }
.series .to-come { fill: $paper; stroke: $green; stroke-width: 0.9 }
.series .given { fill: none; stroke: $green; stroke-opacity: 0.3 }
.series .curve { fill: none; stroke-linejoin: round }
.series .band { stroke: none; fill-opacity: 0.17 }
.series .span { fill-opacity: 0.13 }
.series .bar { fill-opacity: 0.9 }
.series .seen { fill: none; stroke-width: 2.4 }
"""
    + "".join(
        f".series .curve.{name} {{ stroke: ${ink}; stroke-dasharray: {dash}; stroke-width: {wide} }}\n"
        f".series .band.{name} {{ fill: ${ink} }}\n"
        for name, (ink, dash, wide) in LOOKS.items()
    )
    + "".join(
        f".series .span.e{n} {{ fill: ${ink} }}\n"
        f".series .seen.e{n} {{ stroke: ${ink}; stroke-dasharray: {dash} }}\n"
        for n, (ink, dash) in enumerate(EVENTS)
    )
)


def style() -> str:
    """The rules with the colours of light paper, and again with those of dark paper."""
    light, dark = ({name: inks[n] for name, inks in INKS.items()} for n in (0, 1))
    return f"{RULES.substitute(light)}@media (prefers-color-scheme: dark) {{\n{RULES.substitute(dark)}}}\n"


def look_of(own: str, n: int) -> str:
    """The look of the n-th course of a panel: its own, or the next in order."""
    return own or ORDER[n % len(ORDER)]


def cut(words: str, letters: int) -> str:
    """Words as they fit on their line."""
    return words if len(words) <= letters else f"{words[: letters - 1]}…"
