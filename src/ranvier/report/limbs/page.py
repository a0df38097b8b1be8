"""The page: the figure from its head to its watermark."""

from collections.abc import Iterator
from itertools import chain
from math import ceil

from ranvier.anatomy import SIDES, motor_nerves
from ranvier.diagnosis import Assessment
from ranvier.report.limbs.course import layout
from ranvier.report.limbs.drawing import body, drawn, leader, safe, text, untested, way, written
from ranvier.report.limbs.labels import Label, labels_of, stacked
from ranvier.report.limbs.signs import graded_signs, in_words, notes, told_signs

TITLE_IDS = 'aria-labelledby="limbs-title" aria-describedby="limbs-desc"'
ROW = 1.1
"""The height of a row of the legend, in lines of text."""


def limbs_svg(assessment: Assessment, width: int = 720) -> str:
    """Both arms and both legs with every studied nerve and every block, as one SVG."""
    signs = (*graded_signs(assessment), *told_signs(assessment))
    labels = [one for side in SIDES for one in stacked(labels_of(assessment, signs, side))]
    remarks = notes(assessment, signs)
    top = below(labels)
    height = top + layout()["page"]["line"] * (legend_rows() * ROW + len(remarks) + 1)
    parts = (
        *opening(assessment, in_words(signs, remarks), width, height),
        *body(),
        *(untested(nerve, side) for side in SIDES for nerve in motor_nerves()),
        *map(leader, labels),
        *map(drawn, signs),
        *chain.from_iterable(map(written, labels)),
        *legend(top),
        *footnotes(remarks, height),
        *closing(assessment),
    )
    return "\n".join(parts)


def below(labels: list[Label]) -> float:
    """Where the legend begins: a line below the body and the last label."""
    page = layout()["page"]
    return max([page["label_bottom"], *(label.bottom for label in labels)]) + page["line"]


def opening(assessment: Assessment, description: str, width: int, height: float) -> Iterator[str]:
    """The head of the file: the size, the name, and the figure in words."""
    patient = assessment.patient
    name = f"Motor nerves and conduction block, {patient.identity.pseudonym}"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {TITLE_IDS} width="{width}" '
        f'viewBox="0 0 {layout()["page"]["width"]} {height:g}" font-family="system-ui, sans-serif">'
    )
    yield f'<title id="limbs-title">{safe(name)}{" (simulated data)" * patient.simulated}</title>'
    yield f'<desc id="limbs-desc">{safe(description)}</desc>'
    yield '<rect width="100%" height="100%" fill="#fff"/>'


def legend_rows() -> int:
    """How many rows the legend fills in two columns."""
    return ceil(len(layout()["grade"]) / 2)


def legend(top: float) -> Iterator[str]:
    """What each line and each mark means, in two columns."""
    page = layout()["page"]
    for n, look in enumerate(layout()["grade"].values()):
        x, y = page["legend_at"][n % 2], top + page["line"] * ROW * (n // 2)
        yield way(look, ((x, y), (x + 50, y)))
        yield f'<g transform="translate({x + 25} {y:.1f})">{look["mark"]}</g>'
        yield text(x + 62, y + page["text"] * 0.35, look["words"])


def footnotes(remarks: tuple[str, ...], height: float) -> Iterator[str]:
    """The remarks below the legend, the last at the foot of the page."""
    page = layout()["page"]
    for n, remark in enumerate(reversed(remarks)):
        yield text(page["width"] / 2, height - page["line"] * (n + 0.7), remark, anchor="middle")


def closing(assessment: Assessment) -> Iterator[str]:
    """The watermark over a simulated patient, and the end of the file."""
    if assessment.patient.simulated:
        yield layout()["page"]["watermark"]
    yield "</svg>"
