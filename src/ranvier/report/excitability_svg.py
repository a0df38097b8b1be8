"""The sheet of a nerve excitability test: its four plots in one self-contained SVG, light and dark."""

from collections.abc import Iterator
from itertools import chain
from textwrap import wrap

from ranvier.nerve.excitability import Excitability, human_targets
from ranvier.report import excitability_words as words
from ranvier.report.excitability_panels import (
    HEIGHT,
    WIDTH,
    current_threshold,
    electrotonus,
    strength_duration,
)
from ranvier.report.excitability_recovery import recovery_cycle
from ranvier.report.fibre_words import lesion_in_words, makeup, title
from ranvier.report.limbs import safe
from ranvier.report.plot import axes, shown, text

PAGE, MARGIN = 1000, 84
COLUMNS = (MARGIN, MARGIN + WIDTH + 32 + MARGIN)
LETTERS = 118
"""That fit on a line of the head or the foot."""

FIRST_LINE, LINE, ROW = 56, 22, HEIGHT + 128

STYLE = """
.excitability { --paper: #fff; --ink: #1b2430; --dim: #5b6675; --faint: #c9d0d8;
  --trace: #2f5d8a; --healthy: #b35c00; max-width: 100%; height: auto }
@media (prefers-color-scheme: dark) {
.excitability { --paper: #14181e; --ink: #e8ebef; --dim: #a3adba; --faint: #3c4652;
  --trace: #8fc0f0; --healthy: #f0a04b }
}
.excitability text { fill: var(--ink); font: 15px system-ui, sans-serif; font-variant-numeric: tabular-nums }
.excitability text.big { font-size: 19px; font-weight: 600 }
.excitability text.head { font-size: 17px; font-weight: 600 }
.excitability text.foot { font-size: 14px }
.excitability text.dim, .excitability text.foot, .excitability text.note { fill: var(--dim) }
.excitability text.note, .excitability text.tick { font-size: 13.5px }
.excitability .people { fill: var(--healthy) }
.excitability .axis { fill: none; stroke: var(--ink) }
.excitability .zero { fill: none; stroke: var(--faint) }
.excitability .curve { fill: none; stroke: var(--trace); stroke-width: 1.8; stroke-linejoin: round }
.excitability .weiss { fill: none; stroke: var(--dim); stroke-width: 1.5; stroke-dasharray: 6 4 }
.excitability .dot { fill: var(--trace) }
.excitability .hollow { fill: var(--paper); stroke: var(--trace); stroke-width: 2 }
.excitability .bar { fill: none; stroke: var(--ink); stroke-width: 5 }
.excitability .healthy { fill: none; stroke: var(--healthy); stroke-width: 4.5 }
"""

PANELS = (
    ("Strength-duration", strength_duration, {"SDTC": "strength_duration_time_constant_ms"}),
    ("Threshold electrotonus", electrotonus, {"TEd(90–100)": "ted_90_100", "TEh(90–100)": "teh_90_100"}),
    ("Current/threshold relation", current_threshold, {"resting I/V slope (dashed)": "resting_slope"}),
    (
        "Recovery cycle",
        recovery_cycle,
        {
            "RRP": "relative_refractory_period_ms",
            "super": "superexcitability",
            "sub": "subexcitability",
        },
    ),
)
"""Each plot with what is read off it, by its short name."""


def excitability_svg(found: Excitability, width: int = PAGE) -> str:
    """The four plots of one axon."""
    top = FIRST_LINE + LINE * (len(made_of(found)) + 1) + 8
    bottom = top + 2 * ROW
    foot = footer(found)
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="excitability" role="img" width="{width}" '
        f'viewBox="0 0 {PAGE} {bottom + LINE * len(foot) + 6}">',
        f"<title>{safe(f'Nerve excitability: {title(found.fibre)}')}</title>",
        f"<desc>{safe(in_words(found))}</desc>",
        f"<style>{STYLE}</style>",
        '<rect width="100%" height="100%" fill="var(--paper)"/>',
        *chain(heading(found), panels(found, top)),
        *(text(24, bottom + LINE * n, told, "foot") for n, told in enumerate(foot)),
        "</svg>",
    )
    return "\n".join(parts) + "\n"


def in_words(found: Excitability) -> str:
    """The figure for those who cannot see it."""
    told = ((index, words.told(found, index)) for index in words.INDICES)
    numbers = "; ".join(f"{index.name}: {value} {index.unit}".strip() for index, value in told)
    return f"{numbers}. {words.differences(found)} {words.INTO_THE_AXON} {words.USE}"


def heading(found: Excitability) -> Iterator[str]:
    """What was tested: the axon, what it is made of, and how it was stimulated."""
    made = made_of(found)
    yield text(24, 32, title(found.fibre), "big")
    yield from (text(24, FIRST_LINE + LINE * n, told) for n, told in enumerate(made))
    last = f"{words.electrode(found.fibre)}; {words.threshold(found)}"
    yield text(24, FIRST_LINE + LINE * len(made), last, "dim")


def made_of(found: Excitability) -> list[str]:
    """What the axon is made of, on as many lines as its lesions need."""
    lesions = (lesion_in_words(lesion, found.fibre) for lesion in found.fibre.lesions)
    return wrap("; ".join((makeup(found.fibre), *lesions)), LETTERS)


def panels(found: Excitability, head: float) -> Iterator[str]:
    """The plots, two by two, with their names and what is read off them."""
    for n, (name, draw, read) in enumerate(PANELS):
        left, top = COLUMNS[n % 2], head + ROW * (n // 2) + 44
        plot, parts = draw(found, left, top)
        yield '<g class="panel">'
        yield text(left, top - 34, name, "head")
        yield reading(found, left, top - 13, read)
        yield from chain(axes(plot), parts, ["</g>"])


def reading(found: Excitability, x: float, y: float, read: dict[str, str]) -> str:
    """The indices of a plot, each followed by what healthy people show."""
    known = {index.field: index for index in words.INDICES}
    parts = (one_reading(found, name, known[field]) for name, field in read.items())
    return f'<text x="{x}" y="{y}" class="note">{" · ".join(parts)}</text>'


def one_reading(found: Excitability, name: str, index: words.Index) -> str:
    """One index: `SDTC 0.35 ms (0.46)`."""
    number = words.told(found, index).replace("-", "−")
    mine = safe(f"{name} {number} {index.unit if number != '–' else ''}".strip())
    value = human_targets().get(index.field)
    return mine if value is None else f'{mine} <tspan class="people">({shown(value.number)})</tspan>'


def footer(found: Excitability) -> tuple[str, ...]:
    """What the colours mean, and what must be known about the numbers."""
    marks = sorted({words.recalled(value) for value in human_targets().values()})
    people = f"Orange, in brackets and as bars: {words.HEALTHY} ({', '.join(marks)})."
    told = (people, words.INTO_THE_AXON, *words.remarks(found), words.USE)
    return tuple(chain.from_iterable(wrap(each, LETTERS) for each in told))
