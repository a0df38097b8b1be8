"""The sheet of a needle recording: the trace with its discharges, the units' potentials, and the turns."""

from collections.abc import Iterator
from itertools import chain
from textwrap import wrap

from ranvier.findings.needle.analysis import NeedleAnalysis
from ranvier.report import emg_words as words
from ranvier.report.emg_cloud import cloud
from ranvier.report.emg_potentials import grid, grid_height
from ranvier.report.emg_trace import COLOURS, excerpt, excerpt_height, whole, whole_height
from ranvier.report.limbs import safe
from ranvier.report.plot import text

PAGE, LEFT, LINE, LETTERS = 1000, 24, 21, 124
CLOUD = 330

STYLE = """
.emg { --paper: #fff; --ink: #1b2430; --dim: #5b6675; --faint: #c9d0d8; --trace: #46566a;
  max-width: 100%; height: auto }
@media (prefers-color-scheme: dark) {
.emg { --paper: #14181e; --ink: #e8ebef; --dim: #a3adba; --faint: #3c4652; --trace: #b4c0cf }
}
.emg text { fill: var(--ink); font: 15px system-ui, sans-serif; font-variant-numeric: tabular-nums }
.emg text.big { font-size: 19px; font-weight: 600 }
.emg text.head { font-size: 16px; font-weight: 600 }
.emg text.dim, .emg text.foot { fill: var(--dim) }
.emg text.foot { font-size: 13.5px }
.emg text.tick, .emg text.small { font-size: 13.5px }
.emg .axis, .emg .bar { fill: none; stroke: var(--ink) }
.emg .bar { stroke-width: 2 }
.emg .zero { fill: none; stroke: var(--faint) }
.emg .span { fill: var(--faint); opacity: .55 }
.emg .marker { fill: none; stroke: var(--dim); stroke-dasharray: 3 3 }
.emg .trace { fill: none; stroke: var(--trace); stroke-width: 1.1; stroke-linejoin: round }
.emg .dense { fill: var(--trace); stroke: var(--trace); stroke-width: .6 }
.emg .dot { fill: var(--trace); opacity: .7 }
"""


def emg_svg(found: NeedleAnalysis, name: str, width: int = PAGE) -> str:
    """The sheet of one recording as a self-contained SVG, light and dark."""
    lines = wrap(f"{words.answer(found)} {words.pattern(found)}", LETTERS)
    parts, y = list[str](), 56.0 + LINE * len(lines)
    parts += whole(found, y)
    y += whole_height(found)
    if found.units:
        parts += excerpt(found, y)
        y += excerpt_height(found)
        parts += grid(found, y)
        y += grid_height(found)
    if found.interference.start_s.size:
        parts += cloud(found, y)
        y += CLOUD
    foot = tuple(chain.from_iterable(wrap(each, LETTERS + 14) for each in footer(found)))
    height = y + 19 * len(foot) + 8
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="emg" role="img" width="{width}" '
            f'viewBox="0 0 {PAGE} {height:.0f}">',
            f"<title>{safe(f'{words.title(found)}: {name}')}</title>",
            f"<desc>{safe(f'{words.answer(found)} {words.pattern(found)} {words.USE}')}</desc>",
            f"<style>{STYLE}{colours()}</style>",
            '<rect width="100%" height="100%" fill="var(--paper)"/>',
            text(LEFT, 32, f"{words.title(found)}: {name}", "big"),
            *(text(LEFT, 58 + LINE * n, line) for n, line in enumerate(lines)),
            *parts,
            *(text(LEFT, y + 19 * n + 6, line, "foot") for n, line in enumerate(foot)),
            "</svg>\n",
        )
    )


def footer(found: NeedleAnalysis) -> Iterator[str]:
    """What must be known about the figure."""
    yield from words.remarks(found)
    yield from words.endings(found)


def colours() -> str:
    """One colour for each unit, for lines and for text."""
    return "".join(
        f".emg .u{n} {{ fill: none; stroke: {colour}; stroke-width: 1.8; stroke-linejoin: round }}\n"
        f".emg text.n{n} {{ fill: {colour}; font-weight: 600 }}\n"
        for n, colour in enumerate(COLOURS)
    )
